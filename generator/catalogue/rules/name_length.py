"""Every name in AWS is within the length that AWS allows."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.resource_types import resource_type
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach


def _every_name_fits(catalogue: Catalogue) -> Iterator[Breach]:
    for block in catalogue.main_blocks:
        limit = resource_type(block.type).name_limit
        if limit and len(block.name) > limit.length:
            what = f"the name {block.name} of its {block.type} has {len(block.name)} characters"
            yield Breach(
                block.entry, what, f"AWS allows {limit.length}: shorten it by {len(block.name) - limit.length}"
            )


NAME_LENGTH = CatalogueRule(
    "name-length", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html", _every_name_fits
)
