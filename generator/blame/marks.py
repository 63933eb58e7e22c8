"""Marks: what rides along in a text, and is taken out of it again without a trace.

A mark stands between two halves of surrogate pairs. No author's file can hold one of these, since UTF-8 has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import SupportsIndex

from generator.catalogue.service import Service
from generator.settings.parts import Part, values_of

MARK = re.compile("\ud800([^\udfff]*)\udfff")

_NUMBERED = re.compile("\ud800([0-9]+)\udfff")


class MarkedText(str):
    """Text with marks in it, which is equal to what it is without them."""

    __slots__ = ("plain",)
    plain: str

    def __new__(cls, text: str) -> MarkedText:
        marked = super().__new__(cls, text)
        marked.plain = without_marks(text)
        return marked

    def __eq__(self, other: object) -> bool:
        return self.plain == (without_marks(other) if isinstance(other, str) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.plain)

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> MarkedText:
        """What is named by a key of the catalogue may be looked up by that name."""
        return MarkedText(super().replace(old, new, count))


class MarkedNumber(int):
    """A number, or a truth value, that bears a mark once it is written."""

    plain: int
    mark: str

    def __new__(cls, plain: int, mark: str) -> MarkedNumber:
        marked = super().__new__(cls, plain)
        marked.plain, marked.mark = plain, mark
        return marked

    def __str__(self) -> str:
        return f"{self.plain}{self.mark}"


def mark(what: object) -> str:
    """Return a mark that says something."""
    return f"\ud800{what}\udfff"


def without_marks(text: str) -> str:
    """Return a text as it is without its marks."""
    return MARK.sub("", text)


def plain(value: object) -> object:
    """Return a text, a number, or a list of these, without marks; whatever else as it is."""
    if isinstance(value, MarkedNumber):
        return value.plain
    if isinstance(value, str):
        return without_marks(value)
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def numbers_in(value: object) -> Iterator[int]:
    """Yield the number of each numbered mark in a value, and in what it is made of."""
    if isinstance(value, str | MarkedNumber):
        yield from map(int, _NUMBERED.findall(str(value)))
    for part in _parts(value):
        yield from numbers_in(part)


def marks_of(value: object) -> str:
    """Return the numbered marks in a value, and in what it is made of."""
    return "".join(map(mark, numbers_in(value)))


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Service):
        return [value.names.key]
    if isinstance(value, Mapping):
        return [part for item in value.items() for part in item]
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, Part):
        return [part for _, part in values_of(value)]
    return vars(value).values() if is_dataclass(value) else ()
