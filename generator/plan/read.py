"""A plan as `terraform show -json` tells it.

Source of the format: Terraform's documentation, "JSON Output Format"; its major version is 1.
"""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.changes.implied import Action
from generator.errors import PlanError, Position, Problem, nearest
from generator.hcl.addresses import ResourceAddress, parsed
from generator.plan.configuration import Configuration
from generator.plan.planned import NOTHING, Plan, Planned, PlannedOutput, holds_true
from generator.source.reading import opened

_REMEDY = "make it with `terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json`"
_MOST_BYTES = 256 << 20
"""Of a plan. Those of large root modules have some 50 MiB."""

_MOST_VALUES = 20_000_000
"""Of a plan, by the signs before them. One takes 60 bytes of memory or more, however short it is."""

_SEPARATORS = (b",", b":", b"[", b"{")

_MOST_LEVELS = 200
"""Of the JSON of a plan. What the provider's blocks nest deepest has some 50."""

_MAKE_SMALLER = "make the root module smaller, so that its plans are smaller"
_ACTIONS = {
    ("no-op",): Action.NOTHING,
    ("read",): Action.NOTHING,
    ("create",): Action.CREATE,
    ("update",): Action.UPDATE,
    ("delete",): Action.DESTROY,
    ("delete", "create"): Action.REPLACE,
    ("create", "delete"): Action.REPLACE,
}

_SAYS_COMPLETE = (1, 8)
"""The first version of Terraform that says of a plan whether it is complete. Source: its CHANGELOG."""

_OF_WRAPPER = re.compile(rb"^(?:\[command\]|::[a-z-]+(?: [^\n]*?)?::)", re.MULTILINE)
"""How the wrapper of the action `hashicorp/setup-terraform` begins the lines that it writes before and behind.

Source: https://github.com/hashicorp/setup-terraform, `wrapper/terraform.js`, and `@actions/exec` and `@actions/core`.
"""

_WITHOUT_WRAPPER = "set `terraform_wrapper: false` where `hashicorp/setup-terraform` is used"

_OPENTOFU = "registry.opentofu.org/"
"""Where OpenTofu's providers are from. Its plans never say whether they are complete."""


def read_plan(path: Path, module_address: str) -> Plan:
    """Return a plan. Raises `PlanError` where it is none, is not whole, or is of a configuration without the module."""
    content = _loaded(path)
    try:
        plan = _plan_of(content)
        problem = _what_is_wrong(content)
        if problem is None and "configuration" in content:
            problem = _lacks_module(plan.configuration, module_address)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        problem = "a part of it does not have the form that Terraform writes", _REMEDY
    if problem:
        raise PlanError([Problem(Position(str(path)), "", *problem)])
    return plan


def _loaded(path: Path) -> dict[str, Any]:
    where = Position(str(path))
    content = _content(path, where)
    if content.startswith(b"PK"):
        what = "this is the plan as Terraform saves it, not its JSON"
        raise PlanError([Problem(where, "", what, f"run `terraform show -json {shlex.quote(str(path))} > plan.json`")])
    try:
        plan = json.loads(content, object_pairs_hook=_with_each_key_once)
    except ValueError as error:
        line = _OF_WRAPPER.search(content)
        if line:
            there = Position(str(path), content.count(b"\n", 0, line.start()) + 1, 1)
            what = "this line is that of a wrapper around Terraform, not of the plan"
            raise PlanError([Problem(there, "", what, _WITHOUT_WRAPPER)]) from None
        raise PlanError([Problem(where, "", f"not JSON: {error}", _REMEDY)]) from None
    except RecursionError:
        raise _too_deep(where) from None
    if not isinstance(plan, dict):
        raise PlanError([Problem(where, "", "not a plan: it is not an object of JSON", _REMEDY)])
    if _is_deep(plan):
        raise _too_deep(where)
    return plan


