"""A rule about several entries of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.catalogue.model import Catalogue
from generator.settings.breach import Breach


class CatalogueRule(NamedTuple):
    """A rule; `source` says who requires it."""

    id: str
    source: str
    breaches: Callable[[Catalogue], Iterator[Breach]]
