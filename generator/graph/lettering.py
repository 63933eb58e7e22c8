"""How wide text can get in whatever font a viewer has, so that boxes are wide enough in all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.errors import visible

MONOSPACE_ADVANCE = 0.61
"""Of the size. DejaVu Sans Mono, Menlo and SF Mono have 0.60; Consolas and Cascadia Mono are narrower."""

_LATIN_END = "\u0250"
_NARROW, _WIDE = frozenset(" fijlrtI.,:;'|!()[]/-"), frozenset("mwMW@%×")

Measure = Callable[[str], float]


def shown(text: str) -> str:
    """Return text in one line, what cannot be seen in it as its number; none of it is left out."""
    return visible(text, len(text))


def name_width(text: str, size: float) -> float:
    """Return the width of a name, set in a monospace font. Other scripts than Latin may come from a wider one."""
    return size * sum(MONOSPACE_ADVANCE * (1 if character < _LATIN_END else 2) for character in text)


def prose_width(text: str, size: float) -> float:
    """Return the width of words, set in a proportional font: no less than in Verdana, a wide one."""
    return size * sum(map(_advance, text))


def wrapped(text: str, limit: float, measure: Measure) -> tuple[str, ...]:
    """Return text in lines that are no wider than `limit`, broken between words where that can be."""
    lines = [""]
    for piece in _pieces(text, limit, measure):
        if lines[-1] and measure(lines[-1] + piece.rstrip()) > limit:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


def _pieces(text: str, limit: float, measure: Measure) -> Iterator[str]:
    for word in re.findall(r"\S+\s*|\s+", text):
        if measure(word) > limit:
            yield from word
        else:
            yield word


def _advance(character: str) -> float:
    if character in _NARROW:
        return 0.46
    if character in _WIDE or character >= _LATIN_END:
        return 1.0
    return 0.79 if character.isupper() else 0.64
