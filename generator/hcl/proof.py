"""The proof that python-hcl2 takes a file, and reads its own dump of it as the same: it is shown one of each shape.

python-hcl2 is imported only where it is asked: for what the built-in templates write, its answers are known.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.hcl.errors import ParseError, RoundTripError
from generator.hcl.fragments import fragments_of
from generator.hcl.known import known
from generator.hcl.outline import Outline, outline_of
from generator.hcl.references import Declaration
from generator.hcl.shape import Shape, shape_of
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError

_BEGINNING = re.compile(r'^([a-z]\w*(?: "\w+"(?= "))?)(?:[^\n]*\n *\w+ *= *([a-z]\w*))?', re.MULTILINE)
"""How a block begins, without its name, and what its first value begins with: where that or the number of lines
differs, the shape differs too."""


class Fragment(NamedTuple):
    """A proven part of a file: its text, the number of lines before it, its outline, and its shape if that is sound."""

    text: str
    lines_before: int
    outline: Outline
    shape: Shape | None


class Prover:
    """Proves files, and knows the shapes of the parts that it has seen."""

    def __init__(self) -> None:
        self._shapes: defaultdict[tuple[object, ...], list[Shape]] = defaultdict(list)

    def fragments(self, text: str) -> list[Fragment]:
        """Return a file's parts. Raises `TokenError`, `ParseError` and `RoundTripError`, with places in the file."""
        try:
            return list(self._proven(fragments_of(text)))
        except (TokenError, ParseError):  # a line may only look like the end of a block: in a heredoc, or an object
            return list(self._proven([text]))

    def _proven(self, parts: Iterable[str]) -> Iterator[Fragment]:
        lines = 0
        for part in parts:
            try:
                yield self._fragment(part, lines)
            except RoundTripError as error:
                raise RoundTripError(error.line + lines) from None
            lines += part.count("\n")

    def _fragment(self, text: str, lines_before: int) -> Fragment:
        beginning = _BEGINNING.search(text)
        alike = self._shapes[text.count("\n"), *(beginning.groups() if beginning else ())]
        for shape in alike:
            slots = shape.slots(text)
            if slots is not None:
                return Fragment(text, lines_before, shape.outline(slots, lines_before), shape)
        fresh = shape_of(text)
        outline = _outline(text, lines_before)
        if fresh is None or not is_sound(fresh):
            blocks = [Declaration(address, lines_before + line) for address, line in _blocks(text)]
            return Fragment(text, lines_before, outline._replace(blocks=blocks), None)
        alike.append(fresh)
        return Fragment(text, lines_before, outline, fresh)


def _outline(text: str, lines_before: int) -> Outline:
    try:
        return outline_of(Code(text), lines_before)
    except TokenError:
        _blocks(text)  # where python-hcl2 refuses it too, it knows the place better
        raise


def is_expression(text: str) -> bool:
    """Tell whether `text` is one whole expression of HCL, and python-hcl2 reads its own dump of it as the same."""
    assignment = f"x = {text}\n"
    try:
        shape = shape_of(assignment)
    except TokenError:
        return False
    if shape is None:
        return _is_assignment(assignment)
    return shape.key in known().expressions or _is_assignment(shape.sample) or _is_assignment(assignment)


def is_sound(shape: Shape) -> bool:
    """Tell whether python-hcl2 takes a shape, finds the same blocks in it, and reads its own dump as the same."""
    return shape.key in known().texts or _asked_about(shape.sample)


@functools.lru_cache(maxsize=4096)
def _asked_about(sample: str) -> bool:
    try:
        return _blocks(sample) == outline_of(Code(sample)).blocks
    except (ParseError, RoundTripError):
        return False


@functools.lru_cache(maxsize=65536)
def _is_assignment(text: str) -> bool:
    from generator.hcl.parse import Document

    try:
        document = Document(text)
        return [name for name, _ in document.blocks()] == ["x"] and document.survives_round_trip()
    except ParseError:
        return False


def _blocks(text: str) -> list[Declaration]:
    """Return the blocks that python-hcl2 finds. Raises `ParseError` and `RoundTripError`."""
    from generator.hcl.parse import Document

    document = Document(text)
    found = [Declaration(address, line) for address, line in document.blocks()]
    if not document.survives_round_trip():
        raise RoundTripError(found[0].line if found else 1)
    return found
