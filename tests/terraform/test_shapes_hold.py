"""The contract of edits beside files as people write them, against the real plans of them, and tampered ones."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.edition import Edition
from generator.plan.contract import Contract
from generator.plan.read import read_plan
from generator.plan.verdict import Verdict
from tests.terraform.conftest import NewStack
from tests.terraform.leaves import change_leaf, leaves_of_changes
from tests.terraform.shapes import DIRECT, EDITS, FLAT, Shapes, live_through
from tests.terraform.stack import Plan

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]

PLANS = [(name, way) for name, edit in EDITS.items() for way in edit.ways]


@pytest.fixture(scope="module")
def shapes(new_stack: NewStack) -> Shapes:
    return live_through(new_stack)


def verdicts(before: Edition, after: Edition, plan: Plan, folder: Path) -> list[Verdict]:
    file = folder / "plan.json"
    file.write_text(json.dumps(plan), "utf-8")
    contract = Contract.between(before, after)
    return contract.judge(read_plan(file, contract.address))


def faults(found: list[Verdict]) -> dict[str, str]:
    return {one.address: "; ".join(map(str, one.faults)) for one in found if one.faults}


@pytest.mark.parametrize(("name", "way"), PLANS)
def test_the_plan_of_an_edit_holds(name: str, way: str, shapes: Shapes, tmp_path: Path) -> None:
    edition, plan = shapes.edits[name, way]
    assert faults(verdicts(shapes.base[way], edition, plan, tmp_path)) == {}


CHANGING = [(name, way) for name, way in PLANS if name not in ("nothing", "renamed")]


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plan_in_which_one_leaf_is_another_never_holds_unnoticed(
    shapes: Shapes, tmp_path: Path, random: Random
) -> None:
    """What holds is counted as a value that cannot be judged. Where the module is the root, nothing of it holds."""
    name, way = random.choice(CHANGING)
    edition, plan = shapes.edits[name, way]
    plan = copy.deepcopy(plan)
    place = random.choice(leaves_of_changes(plan))
    change_leaf(plan, place)
    found = verdicts(shapes.base[way], edition, plan, tmp_path)
    counted = [one for one in found if one.address == place[0] and one.unjudged]
    assert faults(found) or (counted and way != FLAT), (name, way, place)


@pytest.mark.parametrize(("name", "way"), CHANGING)
def test_what_else_an_edit_of_the_shapes_could_do_breaks_the_contract(
    name: str, way: str, shapes: Shapes, tmp_path: Path
) -> None:
    edition, plan = shapes.edits[name, way]
    changing = [one for one in plan["resource_changes"] if one["change"]["actions"] not in (["no-op"], ["read"])]
    assert changing
    for index, change in enumerate(plan["resource_changes"]):
        if change["mode"] != "managed":
            continue
        tampered = copy.deepcopy(plan)
        details = tampered["resource_changes"][index]["change"]
        details["actions"] = ["delete"] if change["change"]["actions"] != ["delete"] else ["forget"]
        details["after"] = None
        assert change["address"] in faults(verdicts(shapes.base[way], edition, tampered, tmp_path))


def test_the_base_of_another_edit_breaks_the_contract(shapes: Shapes, tmp_path: Path) -> None:
    """What each edit changes is not implied where nothing was edited."""
    for name, way in CHANGING:
        if way == DIRECT:
            edition, plan = shapes.edits[name, way]
            assert faults(verdicts(edition, edition, plan, tmp_path)), name
