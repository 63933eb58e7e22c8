"""What a catalogue says of single blocks in Terraform's own names, or in those of ECS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.catalogue.blocks import Block
from generator.settings.objects import Entries
from generator.source.layers import merged
from generator.source.source import Key


class Layer(NamedTuple):
    """What an entry of the catalogue says of a block."""

    key: Key
    said: Entries


class Adjustment(NamedTuple):
    """What is said of a block, by entries of the catalogue, the topmost first.

    With a `container`, it is said of the container of that name in a task definition.
    """

    address: str
    layers: tuple[Layer, ...]
    container: str = ""

    @property
    def said(self) -> Entries:
        """What all entries say together."""
        return merged([layer.said for layer in self.layers])

    def key(self, way: Key) -> Key:
        """Return the key of what `way` leads to in what is said."""
        layer = max(self.layers, key=lambda layer: _steps_held(layer.said, way))
        return (*layer.key, *way)


def _steps_held(said: Entries, way: Key) -> int:
    inner: object = said
    for held, step in enumerate(way):
        if not isinstance(inner, Mapping) or step not in inner:
            return held
        inner = inner[step]
    return len(way)


def adjustments_of(blocks: Iterable[Block], said: Mapping[str, Entries], key: Key) -> Iterator[Adjustment]:
    """Yield what is said of each block: by its address first, then by its type. `key` leads to the entry of `said`."""
    for block in blocks if said else ():
        layers = [Layer((*key, name), said[name]) for name in (block.address, block.type) if name in said]
        if layers:
            yield Adjustment(block.address, tuple(layers))
