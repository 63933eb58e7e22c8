"""A variable is in `environment` or in `secrets`, not in both."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Catalogue
from generator.catalogue.rules.rule import CatalogueRule
from generator.catalogue.uses.environment import EnvironmentUse
from generator.catalogue.uses.secrets import SecretsUse
from generator.settings.breach import Breach


def _no_variable_is_set_twice(catalogue: Catalogue) -> Iterator[Breach]:
    for container in catalogue.containers:
        if not (isinstance(container, SecretsUse) and isinstance(container, EnvironmentUse)):
            continue
        twice = [name for name in container.kept if name in container.known_variables]
        if twice:
            what = "ECS refuses a name that is in both `environment` and `secrets`"
            remedy = f"remove each from one of the two: {', '.join(twice)}"
            yield Breach((*container.place, "secrets", twice[0]), what, remedy, at_key=True)


VARIABLE_SET_TWICE = CatalogueRule(
    "variable-set-twice",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    _no_variable_is_set_twice,
)
