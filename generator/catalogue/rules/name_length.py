"""Every name in AWS is within the length that AWS allows."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.resource_types import CONTAINER_NAME, NameLimit, resource_type
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.hcl.write.text import Literal, is_literal, is_plain, parts
from generator.settings.breach import Breach
from generator.source.source import Key


def _every_name_fits(catalogue: Catalogue) -> Iterator[Breach]:
    for block in catalogue.main_blocks:
        limit = resource_type(block.type).name_limit
        if limit and block.name:
            yield from _fits(block.name, limit, block.type, block.name_entry)
    for service in catalogue.services.values():
        names = service.names
        yield from _fits(names.container, CONTAINER_NAME, "container", names.named_at("container") or service.entry())


def _fits(name: str, limit: NameLimit, whose: str, entry: Key) -> Iterator[Breach]:
    """Of a name with expressions, what stands around them has to fit."""
    length = len(name) if is_plain(name) else sum(len(one.value) for one in parts(name) if isinstance(one, Literal))
    if length > limit.length:
        or_more = "" if is_literal(name) else " or more"
        what = f"the name {name} of its {whose} has {length} characters{or_more}"
        yield Breach(entry, what, f"AWS allows {limit.length}: shorten it by {length - limit.length}")


NAME_LENGTH = CatalogueRule(
    "name-length", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html", _every_name_fits
)
