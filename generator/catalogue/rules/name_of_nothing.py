"""A name that a service itself chooses is that of something that it has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.chosen_names import chosen
from generator.catalogue.model import Catalogue
from generator.catalogue.names import NAMES
from generator.catalogue.rules.rule import CatalogueRule
from generator.settings.breach import Breach
from generator.settings.parts import given_settings, value_of

_REMEDIES = {
    "role": "remove it, or write `role: own`",
    "execution_role": "remove it, or write `execution_role: own`",
    "execution_policy": "remove it, or write `execution_role: own`",
}
_REMEDY = "remove it"


def _every_name_is_of_something(catalogue: Catalogue) -> Iterator[Breach]:
    """Check what each service says itself. A pattern that lies under the services need not fit each of them."""
    if not hasattr(catalogue, "network"):
        return  # the catalogue has errors, and not all that the services say is known
    defaults = catalogue.defaults
    in_defaults = chosen(value_of(defaults, NAMES)) if NAMES in given_settings(defaults) else {}
    under = catalogue.names.chosen.keys() | in_defaults.keys()
    for key, service in catalogue.services.items():
        own = service.names.chosen.keys() - under
        named = {block.named_at[-1] for block in service.blocks() if block.named_at} if own else set()
        for name in sorted(own - named - {"container"}):
            entry = ("services", key, NAMES, name)
            what = "it has no effect: the service renders nothing that could have this name"
            yield Breach(entry, what, _REMEDIES.get(name, _REMEDY), at_key=True)


NAME_OF_NOTHING = CatalogueRule("name-of-nothing", "docs/catalogue.md", _every_name_is_of_something)
