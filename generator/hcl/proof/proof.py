"""The proof that python-hcl2 takes a file, finds its blocks, and reads its own dump as the same: line by line.

python-hcl2 is imported only where it is asked: for what the built-in templates write, its answers are known.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.proof.judge import judged
from generator.hcl.proof.known import KnownPlace, known_places
from generator.hcl.proof.lines import LineShape, Read, shape_of_key, shapes_of
from generator.hcl.proof.outline import Needed, Outline
from generator.hcl.proof.places import LinePlace, Places
from generator.hcl.references import Declaration, declared
from generator.hcl.structure import Body, Code
from generator.hcl.tokens import TokenError
from generator.stages import counted

_END_OF_BLOCK = re.compile(r"\}|[a-z][^\n]* \{\}")
"""How the last line of a top-level block looks in generated text."""


class BlockForm:
    """What blocks have in common whose lines within types of blocks are of the same shapes, one after the other.

    They hold the same arguments and blocks, of these `names`, at the same places. `header` is the number of the line
    that begins the block, counted from 0; there is none where a form has comments alone.
    """

    def __init__(self, text: str, header: int | None, label: str) -> None:
        """Take the text of a block of this form, in which `label` is the last label if that is taken out."""
        code = Code(text)
        self.header = header
        self.names = [name for body in code.bodies for name in body.names]
        self.is_sound = not code.arguments and len(code.bodies) <= 1 and not any(map(_has_a_name_twice, code.bodies))
        self._stem = code.bodies[0].address.removesuffix(label) if code.bodies else ""
        self._declared_stems = [declaration.address.removesuffix(label) for declaration in declared(code)]

    def address(self, label: str) -> str:
        """Return the address of a block with a label: its last word, if it is taken out."""
        return self._stem + label

    def declared(self, label: str) -> list[str]:
        """Return the addresses that a block with a label declares."""
        return [stem + label for stem in self._declared_stems]


class ProvenPart(NamedTuple):
    """Some lines of a file, a block in most cases: the first of them and the one behind the last, counted from 0.

    One that was not proven line by line has no form, but an outline.
    """

    first: int
    end: int
    form: BlockForm | None
    outline: Outline | None = None


class ProvenFile:
    """A file that is proven: its parts, its blocks, and what it declares and refers to."""

    def __init__(
        self, lines: Sequence[str], shapes: Mapping[str, LineShape | None], parts: Sequence[ProvenPart]
    ) -> None:
        self.parts = parts
        self._lines, self._shapes = lines, shapes
        self.blocks: list[Declaration] = []
        self.declared: list[str] = []
        for part in parts:
            self.blocks += self.blocks_in(part)
            self.declared += self.declared_in(part)

    def blocks_in(self, part: ProvenPart) -> list[Declaration]:
        """Return the blocks of a part."""
        if part.outline is not None:
            return part.outline.blocks
        if part.form is None or part.form.header is None:
            return []
        return [Declaration(part.form.address(self._label(part)), part.first + part.form.header + 1)]

    def declared_in(self, part: ProvenPart) -> list[str]:
        """Return the addresses that a part declares."""
        if part.outline is not None:
            return [address for address, _ in part.outline.declared]
        return part.form.declared(self._label(part)) if part.form else []

    def _label(self, part: ProvenPart) -> str:
        """Return the label of a part's block, if its form takes it out."""
        if part.form is None or part.form.header is None:
            return ""
        line = self._lines[part.first + part.form.header]
        return _label(self._shapes[line], line)

    def text(self, part: ProvenPart) -> str:
        """Return the text of a part."""
        return _text(self._lines, part.first, part.end)

    def reads_in(self, part: ProvenPart) -> Iterator[Read]:
        """Yield what a part refers to."""
        if part.outline is not None:
            yield from (Read(*one[:3]) for one in part.outline.needed)
        else:
            yield from (read for line in self._lines[part.first : part.end] for read in self._reads_of(line))

    def reads(self) -> Mapping[Read, None]:
        """Return each address that the file refers to with the attribute that is read from it, once."""
        found = dict.fromkeys(read for line in self._unlike_lines for read in self._reads_of(line))
        for part in self.parts:
            if part.outline is not None:
                found |= {Read(*one[:3]): None for one in part.outline.needed}
        return found

    def needed(self) -> Iterator[Needed]:
        """Yield each reference with its line, line by line."""
        for part in self.parts:
            if part.outline is not None:
                yield from part.outline.needed
                continue
            for number in range(part.first, part.end):
                for read in self._reads_of(self._lines[number]):
                    yield Needed(*read, number + 1)

    def texts_with(self, sign: re.Pattern[str]) -> Iterator[tuple[str, int]]:
        """Yield texts that hold each token with a sign in it, with the number of lines before each.

        Of equal lines, it is the first one.
        """
        number = 0
        for line in filter(sign.search, self._unlike_lines):
            number = self._lines.index(line, number)
            shape = self._shapes[line]
            yield line + (shape.closed_by if shape else ""), number
        for part in self.parts:
            if part.outline is not None and sign.search(text := self.text(part)):
                yield text, part.first

    @cached_property
    def _unlike_lines(self) -> Collection[str]:
        """Each line that was proven as such, once, in the order in which they stand first."""
        by_lines = [part for part in self.parts if part.outline is None]
        if len(by_lines) == len(self.parts):
            return self._shapes.keys()
        return dict.fromkeys(line for part in by_lines for line in self._lines[part.first : part.end])

    def _reads_of(self, line: str) -> Iterator[Read]:
        shape = self._shapes[line]
        return shape.reads(line) if shape and shape.may_read else iter(())


