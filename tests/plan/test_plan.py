"""Terraform's plan: what is refused as none, and how one keeps or breaks the contract."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.changes.implied import Action
from generator.errors import PlanError
from generator.plan.comparison import ANOTHER_VALUE
from generator.plan.contract import Contract
from generator.plan.planned import Plan, Planned, holds_true
from generator.plan.read import read_plan
from generator.plan.told import print_verdicts, summary
from generator.plan.verdict import Fault, Verdict
from tests.support.rendering import SMALL, edition_of

Json = dict[str, Any]

ADDRESS = "module.shop"
MAKE_IT = "make it with `terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json`"
PLAN: Json = {"format_version": "1.2", "planned_values": {}, "resource_changes": []}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan's file, as one names it who stands beside it."""
    monkeypatch.chdir(tmp_path)
    return Path("plan.json")


def refused(file: Path, address: str = ADDRESS) -> str:
    with pytest.raises(PlanError) as refusal:
        read_plan(file, address)
    (problem,) = refusal.value.problems
    return str(problem)


def whole(plan: Json, file: Path) -> Plan:
    file.write_text(json.dumps(plan), "utf-8")
    return read_plan(file, ADDRESS)


def read(plan: Json, file: Path) -> list[Planned]:
    return whole(plan, file).resources


# --- what is no plan


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    assert refused(file) == f"plan.json: cannot be read: No such file or directory; {MAKE_IT}"


def test_a_folder_is_refused(file: Path) -> None:
    file.mkdir()
    assert refused(file) == f"plan.json: cannot be read: Is a directory; {MAKE_IT}"


def test_a_plan_as_terraform_saves_it_is_refused_with_the_command_that_shows_it(file: Path) -> None:
    saved = Path("plan.tfplan")
    saved.write_bytes(b"PK\x03\x04\x14\x00\x08\x00")
    assert refused(saved) == (
        "plan.tfplan: this is the plan as Terraform saves it, not its JSON; "
        "run `terraform show -json plan.tfplan > plan.json`"
    )


def test_the_command_that_shows_a_saved_plan_can_be_run_whatever_its_name(file: Path) -> None:
    saved = Path("a plan.tfplan")
    saved.write_bytes(b"PK\x03\x04")
    assert "`terraform show -json 'a plan.tfplan' > plan.json`" in refused(saved)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b"Terraform will perform", "not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b'{"format_version": "1.2"', "not JSON: Expecting ',' delimiter: line 1 column 25 (char 24)"),
        (b'{"a": 1} {"b": 2}', "not JSON: Extra data: line 1 column 10 (char 9)"),
        (b'"\xff"', "not JSON: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"),
        (b"[]", "not a plan: it is not an object of JSON"),
        (b"null", "not a plan: it is not an object of JSON"),
        (b'"plan"', "not a plan: it is not an object of JSON"),
        (b"{}", "not a plan: it lacks format_version or planned_values"),
        (b'{"format_version": "1.0", "terraform_version": "1.11.4"}', None),
        (b'{"format_version": "1.0", "values": {"root_module": {}}}', None),
        (b'{"planned_values": {}, "resource_changes": []}', None),
        (b'{"version": 4, "serial": 1, "lineage": "", "outputs": {}, "resources": []}', None),
    ],
)
def test_what_is_no_json_of_a_plan_is_refused(file: Path, content: bytes, what: str | None) -> None:
    file.write_bytes(content)
    what = what or "not a plan: it lacks format_version or planned_values"
    assert refused(file) == f"plan.json: {what}; {MAKE_IT}"


