"""What the catalogue says in Terraform's own names, laid over what the templates write.

It is laid over the text, block by block: so it reaches a project's own templates too, and the built-in ones read like
the Terraform that they render.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.catalogue.adjustments import Adjustment
from generator.catalogue.container_types import container_type
from generator.catalogue.provider_types import DEPENDS_ON, LIFECYCLE, block_type, type_of_block
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.items import Item, LineEdit, Lines, edited
from generator.hcl.tokens import TokenError
from generator.rendering.terms import Terms, blocks_in
from generator.settings.breach import Breach, Breached
from generator.settings.objects import BlockOf, MapOf, ObjectOf, lacking_in, literal_of
from generator.settings.values import ValueType
from generator.source.source import Key

_HEADER = re.compile(r'[ \t]*resource[ \t]+"([^"\n]+)"[ \t]+"([^"\n]+)"[ \t]*\{[ \t]*')

_ADDRESS = re.compile(rf"{IDENTIFIER}(?:\.{IDENTIFIER})+")

_LAST = ("tags", DEPENDS_ON)
"""What stands at the end of a block, in this order."""

_VERY_LAST = ("timeouts", LIFECYCLE)
"""Blocks that stand behind all else."""


def adjusted(text: str, adjustments: Sequence[Adjustment], filters: Mapping[str, Callable[..., str]]) -> str:
    """Return a file's text with adjustments. `filters` are what templates write values with. Raises `Breached`."""
    return "\n".join(edited(text.split("\n"), edits_of(text, adjustments, filters))) if adjustments else text


def edits_of(text: str, adjustments: Sequence[Adjustment], filters: Mapping[str, Callable[..., str]]) -> list[LineEdit]:
    """Return the edits of a file's lines that adjustments make up, in order. `filters` are what templates write with.

    Raises `Breached`, with keys from the catalogue's root on.
    """
    lines = text.split("\n")
    headers = ((index, _HEADER.fullmatch(line)) for index, line in enumerate(lines) if "resource" in line)
    places = {f"{found[1]}.{found[2]}": index for index, found in headers if found}
    edits: list[LineEdit] = []
    breaches: list[Breach] = []
    for one in adjustments:
        try:
            block = Lines(lines, places[one.address]) if one.address in places else None
        except TokenError:
            block = None  # whoever judges the text says what is wrong with it
        if block:
            adjuster = _Adjuster(block, places[one.address], filters, one)
            edits += adjuster.edits()
            breaches += adjuster.breaches
    if breaches:
        raise Breached(breaches)
    return sorted(edits, key=lambda edit: (edit.first, edit.end))


