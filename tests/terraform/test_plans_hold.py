"""The contract of an edit against the real plan of it, and against that plan tampered with."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.edition import Edition
from generator.plan.contract import Contract
from generator.plan.read import read_plan
from tests.terraform.edits import DOING_NOTHING, EDITS
from tests.terraform.history import History
from tests.terraform.leaves import change_leaf, leaves_of_changes
from tests.terraform.tamperings import OF_ALL, OF_CREATION, OF_ROLE, Tampering, change_of

Plan = dict[str, Any]

CHANGING = sorted(EDITS.keys() - DOING_NOTHING)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]


def faults(before: Edition | None, after: Edition, plan: Plan, folder: Path) -> dict[str, str]:
    """Return how a plan breaks the contract, by address without the module's."""
    file = folder / "plan.json"
    file.write_text(json.dumps(plan), "utf-8")
    contract = Contract.between(before, after)
    verdicts = contract.judge(read_plan(file, contract.address))
    return {v.address.removeprefix("module.generated."): "; ".join(map(str, v.faults)) for v in verdicts if v.faults}


def test_a_first_plan_holds_where_there_was_no_catalogue(history: History, tmp_path: Path) -> None:
    found = faults(None, history.before.edition, history.before.plan, tmp_path)
    companions = {address for address in found if address.startswith(("aws_lb", "aws_secretsmanager"))}
    assert found.keys() == companions, "what is hand-written is the only thing that no catalogue implies"
    assert set(found.values()) == {"not implied"}


def test_the_plans_of_the_specification_hold_both_ways(history: History, tmp_path: Path) -> None:
    before, after = history.before, history.after
    assert faults(before.edition, after.edition, after.plan, tmp_path) == {}
    assert faults(after.edition, before.edition, history.rolled_back.plan, tmp_path) == {}


def test_an_empty_plan_holds_where_nothing_was_edited(history: History, tmp_path: Path) -> None:
    assert faults(history.after.edition, history.after.edition, history.after.second_plan, tmp_path) == {}


@pytest.mark.parametrize("name", EDITS)
def test_the_plan_of_an_edit_holds(name: str, history: History, tmp_path: Path) -> None:
    edition, plan = history.edits[name]
    assert faults(history.after.edition, edition, plan, tmp_path) == {}


@pytest.mark.parametrize("name", EDITS)
def test_the_plan_of_an_edit_is_not_that_of_none(name: str, history: History, tmp_path: Path) -> None:
    edition, plan = history.edits[name]
    assert (faults(edition, edition, plan, tmp_path) == {}) is (name in DOING_NOTHING)


def extra_destroy(plan: Plan) -> None:
    change_of(plan, "aws_cloudwatch_log_group.api").update(actions=["delete"], after=None)


def missing_create(plan: Plan) -> None:
    address = "module.generated.aws_ecs_service.worker"
    plan["resource_changes"] = [change for change in plan["resource_changes"] if change["address"] != address]


def missing_policy(plan: Plan) -> None:
    change_of(plan, "aws_iam_role_policy.task_s3_sqs")["actions"] = ["no-op"]


def touched_backend(plan: Plan) -> None:
    change = change_of(plan, "aws_ecs_service.backend")
    change["actions"] = ["update"]
    change["after"] = {**change["after"], "desired_count": 2}


def replaced_service(plan: Plan) -> None:
    change_of(plan, "aws_ecs_service.backend").update(actions=["delete", "create"], replace_paths=[["cluster"]])


def replaced_in_place_of_created(plan: Plan) -> None:
    change_of(plan, "aws_ecs_service.worker")["actions"] = ["create", "delete"]


def forgotten(plan: Plan) -> None:
    change_of(plan, "aws_ecr_repository.backend")["actions"] = ["forget"]


def imported(plan: Plan) -> None:
    change_of(plan, "aws_cloudwatch_log_group.worker")["importing"] = {"id": "/cricksy-ai/worker"}


def deposed(plan: Plan) -> None:
    (change,) = (c for c in plan["resource_changes"] if c["address"].endswith("aws_ecs_task_definition.worker"))
    left = {**change, "deposed": "1a2b3c4d", "change": {"actions": ["delete"], "before": {}, "after": None}}
    plan["resource_changes"].append(left)


def another_module(plan: Plan) -> None:
    change = {"actions": ["update"], "before": {"name": "a"}, "after": {"name": "b"}, "after_unknown": {}}
    plan["resource_changes"].append(
        {"address": "module.network.aws_vpc.this", "mode": "managed", "type": "aws_vpc", "change": change}
    )