@pytest.mark.parametrize(
    ("before", "behind", "line"),
    [
        ("[command]/opt/terraform-bin show -json plan.tfplan\n", "\n", 1),
        ("\ufeff\n[command]/opt/terraform-bin show -json plan.tfplan\n", "\n", 2),
        ("", "\n\n::set-output name=stdout::{}\n::set-output name=exitcode::0\n", 3),
        ("", "\r\n::debug::exitcode: 0\r\n", 2),
        ("::debug::stdout: \n", "", 1),
    ],
)
def test_a_line_of_a_wrapper_is_told_with_the_way_to_leave_it_out(
    file: Path, before: str, behind: str, line: int
) -> None:
    file.write_bytes(f"{before}{json.dumps(PLAN)}{behind}".encode())
    assert refused(file) == (
        f"plan.json:{line}:1: this line is that of a wrapper around Terraform, not of the plan; "
        "set `terraform_wrapper: false` where `hashicorp/setup-terraform` is used"
    )


def test_json_that_nests_without_end_is_refused(file: Path) -> None:
    file.write_bytes(b"[" * 100_000)
    assert refused(file) == f"plan.json: its mappings and lists nest more than 200 levels deep; {MAKE_IT}"


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"format_version": "2.0"}, "its format is 2.0, and this tfgen reads 1; use a version of tfgen that reads it"),
        ({"format_version": "0.2"}, "its format is 0.2, and this tfgen reads 1; use a version of tfgen that reads it"),
        (
            {"format_version": "10.1"},
            "its format is 10.1, and this tfgen reads 1; use a version of tfgen that reads it",
        ),
        ({"format_version": None}, "its format is None, and this tfgen reads 1; use a version of tfgen that reads it"),
        (
            {"errored": True},
            "the plan ended in an error, so it is not complete; fix the error that `terraform plan` reports",
        ),
        (
            {"complete": False},
            "the plan leaves changes for a later plan, so it is not complete; "
            "plan without `-target` or deferred changes",
        ),
    ],
)
def test_a_plan_that_cannot_be_judged_is_refused(file: Path, members: Json, message: str) -> None:
    file.write_text(json.dumps(PLAN | members), "utf-8")
    assert refused(file) == f"plan.json: {message}"


@pytest.mark.parametrize(
    "members",
    [{}, {"format_version": "1.0"}, {"format_version": "1.99"}, {"errored": False}, {"complete": True}, {"new": []}],
)
def test_a_plan_of_another_minor_version_is_read(file: Path, members: Json) -> None:
    assert read(PLAN | members, file) == []


def test_a_plan_without_resources_is_read(file: Path) -> None:
    assert read({"format_version": "1.2", "planned_values": {"root_module": {}}}, file) == []


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_plan_is_read_in_whatever_encoding_a_shell_writes_it(file: Path, codec: str) -> None:
    file.write_bytes(json.dumps(PLAN).encode(codec))
    assert read_plan(file, ADDRESS).resources == []


# --- which module it calls


def configured(*addresses: str) -> Json:
    """Return a plan whose configuration calls modules."""
    root: Json = {}
    for address in addresses:
        module = root
        for name in address.removeprefix("module.").split(".module."):
            module = module.setdefault("module_calls", {}).setdefault(name, {}).setdefault("module", {})
    return PLAN | {"configuration": {"root_module": root}}


@pytest.mark.parametrize("addresses", [["module.shop"], ["module.a", "module.shop"], ["module.shop.module.inner"]])
def test_a_plan_that_calls_the_module_is_read(file: Path, addresses: list[str]) -> None:
    assert read(configured(*addresses), file) == []


def test_a_module_within_a_module_is_found(file: Path) -> None:
    file.write_text(json.dumps(configured("module.a.module.b.module.c")), "utf-8")
    assert read_plan(file, "module.a.module.b.module.c").resources == []
    assert read_plan(file, "module.a.module.b").resources == []


@pytest.mark.parametrize(
    ("called", "address", "remedy"),
    [
        (["module.shops"], "module.shop", "did you mean `module.shops`? Set `module.address` in the catalogue"),
        (
            ["module.network", "module.a.module.shop"],
            "module.a.module.shot",
            "did you mean `module.a.module.shop`? Set `module.address` in the catalogue",
        ),
        ([], "module.shop", "set `module.address`"),
    ],
)
def test_a_plan_that_calls_another_module_is_refused(file: Path, called: list[str], address: str, remedy: str) -> None:
    file.write_text(json.dumps(configured(*called)), "utf-8")
    assert refused(file, address) == f"plan.json: the plan's configuration does not call {address}; {remedy}"


