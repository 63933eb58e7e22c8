"""Modules of other people's shapes, applied; and that a catalogue renders the same in their place, to the letter."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.terraform.adoption import adopted, apply, plan_in_its_place, written
from tests.terraform.adoption_values import VALUES
from tests.terraform.conftest import NewStack
from tests.terraform.drafts import actions
from tests.terraform.provider import newest
from tests.terraform.stack import Plan

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("adoption")]

SINCE = (5, 0, 0)
"""The modules say that they need this version of the provider."""

MOVED = {"foreach-rules": 12, "heredoc-jobs": 0, "one-role": 0, "single-web": 0}
"""How many resources are at another address than before."""


class Adoption(NamedTuple):
    """The plan right behind an apply of a module, and that of the catalogue's rendering in its place."""

    name: str
    second: Plan
    in_its_place: Plan


@pytest.fixture(scope="module", params=VALUES)
def adoption(request: pytest.FixtureRequest, new_stack: NewStack) -> Adoption:
    if newest() < SINCE:
        pytest.skip("the provider that is found is too old for the modules")
    name, stack = str(request.param), new_stack()
    values = VALUES[name](stack.account)
    second = apply(written(name), stack, values)
    return Adoption(name, second, plan_in_its_place(adopted(name), stack, values))


def test_nothing_changes_that_does_not_change_by_itself(adoption: Adoption) -> None:
    assert actions(adoption.in_its_place) == actions(adoption.second)
    assert outputs_that_change(adoption.in_its_place) == outputs_that_change(adoption.second)


def test_each_resource_is_still_there_and_what_has_another_address_is_moved(adoption: Adoption) -> None:
    before, after = managed(adoption.second), managed(adoption.in_its_place)
    moved = {address: one["previous_address"] for address, one in after.items() if "previous_address" in one}
    assert len(moved) == MOVED[adoption.name]
    assert {moved.get(address, address) for address in after} == before.keys()


def managed(plan: Plan) -> dict[str, Plan]:
    return {one["address"]: one for one in plan["resource_changes"] if one["mode"] == "managed"}


def outputs_that_change(plan: Plan) -> set[str]:
    return {name for name, change in plan.get("output_changes", {}).items() if change["actions"] != ["no-op"]}
