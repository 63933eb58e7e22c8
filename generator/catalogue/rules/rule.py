"""A rule about several entries of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.catalogue.model import Catalogue
from generator.settings.breach import Breach


@dataclass(frozen=True)
class CatalogueRule:
    """A rule; `source` says who requires it."""

    id: str
    source: str
    breaches: Callable[[Catalogue], Iterator[Breach]]
