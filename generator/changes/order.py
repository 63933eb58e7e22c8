"""The order in which things come behind what they read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def in_reading_order(reads: Mapping[str, Collection[str]]) -> list[str]:
    """Return all names, each behind those that it reads; of a circle, one comes too early. Names of others are left."""
    placed: dict[str, None] = {}
    begun: set[str] = set()
    for name in reads:
        if name not in begun:
            _place(name, reads, begun, placed)
    return list(placed)


def _place(start: str, reads: Mapping[str, Collection[str]], begun: set[str], placed: dict[str, None]) -> None:
    """Go down to what is read by nothing but what is placed. A chain may be longer than Python's stack."""
    begun.add(start)
    way: list[tuple[str, Iterator[str]]] = [(start, iter(reads[start]))]
    while way:
        name, left = way[-1]
        following = next((one for one in left if one in reads and one not in begun), None)
        if following is None:
            placed[name] = None
            way.pop()
        else:
            begun.add(following)
            way.append((following, iter(reads[following])))
