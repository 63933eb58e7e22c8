"""Lanes: the upright lines between two columns, side by side where they would run into each other."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Mapping

Span = tuple[float, float]
"""From where to where a line runs, from top to bottom."""


def lanes_of(spans: Mapping[str, Span], clearance: float) -> dict[str, int]:
    """Return the number of each line's lane, counted from 0; those of the longest lines come first.

    Two lines in one lane are at least `clearance` apart.
    """
    lanes: list[list[Span]] = []
    found = {}
    for name, span in sorted(spans.items(), key=lambda item: item[1][0] - item[1][1]):
        number = next((n for n, lane in enumerate(lanes) if _has_room(lane, span, clearance)), len(lanes))
        if number == len(lanes):
            lanes.append([])
        insort(lanes[number], span)
        found[name] = number
    return found


def _has_room(lane: list[Span], span: Span, clearance: float) -> bool:
    """Tell it by the neighbours alone: the lines of a lane are in their order, from top to bottom."""
    place = bisect(lane, span)
    neighbours = lane[max(place - 1, 0) : place + 1]
    return all(span[1] + clearance <= top or bottom + clearance <= span[0] for top, bottom in neighbours)