class _Adjuster:
    """Finds the edits of one block."""

    def __init__(
        self, text: Lines, first_line: int, filters: Mapping[str, Callable[..., str]], adjustment: Adjustment
    ) -> None:
        self._text, self._first_line, self._filters, self._adjustment = text, first_line, filters, adjustment
        self.breaches: list[Breach] = []
        self._terms = Terms.of_arguments(filters)

    def edits(self) -> Iterator[LineEdit]:
        """Yield the edits, by the lines of the file."""
        found = self._of_container() if self._adjustment.container else self._of_block()
        return (LineEdit(self._first_line + one.first, self._first_line + one.end, one.lines) for one in found)

    def _of_block(self) -> Iterator[LineEdit]:
        type_ = block_type(type_of_block(self._adjustment.address))
        yield from self._of_body(1, len(self._text.lines) - 1, type_, self._adjustment.said, self._adjustment.key)

    def _of_container(self) -> Iterator[LineEdit]:
        self._terms = Terms.of_json(self._filters)
        found = self._container()
        if found is None:
            what = f"the template of {self._adjustment.address} writes no container "
            what += f"{self._adjustment.container} whose members stand in lines of their own"
            self.breaches.append(Breach(self._adjustment.key, what, "fix the template, or remove this", at_key=True))
            return
        yield from self._of_body(
            found.first + 1, found.end - 1, container_type(), self._adjustment.said, self._adjustment.key
        )

    def _container(self) -> Item | None:
        lists = self._text.items(1, len(self._text.lines) - 1)
        objects = (one for item in lists if item.name == "container_definitions" for one in self._text.objects(item))
        return next((one for one in objects if self._name_of(one) == self._adjustment.container), None)

    def _name_of(self, container: Item) -> str:
        """Return what a container is called, if that is a text."""
        for item in self._text.items(container.first + 1, container.end - 1):
            if item.name == "name":
                return self._text.lines[item.first].partition("=")[2].strip(' ",')
        return ""

    def _of_body(
        self, first: int, end: int, type_: ObjectOf | MapOf, said: Mapping[str, Any], key: Key
    ) -> Iterator[LineEdit]:
        """Yield the edits of the lines of a body: of a block, or of an object."""
        items = list(self._text.items(first, end))
        body = _Body(self._text, items, first, end, isinstance(type_, BlockOf))
        for name, value in sorted(said.items(), key=lambda entry: entry[0] == LIFECYCLE):
            member = literal_of(type_.member(name))
            written = [item for item in items if item.name == name]
            if value is None:
                yield from (LineEdit(item.first, item.end, ()) for item in written)
            elif name == DEPENDS_ON:
                yield self._depending_on(value, written, body)
            elif (
                isinstance(member, ObjectOf | MapOf)
                and isinstance(value, Mapping)
                and written
                and self._text.opens(written[0])
            ):
                yield from self._of_body(written[0].first + 1, written[0].end - 1, member, value, (*key, name))
            else:
                lines = tuple(self._lines(name, type_.member(name), value, body))
                yield from body.put(name, written, lines)
                self._check_complete(member, value, (*key, name))

    def _check_complete(self, type_: ValueType[Any], value: Any, key: Key) -> None:
        """What lies over nothing has to have all that its type requires."""
        if isinstance(type_, ObjectOf) and isinstance(value, Mapping):
            self.breaches += [one._replace(key=(*key, *one.key)) for one in lacking_in(type_, value)]

    def _lines(self, name: str, type_: ValueType[Any], value: Any, body: _Body) -> Iterator[str]:
        if blocks := blocks_in(type_, value):
            return self._terms.blocks(name, *blocks, body.indent)
        if body.is_block:
            return self._terms.argument(name, type_, value, body.indent)
        return self._terms.entry(name, type_, value, body.indent)

    def _depending_on(self, addresses: Sequence[str], written: Sequence[Item], body: _Body) -> LineEdit:
        """Return the edit that adds addresses to those that a block depends on."""
        first, end = (written[0].first, written[0].end) if written else (body.end, body.end)
        before = _ADDRESS.findall("\n".join(self._text.lines[first + 1 : end]))
        each = [f"{body.indent}  {address}" for address in dict.fromkeys([*before, *addresses])]
        blank = [] if written else [""]
        lines = [*blank, f"{body.indent}{DEPENDS_ON} = [", *(f"{line}," for line in each[:-1]), each[-1]]
        return LineEdit(first, end, (*lines, f"{body.indent}]", *blank))


class _Body:
    """Where what is new in a body goes: arguments to arguments, and what takes several lines behind them."""

    def __init__(self, text: Lines, items: Sequence[Item], first: int, end: int, is_block: bool) -> None:
        self._items, self.end, self.is_block = items, end, is_block
        self.indent = text.indent(items[0].first) if items else f"{text.indent(first - 1)}  "
        self._last = [item for item in items if is_block and item.name in _LAST]
        one_line = [item.end for item in items if item.is_one_line and not item.is_block and item not in self._last]
        self._behind_arguments = max(one_line, default=first)
        self._before_last = self._last[0].first if self._last else end

    def put(self, name: str, written: Sequence[Item], lines: tuple[str, ...]) -> Iterator[LineEdit]:
        """Yield the edits that put lines in the place of what is written, or where they belong."""
        for item in written[1:]:
            yield LineEdit(item.first, item.end, ())
        if written:
            yield LineEdit(written[0].first, written[0].end, lines)
        else:
            place = self._place(name, len(lines))
            yield LineEdit(place, place, lines if len(lines) == 1 or not self.is_block else ("", *lines, ""))

    def _place(self, name: str, height: int) -> int:
        if name in _VERY_LAST:
            return self.end
        if height == 1:
            return self._behind_arguments
        return self._before_last if self.is_block else self.end
