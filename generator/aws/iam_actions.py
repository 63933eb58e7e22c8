"""The actions of IAM, and which of them IAM knows no resources of.

`tools/iam_table.py` makes the table. AWS adds actions each week, so an action that it lacks may exist.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path
from re import IGNORECASE, compile
from typing import NamedTuple

from generator.errors import nearest

_TABLE = Path(__file__).parent / "iam.json"

_SEVERAL = "*?"


class ServiceActions(NamedTuple):
    """The names of a service's actions: those on some resources, and those that a policy allows on `*` alone."""

    on_some: tuple[str, ...]
    on_all: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.on_some + self.on_all


def stands_for_several(action: str) -> bool:
    """Tell whether IAM takes an action for all that are spelled like it."""
    return any(sign in action for sign in _SEVERAL)


def is_known(action: str) -> bool:
    """Tell whether the table has an action, or one that is spelled like it. IAM does not care about case."""
    return any(True for _ in _meant(action))


def knows_resources(action: str) -> bool:
    """Tell whether IAM could allow an action on some resources. Of one that is not known, it may."""
    meant = [*_meant(action)]
    return not meant or any(has_resources for _, has_resources in meant)


def likely_action(action: str) -> str | None:
    """Return the action of the table whose name is most like one that it lacks."""
    service, _, name = action.partition(":")
    actions = _actions()
    if service not in actions:
        near = nearest(service, actions)
        return f"{near}:{name}" if near and is_known(f"{near}:{name}") else None
    near = None if stands_for_several(name) else nearest(name, actions[service].names)
    return f"{service}:{near}" if near else None


def _meant(action: str) -> Iterator[tuple[str, bool]]:
    """Yield each action that an action stands for, and whether IAM knows resources of it."""
    if action == "*":
        yield action, True
        return
    service, _, name = action.partition(":")
    found = _actions().get(service.lower())
    if found is None:
        return
    is_like = compile(translate(name.replace("[", "[[]")), IGNORECASE).match
    yield from ((one, True) for one in found.on_some if is_like(one))
    yield from ((one, False) for one in found.on_all if is_like(one))


@functools.cache
def _actions() -> dict[str, ServiceActions]:
    table = json.loads(_TABLE.read_text("utf-8"))["actions"]
    return {service: ServiceActions(*(tuple(names.split()) for names in both)) for service, both in table.items()}