@functools.lru_cache(maxsize=2)  # whoever tells of a module's two files asks for what was verified
def proven(text: str) -> ProvenFile:
    """Return a file, proven.

    Raises `TokenError`, `ParseError`, `DisputeError` and `RoundTripError`, with places in the file.
    """
    return proven_by_lines(text) or _prover().file(text)


@functools.lru_cache(maxsize=4)  # two editions of a module's two files
def proven_by_lines(text: str) -> ProvenFile | None:
    """Return a file whose every line is proven where it stands. Of any other, nothing is said."""
    return _prover().by_lines(text)


def is_expression(text: str) -> bool:
    """Tell whether `text` is one whole expression of HCL, and python-hcl2 reads its own dump of it as the same."""
    return _prover().is_argument(f"x = {text}") or _is_assignment(f"x = {text}\n")


@functools.lru_cache(maxsize=65536)
def _is_assignment(text: str) -> bool:
    try:
        return len(judged(text).blocks) == 1
    except (TokenError, ParseError, DisputeError, RoundTripError):
        return False


class Prover:
    """Proves texts by the places that it knows. Those that it asks about it knows from then on."""

    def __init__(self, known: Sequence[KnownPlace]) -> None:
        self.places = Places(known)

    def file(self, text: str) -> ProvenFile:
        """Return a file, proven. Raises what `proven` raises."""
        lines = text.split("\n")
        if not lines[-1]:
            try:
                return _InParts(lines, self.places).proven()
            except (TokenError, ParseError):  # a line may only look like the end of a block: in a heredoc, or an object
                pass
        return ProvenFile(lines, {}, [ProvenPart(0, len(lines), None, judged(text))])

    def by_lines(self, text: str) -> ProvenFile | None:
        """Return a file whose every line is proven where it stands. Of any other, nothing is said."""
        lines = text.split("\n")
        return None if lines[-1] else _InParts(lines, self.places).by_lines()

    def is_argument(self, line: str) -> bool:
        """Tell whether a line is an argument that is proven. Of one that is not, that says nothing."""
        shape = None if "\n" in line else shapes_of([line])[line]
        if shape is None or shape.closed_by or not shape.is_argument:
            return False
        return self.places.behind(self.places.beginning, shape) is not None


