"""A plan of a module as the plan that it would be if that module were the root.

Root modules of many shapes are thereby applied, and planned, together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.terraform.stack import ADDRESS, Plan


def as_root(plan: Plan, call: str) -> Plan:
    """Return the part of a plan that is about a module which the generated one calls."""
    address = f"{ADDRESS}.module.{call}"
    generated = plan["configuration"]["root_module"]["module_calls"]["generated"]
    called = generated["module"]["module_calls"][call]
    part = plan | {
        "resource_changes": [_change(one, address) for one in plan["resource_changes"] if _is_in(one, address)],
        "output_changes": _outputs(plan["output_changes"]["generated"], call),
        "planned_values": {"root_module": _module(plan["planned_values"]["root_module"], address)},
        "prior_state": {"values": {"root_module": _module(plan["prior_state"]["values"]["root_module"], address)}},
        "variables": _variables(called, _variables(generated, {})),
        "configuration": plan["configuration"] | {"root_module": called["module"]},
    }
    root: Plan = json.loads(json.dumps(part).replace(f"{address}.", ""))
    return root


def _is_in(change: Mapping[str, Any], address: str) -> bool:
    return str(change["address"]).startswith(f"{address}.")


def _change(change: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    """A resource of the root module has no address of a module."""
    return {name: value for name, value in change.items() if (name, value) != ("module_address", address)}


def _module(module: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    for child in module.get("child_modules", []):
        if address == child["address"]:
            return {name: value for name, value in child.items() if name != "address"}
        if address.startswith(f"{child['address']}."):
            return _module(child, address)
    return {}


def _variables(call: Mapping[str, Any], of_caller: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a call's variables. Each is a constant, or a variable of the caller."""
    found = {}
    for name, expression in call.get("expressions", {}).items():
        if "constant_value" in expression:
            found[name] = {"value": expression["constant_value"]}
        else:
            (reference,) = expression["references"]
            found[name] = of_caller[reference.removeprefix("var.")]
    return found


def _outputs(change: Mapping[str, Any], call: str) -> dict[str, Any]:
    before, after = (change[when].get(call, {}) if change[when] else {} for when in ("before", "after"))
    unknown = change["after_unknown"].get(call, {}) if isinstance(change["after_unknown"], dict) else {}
    names = {**before, **after, **unknown}
    return {name: _output(before, after, unknown, name) for name in names}


def _output(before: Mapping[str, Any], after: Mapping[str, Any], unknown: Mapping[str, Any], name: str) -> Plan:
    is_there = name in after or name in unknown
    if name not in before:
        action = "create"
    elif not is_there:
        action = "delete"
    else:
        action = "no-op" if before[name] == after.get(name) and not unknown.get(name) else "update"
    return {
        "actions": [action],
        "before": before.get(name),
        "after": after.get(name),
        "after_unknown": unknown.get(name, False),
    }
