"""The contract of edits beside files as people write them, against the real plans of them, and tampered ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.edition import Edition
from generator.plan.contract import Contract
from generator.plan.read import read_plan
from generator.plan.verdict import Verdict
from tests.terraform.conftest import NewStack
from tests.terraform.shapes import EDITS, Shapes, live_through
from tests.terraform.stack import Plan

pytestmark = pytest.mark.xdist_group("terraform")

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
