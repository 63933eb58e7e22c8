"""Warns about a default that no service can use."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach
from generator.settings.parts import given_settings, known_settings


def _every_default_is_taken(catalogue: Catalogue) -> Iterator[Breach]:
    kinds = {type(service) for service in catalogue.services.values()}
    for key in sorted(given_settings(catalogue.defaults) & known_settings(catalogue.defaults).keys()):
        if not any(key in known_settings(kind) for kind in kinds):
            what = "it has no effect: no kind of service in this catalogue has this key"
            yield Breach(("defaults", key), what, "remove it", "warning", at_key=True)


DEFAULT_NOT_TAKEN = CatalogueRule("default-not-taken", "docs/catalogue.md", _every_default_is_taken)
