"""Which value of the catalogue brings a reference into a block."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from generator.catalogue.layers import layers_of
from generator.catalogue.own_names import OwnNames, may_hold_own_names, names_of_service
from generator.source.source import Key, Source

_DOTTED = re.compile(r"[\w.-]+")
_MOST_PARTS = 3
"""Names that an address is made of: `data.aws_region.current`."""

_MOST_REPLACED = 10_000
"""Values with the catalogue's own names in them that are put in place for each service that takes them over."""

_MOST_NAMES = 100
"""Values that are compared with an address: of many that say the same, one is as good as another."""


class Origins:
    """The values of a catalogue by the addresses that they hold, and by what they say as a whole.

    All are found in one pass, since each of a hundred thousand references may lead nowhere.
    """

    def __init__(self, source: Source) -> None:
        self._holding: dict[tuple[Key, str], Key] = {}
        self._saying: defaultdict[tuple[Key, str], list[Key]] = defaultdict(list)
        with_own_names = []
        for key, text in source.scalars(()):
            if may_hold_own_names(text):
                with_own_names.append((key, text))
            self._add(key, text, (key[:2], key[:1], ()))
        for (key, text), service in islice(_by_service(source, with_own_names), _MOST_REPLACED):
            self._add(key, _replaced(source, text, service), (("services", service), ()))

    def _add(self, key: Key, text: str, scopes: Sequence[Key]) -> None:
        for scope in scopes:
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


def _by_service(source: Source, values: Sequence[tuple[Key, str]]) -> Iterator[tuple[tuple[Key, str], str]]:
    """Yield each value with each service that it may be of: its own, or every one that takes it over."""
    data: Any = source.data
    for key, text in values:
        services = [str(key[1])] if key[0] == "services" else data["services"]
        yield from (((key, text), service) for service in services)


def _replaced(source: Source, text: str, service: str) -> str:
    data: Any = source.data
    return str(OwnNames(names_of_service(data["project"], service)).replaced(text))


def _addresses_in(text: str) -> Iterator[str]:
    for run in _DOTTED.findall(text):
        *beginnings, end = run.split(".", _MOST_PARTS)
        parts = [*beginnings, end] if len(beginnings) < _MOST_PARTS else beginnings
        yield from (".".join(parts[:length]) for length in range(2, len(parts) + 1))
