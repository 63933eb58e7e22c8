"""The lines of a text with marks: what is written in each, and what the marks tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.blame.marks import MARK, mark
from generator.errors import Position
from generator.hcl.items import LineEdit


@dataclass(frozen=True)
class Cause:
    """Values, by their numbers, that a condition or loop looks at: one by one, or as a whole that holds them."""

    values: tuple[int, ...]
    is_whole: bool


@dataclass(frozen=True)
class MarkedLine:
    """A line without its marks, the place in a template that it begins at, and the numbers of the values in it.

    `causes` are what the conditions and loops around it look at, the outermost first.
    """

    text: str
    template: Position
    values: tuple[int, ...]
    causes: tuple[Cause, ...]


def marked_lines(text: str) -> list[MarkedLine]:
    """Split a text with marks into its lines."""
    reader = _Reader()
    reader.take(text)
    reader.end_line()
    return reader.lines


def marked_line(text: str, index: int) -> MarkedLine:
    """Return one line of a text with marks. Of those before it, the marks alone are read."""
    lines = text.split("\n")
    reader = _Reader()
    for what in MARK.findall("\n".join(lines[:index])):
        if not what.isdigit():
            reader.take_mark(what)
    reader.take(lines[index])
    reader.end_line()
    return reader.lines[0]


def edited_with_marks(text: str, edits: Sequence[LineEdit]) -> str:
    """Return a text with edits of its lines. What the marks of removed lines begin and end goes to the next line."""
    lines, kept = text.split("\n"), ""
    found: list[str] = []
    index = 0
    for first, end, written in [*edits, LineEdit(len(lines), len(lines), ())]:
        if index < first:
            found += [kept + lines[index], *lines[index + 1 : first]]
            kept = ""
        found += written
        kept += _marks_without_values(lines[first:end])
        index = end
    return "\n".join(found)


def _marks_without_values(lines: Sequence[str]) -> str:
    return "".join(mark(what) for what in MARK.findall("\n".join(lines)) if not what.isdigit())


def places_before_layout(plain: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a text that is laid out, and the index that it had before; all that is left out is blank."""
    left = enumerate(plain.split("\n"))
    for line in text.removesuffix("\n").split("\n"):
        yield next(index for index, before in left if bool(before.strip()) is bool(line.strip())), line


@dataclass
class _Reader:
    lines: list[MarkedLine] = field(default_factory=list)
    _text: str = ""
    _place: Position = field(default_factory=lambda: Position(""))
    _begin: tuple[Position, tuple[Cause, ...]] | None = None
    _values: list[int] = field(default_factory=list)
    _open: list[Cause] = field(default_factory=list)

    def take(self, text: str) -> None:
        for index, piece in enumerate(MARK.split(text)):
            if index % 2:
                self.take_mark(piece)
            else:
                self.take_text(piece)

    def take_mark(self, what: str) -> None:
        if what.startswith("@"):
            file, _, line = what[1:].rpartition(":")
            self._place = Position(file, int(line))
        elif what.startswith(("(", "[")):
            values = tuple(map(int, filter(None, what[1:].split(","))))
            self._open.append(Cause(values, what.startswith("[")))
        elif what == ")":
            self._open.pop()
        else:
            self._values.append(int(what))

    def take_text(self, text: str) -> None:
        first, *others = text.split("\n")
        self._take(first)
        for part in others:
            self.end_line()
            self._take(part)

    def end_line(self) -> None:
        place, causes = self._begin or (self._place, tuple(self._open))
        self.lines.append(MarkedLine(self._text, place, tuple(dict.fromkeys(self._values)), causes))
        self._text, self._begin, self._values = "", None, []

    def _take(self, part: str) -> None:
        self._text += part
        if self._begin is None and part.strip():
            self._begin = self._place, tuple(self._open)
