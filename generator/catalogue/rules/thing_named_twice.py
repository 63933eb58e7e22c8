"""What tasks may do with a thing stands in one place. A list of buckets may name one twice, as ever."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.access import ThingSort
from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.service import Service
from generator.settings.breach import Breach
from generator.source.source import Key, dotted


def _no_thing_is_named_twice(catalogue: Catalogue) -> Iterator[Breach]:
    for service in catalogue.rendered_services:
        yield from (breach.below(service.names.key).below("services") for breach in _of_service(service))


def _of_service(service: Service) -> Iterator[Breach]:
    ways: dict[tuple[ThingSort, str], Key] = {}
    for access in service.all_accesses():
        is_listed = isinstance(access.way[-1], int)
        before = access.way if is_listed else ways.setdefault((access.of, access.identity), access.way)
        if before is not access.way:
            what = f"`{dotted(before)}` is the same {access.of.noun}"
            yield Breach(access.way, what, "write all that is granted on it in one place", at_key=True)


THING_NAMED_TWICE = CatalogueRule("thing-named-twice", "docs/catalogue.md", _no_thing_is_named_twice)
