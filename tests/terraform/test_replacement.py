"""What replaces a resource: real plans, each of one changed argument.

All the resources of `tests/data/replacements` are applied together, and all the changes are planned together.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
import yaml

from generator.aws.replacement import Replacement, replacement
from generator.aws.resource_types import resource_type
from generator.aws.schema import aws
from tests.support.paths import DATA
from tests.terraform.conftest import NewStack
from tests.terraform.drafts import actions
from tests.terraform.provider import PACKAGED, Version, newest, spelt

Json = dict[str, Any]

REPLACEMENTS = DATA / "replacements"
SUPPORT = (REPLACEMENTS / "support.tf").read_text("utf-8")

VERSIONS = sorted({PACKAGED, newest()})

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]


class Change(NamedTuple):
    """A resource of which one argument changes. `values` are those of an entry of `changes.yaml`."""

    type: str
    argument: str
    number: int
    least: Json
    values: Json

    @property
    def address(self) -> str:
        return f"{self.type}.{self.argument}-{self.number}"

    def written(self, which: str) -> Json:
        """Return the arguments of the resource, before for `from` and after for `to`."""
        arguments = {**self.least, **self.values.get("with", {}), self.argument: self.values.get(which)}
        text = json.dumps({name: value for name, value in arguments.items() if value is not None})
        named: Json = json.loads(text.replace("NAME", f"{self.argument}-{self.number}".replace("_", "-")))
        return named


CHANGES = [
    Change(type_, argument, number, said["least"], values)
    for type_, said in yaml.safe_load((REPLACEMENTS / "changes.yaml").read_text("utf-8")).items()
    for argument, changes in said["changes"].items()
    for number, values in enumerate(changes)
]


class Shown(NamedTuple):
    """What plans of a version show: the actions for each changed resource, and for what those that go are replaced."""

    version: Version
    actions: dict[str, list[str]]
    replaced_for: dict[str, set[str]]
    actions_of_none: dict[str, list[str]]
    known: list[Change]


@pytest.fixture(scope="module", params=VERSIONS, ids=spelt)
def shown(request: pytest.FixtureRequest, new_stack: NewStack) -> Shown:
    stack = new_stack(version=request.param)
    named = {type_: names(schema["block"]) for type_, schema in stack.schema()["resource_schemas"].items()}
    known = [change for change in CHANGES if change.argument in named.get(change.type, ())]
    stack.plan(module(known, "from"))
    stack.apply()
    plans = stack.plans({"none": module(known, "from"), "all": module(known, "to")})
    replaced_for = {
        change["address"].removeprefix("module.generated."): {path[0] for path in change["change"]["replace_paths"]}
        for change in plans["all"]["resource_changes"]
        if change["change"].get("replace_paths")
    }
    return Shown(request.param, actions(plans["all"]), replaced_for, actions(plans["none"]), known)


def names(block: Json) -> set[str]:
    return {*block["attributes"], *block.get("block_types", {})}


def module(changes: list[Change], which: str) -> dict[str, str]:
    resources: Json = {}
    for change in changes:
        _, _, name = change.address.partition(".")
        resources.setdefault(change.type, {})[name] = change.written(which)
    return {"support.tf": SUPPORT, "resources.tf.json": json.dumps({"resource": resources}, indent=1)}


def test_nothing_is_planned_where_nothing_is_changed(shown: Shown) -> None:
    assert shown.actions_of_none == {}


def test_every_changed_resource_is_planned_to_be_updated_or_replaced_for_that(shown: Shown) -> None:
    changed = {change.address: change for change in shown.known if change.argument != "timeouts"}
    assert shown.actions.keys() == changed.keys()
    assert {tuple(one) for one in shown.actions.values()} == {("update",), ("delete", "create")}
    replaced = {address for address, one in shown.actions.items() if one == ["delete", "create"]}
    assert shown.replaced_for == {address: {changed[address].argument} for address in replaced}


def test_an_argument_replaces_its_resource_where_that_is_known_and_only_there(shown: Shown) -> None:
    known = {change.address: replacement(change.type, change.argument) for change in shown.known}
    sure = {address: one for address, one in known.items() if one is not Replacement.PERHAPS}
    replaced = {address for address in sure if shown.actions.get(address) == ["delete", "create"]}
    assert replaced == {address for address, one in sure.items() if one is Replacement.ALWAYS}


def test_each_argument_of_which_that_is_known_has_a_plan_and_only_what_depends_is_not_known() -> None:
    planned = {(change.type, change.argument) for change in CHANGES}
    every = {(type_, name) for type_, schema in aws().types.items() for name in schema.arguments | schema.blocks.keys()}
    unknown = {name for name in every if replacement(*name) is Replacement.PERHAPS}
    assert {name for name in every - unknown if name[1] != "tags"} <= planned
    depends = {(type_, name) for type_, name in planned if "depends" in resource_type(type_).not_known.get(name, "")}
    assert planned & unknown == depends


def test_of_timeouts_no_plan_shows_a_change(shown: Shown) -> None:
    with_timeouts = {change.address for change in shown.known if change.argument == "timeouts"}
    assert with_timeouts
    assert with_timeouts.isdisjoint(shown.actions)
