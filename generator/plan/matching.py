"""Pairs of wanted and found things, each of which fits some of the others."""

from __future__ import annotations

from collections.abc import Callable

MOST = 200
"""Elements of a set that are matched in every way; in a larger one, each has to fit the one at its own place."""


def matched(wanted: int, found: int, fits: Callable[[int, int], bool]) -> dict[int, int]:
    """Return as many pairs as can be made at once, as the index of what is wanted to that of what is found.

    This is Kuhn's algorithm for matchings in bipartite graphs.
    """
    if max(wanted, found) > MOST:
        return {one: one for one in range(min(wanted, found)) if fits(one, one)}
    fitting = [[item for item in range(found) if fits(one, item)] for one in range(wanted)]
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for item in fitting[one]:
            if item not in tried:
                tried.add(item)
                if item not in taken or place(taken[item], tried):
                    taken[item] = one
                    return True
        return False

    for one in range(wanted):
        place(one, set())
    return {one: item for item, one in taken.items()}