@functools.cache
def _prover() -> Prover:
    return Prover(known_places())


class _InParts:
    """Proves a file part by part: each line by line where that can be, and else as a whole."""

    def __init__(self, lines: Sequence[str], places: Places) -> None:
        self._lines, self._shapes = lines, shapes_of(lines)
        self._places = places
        self._place: LinePlace | None = self._places.beginning
        self._forms: dict[tuple[str, ...], BlockForm] = {}

    def proven(self) -> ProvenFile:
        return ProvenFile(self._lines, self._shapes, [self._part(*span) for span in self._counted_spans()])

    def by_lines(self) -> ProvenFile | None:
        parts = []
        for first, end in self._counted_spans():
            form = self._form(first, end)
            if form is None:
                return None
            parts.append(ProvenPart(first, end, form))
        return ProvenFile(self._lines, self._shapes, parts)

    def _counted_spans(self) -> Iterator[tuple[int, int]]:
        return counted("proving", "blocks", [*self._spans()])

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each part's first line, and that of the one behind its last."""
        first = 0
        for number, line in enumerate(self._lines):
            if line[-1:] == "}" and _END_OF_BLOCK.fullmatch(line):
                yield first, number + 1
                first = number + 1
        if first < len(self._lines) - 1:
            yield first, len(self._lines) - 1

    def _part(self, first: int, end: int) -> ProvenPart:
        form = self._form(first, end)
        if form is not None:
            return ProvenPart(first, end, form)
        self._place = self._behind_a_block
        return ProvenPart(first, end, None, self._judged(first, end))

    def _judged(self, first: int, end: int) -> Outline:
        try:
            return judged(_text(self._lines, first, end)).moved_down(first)
        except DisputeError as error:
            raise DisputeError(error.what, error.line + first) from None
        except RoundTripError as error:
            raise RoundTripError(error.line + first) from None

    def _form(self, first: int, end: int) -> BlockForm | None:
        """Go through the lines of a part, and return its form, or nothing where they lead nowhere."""
        place, keys, header = self._place, [], None
        for line in self._lines[first:end]:
            shape = self._shapes[line]
            if shape is None or place is None:
                return None
            if place.is_body:
                keys.append(shape.key)
                if not place.opened and not shape.is_gap:
                    header = len(keys) - 1  # what stands before it stands in no block
            place = place.next.get(shape.key) or self._places.behind(place, shape)
        if place is None or place.opened:
            return None
        form = self._forms.get(tuple(keys)) or self._new_form(tuple(keys), first, end, header)
        if form.is_sound:
            self._place = place
        return form if form.is_sound else None

    def _new_form(self, keys: tuple[str, ...], first: int, end: int, header: int | None) -> BlockForm:
        line = self._lines[first + header] if header is not None else ""
        self._forms[keys] = BlockForm(_text(self._lines, first, end), header, _label(self._shapes.get(line), line))
        return self._forms[keys]

    @cached_property
    def _behind_a_block(self) -> LinePlace | None:
        """Where the line behind any block of the top level stands."""
        place: LinePlace | None = self._places.beginning
        for key in ("x {", "}"):
            place = place and self._places.behind(place, shape_of_key(key))
        return place


def _text(lines: Sequence[str], first: int, end: int) -> str:
    return "\n".join(lines[first:end]) + ("\n" if end < len(lines) else "")


def _label(shape: LineShape | None, line: str) -> str:
    return shape.label(line) if shape else ""


def _has_a_name_twice(body: Body) -> bool:
    """Tell whether an argument has the name of a block beside it: python-hcl2 may overwrite one by the other."""
    names = {argument.name for argument in body.arguments} & {block.type for block in body.blocks}
    return bool(names) or any(map(_has_a_name_twice, body.blocks))
