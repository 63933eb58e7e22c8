"""Every golden case, planned by the real Terraform: no template writes an argument that the provider refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.workspace import Workspace
from tests.support.paths import CASES
from tests.terraform.conftest import NewStack
from tests.terraform.drafts import actions
from tests.terraform.provider import Version
from tests.terraform.stack import Plan, texts

WHOLE_TYPES_SINCE: dict[str, Version] = {
    "aws_ecs_cluster_capacity_providers": (3, 74, 0),
    "aws_scheduler_schedule": (4, 41, 0),
}

CASES_SINCE: dict[str, Version] = {
    "container-definition": (5, 0, 0),
    "requires": (6, 0, 0),
    "requires-provider-5": (5, 31, 0),
    "service": (5, 51, 1),
    "terraform-arguments": (5, 0, 0),
    "volumes": (5, 51, 1),
}
"""The cases that use what older providers lack, as `triggers` of a service, or allow no older ones."""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]


@pytest.fixture(scope="module")
def plans(new_stack: NewStack) -> dict[str, Plan]:
    """The plan of each case that the provider knows all types of, where nothing is there yet."""
    stack = new_stack()
    known = [case for case in CASES if _is_known(case, stack.provider.version)]
    return stack.plans({case.name: texts(case / "expected") for case in known})


def _is_known(case: Path, version: Version) -> bool:
    newer = {type_ for type_, since in WHOLE_TYPES_SINCE.items() if version < since}
    _, catalogue, _ = Workspace(case / "services.yaml").load()
    has_newer_type = any(block.type in newer for block in catalogue.main_blocks)
    return not has_newer_type and version >= CASES_SINCE.get(case.name, ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_planned_as_its_catalogue_implies(case: Path, plans: dict[str, Plan]) -> None:
    _, catalogue, _ = Workspace(case / "services.yaml").load()
    implied = {block.address for block in catalogue.main_blocks if block.address.startswith("aws_")}
    if case.name not in plans:
        pytest.skip("the provider that is found lacks a part of it")
    planned = {address.removesuffix("[0]"): one for address, one in actions(plans[case.name]).items()}
    conditional = {block.address for one in catalogue.rendered_services if one.names.index for block in one.blocks()}
    assert implied
    assert {planned[address][0] for address in conditional & planned.keys()} <= {"create"}
    certain = implied - conditional
    assert {address: planned.get(address) for address in certain} == {address: ["create"] for address in certain}
