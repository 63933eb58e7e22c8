"""The nodes of a rendered file, each read once somebody asks what it says: an edit changes few of thousands."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from generator.hcl.nodes import ModuleNode, Nodes, nodes_of
from generator.hcl.piecewise import piecewise
from generator.hcl.proof.proof import ProvenFile, ProvenPart, proven_by_lines

_known: dict[str, Nodes] = {}
"""The nodes of each part by its text: two editions hold the same nodes, but for what an edit changes."""


def rendered_nodes(text: str) -> Nodes:
    """Return every node of a file by its address. Raises `TokenError`."""
    file = proven_by_lines(text)
    pieces = (
        [_of_part(file, part) for part in file.parts] if file else piecewise(text, lambda piece, _: _at_once(piece))
    )
    return {address: node for nodes in pieces for address, node in nodes.items()}


@dataclass(frozen=True, eq=False)
class _ProvenNode(ModuleNode):
    """A block that is proven: which addresses it refers to is known without its arguments."""

    read_addresses: Callable[[], Collection[str]]

    @cached_property
    def addresses_read(self) -> Collection[str]:
        return self.read_addresses()


@functools.cache
def _at_once(piece: str) -> Nodes:
    return nodes_of([piece])


def _of_part(file: ProvenFile, part: ProvenPart) -> Nodes:
    text = file.text(part)
    if text not in _known:
        _known[text] = _nodes_of_part(file, part)
    return _known[text]


def _nodes_of_part(file: ProvenFile, part: ProvenPart) -> Nodes:
    """A block that declares nothing but its own address is one node. Of others, as `locals`, only their text tells."""
    blocks = file.blocks_in(part)
    if file.declared_in(part) != [address for address, _ in blocks]:
        return nodes_of([file.text(part)])
    return {address: _unread(file, part, address, line - part.first) for address, line in blocks}


def _unread(file: ProvenFile, part: ProvenPart, address: str, line: int) -> ModuleNode:
    return _ProvenNode(
        address,
        line,
        read_content=lambda: nodes_of([file.text(part)])[address].content,
        read_addresses=lambda: {read.address for read in file.reads_in(part)},
    )
