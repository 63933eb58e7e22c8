"""Rules about several entries of a catalogue together.

A rule about one use belongs to that use. A rule about several entries is a file here, which is found automatically.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Collection, Iterator, Mapping

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach
from generator.stages import counted


def breaches(catalogue: Catalogue, faulty: Mapping[str, Collection[str]]) -> Iterator[Breach]:
    """Yield every breach of every rule. `faulty` are the settings that are not checked, by the keys of services."""
    for key, service in counted("checking the catalogue", "services", [*catalogue.services.items()]):
        unread = faulty.get(key)
        for rule in service.all_rules():
            if not unread or rule.needs.isdisjoint(unread):
                yield from (breach.below(key).below("services") for breach in rule.breaches(service, catalogue))
    for of_all in all_rules():
        yield from of_all.breaches(catalogue)


@functools.cache
def all_rules() -> list[CatalogueRule]:
    """Return the rules about several entries."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return [value for module in modules for value in vars(module).values() if isinstance(value, CatalogueRule)]
