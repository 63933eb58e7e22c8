"""Each address and each name in AWS is made only once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.aws.resource_types import resource_type
from generator.catalogue.blocks import Block
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach
from generator.source.source import Key, dotted


class _Made(NamedTuple):
    """What a block makes, in words, and the entry behind it; `identity` is the same for what is the same to AWS."""

    identity: tuple[str, ...]
    words: str
    entry: Key
    block: Block


def _every_block_is_one(catalogue: Catalogue) -> Iterator[Breach]:
    first: dict[tuple[str, ...], _Made] = {}
    told: set[tuple[Key, Key]] = set()
    for block in catalogue.main_blocks + catalogue.output_blocks:
        for made in _made_by(block):
            other = first.setdefault(made.identity, made)
            if other.block is not block and (made.entry, other.entry) not in told:
                told.add((made.entry, other.entry))
                owner = dotted(other.block.entry) or "the module itself"
                what = f"it makes a second {made.words}: {owner} makes one too"
                yield Breach(made.entry, what, _remedy(made.entry, other.entry))


def _made_by(block: Block) -> Iterator[_Made]:
    yield _Made((block.address,), block.address, block.entry, block)
    if block.name:
        limit = resource_type(block.type).name_limit
        name = block.name.lower() if limit and limit.ignores_case else block.name
        words = f"{block.type} named {block.name}"
        yield _Made((block.type, block.within, name), words, block.name_entry, block)


def _remedy(entry: Key, other: Key) -> str:
    """Two services may take over the same pattern."""
    is_one_pattern = len(entry) == len(other) and entry[2:] == other[2:] and entry[2:3] == ("names",)
    return "write `${tfgen.service}` in it, or rename one of them" if is_one_pattern else "rename one of them"


SECOND_BLOCK = CatalogueRule(
    "second-block", "https://developer.hashicorp.com/terraform/language/resources/syntax", _every_block_is_one
)
