"""A catalogue together with what it renders."""

from __future__ import annotations

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
        from generator.hcl.nodes import nodes_of
        from generator.hcl.piecewise import piecewise

        pieces = (nodes for file in self.files for nodes in piecewise(file.text, lambda text, _: nodes_of([text])))
        return {address: node for nodes in pieces for address, node in nodes.items()}

    @cached_property
    def companion_nodes(self) -> Nodes:
        """The hand-written blocks and locals by address, those of `.tf.json` files and of overrides aside."""
        from generator.hcl.nodes import nodes_of

        names = (name for name in self.companions if name.endswith(".tf") and not is_override(name))
        return nodes_of(self.companions[name].decode("utf-8-sig") for name in names)

    @property
    def address(self) -> str:
        """What the root module calls the module."""
        return self.catalogue.module.address
