"""A file in fragments, each of which could be a file of its own: so that one can be judged after the other."""

from __future__ import annotations

from collections.abc import Iterator

_END_OF_BLOCK = "\n}\n"
"""How the last line of a top-level block looks in generated text."""


def fragments_of(text: str) -> Iterator[str]:
    """Yield a text in pieces that each end with a top-level block, but for the last."""
    start = 0
    while (end := text.find(_END_OF_BLOCK, start)) >= 0:
        end += len(_END_OF_BLOCK)
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]
