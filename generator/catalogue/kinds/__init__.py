"""The kinds of service: one file each, found by itself; the file's name is the kind's."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from generator.catalogue.service import Service


@functools.cache
def all_kinds() -> dict[str, type[Service]]:
    """Return each kind's name and the class of its services."""
    return {module.name: _service_class(module.name) for module in pkgutil.iter_modules(__path__)}


def _service_class(kind: str) -> type[Service]:
    module = importlib.import_module(f"{__name__}.{kind}")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Service) and value.__module__ == module.__name__
    )
