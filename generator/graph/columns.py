"""Boxes in a column: each as near as it can be to where its lines come from, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass
class _Run:
    """Neighbouring boxes that touch: how many, and where the first of the column would be by the mean of them."""

    count: int
    start: float


def stacked(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Return the upper edge of each box, given the middles that are wanted, in ascending order.

    The sum of the squared distances from there is the least that there is.
    """
    offsets = [0.0, *accumulate(height + gap for height in heights)][:-1]
    runs: list[_Run] = []
    for middle, height, offset in zip(wanted, heights, offsets, strict=True):
        runs.append(_Run(1, middle - height / 2 - offset))
        while len(runs) > 1 and runs[-2].start > runs[-1].start:
            last = runs.pop()
            runs[-1] = _together(runs[-1], last)
    starts = [run.start for run in runs for _ in range(run.count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def _together(first: _Run, second: _Run) -> _Run:
    count = first.count + second.count
    return _Run(count, (first.count * first.start + second.count * second.start) / count)
