"""A module's files as a graph: every block and local by its address, and what each of their arguments reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from generator.hcl.references import Reference, referenced
from generator.hcl.structure import Argument, Body, Code
from generator.hcl.values import Value, value_of

LOCAL_VALUE = "value"
"""What a local's value is called here, as that of an output is in Terraform."""

_OFFSET = attrgetter("offset")


@dataclass(frozen=True)
class Node:
    """A block or a local: its arguments by name, nested blocks among them as lists, and what these refer to.

    Two are equal where they say the same, wherever they stand.
    """

    address: str
    arguments: dict[str, Value]
    references: dict[str, list[Reference]] = field(compare=False)

    @property
    def type(self) -> str:
        """The type of a resource or data source, as an address begins with it."""
        return self.address.rpartition(".")[0]

    @property
    def is_data_source(self) -> bool:
        return self.address.startswith("data.")

    @property
    def read(self) -> list[Reference]:
        """Every reference in its arguments."""
        return [reference for references in self.references.values() for reference in references]

    @property
    def uses(self) -> set[tuple[str, str]]:
        """Type and name of each argument that it has, and of each attribute that it reads."""
        return {(self.type, name) for name in self.arguments} | {(read.type, read.attribute) for read in self.read}


Nodes = dict[str, Node]


def nodes_of(texts: Iterable[str]) -> Nodes:
    """Return every node of a module's files by its address. Raises `TokenError`."""
    found = [node for text in texts for node in _nodes_of_file(Code(text))]
    return {node.address: node for node in found}


def _nodes_of_file(code: Code) -> Iterator[Node]:
    references = referenced(code)
    for body in code.bodies:
        if body.type == "locals":
            for argument in body.arguments:
                yield _node(
                    f"local.{argument.name}", Body((), 0, [Argument(LOCAL_VALUE, argument.value, 0)], []), references
                )
        else:
            yield _node(body.address, body, references)


def _node(address: str, body: Body, references: list[Reference]) -> Node:
    holding = {
        name: [reference for argument in within for reference in _held(references, argument)]
        for name, within in _arguments_by_name(body).items()
    }
    return Node(address, _values(body), holding)


def _held(references: list[Reference], argument: Argument) -> list[Reference]:
    """Return those of a file's references that stand within an argument; they are in the file's order."""
    first, last = argument.span
    return references[bisect_left(references, first, key=_OFFSET) : bisect_right(references, last, key=_OFFSET)]


def _values(body: Body) -> dict[str, Value]:
    blocks: dict[str, list[Value]] = {}
    for block in body.blocks:
        blocks.setdefault(_name(block), []).append(_values(block))
    return {**{argument.name: value_of(argument.value) for argument in body.arguments}, **blocks}


def _arguments_by_name(body: Body) -> dict[str, list[Argument]]:
    found = {argument.name: [argument] for argument in body.arguments}
    for block in body.blocks:
        found.setdefault(_name(block), []).extend(_all_arguments(block))
    return found


def _name(block: Body) -> str:
    """A dynamic block is told by the name of the blocks that it writes."""
    return block.header[-1] if block.type == "dynamic" else block.type


def _all_arguments(body: Body) -> Iterator[Argument]:
    yield from body.arguments
    for block in body.blocks:
        yield from _all_arguments(block)