# --- what it says of each resource


def change(address: str = "aws_ecs_service.mail", *actions: str, **details: Any) -> Json:
    """Return an entry of `resource_changes`; where no details say otherwise nothing is known before and after."""
    entry: Json = {key: details.pop(key) for key in ("mode", "deposed", "previous_address") if key in details}
    found: Json = {"actions": list(actions), "before": None, "after": None, "after_unknown": {}}
    return {"address": f"{ADDRESS}.{address}", "mode": "managed", **entry, "change": found | details}


def one_read(file: Path, *arguments: str, **details: Any) -> Planned:
    (one,) = read(PLAN | {"resource_changes": [change(*arguments, **details)]}, file)
    return one


@pytest.mark.parametrize(
    ("actions", "action", "words"),
    [
        (["no-op"], Action.NOTHING, "nothing"),
        (["create"], Action.CREATE, "create"),
        (["update"], Action.UPDATE, "update"),
        (["delete"], Action.DESTROY, "destroy"),
        (["delete", "create"], Action.REPLACE, "replace"),
        (["create", "delete"], Action.REPLACE, "replace"),
        (["forget"], None, "forget"),
        (["create", "forget"], None, "create and forget"),
        (["dance"], None, "dance"),
        ([], None, ""),
    ],
)
def test_actions_are_read_as_what_happens(file: Path, actions: list[str], action: Action | None, words: str) -> None:
    one = one_read(file, "aws_lb.a", *actions)
    assert (str(one.address), one.action, one.words) == ("module.shop.aws_lb.a", action, words)


def test_a_data_source_that_is_read_during_the_apply_needs_no_verdict(judged: Judged) -> None:
    assert judged(SMALL, SMALL, change("data.aws_lb.a", "read", mode="data")) == {}


@pytest.mark.parametrize(
    ("details", "changed"),
    [
        ({"before": {"a": 1}, "after": {"a": 1}}, set()),
        ({"before": {"a": 1}, "after": {"a": 2}}, {"a"}),
        ({"before": {"a": 1, "b": 2}, "after": {"a": 1}, "after_unknown": {"b": True}}, {"b"}),
        ({"before": {}, "after": {"a": 1}}, {"a"}),
        ({"before": {"a": None}, "after": {}}, set()),
        ({"before": {"a": [{"b": 1}]}, "after": {"a": [{"b": 2}]}}, {"a"}),
    ],
)
def test_an_argument_has_changed_where_its_value_has(file: Path, details: Json, changed: set[str]) -> None:
    assert one_read(file, "aws_lb.a", "update", **details).changed == changed


def test_of_a_replaced_resource_the_arguments_count_that_it_is_replaced_for(file: Path) -> None:
    one = one_read(
        *(file, "aws_lb.a", "delete", "create"),
        before={"a": 1, "b": 1},
        after={"a": 2, "b": 2, "c": 3},
        replace_paths=[["a"], ["c", 0, "d"]],
    )
    assert one.changed == {"a", "c"}


@pytest.mark.parametrize("value", [True, {"b": True}, [False, {"b": [True]}]])
def test_an_argument_of_which_a_part_is_unknown_is_unknown(value: object) -> None:
    assert holds_true(value)


@pytest.mark.parametrize("value", [False, {}, [], {"b": False}, [{"b": []}]])
def test_an_argument_of_which_no_part_is_unknown_is_known(value: object) -> None:
    assert not holds_true(value)