def nested_module(plan: Plan) -> None:
    another_module(plan)
    plan["resource_changes"][-1]["address"] = "module.generated.module.inner.aws_vpc.this"


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        (extra_destroy, {"aws_cloudwatch_log_group.api": "not implied"}),
        (missing_create, {"aws_ecs_service.worker": "missing"}),
        (missing_policy, {"aws_iam_role_policy.task_s3_sqs": "missing"}),
        (touched_backend, {"aws_ecs_service.backend": "not implied; planned_values say otherwise"}),
        (replaced_service, {"aws_ecs_service.backend": "not implied"}),
        (replaced_in_place_of_created, {"aws_ecs_service.worker": "not implied"}),
        (forgotten, {"aws_ecr_repository.backend": "not implied"}),
        (imported, {"aws_cloudwatch_log_group.worker": "not implied: it is imported; --allow import accepts that"}),
        (deposed, {"aws_ecs_task_definition.worker (deposed 1a2b3c4d)": "not implied"}),
        (another_module, {"module.network.aws_vpc.this": "not implied: it is outside of module.generated"}),
        (
            nested_module,
            {"module.inner.aws_vpc.this": "not implied: tfgen does not follow what a module within the module does"},
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_tampered_plan_breaks_the_contract(
    tampering: Tampering, expected: dict[str, str], history: History, tmp_path: Path
) -> None:
    plan = copy.deepcopy(history.after.plan)
    tampering(plan)
    assert faults(history.before.edition, history.after.edition, plan, tmp_path) == expected


@pytest.mark.parametrize("name", OF_CREATION | OF_ALL)
def test_another_way_to_create_the_worker_breaks_the_contract(name: str, history: History, tmp_path: Path) -> None:
    tampering, expected = (OF_CREATION | OF_ALL)[name]
    plan = copy.deepcopy(history.after.plan)
    tampering(plan)
    assert told(faults(history.before.edition, history.after.edition, plan, tmp_path)).startswith(expected)


@pytest.mark.parametrize("name", OF_ROLE)
def test_another_way_to_create_its_role_breaks_the_contract(name: str, history: History, tmp_path: Path) -> None:
    tampering, expected = OF_ROLE[name]
    edition, plan = history.edits["own_role"]
    plan = copy.deepcopy(plan)
    tampering(plan)
    assert told(faults(history.after.edition, edition, plan, tmp_path)).startswith(expected)


def told(found: dict[str, str]) -> str:
    return "\n".join(f"{address}: {fault}" for address, fault in found.items())


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plan_in_which_one_leaf_is_another_never_holds(history: History, tmp_path: Path, random: Random) -> None:
    """A leaf of what any of the edits creates, replaces or updates."""
    edition, plan = history.edits[random.choice(CHANGING)]
    plan = copy.deepcopy(plan)
    place = random.choice(leaves_of_changes(plan))
    change_leaf(plan, place)
    assert faults(history.after.edition, edition, plan, tmp_path) != {}, place


def test_an_empty_plan_lacks_all_that_is_implied(history: History, tmp_path: Path) -> None:
    found = faults(history.before.edition, history.after.edition, history.after.second_plan, tmp_path)
    assert set(found.values()) == {"missing"}
    assert len(found) == 4


def test_an_update_of_more_than_is_implied_breaks_the_contract(history: History, tmp_path: Path) -> None:
    edition, plan = history.edits["size"]
    plan = copy.deepcopy(plan)
    change_of(plan, "aws_ecs_service.worker")["after"]["enable_execute_command"] = False
    assert faults(history.after.edition, edition, plan, tmp_path) == {
        "aws_ecs_service.worker": "enable_execute_command is not what is rendered; planned_values say otherwise"
    }


def test_an_update_of_less_than_is_implied_breaks_the_contract(history: History, tmp_path: Path) -> None:
    edition, plan = history.edits["count"]
    plan = copy.deepcopy(plan)
    change = change_of(plan, "aws_ecs_service.worker")
    change["after"] = {**change["before"], "desired_count": 3, "propagate_tags": "SERVICE"}
    change["before"]["desired_count"] = 3
    assert faults(history.after.edition, edition, plan, tmp_path) == {
        "aws_ecs_service.worker": "propagate_tags is not what is rendered; desired_count does not change; "
        "planned_values say otherwise"
    }
