"""What differs between a rendered and a planned value is told by its path; what an apply will tell is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.aws.values import BodyValues
from generator.hcl.evaluated import Evaluated, Json, Pattern, PossibleItems, UncertainList, Unknown
from generator.plan.comparison import PlanComparison

KNOWN_BY_TERRAFORM = Unknown("aws_sqs_queue.jobs.arn", frozenset([("aws_sqs_queue", "jobs", "arn")]))
RULE = BodyValues(sets=frozenset(["ports"]), computed=frozenset(["id"]), defaults={"protocol": "tcp"})
BODY = BodyValues(
    sets=frozenset(["subnets", "rule"]),
    computed=frozenset(["arn"]),
    optional_computed=frozenset(["revision"]),
    write_only=frozenset(["password"]),
    defaults={"launch_type": "EC2"},
    blocks={"rule": RULE},
    json=frozenset(["policy", "container_definitions"]),
)


def compared(name: str, expected: Evaluated, planned: Any, unknown: Any = False) -> PlanComparison:
    comparison = PlanComparison()
    comparison.argument(name, expected, planned, unknown, BODY)
    return comparison


def faults(comparison: PlanComparison) -> list[str]:
    return list(map(str, comparison.faults))


@pytest.mark.parametrize(
    ("name", "expected", "planned"),
    [
        ("name", "shop", "shop"),
        ("cpu", 256, "256"),  # an argument is converted to its type
        ("internal", "true", True),
        ("description", "", None),
        ("description", None, ""),
        ("launch_type", None, "EC2"),  # a default of the provider
        ("arn", None, "arn:aws:s3:::b"),  # the provider computes it
        ("groups", ["a", "b"], ["a", "b"]),
        ("subnets", ["a", "b"], ["b", "a"]),
        ("tags", {"env": "prod"}, {"env": "prod"}),
        ("tags", {}, None),
        ("rule", [{"ports": ["1", "2"]}], [{"ports": ["2", "1"], "protocol": "tcp", "id": "r-1"}]),
        ("rule", [{"port": 1}, {"port": 2}], [{"port": 2}, {"port": 1}]),
        ("policy", '{"Statement":{"Action":"s3:*"}}', '{"Statement":[{"Action":["s3:*"]}]}'),
        ("policy", Json({"Statement": [{"Action": ["a", "b"]}]}), '{"Statement":[{"Action":["b","a"]}]}'),
    ],
)
def test_a_value_in_another_form_is_the_same(name: str, expected: Evaluated, planned: Any) -> None:
    assert faults(compared(name, expected, planned)) == []


@pytest.mark.parametrize(
    ("name", "expected", "planned", "fault"),
    [
        ("name", "shop", "shop-2", "name is not what is rendered"),
        ("name", "shop", None, "name is rendered, and not set"),
        ("name", None, "shop", "name is set, and not rendered"),
        ("launch_type", None, "FARGATE", "launch_type is set, and not rendered"),
        ("groups", ["a", "b"], ["b", "a"], "groups[0] is not what is rendered"),
        ("groups", ["a"], ["a", "b"], "groups[1] is set, and not rendered"),
        ("groups", ["a", "b"], ["a"], "groups[1] is rendered, and not set"),
        ("subnets", ["a", "b"], ["a", "c"], "subnets is not what is rendered"),
        ("subnets", ["a"], ["a", "c"], "subnets[1] is set, and not rendered"),
        ("tags", {"env": "prod"}, {"env": "dev"}, "tags.env is not what is rendered"),
        ("tags", {"env": "prod"}, {}, "tags.env is rendered, and not set"),
        ("tags", {}, {"s3cret": "x"}, "tags has a key that is not rendered"),
        ("tags", {"env": "prod"}, ["prod"], "tags is not what is rendered"),
        ("rule", [{"port": 1}], [{"port": 2}], "rule[0].port is not what is rendered"),
        ("rule", [{"port": 1}], [{"port": 1, "protocol": "udp"}], "rule[0].protocol is set, and not rendered"),
        ("rule", [{"port": 1}], [{"port": 1}, {"port": 2}], "rule[1] is set, and not rendered"),
        ("rule", [{"port": 1}, {"port": 2}], [{"port": 1}], "rule is rendered, and not set"),
        ("policy", '{"a": 1}', '{"a": "1"}', "policy.a is not what is rendered"),  # JSON converts nothing
        ("policy", '{"a": true}', '{"a": 1}', "policy.a is not what is rendered"),
        ("policy", '{"a": [1, 2]}', '{"a": [2, 1]}', "policy.a[0] is not what is rendered"),
    ],
)
def test_another_value_is_told_by_its_path(name: str, expected: Evaluated, planned: Any, fault: str) -> None:
    assert fault in faults(compared(name, expected, planned))


def test_a_value_that_the_apply_will_tell_is_pending_where_it_depends_on_something() -> None:
    waiting = compared("queue", KNOWN_BY_TERRAFORM, None, True)
    assert (faults(waiting), waiting.pending) == ([], 1)
    assert faults(compared("queue", "fixed", None, True)) == [
        "queue is known only after the apply, and is rendered as a fixed value"
    ]


def test_what_only_terraform_knows_and_what_no_plan_shows_are_counted() -> None:
    for name, expected in (("queue", KNOWN_BY_TERRAFORM), ("password", "x")):
        comparison = compared(name, expected, "some text")
        assert (faults(comparison), comparison.unjudged) == ([], 1)


@pytest.mark.parametrize(
    ("planned", "fits"),
    [("a-1-b-2-c", True), ("a--b--c", True), ("x-1-b-2-c", False), ("a-1-b-2-x", False), ("a-1-c", False), (7, False)],
)
def test_the_known_parts_of_a_text_stand_in_their_order(planned: Any, fits: bool) -> None:
    pattern = Pattern(("a-", KNOWN_BY_TERRAFORM, "-b-", KNOWN_BY_TERRAFORM, "-c"))
    assert (faults(compared("name", pattern, planned)) == []) is fits


@pytest.mark.parametrize(
    ("name", "planned", "unknown", "is_fault"),
    [
        ("arn", None, True, False),
        ("revision", None, True, False),
        ("name", None, True, True),
        ("name", "x", False, True),
        ("name", None, False, False),
        ("arn", "arn:aws:s3:::b", False, False),
        ("launch_type", "EC2", False, False),
        ("launch_type", "FARGATE", False, True),
    ],
)
def test_only_the_provider_adds_what_is_not_rendered(name: str, planned: Any, unknown: Any, is_fault: bool) -> None:
    comparison = PlanComparison()
    comparison.addition(name, planned, unknown, BODY)
    assert faults(comparison) == ([f"{name} is set, and not rendered"] if is_fault else [])


def containers(**changed: Any) -> str:
    container = {"name": "worker", "image": "i", "environment": [{"name": "A", "value": "1"}]}
    return json.dumps([container | changed])


@pytest.mark.parametrize(
    "planned",
    [
        containers(cpu=0, essential=True, mountPoints=[]),
        containers(environment=[{"value": "1", "name": "A"}]),
    ],
)
def test_what_ecs_adds_to_a_container_is_no_difference(planned: str) -> None:
    assert faults(compared("container_definitions", containers(), planned)) == []


def test_the_order_of_variables_and_what_a_port_says_by_itself_is_no_difference() -> None:
    several = [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}]
    written = containers(environment=several, portMappings=[{"containerPort": 80}])
    planned = containers(
        environment=several[::-1], portMappings=[{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]
    )
    assert faults(compared("container_definitions", written, planned)) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"image": "j"}, "container_definitions[worker].image is not what is rendered"),
        ({"cpu": 1}, "container_definitions[worker].cpu is not what is rendered"),
        ({"essential": False}, "container_definitions[worker].essential is not what is rendered"),
        ({"privileged": True}, "container_definitions[worker] has a key that is not rendered"),
        (
            {"environment": [{"name": "A", "value": "2"}]},
            "container_definitions[worker].environment[0].value is not what is rendered",
        ),
    ],
)
def test_another_container_is_told_by_its_path(changed: dict[str, Any], fault: str) -> None:
    assert faults(compared("container_definitions", containers(), containers(**changed))) == [fault]


WORKER: dict[str, Evaluated] = {"name": "worker", "image": "i"}
PROXY: dict[str, Evaluated] = {"name": "proxy", "image": "j", "essential": False}
WHERE_TERRAFORM_SAYS_SO = Json(UncertainList("flatten", items=[WORKER, PossibleItems("?", items=[PROXY])]))


@pytest.mark.parametrize("planned", [[WORKER], [WORKER, PROXY], [PROXY, WORKER]])
def test_a_container_with_a_condition_may_be_there_or_not(planned: list[Evaluated]) -> None:
    comparison = compared("container_definitions", WHERE_TERRAFORM_SAYS_SO, json.dumps(planned))
    assert faults(comparison) == []
    assert comparison.unjudged == 1, "whether the condition holds"


@pytest.mark.parametrize("expected", [Json([WORKER, PROXY]), WHERE_TERRAFORM_SAYS_SO])
@pytest.mark.parametrize(
    ("planned", "told"),
    [
        ([WORKER | {"image": "x"}, PROXY], ["container_definitions[worker].image is not what is rendered"]),
        ([WORKER, PROXY | {"image": "x"}], ["container_definitions[proxy].image is not what is rendered"]),
        ([WORKER, PROXY | {"essential": True}], ["container_definitions[proxy].essential is not what is rendered"]),
        ([WORKER, PROXY | {"user": "root"}], ["container_definitions[proxy] has a key that is not rendered"]),
        ([PROXY], ["container_definitions[worker] is rendered, and not set"]),
        (
            [WORKER, PROXY, {"name": "zzz", "image": "x"}],
            ["container_definitions[2] is set, and not rendered"],
        ),
        (
            [WORKER, PROXY, {"image": "x"}],
            ["container_definitions[2] is set, and not rendered"],
        ),
        (
            [WORKER, PROXY | {"image": "x"}, PROXY],
            ["container_definitions[0] is set, and not rendered"],
        ),
    ],
)
def test_each_container_is_held_to_the_one_of_its_name(
    expected: Evaluated, planned: list[dict[str, Any]], told: list[str]
) -> None:
    assert faults(compared("container_definitions", expected, json.dumps(planned))) == told


def test_a_container_that_is_rendered_without_a_condition_is_there() -> None:
    comparison = compared("container_definitions", Json([WORKER, PROXY]), json.dumps([WORKER]))
    assert faults(comparison) == ["container_definitions[proxy] is rendered, and not set"]


def test_what_has_no_names_is_counted_where_it_is_not_certain_what_there_is() -> None:
    expected = UncertainList("flatten", items=["sg-1", PossibleItems("?", items=["sg-2"])])
    comparison = compared("groups", expected, ["sg-3"])
    assert (faults(comparison), comparison.unjudged) == ([], 1)


def test_a_policy_in_place_of_containers_breaks_the_contract() -> None:
    planned = json.dumps({"Statement": [{"Action": "*"}]})
    assert faults(compared("container_definitions", WHERE_TERRAFORM_SAYS_SO, planned)) != []