@pytest.mark.parametrize(
    "changes",
    [
        None,
        1,
        [None],
        ["a"],
        [[]],
        [{}],
        [{"address": "a"}],
        [{"address": "a", "mode": "managed"}],
        [{"address": "a", "mode": "managed", "change": None}],
        [{"address": "a", "mode": "managed", "change": {}}],
        [{"address": "a", "mode": "managed", "change": {"actions": None}}],
        [{"address": "a", "mode": "managed", "change": {"actions": [["create"]]}}],
        [{"mode": "managed", "change": {"actions": ["create"]}}],
        [{"address": 1, "mode": "managed", "change": {"actions": ["create"]}}],
        [{"address": "a", "mode": "managed", "change": {"actions": ["create"], "after": [1]}}],
        [{"address": "a", "mode": "managed", "change": {"actions": ["create"], "after_unknown": [1]}}],
        [{"address": "a", "mode": "managed", "change": {"actions": ["delete", "create"], "replace_paths": [[]]}}],
        [{"address": "a", "mode": "managed", "change": {"actions": ["delete", "create"], "replace_paths": [1]}}],
    ],
)
def test_a_change_that_is_not_as_terraform_writes_it_is_refused(file: Path, changes: object) -> None:
    file.write_text(json.dumps(PLAN | {"resource_changes": changes}), "utf-8")
    assert refused(file) == f"plan.json: a part of it does not have the form that Terraform writes; {MAKE_IT}"


@pytest.mark.parametrize(
    "configuration",
    [
        {"root_module": None},
        {"root_module": {"module_calls": None}},
        {"root_module": {"module_calls": []}},
        {"root_module": {"module_calls": {"shop": None}}},
        {"root_module": {"module_calls": {"shop": {"module": None}}}},
    ],
)
def test_a_configuration_that_is_not_as_terraform_writes_it_raises_no_other_error(
    file: Path, configuration: Json
) -> None:
    file.write_text(json.dumps(PLAN | {"configuration": configuration}), "utf-8")
    with contextlib.suppress(PlanError):
        read_plan(file, ADDRESS)


# --- the contract

COUNT_2 = SMALL + "    desired_count: 2\n"
QUEUE = SMALL + "    queue: jobs\n"
SERVICE = f"{ADDRESS}.aws_ecs_service.mail"


@pytest.fixture
def judged(file: Path) -> Callable[..., dict[str, str]]:
    """Judge a plan of some changes by the contract of an edit; return the faults by address without the module's."""

    def judge(before: str | None, after: str, *changes: Json, **companions: str) -> dict[str, str]:
        contract = Contract.between(
            edition_of(before, **companions) if before is not None else None, edition_of(after, **companions)
        )
        verdicts = contract.judge(whole(PLAN | {"resource_changes": list(changes)}, file))
        return {one.address.removeprefix(f"{ADDRESS}."): "; ".join(map(str, one.faults)) for one in verdicts}

    return judge


Judged = Callable[..., dict[str, str]]


def counted(before: int = 1, after: int = 2, **more: Any) -> Json:
    values = {"desired_count": after, "enable_execute_command": True} | more
    return change(
        *("aws_ecs_service.mail", "update"),
        before={**values, "desired_count": before} | dict.fromkeys(more),
        after=values,
    )


def test_a_plan_of_nothing_holds_where_nothing_is_implied(judged: Judged) -> None:
    assert judged(SMALL, SMALL) == {}
    assert judged(SMALL, SMALL, change("aws_ecs_service.mail", "no-op")) == {}


def test_a_plan_that_does_what_is_implied_holds(judged: Judged) -> None:
    assert judged(SMALL, COUNT_2, counted()) == {"aws_ecs_service.mail": ""}


@pytest.mark.parametrize("actions", [[], ["no-op"]])
def test_an_implied_change_that_is_not_planned_is_missing(judged: Judged, actions: list[str]) -> None:
    changes = [change("aws_ecs_service.mail", *actions)] if actions else []
    assert judged(SMALL, COUNT_2, *changes) == {"aws_ecs_service.mail": "missing"}


