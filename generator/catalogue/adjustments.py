"""What a catalogue says of single blocks in Terraform's own names, or in those of ECS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.catalogue.blocks import Block
from generator.settings.objects import Entries
from generator.source.layers import merged
from generator.source.source import Key


class Adjustment(NamedTuple):
    """What is said of a block, and the entry of the catalogue that says so.

    With a `container`, it is said of the container of that name in a task definition.
    """

    address: str
    key: Key
    said: Entries
    container: str = ""


def adjustments_of(blocks: Iterable[Block], said: Mapping[str, Entries], key: Key) -> Iterator[Adjustment]:
    """Yield what is said of each block: by its address first, then by its type. `key` leads to the entry of `said`."""
    for block in blocks if said else ():
        names = [name for name in (block.address, block.type) if name in said]
        if names:
            yield Adjustment(block.address, (*key, names[0]), merged([said[name] for name in names]))
