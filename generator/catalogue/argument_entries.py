"""Which entry of a catalogue an argument of a rendered block comes from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.catalogue.model import Catalogue
from generator.catalogue.written_arguments import reached, written_by
from generator.source.source import Key


def entry_of_argument(catalogue: Catalogue, address: str, way: Key) -> Key | None:
    """Return the key of the entry that writes what a way of names leads to in a block; none where no entry does.

    What is said in Terraform's own names comes first.
    """
    return next(chain(_in_own_names(catalogue, address, way), _by_settings(catalogue, address, way)), None)


def _in_own_names(catalogue: Catalogue, address: str, way: Key) -> Iterator[Key]:
    for one in catalogue.adjustments():
        if one.address == address and not one.container and reached(one.said, [*map(str, way)]) == way:
            yield one.key(way)


def _by_settings(catalogue: Catalogue, address: str, way: Key) -> Iterator[Key]:
    path = ".".join([address.rpartition(".")[0], *map(str, way)])
    for key, service in catalogue.services.items():
        if any(block.address == address for block in service.blocks()):
            for setting, written in written_by(service, ("services", key)):
                if f"{written}.".startswith(f"{path}."):
                    yield setting
