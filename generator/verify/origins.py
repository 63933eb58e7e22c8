"""Which value of the catalogue brings a reference into a block."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from generator.catalogue.layers import layers_of
from generator.source.source import Key, Source

_DOTTED = re.compile(r"[\w.-]+")
_MOST_PARTS = 3
"""Names that an address is made of: `data.aws_region.current`."""

_MOST_NAMES = 100
"""Values that are compared with an address: of many that say the same, one is as good as another."""


class Origins:
    """The values of a catalogue by the addresses that they hold, and by what they say as a whole.

    All are found in one pass, since each of a hundred thousand references may lead nowhere.
    """

    def __init__(self, source: Source) -> None:
        self._holding: dict[tuple[Key, str], Key] = {}
        self._saying: defaultdict[tuple[Key, str], list[Key]] = defaultdict(list)
        for key, text in source.scalars(()):
            for scope in (key[:2], key[:1], ()):
                self._saying[scope, text].append(key)
                for address in _addresses_in(text):
                    self._holding.setdefault((scope, address), key)

    def of(self, address: str, entry: Key) -> Key:
        """Return the value that brings an address into the block of an entry: it holds it, or names its end.

        The entry's own values come first, then those of what lies under it, then all others.
        """
        scopes: list[Key] = [*layers_of(entry), ()]
        holding = [self._holding[scope, address] for scope in scopes if (scope, address) in self._holding]
        if holding:
            return holding[0]
        name = address.rpartition(".")[2]
        named = [key for scope in scopes for key in islice(self._saying.get((scope, name), ()), _MOST_NAMES)]
        return max(named, key=lambda key: str(key[-1]) in address, default=entry)


def _addresses_in(text: str) -> Iterator[str]:
    for run in _DOTTED.findall(text):
        *beginnings, end = run.split(".", _MOST_PARTS)
        parts = [*beginnings, end] if len(beginnings) < _MOST_PARTS else beginnings
        yield from (".".join(parts[:length]) for length in range(2, len(parts) + 1))
