"""A catalogue together with what it renders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from generator.catalogue.model import Catalogue
from generator.files.companion import code_of, nodes_of_companion
from generator.files.folder import Files, is_override
from generator.hcl.write.text import is_plain
from generator.rendering.render import GeneratedFile
from generator.source.source import Source

if TYPE_CHECKING:
    from generator.catalogue.rendered_names import RenderedNames
    from generator.hcl.moves import Move
    from generator.hcl.nodes import Nodes
    from generator.hcl.structure import Code


@dataclass(frozen=True)
class Edition:
    """A catalogue as it is or once was, the files that it renders, and those that people write beside them.

    Its blocks and locals are told as Terraform sees them, with override files merged over them. `follows_convention` is
    true where only the built-in templates rendered it.
    """

    source: Source
    catalogue: Catalogue
    files: list[GeneratedFile]
    companions: Files
    follows_convention: bool = False

    @property
    def address(self) -> str:
        """What the root module calls the module."""
        return self.catalogue.module.address

    @property
    def files_by_template(self) -> dict[str, GeneratedFile]:
        """The files that it renders by their templates, which stay the same whatever the files are called."""
        templates = self.catalogue.module.files.templates
        return {templates[file.name]: file for file in self.files}

    @cached_property
    def module_nodes(self) -> Nodes:
        """Every block and local of the module by address, those that are rendered first."""
        return self._nodes_with(self.companions)

    @cached_property
    def nodes(self) -> Nodes:
        """The rendered blocks and locals by address."""
        return self.only_rendered(self.module_nodes)

    @cached_property
    def names(self) -> RenderedNames:
        """What its blocks are called in AWS."""
        from generator.catalogue.rendered_names import RenderedNames

        return RenderedNames({} if self._is_named_by_catalogue else self.module_nodes)

    @cached_property
    def names_by_catalogue(self) -> dict[str, str]:
        """What blocks are called in AWS, by address; of none where a template or an override file may name them."""
        blocks = self.catalogue.main_blocks if self._is_named_by_catalogue else ()
        return {block.address: block.name for block in blocks if block.name}

    @cached_property
    def _is_named_by_catalogue(self) -> bool:
        """Whether the names that the catalogue says are those in AWS. What an expression comes to, the blocks tell."""
        is_literal = all(is_plain(block.name) for block in self.catalogue.main_blocks)
        return is_literal and self.follows_convention and not any(map(is_override, self.companions))

    @cached_property
    def companion_nodes(self) -> Nodes:
        """The hand-written blocks and locals by address."""
        return {address: node for address, node in self.module_nodes.items() if address not in self._rendered}

    @cached_property
    def moves(self) -> list[Move]:
        """What the module's files declare to have moved, in the order of their names. No override file may."""
        from generator.hcl.moves import moves_in

        written = {file.name: file.text.encode() for file in self.files} | self.companions
        moving = {name: content for name, content in written.items() if b"moved" in content}
        return [move for code in _codes(moving) for move in moves_in(code)]

    def nodes_beside(self, companions: Files) -> Nodes:
        """Return the nodes of the module as it would be with other files beside what is rendered."""
        return self.module_nodes if companions == self.companions else self._nodes_with(companions)

    def _nodes_with(self, companions: Files) -> Nodes:
        from generator.hcl.nodes import gathered
        from generator.hcl.overriding import overridden

        written, overrides = (
            [node for name in names for node in nodes_of_companion(name, companions[name])]
            for names in (_names(companions, overriding=False), _names(companions, overriding=True))
        )
        return overridden(gathered([*self._rendered.values(), *written]), overrides)

    def only_rendered(self, nodes: Nodes) -> Nodes:
        """Return those of the module's nodes that the catalogue renders."""
        return {address: nodes[address] for address in self._rendered}

    @cached_property
    def _rendered(self) -> Nodes:
        from generator.hcl.rendered_nodes import rendered_nodes

        return {address: node for file in self.files for address, node in rendered_nodes(file.text).items()}


def _names(files: Files, *, overriding: bool) -> list[str]:
    """Return the name of each file that is an override file, or of each that is none, in order."""
    return [name for name in sorted(files) if is_override(name) is overriding]


def _codes(files: Files) -> Iterator[Code]:
    """Yield the code of each file that is no override file, in the order of their names."""
    return (code_of(name, files[name]) for name in _names(files, overriding=False))
