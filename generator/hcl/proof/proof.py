"""The proof that python-hcl2 takes a file, finds its blocks, and reads its own dump as the same: by one of each shape.

python-hcl2 is imported only where it is asked: for what the built-in templates write, its answers are known.
"""

from __future__ import annotations

import functools
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from generator.hcl.errors import DisputeError, ParseError, RoundTripError
from generator.hcl.fragments import fragments_of
from generator.hcl.proof.gaps import in_known_words
from generator.hcl.proof.known import known
from generator.hcl.proof.outline import Outline, outline_of
from generator.hcl.proof.shape import Shape, shape_of
from generator.hcl.references import Declaration
from generator.hcl.structure import Code
from generator.hcl.tokens import TokenError

_BEGINNING = re.compile(r'^([a-z]\w*(?: "\w+"(?= "))?)(?:[^\n]*\n *\w+ *= *([a-z]\w*))?', re.MULTILINE)
"""How a block begins, without its name, and what its first value begins with: where that or the number of lines
differs, the shape differs too."""

_MOST_ALIKE = 16
"""Shapes that are tried on a part before its own is made: of parts that are all unlike, each is tried on so many."""

_NO_BLOCK = Declaration("", sys.maxsize)
"""Stands behind all blocks."""


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
        """Return a file's parts.

        Raises `TokenError`, `ParseError`, `DisputeError` and `RoundTripError`, with places in the file.
        """
        try:
            return list(self._proven(fragments_of(text)))
        except (TokenError, ParseError):  # a line may only look like the end of a block: in a heredoc, or an object
            return list(self._proven([text]))

    def _proven(self, parts: Iterable[str]) -> Iterator[Fragment]:
        lines = 0
        for part in parts:
            try:
                yield self._fragment(part, lines)
            except DisputeError as error:
                raise DisputeError(error.what, error.line + lines) from None
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
        outline = outline_of(Code(text), lines_before)
        if fresh is None or not is_sound(fresh):
            _check_blocks(text)
            return Fragment(text, lines_before, outline, None)
        if len(alike) < _MOST_ALIKE:
            alike.append(fresh)
        return Fragment(text, lines_before, outline, fresh)


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
        _check_blocks(sample)
    except (ParseError, DisputeError, RoundTripError):
        return False
    return True


@functools.lru_cache(maxsize=65536)
def _is_assignment(text: str) -> bool:
    try:
        return len(_check_blocks(text)) == 1
    except (ParseError, DisputeError, RoundTripError):
        return False


def _dispute(of_terraform: list[Declaration], of_python_hcl2: list[Declaration]) -> DisputeError:
    """Return what is wrong at the first block that one of the two does not find."""
    pairs = zip_longest(of_terraform, of_python_hcl2, fillvalue=_NO_BLOCK)
    own, other = next(pair for pair in pairs if pair[0] != pair[1])
    if own.line <= other.line:
        return DisputeError(f"Terraform finds {own.address} here, and python-hcl2 does not", own.line)
    return DisputeError(f"python-hcl2 finds {other.address} here, and Terraform does not", other.line)


def _check_blocks(text: str) -> list[Declaration]:
    """Return the blocks that Terraform and python-hcl2 find alike.

    Raises `TokenError`, `ParseError`, `DisputeError` and `RoundTripError`.
    """
    from generator.hcl.proof.parse import ParsedFile

    document = ParsedFile(in_known_words(text))
    of_terraform = outline_of(Code(text)).blocks
    of_python_hcl2 = [Declaration(address, line) for address, line in document.blocks()]
    if of_terraform != of_python_hcl2:
        raise _dispute(of_terraform, of_python_hcl2)
    if not document.survives_round_trip():
        raise RoundTripError(of_terraform[0].line if of_terraform else 1)
    return of_terraform
