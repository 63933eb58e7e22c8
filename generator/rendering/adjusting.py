"""What the catalogue says in Terraform's own names, laid over what the templates write.

It is laid over the text, block by block: so it reaches a project's own templates too, and the built-in ones read like
the Terraform that they render.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.catalogue.adjustments import Adjustment
from generator.catalogue.container_types import container_type
from generator.catalogue.provider_types import DEPENDS_ON, LIFECYCLE, block_type, type_of_block
from generator.hcl.items import Item, LineEdit, Lines, edited, is_closed
from generator.hcl.tokens import TokenError, end_of_brackets, outside_of_heredocs, tokens
from generator.rendering.terms import Filters, Terms, blocks_in
from generator.settings.breach import Breach, Breached
from generator.settings.objects import BlockOf, MapOf, ObjectOf, lacking_in, literal_of
from generator.settings.values import ValueType
from generator.source.source import Key

_LABEL = r'"([^"\n]+)"'
_HEADER = re.compile(rf"^[ \t]*(?P<word>resource)[ \t]+{_LABEL}[ \t]+{_LABEL}[ \t]*(?P<brace>\{{)[ \t]*$", re.MULTILINE)

_HIDING = re.compile(r"<<-?[^\s\"]+\r?\n|/\*[^\"\n]*\n")
"""What may begin a heredoc or a comment of several lines, in which nothing is a block. A text ends in its line."""

_END_OF_BLOCK = "\n}"
"""How most blocks end."""

_FORM = "with each `{`, `}` and member in a line of its own"
_MEND = "fix the template, or remove this"

_LAST = ("tags", DEPENDS_ON)
"""What stands at the end of a block, in this order."""

_VERY_LAST = ("timeouts", LIFECYCLE)
"""Blocks that stand behind all else."""


def adjusted(text: str, adjustments: Sequence[Adjustment], filters: Filters) -> str:
    """Return a file's text with adjustments, each of which has its block there. Raises `Breached`."""
    if not adjustments:
        return text
    headers = _headers(text)
    lacking = [one for one in adjustments if one.address not in headers]
    if lacking:
        raise Breached([_unclear(one, (), f"no block {one.address}, {_FORM}") for one in lacking])
    return "\n".join(edited(text.split("\n"), _edits(text, headers, adjustments, filters)))


def edits_of(text: str, adjustments: Sequence[Adjustment], filters: Filters) -> list[LineEdit]:
    """Return the edits of a file's lines that adjustments make up, in order; of blocks that are not there, none.

    Raises `Breached`, with keys from the catalogue's root on.
    """
    return _edits(text, _headers(text), adjustments, filters)


def _edits(
    text: str, headers: Mapping[str, re.Match[str]], adjustments: Sequence[Adjustment], filters: Filters
) -> list[LineEdit]:
    line_ends = [found.start() for found in re.finditer("\n", text)] if headers else []
    edits: list[LineEdit] = []
    breaches: list[Breach] = []
    for one in adjustments:
        header = headers.get(one.address)
        block = _block_from(text, header) if header else None
        if header and block:
            adjuster = _Adjuster(block, bisect_left(line_ends, header.start()), filters, one)
            edits += adjuster.edits()
            breaches += adjuster.breaches
    if breaches:
        raise Breached(breaches)
    return sorted(edits, key=lambda edit: (edit.first, edit.end))


def _headers(text: str) -> dict[str, re.Match[str]]:
    """Return the header of each resource, by its address."""
    found = list(_HEADER.finditer(text))
    shown = _not_hidden(text, found) if _HIDING.search(text) else found
    return {f"{header[2]}.{header[3]}": header for header in shown}


def _not_hidden(text: str, headers: list[re.Match[str]]) -> list[re.Match[str]]:
    try:
        begun = {token.offset for token in outside_of_heredocs(tokens(text)) if token.text == "resource"}
    except TokenError:  # whoever judges the text tells of it
        return headers
    return [header for header in headers if header.start("word") in begun]


def _unclear(adjustment: Adjustment, way: Key, what: str) -> Breach:
    return Breach(adjustment.key(way), f"the templates write {what}", _MEND, at_key=True)


