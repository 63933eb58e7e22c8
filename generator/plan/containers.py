"""Container definitions in one form: what ECS and the provider add to them, and what they reorder, is no difference.

Source: `containerDefinitions.reduce` in the provider's `ecs/container_definitions.go`, `RegisterTaskDefinition` in the
API reference of ECS, and plans of the provider 5.100.0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.aws.defaults import HEALTH_CHECK
from generator.hcl.evaluated import PossibleItems, UncertainList

_BY_NAME = ("environment", "secrets")
"""Lists that the provider sorts by name."""

_ADDED: dict[str, Any] = {"cpu": 0, "essential": True}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def in_one_form(definitions: Any) -> Any:
    """Return container definitions without what is added by itself, and sorted where the provider sorts them."""
    if isinstance(definitions, UncertainList):
        return replace(definitions, items=[_in_one_form(one) for one in definitions.items])
    if not isinstance(definitions, list):
        return definitions
    return _by_name([_in_one_form(one) for one in definitions])


def _in_one_form(definition: Any) -> Any:
    if isinstance(definition, PossibleItems):
        return replace(definition, items=[_in_one_form(one) for one in definition.items])
    return _container(definition) if isinstance(definition, dict) else definition


def _container(container: dict[str, Any]) -> dict[str, Any]:
    found = _ADDED | _without_empty(container)
    for name in _BY_NAME:
        if isinstance(found.get(name), list):
            found[name] = _by_name(found[name])
    if isinstance(found.get("portMappings"), list):
        found["portMappings"] = [_port(one) if isinstance(one, dict) else one for one in found["portMappings"]]
    if isinstance(found.get("healthCheck"), dict):
        found["healthCheck"] = HEALTH_CHECK | _without_empty(found["healthCheck"])
    if isinstance(found.get("logConfiguration"), dict):
        found["logConfiguration"] = _without_empty(found["logConfiguration"])
    return found


def _port(mapping: dict[str, Any]) -> dict[str, Any]:
    """With `awsvpc`, the host's port is the container's. The protocol is TCP unless another one is written."""
    found = {"protocol": "tcp"} | _without_empty(mapping)
    if not found.get("hostPort"):
        found["hostPort"] = found.get("containerPort")
    return found


def _without_empty(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in _EMPTY}


def _by_name(items: list[Any]) -> list[Any]:
    names = [item.get("name") if isinstance(item, dict) else None for item in items]
    if not all(isinstance(name, str) for name in names):
        return items
    return [item for _, item in sorted(zip(names, items, strict=True), key=lambda pair: str(pair[0]))]
