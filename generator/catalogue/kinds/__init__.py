"""The kinds of service. Each is a file here, which is found automatically; its name is the name of the kind."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterable

from generator.catalogue.chosen_names import NamesOfKind
from generator.catalogue.names import NAMES
from generator.catalogue.provider_types import Adjustments
from generator.catalogue.service import Service
from generator.catalogue.use import Use
from generator.catalogue.uses import uses_of
from generator.catalogue.uses.terraform import TerraformUse
from generator.settings.parts import MappingOf, known_settings
from generator.settings.values import Choice, Identifier


@functools.cache
def all_kinds() -> dict[str, type[Service]]:
    """Return each kind's name and the class of its services."""
    return {
        name: _with_uses(_written_in(name)) for name in sorted(module.name for module in pkgutil.iter_modules(__path__))
    }


def _written_in(kind: str) -> type[Service]:
    module = importlib.import_module(f"{__name__}.{kind}")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Service) and value.__module__ == module.__name__
    )


def _with_uses(kind: type[Service]) -> type[Service]:
    """Return a kind with the settings of all its uses."""
    uses = sorted({*uses_of(kind.scope), *kind.further}, key=lambda use: use.position)
    outputs, names = known_settings(Service)["outputs"], known_settings(Service)[NAMES]
    terraform = known_settings(TerraformUse)["terraform"]
    made_of = (*uses, kind)
    members = {
        "__doc__": kind.__doc__,
        "__module__": kind.__module__,
        "made_of": made_of,
        "chosen_names": names._replace(type=NamesOfKind({key for use in made_of for key in use.nameable})),
        "outputs": outputs._replace(type=MappingOf(Choice(*kind.exports), Identifier())),
        "terraform": terraform._replace(type=Adjustments(lambda: resources_of(made_of))),
    }
    return type(kind.__name__, (kind, *uses), members)


def resources_of(uses: Iterable[type[Use]]) -> set[str]:
    """Return the types of the resources that uses write."""
    return {type_ for use in uses for type_ in use.resources}


def resources_of_all_kinds() -> set[str]:
    """Return the types of the resources that services write."""
    return {type_ for kind in all_kinds().values() for type_ in resources_of(kind.made_of)}
