"""A plan as `terraform show -json` tells it.

Source of the format: Terraform's documentation, "JSON Output Format"; its major version is 1.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.changes.implied import Action
from generator.errors import PlanError, Position, Problem, nearest
from generator.reading import opened

_REMEDY = "make it with `terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json`"
_MOST_BYTES = 256 << 20
"""Of a plan. Those of large root modules have some 50 MiB."""

_MOST_VALUES = 20_000_000
"""Of a plan, by the signs before them. One takes 60 bytes of memory or more, however short it is."""

_SEPARATORS = (b",", b":", b"[", b"{")

_MOST_LEVELS = 200
"""Of the JSON of a plan. What the provider's blocks nest deepest has some 50."""

_MAKE_SMALLER = "make the root module smaller, so that its plans are"
_ACTIONS = {
    ("no-op",): Action.NOTHING,
    ("create",): Action.CREATE,
    ("update",): Action.UPDATE,
    ("delete",): Action.DESTROY,
    ("delete", "create"): Action.REPLACE,
    ("create", "delete"): Action.REPLACE,
}


@dataclass(frozen=True)
class Planned:
    """What a plan does to one resource.

    `action` is none where it is something that no catalogue implies: `words` say what. `changed` are the arguments
    with another value than before, of a replaced resource those that it is replaced for; `after` are the values, those
    of `unknown` arguments aside, which an apply will tell.
    """

    address: str
    action: Action | None
    words: str
    changed: frozenset[str]
    unknown: frozenset[str]
    after: dict[str, Any]


def read_plan(path: Path, module_address: str) -> list[Planned]:
    """Return what a plan does to each managed resource, in the plan's order. Raises `PlanError`."""
    plan = _loaded(path)
    try:
        problem = _what_is_wrong(plan) or _lacks_module(plan, module_address)
        if problem:
            raise PlanError([Problem(Position(str(path)), "", *problem)])
        changes = plan.get("resource_changes", [])
        return [_planned(change) for change in changes if change["mode"] == "managed"]
    except (KeyError, IndexError, TypeError, AttributeError):
        what = "one of its resource changes is not as Terraform writes it"
        raise PlanError([Problem(Position(str(path)), "", what, _REMEDY)]) from None


def _loaded(path: Path) -> dict[str, Any]:
    where = Position(str(path))
    content = _content(path, where)
    if content.startswith(b"PK"):
        what = "this is the plan as Terraform saves it, not its JSON"
        raise PlanError([Problem(where, "", what, f"run `terraform show -json {shlex.quote(str(path))} > plan.json`")])
    try:
        plan = json.loads(content)
    except ValueError as error:
        raise PlanError([Problem(where, "", f"not JSON: {error}", _REMEDY)]) from None
    except RecursionError:
        raise _too_deep(where) from None
    if not isinstance(plan, dict):
        raise PlanError([Problem(where, "", "no plan: it is not an object of JSON", _REMEDY)])
    if _is_deep(plan):
        raise _too_deep(where)
    return plan


def _content(path: Path, where: Position) -> bytes:
    """Read a plan, of which no more than a bound: it may be a device without end."""
    try:
        with opened(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise PlanError([Problem(where, "", f"cannot be read: {error.strerror}", _REMEDY)]) from None
    if len(content) > _MOST_BYTES:
        raise PlanError([Problem(where, "", f"it has more than {_MOST_BYTES >> 20} MiB", _MAKE_SMALLER)])
    if sum(map(content.count, _SEPARATORS)) > _MOST_VALUES:
        raise PlanError([Problem(where, "", f"it has more than {_MOST_VALUES:,} values", _MAKE_SMALLER)])
    return content


def _too_deep(where: Position) -> PlanError:
    what = f"its mappings and lists nest more than {_MOST_LEVELS} levels deep"
    return PlanError([Problem(where, "", what, _REMEDY)])


def _is_deep(plan: dict[str, Any]) -> bool:
    """Tell it level by level, without recursion: what reads a plan goes down by that."""
    level: list[Any] = [plan]
    for _ in range(_MOST_LEVELS):
        level = [part for value in level for part in _parts(value) if isinstance(part, dict | list)]
        if not level:
            return False
    return True


def _parts(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _what_is_wrong(plan: dict[str, Any]) -> tuple[str, str] | None:
    if "format_version" not in plan or not {"planned_values", "resource_changes"} & plan.keys():
        return "no plan: it has no format_version and planned_values", _REMEDY
    version = str(plan["format_version"])
    if version.partition(".")[0] != "1":
        return f"its format is {version}, and this tfgen reads 1", "use a tfgen that reads it"
    if plan.get("errored"):
        return "the plan ended in an error, so it is not whole", "mend the error that `terraform plan` tells"
    if plan.get("complete") is False:
        return (
            "the plan leaves changes for a later one, so it is not whole",
            "plan without `-target` or deferred changes",
        )
    return None


def _lacks_module(plan: dict[str, Any], address: str) -> tuple[str, str] | None:
    """A module that the configuration does not call is a mistake in `module.address`, not a broken contract."""
    configuration = plan.get("configuration")
    if not isinstance(configuration, dict):
        return None
    called = set(_module_addresses(configuration.get("root_module", {}), ""))
    if address in called:
        return None
    near = nearest(address, called)
    remedy = f"did you mean `{near}`? Set `module.address` in the catalogue" if near else "set `module.address`"
    return f"the plan's configuration calls no {address}", remedy


def _module_addresses(module: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, call in module.get("module_calls", {}).items():
        address = f"{prefix}module.{name}"
        yield address
        yield from _module_addresses(call.get("module", {}), f"{address}.")


def _planned(change: dict[str, Any]) -> Planned:
    details = change["change"]
    action = _ACTIONS.get(tuple(details["actions"]))
    words = action.name.lower() if action is not None else " and ".join(details["actions"])
    before, after = details.get("before") or {}, details.get("after") or {}
    unknown = frozenset(name for name, value in (details.get("after_unknown") or {}).items() if _holds_true(value))
    changed = frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if action is Action.REPLACE:
        changed = frozenset(str(path[0]) for path in details.get("replace_paths", []))
    address = change["address"]
    if not isinstance(address, str):
        raise TypeError(address)
    if "deposed" in change:
        address = f"{address} (deposed {change['deposed']})"
    if "importing" in details:
        action, words = None, f"{words} after an import"
    if "previous_address" in change:
        action, words = None, f"{words} after a move from {change['previous_address']}"
    return Planned(address, action, words, changed, unknown, after)


def _holds_true(value: object) -> bool:
    """Tell whether any part of a value is unknown: a true stands for each that is."""
    if isinstance(value, dict):
        return any(map(_holds_true, value.values()))
    return any(map(_holds_true, value)) if isinstance(value, list) else value is True
