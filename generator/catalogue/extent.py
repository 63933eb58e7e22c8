"""The size of a catalogue with its aliases and defaults expanded. It is counted before they are expanded."""

from __future__ import annotations

from typing import Any

from generator.catalogue.layers import BELOW_SERVICES
from generator.errors import CatalogueError, Problem
from generator.source.source import MAX_NODES, Source

_MOST_CHARACTERS = 32 << 20
"""Of all keys and texts. A render takes ten bytes of memory for each."""


class Extent:
    """The sum of what was counted of a catalogue. A value in several places counts once for each place."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._values = self._characters = 0
        self._known: dict[int, tuple[int, int]] = {}

    def add(self, data: Any) -> None:
        """Count data, which must stay alive. Raises `CatalogueError` if the sum is too large."""
        values, characters = self._of(data)
        self._values += values
        self._characters += characters
        if self._values > MAX_NODES:
            raise self._too_much(f"{MAX_NODES:,} values")
        if self._characters > _MOST_CHARACTERS:
            raise self._too_much(f"{_MOST_CHARACTERS >> 20} MiB of text")

    def _of(self, data: Any) -> tuple[int, int]:
        """Return the number of values and of characters. An alias and its target are the same object."""
        if not isinstance(data, dict | list):
            return 1, len(data)
        if id(data) not in self._known:
            parts = [self._of(part) for part in (data.values() if isinstance(data, dict) else data)]
            values = 1 + sum(values for values, _ in parts)
            characters = sum(characters for _, characters in parts)
            self._known[id(data)] = values, characters + (sum(map(len, data)) if isinstance(data, dict) else 0)
        return self._known[id(data)]

    def _too_much(self, what: str) -> CatalogueError:
        """Return the error, at the larger of `defaults` and `network`."""
        data: Any = self._source.data
        layers = [name for name in BELOW_SERVICES if name in data]
        largest = max(layers, key=lambda name: self._of(data[name]), default="")
        where = self._source.position((largest,) if largest else ())
        told = f"with its defaults and aliases expanded, the catalogue has more than {what}"
        return CatalogueError([Problem(where, largest, told, "split it into two catalogues, each with its own module")])