def _with_each_key_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Readers of JSON differ in which of two equal keys they take."""
    found = dict(members)
    if len(found) < len(members):
        twice, _ = Counter(name for name, _ in members).most_common(1)[0]
        raise ValueError(f"the key {json.dumps(twice)} is written twice in one object")
    return found


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


def _what_is_wrong(plan: Mapping[str, Any]) -> tuple[str, str] | None:
    if "format_version" not in plan or not {"planned_values", "resource_changes"} & plan.keys():
        return "not a plan: it lacks format_version or planned_values", _REMEDY
    version = str(plan["format_version"])
    if version.partition(".")[0] != "1":
        return f"its format is {version}, and this tfgen reads 1", "use a version of tfgen that reads it"
    if plan.get("errored"):
        return "the plan ended in an error, so it is not complete", "fix the error that `terraform plan` reports"
    if plan.get("complete") is False or plan.get("deferred_changes"):
        what = "the plan leaves changes for a later plan, so it is not complete"
        return what, "plan without `-target` or deferred changes"
    if "complete" not in plan and _writes_complete(plan):
        return "it does not say whether it is complete, and its version of Terraform always says that", _REMEDY
    return None


def _writes_complete(plan: Mapping[str, Any]) -> bool:
    version = re.match(r"(\d+)\.(\d+)", str(plan.get("terraform_version", "")))
    is_opentofu = _OPENTOFU in json.dumps(plan.get("configuration", {}).get("provider_config", {}))
    return version is not None and (int(version[1]), int(version[2])) >= _SAYS_COMPLETE and not is_opentofu


def _lacks_module(configuration: Configuration, address: str) -> tuple[str, str] | None:
    """A module that the configuration does not call is a mistake in `module.address`, not a broken contract."""
    if configuration.module(address) is not None:
        return None
    near = nearest(address, configuration.called())
    remedy = f"did you mean `{near}`? Set `module.address` in the catalogue" if near else "set `module.address`"
    return f"the plan's configuration does not call {address}", remedy


def _plan_of(plan: Mapping[str, Any]) -> Plan:
    changes = [_planned(change) for change in plan.get("resource_changes", [])]
    if len({(str(one.address), one.deposed) for one in changes}) < len(changes):
        raise ValueError("Terraform tells each resource once")
    planned = dict(_values_in(plan.get("planned_values", {}).get("root_module", {})))
    prior = dict(_values_in(plan.get("prior_state", {}).get("values", {}).get("root_module", {})))
    return Plan(
        resources=changes,
        outputs=[_output(name, change) for name, change in plan.get("output_changes", {}).items()],
        actions=[str(action["address"]) for action in plan.get("action_invocations", [])],
        values=_known_values(changes) | prior | planned,
        contradictions=dict(_contradictions(changes, planned, prior)),
        configuration=_configuration(plan),
    )


def _configuration(plan: Mapping[str, Any]) -> Configuration:
    """Return the configuration, each part of it in the form that Terraform gives it. Raises `TypeError`."""
    configuration = _object(plan.get("configuration"))
    variables = {name: _object(value) for name, value in _object(plan.get("variables")).items()}
    providers = {name: _object(value) for name, value in _object(configuration.get("provider_config")).items()}
    return Configuration(
        _module(configuration.get("root_module")),
        {name: value for name, value in variables.items() if "value" in value},
        {name: value | {"expressions": _object(value.get("expressions"))} for name, value in providers.items()},
    )


def _module(value: object) -> dict[str, Any]:
    module = _object(value)
    calls = {name: _object(call) for name, call in _object(module.get("module_calls")).items()}
    return module | {
        "resources": [_configured(resource) for resource in module.get("resources") or []],
        "outputs": {name: _object(output) for name, output in _object(module.get("outputs")).items()},
        "variables": {name: _object(variable) for name, variable in _object(module.get("variables")).items()},
        "module_calls": {
            name: call | {"expressions": _expressions(call), "module": _module(call.get("module"))}
            for name, call in calls.items()
        },
    }


def _configured(value: object) -> dict[str, Any]:
    resource = _object(value)
    provisioners = [_object(provisioner) for provisioner in resource.get("provisioners") or []]
    return resource | {
        "address": _text(resource["address"]),
        "expressions": _object(resource.get("expressions")),
        "provisioners": [one | {"expressions": _object(one.get("expressions"))} for one in provisioners],
    }


def _expressions(call: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _object(expression) for name, expression in _object(call.get("expressions")).items()}


def _values_in(module: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for resource in module.get("resources", []):
        yield resource["address"], resource.get("values") or {}
    for child in module.get("child_modules", []):
        yield from _values_in(child)


def _known_values(changes: list[Planned]) -> dict[str, Mapping[str, Any]]:
    """Return what a plan says of its changes. Values of which only a part is known are left out."""
    return {
        str(one.address): {name: value for name, value in one.after.items() if not holds_true(one.unknown.get(name))}
        for one in changes
    }


def _contradictions(
    changes: list[Planned], planned: Mapping[str, Mapping[str, Any]], prior: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """A plan says twice what a resource was and what it will be; Terraform says the same both times."""
    for one in changes:
        address = str(one.address)
        if not one.deposed and one.after and address in planned and planned[address] != one.after:
            yield address, "planned_values say otherwise"
        elif not one.deposed and one.before and prior.get(one.moved_from or address, one.before) != one.before:
            yield address, "prior_state says otherwise"
        elif _is_told_too_early(one.after, one.unknown):
            yield address, "it has a value, and after_unknown says that the value is known only after the apply"


def _is_told_too_early(after: object, unknown: object) -> bool:
    """Terraform leaves out of `after` what is not known yet, or has a null in its place."""
    if isinstance(unknown, dict) and isinstance(after, dict):
        return any(_is_told_too_early(after.get(name), member) for name, member in unknown.items())
    if isinstance(unknown, list) and isinstance(after, list):
        return any(_is_told_too_early(*pair) for pair in zip(after, unknown, strict=False))
    return unknown is True and after is not None


def _planned(change: Mapping[str, Any]) -> Planned:
    details = change["change"]
    actions = tuple(details["actions"])
    action = _ACTIONS.get(actions)
    before, after, unknown = (_object(details.get(name)) for name in ("before", "after", "after_unknown"))
    changed = frozenset(name for name in before.keys() | after.keys() if _differs(before.get(name), after.get(name)))
    if action is Action.REPLACE:
        changed = frozenset(str(path[0]) for path in details.get("replace_paths", []))
    address, mode = parsed(_text(change["address"])), _text(change["mode"])
    _check_address(address, mode, change)
    words = action.name.lower() if action is not None and actions != ("read",) else " and ".join(actions)
    return Planned(
        address=address,
        mode=mode,
        action=action,
        words=words,
        changed=changed,
        before=before,
        after=after,
        unknown=unknown,
        creates_first=actions == ("create", "delete"),
        deposed=str(change.get("deposed", "")),
        is_import="importing" in details,
        moved_from=_text(change.get("previous_address", "")),
    )


def _differs(before: object, after: object) -> bool:
    """Tell whether two values differ. What is not set and what is empty are one: a provider takes them for it."""
    if isinstance(before, dict) and isinstance(after, dict):
        return any(_differs(before.get(name), after.get(name)) for name in before.keys() | after.keys())
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return any(map(_differs, before, after))
    return before != after and not (before in NOTHING and after in NOTHING)


def _check_address(address: ResourceAddress, mode: str, change: Mapping[str, Any]) -> None:
    """Terraform tells the parts of an address beside it. Raises `ValueError` where they are those of another."""
    is_data = address.block.startswith("data.")
    parts = f"{'data.' if is_data else ''}{change.get('type')}.{change.get('name')}"
    is_another = ("type" in change and "name" in change and parts != address.block) or (
        change.get("module_address", address.module) != address.module
    )
    if is_another or (mode == "data") is not is_data:
        raise ValueError(change["address"])


def _output(name: str, change: Mapping[str, Any]) -> PlannedOutput:
    words = " and ".join(change["actions"])
    return PlannedOutput(name, words, change.get("after"), change.get("after_unknown", False))


def _object(value: object) -> dict[str, Any]:
    """Return an object of JSON; nothing, and `false`, are an empty one."""
    if isinstance(value, dict):
        return value
    if value:
        raise TypeError(value)
    return {}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
