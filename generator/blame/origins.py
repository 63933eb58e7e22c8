"""Where the lines of a module's rendered files come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile

from generator.blame.following import Reading, followed
from generator.blame.lines import Cause, MarkedLine, marked_line, marked_lines, places_before_layout
from generator.blame.marks import without_marks
from generator.blame.templates import FollowingEnvironment
from generator.catalogue.layers import written_at
from generator.errors import BlameError, Position, Problem, RenderError
from generator.hcl.proof.proof import ProvenFile, ProvenPart, proven
from generator.hcl.structure import Code, depth_change
from generator.hcl.write.layout import laid_out
from generator.rendering.render import Overrides, environment_of, written
from generator.source.source import Key, Source
from generator.verify.module import RenderedModule

_NO_ENTRY: tuple[Key, ...] = ((), ("services",))
"""What entries have in common that have nothing in common."""


class Tie(Enum):
    """How a line and an entry of the catalogue belong together."""

    VALUE = "the entry is written in the line"
    DEFAULT = "the line has the default of an entry that is not written"
    WITHIN = "the line has no value of the catalogue, and is there because of the entry"


@dataclass(frozen=True)
class Origin:
    """An entry of the catalogue that a line comes from, and where the catalogue says so."""

    key: Key
    where: Position
    tie: Tie


@dataclass(frozen=True)
class BlamedLine:
    """A line of a rendered file, the place in a template that wrote it, and its origins, the most specific first."""

    text: str
    template: Position
    origins: tuple[Origin, ...]


def blamed_lines(
    module: RenderedModule, catalogue_name: str, overrides: Overrides, name: str, only: int | None = None
) -> list[BlamedLine]:
    """Return the lines of one of a module's rendered files, in order, or one of them alone, by its number.

    Raises `TfgenError`.
    """
    copy = followed(module.catalogue)
    environment = environment_of(overrides, FollowingEnvironment, module.type_of)
    environment.follow(copy.derived)
    (text,) = (file.text for file in module.files if file.name == name)
    try:
        marked = written(environment, copy.catalogue, catalogue_name)[name]
    except RenderError:  # without marks it has been rendered
        marked = ""
    plain = without_marks(marked)
    if laid_out(plain) != text:
        what = "its lines cannot be traced: a template splits a text of the catalogue"
        raise BlameError(
            [Problem(Position(module.path(name)), "", what, "let templates write each such text as a whole")]
        )
    origins = _Origins(module.source, copy.readings, _entries(module, name, text))
    places = list(places_before_layout(plain, text))
    if only is not None:
        index, line = places[only - 1]
        return [origins.blamed(only, replace(marked_line(marked, index), text=line))]
    lines = marked_lines(marked)
    return [
        origins.blamed(number, replace(lines[index], text=line)) for number, (index, line) in enumerate(places, start=1)
    ]


@dataclass(frozen=True)
class _Origins:
    """`entries` are those behind the blocks, for each line of theirs."""

    source: Source
    readings: Sequence[Reading]
    entries: Mapping[int, Key]

    def blamed(self, number: int, line: MarkedLine) -> BlamedLine:
        origins = self._written_in(line) or self._around(self.entries.get(number, ()), line)
        return BlamedLine(line.text, line.template, tuple(origins))

    def _written_in(self, line: MarkedLine) -> list[Origin]:
        """A value and its name in one line are told as one."""
        readings = [self.readings[number] for number in line.values]
        found: dict[Key, Origin] = {}
        for origin in map(self._origin, sorted(readings, key=lambda one: (-len(one.key), one.is_name))):
            found.setdefault(origin.key, origin)
        return list(found.values())

    def _origin(self, reading: Reading) -> Origin:
        key = written_at(self.source, reading.key)
        where = self.source.key_position(key) if reading.is_name else self.source.position(key)
        return Origin(key, where, Tie.VALUE if self.source.holds(key) else Tie.DEFAULT)

    def _around(self, entry: Key, line: MarkedLine) -> list[Origin]:
        """The innermost condition or loop that looks at a value says why the line is there, or else its block does."""
        cause = next(filter(None, map(self._entry_of, reversed(line.causes))), ())
        key = entry if entry[: len(cause)] == cause else cause
        while not self.source.holds(written_at(self.source, key)):
            key = key[:-1]
        key = written_at(self.source, key)
        return [Origin(key, self.source.position(key), Tie.WITHIN)] if key else []

    def _entry_of(self, cause: Cause) -> Key:
        """Return the entry that holds all of a cause's values: as a service has them, or else as they are written."""
        read = [self.readings[number].key for number in cause.values]
        told = [_shared(keys, cause.is_whole) for keys in (read, [written_at(self.source, key) for key in read])]
        return next((key for key in told if key not in _NO_ENTRY), ())


def _shared(keys: Sequence[Key], is_whole: bool) -> Key:
    """Return the steps that ways have in common. What is one value alone is in the whole that it makes up."""
    key = tuple(steps[0] for steps in takewhile(lambda steps: len(set(steps)) == 1, zip(*keys, strict=False)))
    return key[:-1] if is_whole and key in keys else key


def _entries(module: RenderedModule, name: str, text: str) -> dict[int, Key]:
    file = proven(text)
    return {
        line: module.entry(name, address)
        for part in file.parts
        for address, first, last in _spans(file, part)
        for line in range(first, last + 1)
    }


def _spans(file: ProvenFile, part: ProvenPart) -> Iterator[tuple[str, int, int]]:
    """Yield the address of each block of a part, and its first and last line."""
    if part.form is not None:
        yield from ((address, line, part.end) for address, line in file.blocks_in(part))
        return
    code = Code(file.text(part))
    for body, last in zip(code.bodies, _last_lines(code), strict=True):
        yield body.address, part.first + body.line, part.first + last


def _last_lines(code: Code) -> Iterator[int]:
    """Yield the line of each brace that closes a block of the top level."""
    depth = 0
    for token in code.tokens:
        change = depth_change(token)
        depth += change
        if change < 0 and not depth:
            yield code.line(token)
