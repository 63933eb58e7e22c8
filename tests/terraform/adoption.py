"""Modules as people write them, applied; and then what a catalogue renders in their place, planned over that.

Each is a root module: a folder `tests/data/adopted/NAME` with what people wrote in `before/`, and in `after/` the
catalogue with the files that stay hand-written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.support.paths import DATA
from tests.terraform.drafts import Draft
from tests.terraform.stack import Files, Plan, Stack, texts

ADOPTED = DATA / "adopted"


def written(name: str) -> dict[str, str]:
    """Return a module as people wrote it."""
    return texts(ADOPTED / name / "before")


def adopted(name: str) -> dict[str, str]:
    """Return what a module is with its catalogue: what that renders, and what stays hand-written."""
    files = texts(ADOPTED / name / "after")
    return Draft(files.pop("services.yaml"), files).files


def apply(module: Files, stack: Stack, values: Mapping[str, object]) -> Plan:
    """Apply a root module to the stack's account, and return the plan right behind that."""
    stack.folder.mkdir(exist_ok=True)
    _lay_out(module, stack, values)
    _plan(stack)
    stack.terraform("apply", "plan.tfplan")
    return _plan(stack)


def plan_in_its_place(module: Files, stack: Stack, values: Mapping[str, object]) -> Plan:
    """Plan another root module over what was applied."""
    _lay_out(module, stack, values)
    return _plan(stack)


def _lay_out(module: Files, stack: Stack, values: Mapping[str, object]) -> None:
    for old in stack.folder.glob("*.tf"):
        old.unlink()
    for name, text in module.items():
        (stack.folder / name).write_text(text, "utf-8")
    has_provider = any('\nprovider "aws"' in f"\n{text}" for text in module.values())
    provider = "provider_override.tf" if has_provider else "provider.tf"
    (stack.folder / provider).write_text(stack.provider_block, "utf-8")
    (stack.folder / "terraform.tfvars.json").write_text(json.dumps(values), "utf-8")


def _plan(stack: Stack) -> Plan:
    stack.terraform("init")
    stack.terraform("plan", "-out=plan.tfplan")
    plan: Plan = json.loads(stack.terraform("show", "-json", "plan.tfplan"))
    return plan
