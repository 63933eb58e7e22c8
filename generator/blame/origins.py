"""Where the lines of a module's rendered files come from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from generator.blame.following import Reading, followed
from generator.blame.lines import (
    Cause,
    MarkedLine,
    edited_with_marks,
    marked_line,
    marked_lines,
    places_before_layout,
)
from generator.blame.marks import without_marks
from generator.blame.templates import FollowingEnvironment
from generator.catalogue.file_names import MAIN
from generator.catalogue.layers import written_at
from generator.catalogue.service import Service
from generator.errors import BlameError, Position, Problem, RenderError
from generator.hcl.proof.proof import ProvenFile, ProvenPart, proven
from generator.hcl.structure import Code, depth_change
from generator.hcl.write.layout import laid_out
from generator.rendering.adjusting import edits_of
from generator.rendering.render import Overrides, context_of, environment_of, written_file
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


def blamed_lines(module: RenderedModule, catalogue_name: str, overrides: Overrides, name: str) -> list[BlamedLine]:
    """Return the lines of one of a module's rendered files, in order. Raises `TfgenError`."""
    return _Tracer(module, catalogue_name, overrides, name).lines()


def blamed_line(
    module: RenderedModule, catalogue_name: str, overrides: Overrides, name: str, number: int
) -> BlamedLine:
    """Return one line of one of a module's rendered files, by its number. Raises `TfgenError`.

    With the built-in templates, what other services render does not matter to a service's block.
    """
    tracer = _Tracer(module, catalogue_name, overrides, name)
    return (tracer.line_alone(number) if not overrides.contents else None) or tracer.line(number)


class _BlockLines(NamedTuple):
    """The catalogue entry behind a block, and the block's first and last line."""

    entry: Key
    first: int
    last: int


class _Tracer:
    """Renders one of a module's files with marks, and tells what they stand for."""

    def __init__(self, module: RenderedModule, catalogue_name: str, overrides: Overrides, name: str) -> None:
        self._module, self._catalogue_name, self._name = module, catalogue_name, name
        (self._text,) = (file.text for file in module.files if file.name == name)
        self._blocks = list(_blocks(module, name, self._text))
        copy = followed(module.catalogue)
        self._catalogue, self._origins = copy.catalogue, _Origins(module.source, copy.readings)
        self._template = module.catalogue.module.files.templates[name]
        self._adjustments = copy.adjustments if self._template == MAIN else []
        self._environment = environment_of(overrides, FollowingEnvironment, module.type_of)
        self._environment.follow(copy.derived)

    def lines(self) -> list[BlamedLine]:
        marked = self._whole()
        lines = marked_lines(marked)
        told = [replace(lines[index], text=text) for index, text in _places(marked)]
        return [self._blamed(number, line) for number, line in enumerate(told, start=1)]

    def line(self, number: int) -> BlamedLine:
        return self._line(number, self._whole(), number)

    def line_alone(self, number: int) -> BlamedLine | None:
        """Return a line of a block, or the one behind it, that the block's service renders without the others.

        There is none where the line is another one, or where no service is behind the block.
        """
        block = self._block_before(number)
        if block is None or block.entry[:1] != ("services",) or number > block.last + 1:
            return None
        marked = self._marked([self._catalogue.services[str(block.entry[1])]])
        wanted = "\n".join(self._text.split("\n")[block.first - 1 : max(block.last, number)])
        before, found, _ = f"\n{_laid_out(marked)}".partition(f"\n{wanted}\n")
        return self._line(number, marked, before.count("\n") + 1 + number - block.first) if found else None

    def _whole(self) -> str:
        marked = self._marked(self._catalogue.rendered_services)
        if _laid_out(marked) != self._text:
            what = "its lines cannot be traced: a template splits a text of the catalogue"
            where = Position(self._module.path(self._name))
            raise BlameError([Problem(where, "", what, "let templates write each such text as a whole")])
        return marked

    def _marked(self, services: Iterable[Service]) -> str:
        """Return what these services, and what all share, render with marks."""
        try:
            context = context_of(self._catalogue, self._catalogue_name, services)
            written = written_file(self._environment, self._template, context)
            edits = edits_of(without_marks(written), self._adjustments, self._environment.filters)
            return edited_with_marks(written, edits)
        except RenderError:  # without marks it has been rendered
            return ""

    def _line(self, number: int, marked: str, place: int) -> BlamedLine:
        """Return a line by its number, which is at another place where not all services are rendered."""
        index, text = next(islice(_places(marked), place - 1, None))
        return self._blamed(number, replace(marked_line(marked, index), text=text))

    def _blamed(self, number: int, line: MarkedLine) -> BlamedLine:
        block = self._block_before(number)
        return self._origins.blamed(block.entry if block and number <= block.last else (), line)

    def _block_before(self, number: int) -> _BlockLines | None:
        """Return the last block that has begun in a line."""
        begun = bisect_right(self._blocks, number, key=attrgetter("first"))
        return self._blocks[begun - 1] if begun else None


def _laid_out(marked: str) -> str:
    return laid_out(without_marks(marked))


def _places(marked: str) -> Iterator[tuple[int, str]]:
    return places_before_layout(without_marks(marked), _laid_out(marked))


@dataclass(frozen=True)
class _Origins:
    """Tells where the values of a line, by the numbers of their marks, are written."""

    source: Source
    readings: Sequence[Reading]

    def blamed(self, entry: Key, line: MarkedLine) -> BlamedLine:
        """Return a line of a block that an entry is behind."""
        origins = self._written_in(line) or self._around(entry, line)
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


def _blocks(module: RenderedModule, name: str, text: str) -> Iterator[_BlockLines]:
    file = proven(text)
    for part in file.parts:
        for address, first, last in _spans(file, part):
            yield _BlockLines(module.entry(name, address), first, last)


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