@pytest.mark.parametrize(
    "actions",
    [["create"], ["delete"], ["delete", "create"], ["create", "delete"], ["forget"], ["no-op", "update"], ["dance"]],
)
def test_another_action_than_the_implied_one_is_not_implied(judged: Judged, actions: list[str]) -> None:
    assert judged(SMALL, COUNT_2, change("aws_ecs_service.mail", *actions)) == {"aws_ecs_service.mail": "not implied"}


@pytest.mark.parametrize("actions", [["create"], ["update"], ["delete"], ["delete", "create"], ["forget"]])
@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("module.shop.aws_lb.a", "not implied"),
        (
            "module.shop.module.inner.aws_lb.a",
            "not implied: tfgen does not follow what a module within the module does",
        ),
        ("module.shops.aws_lb.a", "not implied: it is outside of module.shop"),
        ("module.outer.module.shop.aws_lb.a", "not implied: it is outside of module.shop"),
        ("aws_lb.a", "not implied: it is outside of module.shop"),
    ],
)
def test_whatever_else_is_planned_is_not_implied(judged: Judged, address: str, fault: str, actions: list[str]) -> None:
    other = change("aws_lb.a", *actions) | {"address": address}
    assert judged(SMALL, COUNT_2, counted(), other) == {
        "aws_ecs_service.mail": "",
        address.removeprefix(f"{ADDRESS}."): fault,
    }


def test_an_update_of_another_argument_as_well_breaks_the_contract(judged: Judged) -> None:
    assert judged(SMALL, COUNT_2, counted(health_check_grace_period_seconds=5)) == {
        "aws_ecs_service.mail": "health_check_grace_period_seconds is set, and not rendered"
    }


def test_an_update_that_leaves_the_changed_argument_alone_breaks_the_contract(judged: Judged) -> None:
    assert judged(SMALL, COUNT_2, counted(before=2)) == {"aws_ecs_service.mail": "desired_count does not change"}


def test_an_update_to_another_value_than_is_rendered_breaks_the_contract(judged: Judged) -> None:
    assert judged(SMALL, COUNT_2, counted(after=3)) == {"aws_ecs_service.mail": "desired_count is not what is rendered"}


@pytest.mark.parametrize(
    ("argument", "value", "holds"),
    [
        ("name", "shop-mail-service", True),
        ("name", "shop-mail", False),
        ("name", None, False),
        ("desired_count", 2, True),
        ("desired_count", "2", True),
        ("desired_count", 20, False),
        ("enable_execute_command", True, True),
        ("enable_execute_command", "true", True),
        ("enable_execute_command", False, False),
        ("enable_execute_command", None, False),
        ("cluster", "anything that Terraform evaluates", True),
        ("tags", {}, True),
        ("tags", None, True),
    ],
)
def test_a_planned_value_is_that_which_is_rendered(judged: Judged, argument: str, value: object, holds: bool) -> None:
    values = {"desired_count": 2, argument: value}
    one = change("aws_ecs_service.mail", "update", before=values | {"desired_count": 1}, after=values)
    fault = "" if holds else f"{argument} is rendered, and not set" if value is None else f"{argument} {ANOTHER_VALUE}"
    assert judged(SMALL, COUNT_2, one) == {"aws_ecs_service.mail": fault}


def test_a_value_that_an_apply_will_tell_is_any(judged: Judged) -> None:
    memory = SMALL + "    memory: 1024\n"
    replaced = change(
        *("aws_ecs_task_definition.mail", "delete", "create"), after={"memory": "1024"}, replace_paths=[["memory"]]
    )
    values = {"before": {"task_definition": "arn:1"}, "after_unknown": {"task_definition": True}}
    for after in ({}, {"task_definition": None}):
        service = change("aws_ecs_service.mail", "update", **values, after=after)
        assert set(judged(SMALL, memory, replaced, service).values()) == {""}


