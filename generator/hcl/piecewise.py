"""A generated file read piece by piece: the tokens of a whole one take a hundred times the memory of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from generator.hcl.fragments import fragments_of
from generator.hcl.proof.proof import proven_by_lines
from generator.hcl.tokens import TokenError

Result = TypeVar("Result")


def piecewise(text: str, read: Callable[[str, int], Result]) -> list[Result]:
    """Return what is read of each piece of a text, given the piece and the number of lines before it.

    A text is one piece where the end of a block cannot be told by its look. Raises what `read` raises of `TokenError`
    for that one.
    """
    try:
        return [read(piece, lines_before) for piece, lines_before in _pieces(text)]
    except TokenError:  # a line that looks like the end of a block is within an object
        return [read(text, 0)]


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    if file := proven_by_lines(text):
        yield from ((file.text(part), part.first) for part in file.parts)
        return
    if "<<" in text or "/*" in text:  # a line that looks like the end of a block may be within a heredoc or a comment
        yield text, 0
        return
    lines_before = 0
    for piece in fragments_of(text):
        yield piece, lines_before
        lines_before += piece.count("\n")
