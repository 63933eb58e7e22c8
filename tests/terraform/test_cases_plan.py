"""Every golden case, planned by the real Terraform: no template writes an argument that the provider refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.workspace import Workspace
from tests.support.paths import CASES
from tests.terraform.conftest import NewStack
from tests.terraform.drafts import actions
from tests.terraform.stack import Plan, texts

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]


@pytest.fixture(scope="module")
def plans(new_stack: NewStack) -> dict[str, Plan]:
    """The plan of each case, where nothing is there yet."""
    return new_stack().plans({case.name: texts(case / "expected") for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_planned_as_its_catalogue_implies(case: Path, plans: dict[str, Plan]) -> None:
    _, catalogue, _ = Workspace(case / "services.yaml").load()
    implied = {block.address for block in catalogue.main_blocks if block.address.startswith("aws_")}
    planned = actions(plans[case.name])
    assert implied
    assert {address: planned.get(address) for address in implied} == {address: ["create"] for address in implied}
