"""A catalogue together with what it renders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.catalogue.model import Catalogue
from generator.folder import Files, is_override
from generator.render import GeneratedFile
from generator.source import Source

if TYPE_CHECKING:
    from generator.hcl.nodes import Nodes


@dataclass(frozen=True)
class Edition:
    """A catalogue as it is or once was, the files that it renders, and those that people write beside them."""

    source: Source
    catalogue: Catalogue
    files: list[GeneratedFile]
    companions: Files

    @cached_property
    def nodes(self) -> Nodes:
        """The rendered blocks and locals by address."""
        return _nodes_of(file.text for file in self.files)

    @cached_property
    def companion_nodes(self) -> Nodes:
        """The hand-written blocks and locals by address, those of `.tf.json` files and of overrides aside."""
        names = (name for name in self.companions if name.endswith(".tf") and not is_override(name))
        return _nodes_of(self.companions[name].decode("utf-8-sig") for name in names)

    @property
    def address(self) -> str:
        """What the root module calls the module."""
        return self.catalogue.module.address


def _nodes_of(texts: Iterable[str]) -> Nodes:
    from generator.hcl.nodes import nodes_of

    return nodes_of(texts)
