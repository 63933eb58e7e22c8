"""How two lists of lines differ, in time in proportion to their length.

Lines that each list has once are anchors, as far as they have the same order in both (patience diff). What is between
two anchors is compared line by line where few lines differ (E. W. Myers, "An O(ND) Difference Algorithm and Its
Variations", 1986). Where many differ, all of it is replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_MOST_SPLITS = 16
"""How often the part between two anchors is searched for more anchors: each search looks at every line once."""

_MOST_DIFFERENCES = 100
"""Removed and added lines between two anchors that the search allows: the time grows with the square of it."""

_CONTEXT = 3
"""Equal lines that are shown before and after a difference."""

Pair = tuple[int, int]
"""An index in the old list, and one in the new list."""


class Hunk(NamedTuple):
    """Differences that are near each other, and the equal lines around them.

    Each line has its sign in front: ` `, `-` or `+`. The indices of the first line count from 0.
    """

    old_from: int
    new_from: int
    lines: list[str]

    def count(self, sign: str) -> int:
        """Return how many lines have a sign."""
        return sum(line[0] == sign for line in self.lines)


def hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """Yield the differences of two lists of lines as a unified diff groups them."""
    lines = _signed(old, new)
    at = old_at = new_at = 0
    for first, last in _groups([index for index, line in enumerate(lines) if line[0] != " "]):
        start = max(first - _CONTEXT, 0)
        old_at += sum(line[0] != "+" for line in lines[at:start])
        new_at += sum(line[0] != "-" for line in lines[at:start])
        at = start
        yield Hunk(old_at, new_at, lines[start : last + _CONTEXT + 1])


def equal_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Return the places of items that both lists have, in ascending order in both."""
    numbers: dict[Hashable, int] = {}
    a, b = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (old, new))
    found: list[Pair] = []
    regions = [_Region(0, len(a), 0, len(b), _MOST_SPLITS)]
    while regions:
        region, ends = _without_equal_ends(regions.pop(), a, b)
        found += ends
        inner = a[region.a_from : region.a_to], b[region.b_from : region.b_to]
        anchors = [(region.a_from + i, region.b_from + j) for i, j in _anchors(*inner)] if region.splits_left else []
        if anchors:
            found += anchors
            regions += region.between(anchors)
        else:
            found += [(region.a_from + i, region.b_from + j) for i, j in _equal_but_for_few(*inner)]
    return sorted(found)


def _signed(old: Sequence[str], new: Sequence[str]) -> list[str]:
    lines: list[str] = []
    old_at = new_at = 0
    for i, j in [*equal_pairs(old, new), (len(old), len(new))]:
        lines += [f"-{line}" for line in old[old_at:i]]
        lines += [f"+{line}" for line in new[new_at:j]]
        lines += [f" {line}" for line in old[i : i + 1]]
        old_at, new_at = i + 1, j + 1
    return lines


def _groups(changed: Sequence[int]) -> Iterator[Pair]:
    """Yield the first and the last of changed lines whose equal lines around them meet."""
    starts = [index for before, index in pairwise([-2 * _CONTEXT - 2, *changed]) if index - before > 2 * _CONTEXT + 1]
    ends = [before for before, index in pairwise(changed) if index - before > 2 * _CONTEXT + 1]
    yield from zip(starts, [*ends, *changed[-1:]], strict=True)


class _Region(NamedTuple):
    """A part of each list, as half-open ranges, and how often it may be split at anchors."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    splits_left: int

    def between(self, anchors: Sequence[Pair]) -> Iterator[_Region]:
        """Yield what is before, between and behind anchors."""
        for before, anchor in pairwise([(self.a_from - 1, self.b_from - 1), *anchors, (self.a_to, self.b_to)]):
            yield _Region(before[0] + 1, anchor[0], before[1] + 1, anchor[1], self.splits_left - 1)


def _without_equal_ends(region: _Region, a: Sequence[int], b: Sequence[int]) -> tuple[_Region, list[Pair]]:
    """Return a region without the equal items at its start and at its end, and the places of these."""
    a_from, a_to, b_from, b_to, splits_left = region
    ends = []
    while a_from < a_to and b_from < b_to and a[a_from] == b[b_from]:
        ends.append((a_from, b_from))
        a_from, b_from = a_from + 1, b_from + 1
    while a_from < a_to and b_from < b_to and a[a_to - 1] == b[b_to - 1]:
        a_to, b_to = a_to - 1, b_to - 1
        ends.append((a_to, b_to))
    return _Region(a_from, a_to, b_from, b_to, splits_left), ends


def _anchors(a: Sequence[int], b: Sequence[int]) -> list[Pair]:
    """Return the places of items that each list has once, as many as have the same order in both."""
    if not a or not b:
        return []
    counts_in_a, counts_in_b = Counter(a), Counter(b)
    places_in_b = {item: j for j, item in enumerate(b) if counts_in_b[item] == 1}
    return _longest_ascending(
        [(i, places_in_b[item]) for i, item in enumerate(a) if counts_in_a[item] == 1 and item in places_in_b]
    )


def _longest_ascending(pairs: Sequence[Pair]) -> list[Pair]:
    """Return as many pairs as there are whose second indices ascend; the first ones do in all of them.

    `lasts[n]` is the least index that a chain of n + 1 pairs can end with, and `ends[n]` the pair that it ends with.
    """
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(lasts, j)
        before.append(ends[length - 1] if length else -1)
        lasts[length : length + 1] = [j]
        ends[length : length + 1] = [number]
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _equal_but_for_few(a: Sequence[int], b: Sequence[int]) -> list[Pair]:
    """Return the places of items that both lists have if few others are between them, or nothing.

    `reached[d][k]` is the furthest index in `a` that d - 1 differences lead to, where it is k more than that in `b`.
    """
    reached: list[dict[int, int]] = [{1: 0}]
    for d in range(min(_MOST_DIFFERENCES, len(a) + len(b)) + 1 if a and b else 0):
        reached.append({})
        for k in range(-d, d + 1, 2):
            i, _ = _step(reached[d], d, k)
            while i < len(a) and i - k < len(b) and a[i] == b[i - k]:
                i += 1
            reached[d + 1][k] = i
            if i >= len(a) and i - k >= len(b):
                return _walked_back(reached, k)
    return []


def _step(reached: dict[int, int], d: int, k: int) -> Pair:
    """Return where in `a` the last of d differences leads to, and what `k` was before it."""
    is_addition = k == -d or (k != d and reached[k - 1] < reached[k + 1])
    return (reached[k + 1], k + 1) if is_addition else (reached[k - 1] + 1, k - 1)


def _walked_back(reached: Sequence[dict[int, int]], k: int) -> list[Pair]:
    found: list[Pair] = []
    for d in reversed(range(len(reached) - 1)):
        start, before = _step(reached[d], d, k)
        found += [(i, i - k) for i in range(start, reached[d + 1][k])]
        k = before
    return found
