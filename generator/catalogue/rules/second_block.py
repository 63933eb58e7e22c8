"""Each address and each name in AWS is made only once."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.blocks import Block
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach
from generator.source.source import Key, dotted


def _every_block_is_one(catalogue: Catalogue) -> Iterator[Breach]:
    first: dict[str, Block] = {}
    told: set[tuple[Key, Key]] = set()
    for block in catalogue.main_blocks + catalogue.output_blocks:
        for name in _unique_names(block):
            other = first.setdefault(name, block)
            if other is not block and (block.entry, other.entry) not in told:
                told.add((block.entry, other.entry))
                owner = dotted(other.entry) or "the module itself"
                yield Breach(block.entry, f"it makes a second {name}: {owner} makes one too", "rename one of them")


def _unique_names(block: Block) -> Iterator[str]:
    yield block.address
    if block.name:
        yield f"{block.type} named {block.name}"


SECOND_BLOCK = CatalogueRule(
    "second-block", "https://developer.hashicorp.com/terraform/language/resources/syntax", _every_block_is_one
)
