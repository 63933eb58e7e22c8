"""Values of the catalogue as the lines of arguments, blocks and objects, with what templates write values with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from generator.settings.objects import BareWord, BlockOf, MapOf, ObjectOf, WholeBlocks, literal_of
from generator.settings.parts import ListOf
from generator.settings.values import AnyText, Truth, ValueType, Whole

_LONGEST_LIST = 80
"""Characters of a list in one line."""

_STEP = "  "


Filters: TypeAlias = Mapping[str, Callable[..., Any]]
"""What templates write values with, by name. `blame` has other ones, which see no marks."""


class Terms(NamedTuple):
    """Writes values by their types. `number`, `truth` and `text` convert what comes out as another type.

    `length` measures what is written. Terraform converts arguments by itself. In JSON it leaves each value what it is.
    """

    hcl: Callable[[Any], str]
    key: Callable[[str], str]
    number: Callable[[Any], str]
    truth: Callable[[Any], str]
    text: Callable[[Any], str]
    length: Callable[[str], int]

    @classmethod
    def of_arguments(cls, filters: Filters) -> Terms:
        hcl = filters["hcl"]
        return cls(hcl, filters["hcl_key"], hcl, hcl, hcl, filters["length"])

    @classmethod
    def of_json(cls, filters: Filters) -> Terms:
        number, truth, text = (filters[name] for name in ("hcl_number", "hcl_bool", "hcl_string"))
        return cls(filters["hcl"], filters["hcl_key"], number, truth, text, filters["length"])

    def argument(self, name: str, type_: ValueType[Any], value: Any, indent: str) -> Iterator[str]:
        """Yield the lines of a name and its value."""
        first, *others = self._value(type_, value, indent)
        yield f"{indent}{name} = {first}"
        yield from others

    def entry(self, name: str, type_: ValueType[Any], value: Any, indent: str) -> Iterator[str]:
        """Yield the lines of a key of an object and its value."""
        return self.argument(self.key(name), type_, value, indent)

    def blocks(self, name: str, type_: ObjectOf, blocks: Iterable[Mapping[str, Any]], indent: str) -> Iterator[str]:
        """Yield the lines of the blocks of a name, with a blank line around each."""
        for entries in blocks:
            yield from ("", f"{indent}{name} {{", *self._body(type_, entries, indent + _STEP), f"{indent}}}", "")

    def _body(self, type_: ObjectOf, entries: Mapping[str, Any], indent: str) -> Iterator[str]:
        for name, value in entries.items():
            member = type_.member(name)
            if blocks := blocks_in(member, value):
                yield from self.blocks(name, *blocks, indent)
            elif value is not None:
                yield from self.argument(name, member, value, indent)

    def _value(self, type_: ValueType[Any], value: Any, indent: str) -> list[str]:
        literal = literal_of(type_)
        if isinstance(literal, ObjectOf | MapOf) and isinstance(value, Mapping):
            return self._object(literal, value, indent)
        if isinstance(literal, ListOf) and isinstance(value, tuple):
            return self._list(literal.item, value, indent)
        return [self._scalar(literal, value)]

    def _scalar(self, type_: ValueType[Any], value: Any) -> str:
        if isinstance(type_, BareWord) or (isinstance(type_, ListOf) and isinstance(type_.item, BareWord)):
            return str(value)
        if isinstance(type_, Whole):
            return self.number(value)
        if isinstance(type_, Truth):
            return self.truth(value)
        return self.text(value) if isinstance(type_, AnyText) else self.hcl(value)

    def _object(self, type_: ObjectOf | MapOf, entries: Mapping[str, Any], indent: str) -> list[str]:
        written = [(name, type_.member(name), value) for name, value in entries.items() if value is not None]
        inner = [line for one in written for line in self.entry(*one, indent + _STEP)]
        return ["{", *inner, f"{indent}}}"] if inner else ["{}"]

    def _list(self, type_: ValueType[Any], items: tuple[Any, ...], indent: str) -> list[str]:
        inner = indent + _STEP
        written = [self._value(type_, item, inner) for item in items]
        line = f"[{', '.join(first for first, *_ in written)}]"
        if all(len(lines) == 1 for lines in written) and self.length(line) <= _LONGEST_LIST:
            return [line]
        found = ["["]
        for index, (first, *others) in enumerate(written, start=1):
            found += [f"{inner}{first}", *others]
            found[-1] += "," if index < len(written) else ""
        return [*found, f"{indent}]"]


def blocks_in(type_: ValueType[Any], value: Any) -> tuple[ObjectOf, list[Mapping[str, Any]]] | None:
    """Return the type and the entries of the blocks that a value is written as; none where it is an argument."""
    if isinstance(type_, BlockOf) and isinstance(value, Mapping):
        return type_, [value]
    return (type_.item, list(value)) if isinstance(type_, WholeBlocks) and value is not None else None