def test_a_literal_is_known_before_an_apply(judged: Judged) -> None:
    one = change("aws_ecs_service.mail", "update", before={"desired_count": 1}, after_unknown={"desired_count": True})
    assert judged(SMALL, COUNT_2, one) == {
        "aws_ecs_service.mail": "desired_count is known only after the apply, and is rendered as a fixed value"
    }


def test_an_argument_that_may_change_need_not(judged: Judged) -> None:
    edits = COUNT_2 + "    subnets: '${var.subnets}'\n"
    assert judged(SMALL, edits, counted()) == {"aws_ecs_service.mail": ""}


def test_tags_of_all_follow_the_tags(judged: Judged) -> None:
    tagged = SMALL.replace("network:", "tags: {a: b}\nnetwork:")
    before = {"tags": None, "tags_all": None}
    after = {"tags": {"a": "b"}, "tags_all": {"a": "b"}}
    addresses = [
        *("aws_cloudwatch_log_group.mail", "aws_ecs_cluster.this", "aws_iam_role.task_execution", "aws_iam_role.task"),
        *("aws_ecs_task_definition.mail", "aws_ecs_service.mail"),
    ]
    plan = [change(address, "update", before=before, after=after) for address in addresses]
    assert judged(SMALL, tagged, *plan) == dict.fromkeys(addresses, "")
    assert judged(SMALL, COUNT_2, counted(tags_all={"a": "b"})) == {
        "aws_ecs_service.mail": "tags_all has a key that is not rendered"
    }


def test_a_replacement_for_another_reason_breaks_the_contract(judged: Judged) -> None:
    memory = SMALL + "    memory: 1024\n"
    service = change("aws_ecs_service.mail", "update", before={"task_definition": "a"}, after={"task_definition": "b"})

    def replaced(*paths: str) -> Json:
        return change(
            *("aws_ecs_task_definition.mail", "delete", "create"),
            before={"memory": "512", "cpu": "1"},
            after={"memory": "1024", "cpu": "256"},
            replace_paths=[[path] for path in paths],
        )

    assert judged(SMALL, memory, replaced("memory"), service) == {
        "aws_ecs_task_definition.mail": "",
        "aws_ecs_service.mail": "",
    }
    assert judged(SMALL, memory, replaced("memory", "cpu"), service) == {
        "aws_ecs_task_definition.mail": "cpu changes as well",
        "aws_ecs_service.mail": "",
    }


def test_within_a_range_both_ends_hold(judged: Judged) -> None:
    ranged = SMALL + "    subnets: '${var.subnets}'\n"
    network = {
        "before": {"network_configuration": [{"subnets": ["a"]}]},
        "after": {"network_configuration": [{"subnets": ["b"]}]},
    }
    assert judged(SMALL, ranged) == {"aws_ecs_service.mail": ""}
    assert judged(SMALL, ranged, change("aws_ecs_service.mail", "update", **network)) == {"aws_ecs_service.mail": ""}
    assert judged(SMALL, ranged, change("aws_ecs_service.mail", "delete", "create")) == {
        "aws_ecs_service.mail": "not implied"
    }


def test_a_create_has_to_have_the_rendered_values(judged: Judged) -> None:
    address = "aws_iam_role_policy.task_mail"
    assert judged(SMALL, QUEUE, change(address, "create", after={"name": "shop-task-mail"})) == {address: ""}
    assert judged(SMALL, QUEUE, change(address, "create", after={"name": "shop-task-post"})) == {
        address: "name is not what is rendered"
    }


def test_a_destroy_holds_whatever_the_values_were(judged: Judged) -> None:
    address = "aws_iam_role_policy.task_mail"
    assert judged(QUEUE, SMALL, change(address, "delete", before={"name": "x"})) == {address: ""}


