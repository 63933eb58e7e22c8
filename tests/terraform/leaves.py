"""The leaves of what a plan changes, one by one, JSON within texts included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.terraform.stack import Plan

Place = tuple[str | int, ...]
"""The address of a resource, and the way to a leaf of its values; `JSON` stands where a text is read as JSON."""

JSON = "(json)"
_READ = (["read"],)
_CHANGING = (["create"], ["update"], ["delete", "create"], ["create", "delete"])


def leaves_of_changes(plan: Plan) -> list[Place]:
    """Return the place of each leaf of each resource that is created, updated or replaced.

    Those of a policy document are among them that is read during the apply: the policy is unknown, and its statements
    are not.
    """
    return [
        (change["address"], *way)
        for change in plan["resource_changes"]
        if change["change"]["actions"] in (_CHANGING if change["mode"] == "managed" else _READ)
        for way in _leaves(change["change"]["after"])
    ]


def change_leaf(plan: Plan, place: Place) -> None:
    """Give a leaf another value, wherever the plan tells it."""
    address, *way = place
    for change in plan["resource_changes"]:
        if change["address"] == address:
            change["change"]["after"] = _changed(change["change"]["after"], way)
            _let_planned_values_agree(plan["planned_values"]["root_module"], str(address), change["change"]["after"])


def _leaves(value: Any) -> Iterator[Place]:
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from ((name, *way) for way in _leaves(member))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from ((index, *way) for way in _leaves(item))
    elif isinstance(value, str) and isinstance(_decoded(value), dict | list):
        yield from ((JSON, *way) for way in _leaves(_decoded(value)))
    else:
        yield ()


def _changed(value: Any, way: list[str | int]) -> Any:
    if not way:
        return _another(value)
    step, *rest = way
    if step == JSON:
        return json.dumps(_changed(_decoded(value), rest))
    copied: Any = dict(value) if isinstance(value, dict) else list(value)
    copied[step] = _changed(value[step], rest)
    return copied


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    return ["x"] if value == [] else {"x": "x"} if value == {} else "x"


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _let_planned_values_agree(module: dict[str, Any], address: str, values: dict[str, Any]) -> None:
    for resource in module.get("resources", []):
        if resource["address"] == address:
            resource["values"] = values
    for child in module.get("child_modules", []):
        _let_planned_values_agree(child, address, values)
