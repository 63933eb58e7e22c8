"""The kinds of service. Each is a file here, which is found automatically; its name is the name of the kind."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from generator.catalogue.service import Service
from generator.catalogue.uses import uses_of
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
    outputs = known_settings(Service)["outputs"]
    members = {
        "__doc__": kind.__doc__,
        "__module__": kind.__module__,
        "made_of": (*uses, kind),
        "outputs": outputs._replace(type=MappingOf(Choice(*kind.exports), Identifier())),
    }
    return type(kind.__name__, (kind, *uses), members)