@pytest.mark.parametrize(
    ("details", "planned", "fault"),
    [
        (
            {"importing": {"id": "x"}},
            "update after an import",
            "not implied: it is imported; --allow import accepts that",
        ),
        (
            {"previous_address": "module.shop.aws_ecs_service.old"},
            "update after a move from module.shop.aws_ecs_service.old",
            "not implied: no file of the module declares this move",
        ),
    ],
)
def test_an_import_and_a_move_that_nobody_declares_are_not_implied(
    file: Path, details: Json, planned: str, fault: str
) -> None:
    one = counted()
    (one["change"] if "importing" in details else one).update(details)
    contract = Contract.between(edition_of(SMALL), edition_of(COUNT_2))
    (verdict,) = contract.judge(whole(PLAN | {"resource_changes": [one]}, file))
    assert verdict == Verdict(SERVICE, "update", planned, (Fault("", fault),))


def test_an_import_holds_where_it_is_allowed(file: Path) -> None:
    one = counted()
    one["change"]["importing"] = {"id": "x"}
    contract = Contract.between(edition_of(SMALL), edition_of(COUNT_2), allows_import=True)
    (verdict,) = contract.judge(whole(PLAN | {"resource_changes": [one]}, file))
    assert (verdict.planned, verdict.faults) == ("update after an import", ())


def test_a_move_that_changes_nothing_but_the_address_holds(judged: Judged) -> None:
    moved = change("aws_lb.a", "no-op", previous_address="module.shop.aws_lb.b")
    assert judged(SMALL, SMALL, moved) == {"aws_lb.a": ""}


def test_an_object_left_by_a_replacement_is_another_resource(judged: Judged) -> None:
    left = change("aws_ecs_service.mail", "delete", deposed="1a2b3c4d")
    assert judged(SMALL, COUNT_2, counted(), left) == {
        "aws_ecs_service.mail": "",
        "aws_ecs_service.mail (deposed 1a2b3c4d)": "not implied",
    }


def test_without_a_catalogue_before_everything_is_created(judged: Judged) -> None:
    found = judged(None, SMALL)
    assert found == dict.fromkeys(found, "missing")
    assert {"aws_ecs_cluster.this", "aws_ecs_service.mail", "aws_iam_role.task"} < found.keys()
    plan = [change(address, "create") for address in found]
    assert judged(None, SMALL, *plan) == dict.fromkeys(found, "")


def test_a_module_of_another_address_is_destroyed_there_and_created_here(file: Path) -> None:
    mine = 'resource "aws_lb" "mine" {}\n'
    before, after = edition_of(SMALL.replace(ADDRESS, "module.old"), mine=mine), edition_of(SMALL, mine=mine)
    contract = Contract.between(before, after)
    names = {address.partition(".aws_")[2] for address in contract.implied}
    assert contract.address == ADDRESS
    assert set(contract.implied) == {f"module.{call}.aws_{name}" for call in ("old", "shop") for name in names}
    assert "lb.mine" in names
    words = {address: str(one) for address, one in contract.implied.items()}
    assert {word for address, word in words.items() if address.startswith("module.old")} == {"destroy"}
    assert {word for address, word in words.items() if address.startswith("module.shop")} == {"create"}
    plan = [
        change("x", *(["delete"] if word == "destroy" else ["create"])) | {"address": address}
        for address, word in words.items()
    ]
    verdicts = contract.judge(whole(PLAN | {"resource_changes": plan}, file))
    assert [one for one in verdicts if one.faults] == []


def test_hand_written_resources_are_none_of_the_catalogues_change(judged: Judged) -> None:
    assert judged(SMALL, COUNT_2, counted(), mine='resource "aws_lb" "mine" {}\n') == {"aws_ecs_service.mail": ""}


