"""The uses: what a service may have or use. Each is a file here, which is found automatically."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator

from generator.catalogue.access import Profile
from generator.catalogue.made_of import MadeOfUses
from generator.catalogue.use import Scope, Use


@functools.cache
def all_uses() -> tuple[type[Use], ...]:
    """Return every use, in the order of their positions."""
    return tuple(sorted(_found(), key=lambda use: (use.position, use.__name__)))


def uses_of(scope: Scope) -> list[type[Use]]:
    """Return the uses that kinds of a scope have."""
    return [use for use in all_uses() if use.scope & scope]


@functools.cache
def all_profiles() -> tuple[Profile, ...]:
    """Return what words are there for what roles may do, the ones for most actions first."""
    found = (profile for use in all_uses() for profile in use.profiles)
    return tuple(sorted(found, key=lambda profile: -len(profile.actions)))


def _found() -> Iterator[type[Use]]:
    for name in (module.name for module in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{name}")
        yield from (
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Use) and value.__module__ == module.__name__
            if not issubclass(value, MadeOfUses)
        )
