"""The contract of edits of the containers beside a service's own, against the real plans of them, and tampered ones."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.edition import Edition
from tests.terraform.conftest import NewStack
from tests.terraform.edits import OF_CONTAINERS, UNCHANGED_THERE, with_containers
from tests.terraform.history import VALUES, Step, planned_edits, step
from tests.terraform.stack import Plan
from tests.terraform.tamperings import TASK, json_of
from tests.terraform.test_plans_hold import faults

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]

Planned = tuple[Step, dict[str, tuple[Edition, Plan]]]
"""What is applied, and edits of it."""


@pytest.fixture(scope="module")
def planned(new_stack: NewStack) -> Planned:
    stack = new_stack(VALUES)
    return step(stack, with_containers), planned_edits(stack, OF_CONTAINERS)


@pytest.mark.parametrize("name", OF_CONTAINERS)
def test_the_plan_of_an_edit_holds(name: str, planned: Planned, tmp_path: Path) -> None:
    base, edits = planned
    edition, plan = edits[name]
    assert faults(base.edition, edition, plan, tmp_path) == {}


@pytest.mark.parametrize("name", sorted(OF_CONTAINERS.keys() - UNCHANGED_THERE))
def test_the_plan_of_an_edit_is_not_that_of_none(name: str, planned: Planned, tmp_path: Path) -> None:
    base, edits = planned
    _, plan = edits[name]
    assert faults(base.edition, base.edition, plan, tmp_path) != {}


def _named(containers: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = (one for one in containers if one["name"] == name)
    return found


TAMPERINGS: dict[str, tuple[Callable[[Any], object], str]] = {
    "another image": (
        lambda them: _named(them, "proxy").update(image="evil/miner"),
        "container_definitions[proxy].image is not what is rendered",
    ),
    "another secret": (
        lambda them: _named(them, "migrate")["secrets"][0].update(valueFrom="arn:aws:ssm:x"),
        "container_definitions[migrate].secrets[0].valueFrom is not what is rendered",
    ),
    "an essential one": (
        lambda them: _named(them, "migrate").update(essential=True),
        "container_definitions[migrate].essential is not what is rendered",
    ),
    "a further one": (
        lambda them: them.append({"name": "zzz", "image": "evil/miner"}),
        "is set, and not rendered",
    ),
    "a further one of the same name": (
        lambda them: them.insert(0, {"name": "proxy", "image": "evil/miner"}),
        "is set, and not rendered",
    ),
    "one less": (
        lambda them: them.remove(_named(them, "migrate")),
        "container_definitions[migrate] is rendered, and not set",
    ),
    "nothing to wait for": (
        lambda them: _named(them, "worker").pop("dependsOn"),
        "container_definitions[worker].dependsOn is rendered, and not set",
    ),
    "another condition": (
        lambda them: _named(them, "worker")["dependsOn"][0].update(condition="START"),
        "container_definitions[worker].dependsOn",
    ),
}


@pytest.mark.parametrize("edit", ["a_third", "a_condition_and_another_image"])
@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampered_plan_breaks_the_contract(name: str, edit: str, planned: Planned, tmp_path: Path) -> None:
    base, edits = planned
    edition, plan = edits[edit]
    tamper, expected = TAMPERINGS[name]
    tampered = copy.deepcopy(plan)
    json_of(TASK, "container_definitions", tamper)(tampered)
    assert expected in faults(base.edition, edition, tampered, tmp_path)[TASK]