class _Adjuster:
    """Finds the edits of one block."""

    def __init__(self, text: Lines, first_line: int, filters: Filters, adjustment: Adjustment) -> None:
        self._text, self._first_line, self._filters, self._adjustment = text, first_line, filters, adjustment
        self.breaches: list[Breach] = []
        self._terms = Terms.of_arguments(filters)

    def edits(self) -> Iterator[LineEdit]:
        """Yield the edits, by the lines of the file."""
        found = self._of_container() if self._adjustment.container else self._of_block()
        return (LineEdit(self._first_line + one.first, self._first_line + one.end, one.lines) for one in found)

    def _of_block(self) -> Iterator[LineEdit]:
        type_ = block_type(type_of_block(self._adjustment.address))
        yield from self._of_body(1, len(self._text.lines) - 1, type_, self._adjustment.said, ())

    def _of_container(self) -> Iterator[LineEdit]:
        self._terms = Terms.of_json(self._filters)
        found = self._container()
        if found is None:
            called = f"no container `{self._adjustment.container}` in {self._adjustment.address}"
            self.breaches.append(_unclear(self._adjustment, (), f"{called}, {_FORM}"))
        else:
            yield from self._of_body(found.first + 1, found.end - 1, container_type(), self._adjustment.said, ())

    def _container(self) -> Item | None:
        lists = self._text.named("container_definitions", 1, len(self._text.lines) - 1)
        objects = (one for item in lists for one in self._text.objects(item))
        return next((one for one in objects if self._is_meant(one)), None)

    def _is_meant(self, container: Item) -> bool:
        """Tell whether a container has the name of the one that is adjusted, be it a text or an expression."""
        name = next(self._text.named("name", container.first + 1, container.end - 1), None)
        if name is None or name.text is not None:
            return name is not None and name.text == self._adjustment.container
        wanted = self._terms.text(self._adjustment.container)
        return name.is_one_line and name.value == tuple(token.text for token in tokens(wanted))

    def _of_body(
        self, first: int, end: int, type_: ObjectOf | MapOf, said: Mapping[str, Any], way: Key
    ) -> Iterator[LineEdit]:
        """Yield the edits of the lines of a body, of a block or of an object. `way` leads to what is said of it."""
        if not self._text.is_plain(first, end):
            self._not_plain(way)
            return
        items = list(self._text.items(first, end))
        body = _Body(self._text, items, first, end, isinstance(type_, BlockOf))
        for name, value in sorted(said.items(), key=lambda entry: entry[0] == LIFECYCLE):
            written = [item for item in items if item.name == name]
            one = _Said(name, type_.member(name), value, (*way, name))
            if value is None:
                yield from (LineEdit(item.first, item.end, ()) for item in written)
            elif name == DEPENDS_ON and body.is_block:
                yield from self._depending_on(one, written, body)
            elif one.members is not None:
                yield from self._of_object(one, one.members, written, body)
            else:
                yield from body.put(name, written, tuple(self._lines(one, body)))

    def _of_object(
        self, one: _Said, members: ObjectOf | MapOf, written: Sequence[Item], body: _Body
    ) -> Iterator[LineEdit]:
        """Yield the edits of an object or a single block. It merges with one, and takes the place of an expression."""
        if len(written) == 1 and self._text.opens(written[0]):
            yield from self._of_body(written[0].first + 1, written[0].end - 1, members, one.value, one.way)
        elif any(item.begins_an_object for item in written):
            self._not_plain(one.way)
        else:
            self._check_complete(members, one)
            yield from body.put(one.name, written, tuple(self._lines(one, body)))

    def _not_plain(self, way: Key) -> None:
        called = ".".join([self._adjustment.address, *map(str, way)])
        self.breaches.append(_unclear(self._adjustment, way, f"{called}, but not {_FORM}"))

    def _check_complete(self, type_: ObjectOf | MapOf, one: _Said) -> None:
        """What lies over nothing has to have all that its type requires."""
        if isinstance(type_, ObjectOf):
            key = self._adjustment.key(one.way)
            self.breaches += [lack._replace(key=(*key, *lack.key)) for lack in lacking_in(type_, one.value)]

    def _lines(self, one: _Said, body: _Body) -> Iterator[str]:
        if body.is_block and one.says_nothing:
            return iter(())
        if blocks := blocks_in(one.type, one.value):
            return self._terms.blocks(one.name, *blocks, body.indent)
        if body.is_block:
            return self._terms.argument(one.name, one.type, one.value, body.indent)
        return self._terms.entry(one.name, one.type, one.value, body.indent)

    def _depending_on(self, one: _Said, written: Sequence[Item], body: _Body) -> Iterator[LineEdit]:
        """Yield the edit that adds addresses to those that a block depends on."""
        before = self._text.elements(written[0]) if written else []
        if before is None:
            self._not_plain(one.way)
            return
        first, end = (written[0].first, written[0].end) if written else (body.end, body.end)
        each = [f"{body.indent}  {address}" for address in dict.fromkeys([*before, *one.value])]
        blank = [] if written else [""]
        lines = [*blank, f"{body.indent}{DEPENDS_ON} = [", *(f"{line}," for line in each[:-1]), each[-1]]
        yield LineEdit(first, end, (*lines, f"{body.indent}]", *blank))


class _Said(NamedTuple):
    """What is said of an entry of a body: its name, its type, its value, and the way to it from the block on."""

    name: str
    type: ValueType[Any]
    value: Any
    way: Key

    @property
    def members(self) -> ObjectOf | MapOf | None:
        """The type of its members, where its value is a mapping."""
        type_ = literal_of(self.type)
        return type_ if isinstance(type_, ObjectOf | MapOf) and isinstance(self.value, Mapping) else None

    @property
    def says_nothing(self) -> bool:
        """Whether it is a block that means nothing without arguments, and has none."""
        return self.name in _VERY_LAST and not any(value is not None for value in self.value.values())


def _block_from(text: str, header: re.Match[str]) -> Lines | None:
    """Return the lines of the block of a header. One that does not end is left to whoever judges the text."""
    begun = text[header.start() : text.find(_END_OF_BLOCK, header.start()) + len(_END_OF_BLOCK)]
    if is_closed(begun):
        return Lines(begun)
    try:
        end = end_of_brackets(text, header.start("brace"))
        behind = text.find("\n", end)
        return Lines(text[header.start() : behind if behind >= 0 else len(text)])
    except TokenError:
        return None


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
        elif lines:
            place = self._place(name, len(lines))
            yield LineEdit(place, place, lines if len(lines) == 1 or not self.is_block else ("", *lines, ""))

    def _place(self, name: str, height: int) -> int:
        if name in _VERY_LAST:
            return self.end
        if height == 1:
            return self._behind_arguments
        return self._before_last if self.is_block else self.end
