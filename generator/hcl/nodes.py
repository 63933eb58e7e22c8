"""A module's files as a graph: every block and local by its address, and what each of their arguments reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from generator.hcl.references import Reference, referenced
from generator.hcl.structure import Argument, Body, Code
from generator.hcl.values import Value, value_of

LOCAL_VALUE = "value"
"""What a local's value is called here, as that of an output is in Terraform."""

REPEATING = ("count", "for_each")
"""Arguments that make several instances of a block."""

_DYNAMIC = "dynamic"

_SETTINGS = "terraform"
"""A module may have several of these blocks, and they count as one."""

_UNNAMED = frozenset(("import", "moved", "removed"))
"""Blocks that no address leads to."""

_OFFSET = attrgetter("offset")


class Content(NamedTuple):
    """What a block says: its arguments by name, nested blocks among them as lists, and what these refer to.

    A nested block with a label is an object with that label for its only name: `[{"local-exec": {"command": …}}]`.
    """

    arguments: dict[str, Value]
    references: dict[str, list[Reference]]


@dataclass(frozen=True, eq=False)
class ModuleNode:
    """A block or a local. `line` is that of the file, counted from 1. `read_content` is asked once, or never.

    Two are equal where they say the same, wherever they stand.
    """

    address: str
    line: int
    read_content: Callable[[], Content]

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, ModuleNode):
            return self is other
        return self.address == other.address and self.arguments == other.arguments

    def __hash__(self) -> int:
        return hash(self.address)

    @cached_property
    def content(self) -> Content:
        """What it says."""
        return self.read_content()

    @property
    def arguments(self) -> dict[str, Value]:
        return self.content.arguments

    @property
    def references(self) -> dict[str, list[Reference]]:
        return self.content.references

    @property
    def type(self) -> str:
        """The type of a resource or data source, as an address begins with it."""
        return self.address.rpartition(".")[0]

    @property
    def is_data_source(self) -> bool:
        return self.address.startswith("data.")

    @property
    def is_repeated(self) -> bool:
        return any(name in self.arguments for name in REPEATING)

    @property
    def read(self) -> list[Reference]:
        """Every reference in its arguments."""
        return [reference for references in self.references.values() for reference in references]

    @property
    def addresses_read(self) -> Collection[str]:
        """What its arguments refer to."""
        return {reference.address for reference in self.read}

    def blocks(self, type_: str) -> list[dict[str, Value]]:
        """The arguments of each nested block of a type."""
        value = self.arguments.get(type_)
        return [block for block in value if isinstance(block, dict)] if isinstance(value, list) else []

    def joined(self, other: ModuleNode) -> ModuleNode:
        """Return the node with the arguments of another beside its own, or in place of those with the same name."""
        return self.saying(self.arguments | other.arguments, self.references | other.references)

    def without(self, names: Collection[str]) -> ModuleNode:
        """Return the node without the arguments of these names."""
        arguments = {name: value for name, value in self.arguments.items() if name not in names}
        references = {name: read for name, read in self.references.items() if name not in names}
        return self.saying(arguments, references)

    def saying(self, arguments: dict[str, Value], references: dict[str, list[Reference]]) -> ModuleNode:
        """Return the node with other arguments."""
        content = Content(arguments, references)
        return ModuleNode(self.address, self.line, lambda: content)

    def called(self, address: str) -> ModuleNode:
        """Return the node under another address."""
        return ModuleNode(address, self.line, self.read_content)

    @property
    def uses(self) -> set[tuple[str, str]]:
        """Type and name of each argument that it has, and of each attribute that it reads."""
        return {(self.type, name) for name in self.arguments} | {(read.type, read.attribute) for read in self.read}


Nodes = dict[str, ModuleNode]


def nodes_of(texts: Iterable[str]) -> Nodes:
    """Return every node of a module's files by its address. Raises `TokenError`."""
    return gathered(node for text in texts for node in nodes_in(Code(text)))


def gathered(nodes: Iterable[ModuleNode]) -> Nodes:
    """Return the nodes of a module's files by their addresses."""
    found: Nodes = {}
    for node in nodes:
        settings = found.get(_SETTINGS) if node.address == _SETTINGS else None
        found[node.address] = settings.joined(node) if settings else node
    return found


def nodes_in(code: Code) -> Iterator[ModuleNode]:
    """Yield every node of a file, one for each time that it is written."""
    references = referenced(code)
    for body in code.bodies:
        if body.type == "locals":
            for argument in body.arguments:
                value = Body((), argument.line, [Argument(LOCAL_VALUE, argument.value, argument.line)], [])
                yield _node(f"local.{argument.name}", value, references)
        elif body.type not in _UNNAMED:
            yield _node(_address(body), body, references)
            yield from (_node(data.address, data, references) for data in _data_of_check(body))


def _address(body: Body) -> str:
    """A second configuration of a provider is told by its alias."""
    aliases = [value_of(argument.value) for argument in body.arguments if argument.name == "alias"]
    return f"{body.address}.{aliases[0]}" if body.type == "provider" and aliases else body.address


def _data_of_check(body: Body) -> list[Body]:
    """A data source within a `check` is read as any other is."""
    return [block for block in body.blocks if block.type == "data"] if body.type == "check" else []


def _node(address: str, body: Body, references: list[Reference]) -> ModuleNode:
    holding = {
        name: [reference for argument in within for reference in _held(references, argument)]
        for name, within in _arguments_by_name(body).items()
    }
    content = Content(_values(body), holding)
    return ModuleNode(address, body.line, lambda: content)


def _held(references: list[Reference], argument: Argument) -> list[Reference]:
    """Return those of a file's references that stand within an argument; they are in the file's order."""
    first, last = argument.span
    return references[bisect_left(references, first, key=_OFFSET) : bisect_right(references, last, key=_OFFSET)]


def _values(body: Body) -> dict[str, Value]:
    blocks: dict[str, list[Value]] = {}
    for block in body.blocks:
        blocks.setdefault(_name(block), []).append(_labelled_values(block))
    return {**{argument.name: value_of(argument.value) for argument in body.arguments}, **blocks}


def _labelled_values(block: Body) -> Value:
    values: Value = _values(block)
    for label in reversed(block.header[1:] if block.type != _DYNAMIC else ()):
        values = {label: values}
    return values


def _arguments_by_name(body: Body) -> dict[str, list[Argument]]:
    found = {argument.name: [argument] for argument in body.arguments}
    for block in body.blocks:
        found.setdefault(_name(block), []).extend(_all_arguments(block))
    return found


def _name(block: Body) -> str:
    """A dynamic block is told by the name of the blocks that it writes."""
    return block.header[-1] if block.type == _DYNAMIC else block.type


def _all_arguments(body: Body) -> Iterator[Argument]:
    yield from body.arguments
    for block in body.blocks:
        yield from _all_arguments(block)
