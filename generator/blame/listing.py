"""Blamed lines in columns, as `git blame` has them: where a line comes from, its number, and the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.blame.origins import BlamedLine, Origin, Tie
from generator.errors import visible
from generator.source.source import dotted

_MOST_ORIGINS = 2
"""In a listing. A line of what all services share may have one from each of them."""

_WORDS = {Tie.VALUE: "{}", Tie.DEFAULT: "{}, by default", Tie.WITHIN: "in {}"}


def listing(lines: Mapping[int, BlamedLine]) -> Iterator[str]:
    """Yield a row for each of these lines. One line alone is told with all of its origins."""
    most = _MOST_ORIGINS if len(lines) > 1 else None
    cells = [
        (f"{line.template.file}:{line.template.line}", _origins(line.origins, most), str(number), line.text)
        for number, line in lines.items()
    ]
    places, origins, numbers, _ = (max(map(len, column)) for column in zip(*cells, strict=True))
    for place, origin, number, text in cells:
        row = f"{place:<{places}}  {origin:<{origins}}  {number:>{numbers}}) {text}".rstrip()
        yield visible(row, len(row))


def _origins(origins: tuple[Origin, ...], most: int | None) -> str:
    told = [f"{origin.where} {_WORDS[origin.tie].format(dotted(origin.key))}" for origin in origins[:most]]
    rest = len(origins) - len(told)
    return "; ".join([*told, *([f"{rest} more"] if rest else [])]) or "-"