@pytest.mark.parametrize(
    ("repeated", "instances"),
    [("count = 2", ["[0]", "[1]"]), ('for_each = toset(["a", "b"])', ['["a"]', '["b"]']), ("count = 1", ["[0]"])],
)
def test_each_instance_of_a_hand_written_resource_may_follow_the_change(
    judged: Judged, repeated: str, instances: list[str]
) -> None:
    mine = f'resource "aws_lb" "mine" {{\n  {repeated}\n  tags = local.common_tags\n}}\n'
    tagged = SMALL.replace("network:", "tags: {a: b}\nnetwork:")
    plan = [
        change(f"aws_lb.mine{instance}", "update", before={"tags": None}, after={"tags": {"a": "b"}})
        for instance in instances
    ]
    found = judged(SMALL, tagged, *plan, mine=mine)
    assert {address: fault for address, fault in found.items() if address.startswith("aws_lb.mine")} == {
        f"aws_lb.mine{instance}": "" for instance in instances
    }


@pytest.mark.parametrize("repeated", ["count = 0", "count = var.enabled ? 1 : 0", "for_each = {}"])
def test_a_hand_written_resource_without_an_instance_is_not_missing(judged: Judged, repeated: str) -> None:
    mine = f'resource "aws_lb" "mine" {{\n  {repeated}\n  tags = local.common_tags\n}}\n'
    found = judged(SMALL, SMALL.replace("network:", "tags: {a: b}\nnetwork:"), mine=mine)
    assert found.get("aws_lb.mine", "") == ""


# --- what is told


def test_verdicts_come_in_the_order_of_the_files_and_what_is_not_implied_behind_them(file: Path) -> None:
    edits = SMALL + "    memory: 1024\n    queue: jobs\n"
    extra = [change("aws_lb.b", "create"), change("aws_lb.a", "create")]
    contract = Contract.between(edition_of(SMALL), edition_of(edits))
    verdicts = contract.judge(whole(PLAN | {"resource_changes": extra}, file))
    assert [one.address.removeprefix(f"{ADDRESS}.") for one in verdicts] == [
        *("aws_iam_role_policy.task_mail", "aws_ecs_task_definition.mail", "aws_ecs_service.mail"),
        *("aws_lb.b", "aws_lb.a"),
    ]


HOLDS = Verdict("module.shop.aws_lb.a", "update", "update", ())
BROKEN = Verdict(
    "module.shop.aws_lb.long", "nothing", "create", (Fault("", "not implied"), Fault("a", "changes as well"))
)


def test_a_verdict_is_a_line_of_the_table() -> None:
    stream = io.StringIO()
    print_verdicts([HOLDS, BROKEN], stream, colour=False)
    assert [line.rstrip() for line in stream.getvalue().splitlines()] == [
        "ADDRESS                  IMPLIED  PLANNED  VERDICT",
        "module.shop.aws_lb.a     update   update   holds",
        "module.shop.aws_lb.long  nothing  create   not implied; a changes as well",
    ]


def test_no_verdict_is_no_table() -> None:
    stream = io.StringIO()
    print_verdicts([], stream, colour=False)
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], "holds: the catalogue's change since v1 implies nothing, and nothing is planned"),
        ([HOLDS], "holds: the plan does what the catalogue's change since v1 implies, and nothing else"),
        ([BROKEN], "broken: 1 of 1 resource does not do what the catalogue's change since v1 implies"),
        ([HOLDS, BROKEN], "broken: 1 of 2 resources does not do what the catalogue's change since v1 implies"),
        ([BROKEN, BROKEN], "broken: 2 of 2 resources do not do what the catalogue's change since v1 implies"),
    ],
)
def test_the_verdicts_are_summed_up_in_a_sentence(verdicts: list[Verdict], expected: str) -> None:
    assert summary(verdicts, "v1") == expected


def test_a_plan_cannot_write_to_the_terminal_through_an_address(file: Path) -> None:
    hostile = change("x", "create") | {"address": 'module.shop.aws_lb.a["\x1b]0;owned\x07\n"]'}
    contract = Contract.between(edition_of(SMALL), edition_of(SMALL))
    stream = io.StringIO()
    print_verdicts(contract.judge(whole(PLAN | {"resource_changes": [hostile]}, file)), stream, colour=False)
    _, line = stream.getvalue().splitlines()
    assert line.isprintable()
