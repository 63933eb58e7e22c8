"""What a catalogue may say of a container in the names of ECS: what its API has.

What tfgen writes by itself, or what a key of the catalogue says, is refused with the remedy.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from generator.aws.container_shape import ApiShape, container_shape
from generator.settings.objects import MapOf, ObjectOf, Refused, WholeObjects
from generator.settings.parts import ListOf
from generator.settings.values import AnyText, Choice, OrExpression, Truth, ValueType, Whole

TITLE = "container_definition"

_KEPT = {
    "environment": Refused("it has a key of its own", f"write `environment:` beside `{TITLE}`"),
    "image": Refused("it has a key of its own", f"write `image:` beside `{TITLE}`"),
    "name": Refused(
        "a container is called by its key, and the main one by the service's",
        "remove it, or write `names: {container: …}` for the main one",
    ),
    "secrets": Refused("it has a key of its own, which also lets ECS read them", f"write `secrets:` beside `{TITLE}`"),
}

_SCALARS: Mapping[str, ValueType[Any]] = {
    "boolean": OrExpression(Truth()),
    "integer": OrExpression(Whole()),
    "string": AnyText(),
}


@functools.cache
def container_type() -> ObjectOf:
    """Return what a catalogue may say of a container."""
    return ObjectOf(TITLE, lambda: _members(TITLE, container_shape()["members"]) | _KEPT)


def _members(title: str, members: Mapping[str, ApiShape]) -> dict[str, ValueType[Any]]:
    return {name: _type_of(f"{title}.{name}", it) for name, it in members.items()}


def _type_of(title: str, shape: ApiShape) -> ValueType[Any]:
    if isinstance(shape, str):
        return _SCALARS[shape]
    if "enum" in shape:
        return OrExpression(Choice(*shape["enum"]))
    if "map" in shape:
        return OrExpression(MapOf(_type_of(title, shape["map"])))
    if "list" in shape:
        item = _type_of(title, shape["list"])
        return OrExpression(WholeObjects(item) if isinstance(item, ObjectOf) else ListOf(item))
    return ObjectOf(title, functools.partial(_members, title, shape["members"]), frozenset(shape.get("required", ())))
