"""What an edit of the catalogue implies: how sure two values differ, and what happens to each resource."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aws.defaults import defaults_of
from generator.aws.resource_types import resource_type
from generator.aws.schema import aws
from generator.catalogue.model import Catalogue
from generator.changes.difference import Certainty, difference, difference_of_entry
from generator.changes.effects import of_resource
from generator.changes.implied import Action, Implied, implied_by, is_resource
from generator.hcl.evaluated import Evaluated, Json, PossibleItems, UncertainList, Unknown, UnknownBlocks
from generator.hcl.nodes import Nodes, nodes_of
from generator.hcl.write.text import hcl_text, is_literal
from generator.verify.module import RenderedModule
from tests.support.examples import a_few
from tests.support.rendering import SMALL, dumped, module_of
from tests.support.strategies import COMPANION, Tree, catalogues, edits_of_a_service

NO, PERHAPS, YES = Certainty.NO, Certainty.PERHAPS, Certainty.YES
X, Y = Unknown("var.x"), Unknown("var.y")
BLOCKS = UnknownBlocks("dynamic", content=["a"])
"""As many as Terraform makes of an expression, perhaps none."""


# --- how sure it is that two values differ


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a", "a", NO),
        ("a", "b", YES),
        ("a", "A", YES),
        ("", "a", YES),
        (1, 2, YES),
        (1, 1, NO),
        (True, False, YES),
        (None, None, NO),
        (None, "a", YES),
        (1, "1", PERHAPS),
        (1, "01", YES),
        (1.5, "1.5", PERHAPS),
        (True, "true", PERHAPS),
        (True, "false", YES),
        (False, "false", PERHAPS),
        (True, "1", YES),
        (X, X, NO),
        (X, Y, PERHAPS),
        (X, "a", PERHAPS),
        (X, 1, PERHAPS),
        (X, [], PERHAPS),
        (X, {}, PERHAPS),
        ([X], [X], NO),
        ([X], [Y], PERHAPS),
        ([X], ["a"], PERHAPS),
        ([X, "a"], [X, "b"], YES),
        ([X, "a"], [Y, "a"], PERHAPS),
        ({"a": X}, {"a": "b"}, PERHAPS),
        ({"a": X, "b": 1}, {"a": Y, "b": 2}, YES),
    ],
)
def test_values_differ_as_surely_as_can_be_known(old: Evaluated, new: Evaluated, expected: Certainty) -> None:
    assert difference(old, new) is expected
    assert difference(new, old) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], NO),
        ([], ["a"], YES),
        (["a"], ["b"], YES),
        (["a", "b"], ["b", "a"], PERHAPS),
        (["a", "b"], ["b", "c"], YES),
        (["a", "b", "c"], ["c", "b"], YES),
        (["a", "a", "b"], ["a", "b", "a"], PERHAPS),
        (["a", "a", "b"], ["a", "b", "b"], YES),
        ([["a", "b"]], [["b", "a"]], PERHAPS),
        ([{"x": ["a", "b"]}], [{"x": ["b", "a"]}], PERHAPS),
        ([{"x": 1}, {"x": 2}], [{"x": 2}, {"x": 1}], PERHAPS),
        ([X, "a"], ["a", X], PERHAPS),
        (["a"], ["a", BLOCKS], PERHAPS),
        (["a"], ["b", BLOCKS], PERHAPS),
        (["a", "b", "c"], ["d", BLOCKS], PERHAPS),
        (["a"], ["b", "c", BLOCKS], YES),
        ([BLOCKS], [], PERHAPS),
        ([BLOCKS], [BLOCKS, BLOCKS], PERHAPS),
    ],
)
def test_the_order_of_a_list_may_not_count(old: Evaluated, new: Evaluated, expected: Certainty) -> None:
    assert difference(old, new, "subnets") is expected
    assert difference(new, old, "subnets") is expected


@pytest.mark.parametrize("name", ["command", "entryPoint"])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["a", "b"], ["a", "b"], NO),
        (["a", "b"], ["b", "a"], YES),
        (["a", X], [X, "a"], PERHAPS),
        (["a", X, "b"], ["a", Y, "c"], YES),
        (["a"], ["a", "a"], YES),
        ([], ["a"], YES),
        (X, ["a"], PERHAPS),
    ],
)
def test_the_order_of_a_command_counts(name: str, old: Evaluated, new: Evaluated, expected: Certainty) -> None:
    assert difference(old, new, name) is expected
    assert difference_of_entry({name: old}, {name: new}, name, within="") is expected
    assert difference([{"name": "mail", name: old}], [{"name": "mail", name: new}], "container_definitions") >= expected


def named(**values: Evaluated) -> list[Evaluated]:
    return [{"name": name, "value": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (named(a="1", b="2"), named(a="1", b="2"), NO),
        (named(a="1", b="2"), named(b="2", a="1"), PERHAPS),
        (named(a="1", b="2"), named(b="2", a="3"), YES),
        (named(a="1"), named(a="1", b="2"), YES),
        (named(a="1"), named(b="1"), YES),
        (named(a=X, b="2"), named(b="2", a=Y), PERHAPS),
        (named(a=X), named(a="1"), PERHAPS),
        (named(a=X, b="1"), named(b=Y, a="2"), PERHAPS),
        (named(a=X, b="2"), named(a="1", b="3"), YES),
        ([{"name": X, "value": "1"}], [{"name": Y, "value": "1"}], PERHAPS),
        ([{"name": X, "value": "1"}], [{"name": Y, "value": "2"}], YES),
        (named(timeout="1"), named(), YES),
        (named(timeout="5", a="1"), named(a="1"), YES),
        ([*named(a="1"), X], [X, *named(a="1")], PERHAPS),
        ([*named(a="1"), X], [X, *named(a="2")], YES),
        ([*named(a="1"), *named(a="2")], [*named(a="2"), *named(a="1")], PERHAPS),
        ([*named(a="1"), *named(a="2")], [*named(a="2"), *named(a="3")], YES),
    ],
)
def test_entries_with_names_are_compared_by_them(old: Evaluated, new: Evaluated, expected: Certainty) -> None:
    assert difference(old, new, "environment") is expected
    assert difference(new, old, "environment") is expected


def uncertain(*certain: Evaluated, perhaps: Sequence[Evaluated] = ()) -> UncertainList:
    """Return a list that surely holds some entries, and may hold others."""
    return UncertainList("flatten", items=[*certain, PossibleItems("?", items=perhaps)])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (uncertain(*named(a="1"), perhaps=named(b="1")), uncertain(*named(a="1"), perhaps=named(b="1")), NO),
        (uncertain(*named(a="1"), perhaps=named(b="1")), uncertain(*named(a="2"), perhaps=named(b="1")), YES),
        (uncertain(*named(a="1"), perhaps=named(b="1")), uncertain(*named(a="1"), perhaps=named(b="2")), PERHAPS),
        (uncertain(*named(a="1"), perhaps=named(b="1")), uncertain(*named(a=X), perhaps=named(b="1")), PERHAPS),
        (uncertain(*named(a="1"), perhaps=named(b="1")), uncertain(*named(a="1", c="1"), perhaps=named(b="1")), YES),
        (named(a="1", b="1"), uncertain(*named(a="1"), perhaps=named(b="1")), PERHAPS),
        (named(a="1", b="1"), uncertain(*named(a="2"), perhaps=named(b="1")), YES),
        (named(a="1", b="1"), uncertain(*named(a="1"), perhaps=named(c="1")), YES),
        (named(a="1"), uncertain(*named(a="1"), perhaps=named(b="1")), PERHAPS),
        ([*named(a="1"), X], uncertain(*named(a="1", b="1"), perhaps=named(c="1")), PERHAPS),
        ([*named(a="1"), X], uncertain(*named(a="2", b="1"), perhaps=named(c="1")), YES),
        (["a"], uncertain("a", perhaps=["b"]), PERHAPS),
        (["a"], uncertain("b", perhaps=["b"]), PERHAPS),
        (X, uncertain("b", perhaps=["b"]), PERHAPS),
    ],
)
def test_what_only_may_be_in_a_list_makes_no_change_certain_and_hides_none(
    old: Evaluated, new: Evaluated, expected: Certainty
) -> None:
    assert difference(old, new, "container_definitions") is expected
    assert difference(new, old, "container_definitions") is expected


def test_what_is_encoded_as_json_counts_wherever_it_is_written_as_a_list() -> None:
    """What is read of `jsonencode([…])` is the list, and of `jsonencode(flatten([…]))` that it is JSON."""
    both = named(a="1", b="1")
    for other, expected in (
        (both, NO),
        (named(a="2", b="1"), YES),
        (uncertain(*named(a="1"), perhaps=named(b="1")), PERHAPS),
        (uncertain(*named(a="2"), perhaps=named(b="1")), YES),
    ):
        assert difference(both, Json(other), "container_definitions") is expected
        assert difference(Json(other), both, "container_definitions") is expected
        assert difference(Json(other), Json(both), "container_definitions") is expected


def test_the_order_of_a_command_that_is_not_certain_may_be_another() -> None:
    assert difference(uncertain("a", perhaps=["b"]), uncertain("c", perhaps=["b"]), "command") is PERHAPS
    assert difference(["a"], uncertain("c", perhaps=["b"]), "command") is PERHAPS


@pytest.mark.parametrize(
    ("old", "new", "name", "expected"),
    [
        ({}, {"a": 1}, "a", YES),
        ({"a": 1}, {}, "a", YES),
        ({"a": 1}, {"a": 1}, "a", NO),
        ({}, {"a": X}, "a", YES),
        ({}, {"interval": 30}, "interval", NO),
        ({"interval": 30}, {}, "interval", NO),
        ({}, {"interval": 31}, "interval", YES),
        ({"interval": 31}, {}, "interval", YES),
        ({}, {"interval": X}, "interval", PERHAPS),
        ({}, {"timeout": 5}, "timeout", NO),
        ({}, {"retries": 3}, "retries", NO),
        ({}, {"wait_for_steady_state": False}, "wait_for_steady_state", NO),
        ({}, {"wait_for_steady_state": True}, "wait_for_steady_state", YES),
        ({}, {"deployment_maximum_percent": 200}, "deployment_maximum_percent", NO),
        ({}, {"deployment_minimum_healthy_percent": 100}, "deployment_minimum_healthy_percent", NO),
        ({}, {"deployment_minimum_healthy_percent": 50}, "deployment_minimum_healthy_percent", YES),
    ],
)
def test_what_is_not_written_is_what_the_provider_takes_it_for(
    old: dict[str, Evaluated], new: dict[str, Evaluated], name: str, expected: Certainty
) -> None:
    within = "healthCheck" if name in defaults_of("healthCheck") else "aws_ecs_service"
    assert difference_of_entry(old, new, name, within) is expected
    assert difference_of_entry(old, new, name, "tags") is (Certainty.YES if old.keys() != new.keys() else expected)


@given(st.recursive(st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.just(X)), st.lists), st.text())
def test_nothing_differs_from_itself(value: Any, name: str) -> None:
    assert difference(value, value, name) is NO


# --- what happens to each resource


def nodes(module: RenderedModule) -> Nodes:
    """Return the nodes of a module's files, rendered and hand-written."""
    companions = (content.decode() for content in module.companions.values())
    return nodes_of([*(file.text for file in module.files), *companions])


def found(before: Nodes, after: Nodes) -> dict[str, str]:
    return {one.address: str(one) for one in implied_by(before, after)}


def edited(before: str, after: str, **companions: str) -> dict[str, str]:
    """Return what an edit from one catalogue to another implies, in words."""
    return found(nodes(module_of(before, **companions)), nodes(module_of(after, **companions)))


def with_option(*lines: str) -> str:
    return SMALL + "".join(f"    {line}\n" for line in lines)


def at_top(line: str) -> str:
    return SMALL.replace("network:", f"{line}\nnetwork:")


REVISION = {"aws_ecs_task_definition.mail": "replace", "aws_ecs_service.mail": "update"}
PERHAPS_REVISION = {"aws_ecs_task_definition.mail": "replace or nothing", "aws_ecs_service.mail": "update or nothing"}
SERVICE = {"aws_ecs_service.mail": "update"}
PERHAPS_SERVICE = {"aws_ecs_service.mail": "update or nothing"}
TAGGED = dict.fromkeys(
    ("aws_cloudwatch_log_group.mail", "aws_ecs_task_definition.mail", "aws_ecs_service.mail"), "update"
)
TAGGED_MODULE = dict.fromkeys(
    [
        *("aws_cloudwatch_log_group.mail", "aws_ecs_cluster.this", "aws_iam_role.task_execution", "aws_iam_role.task"),
        *("aws_ecs_task_definition.mail", "aws_ecs_service.mail"),
    ],
    "update",
)
HEALTH_CHECK = "health_check: {command: [CMD, a]"
BUCKET = "buckets: [{name: abc, access: [read]}]"
QUEUE = with_option("queue: jobs")


@pytest.mark.parametrize(
    "after",
    [
        SMALL,
        f"# a comment\n{SMALL}# another\n",
        SMALL.replace("image: busybox:1", "image:   'busybox:1'   # a comment"),
        SMALL.replace("network: {subnets: [subnet-1], security_groups: [sg-1]}\n", "")
        + "network:\n  subnets:\n  - subnet-1\n  security_groups:\n  - sg-1\n",
        SMALL.replace("services:", "defaults: {image: busybox:1}\nservices:").replace("    image: busybox:1\n", ""),
        with_option("desired_count: 1", "cpu: 256", "memory: 512", "execute_command: true"),
        with_option("deployment: {minimum_healthy_percent: 100, maximum_percent: 200}"),
        with_option("wait_for_steady_state: false"),
        with_option("outputs: {service_name: the_name}"),
        SMALL.replace("path: out", "path: elsewhere"),
    ],
)
def test_an_edit_that_means_the_same_implies_nothing(after: str) -> None:
    assert edited(SMALL, after) == edited(after, SMALL) == {}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (SMALL, SMALL.replace("busybox:1", "busybox:2"), REVISION),
        (SMALL, with_option("cpu: 512", "memory: 1024"), REVISION),
        (SMALL, with_option("memory: 1024"), REVISION),
        (SMALL, with_option("entry_point: [sh]"), REVISION),
        (SMALL, with_option("command: [a, b]"), REVISION),
        (with_option("command: [b, a]"), with_option("command: [a, b]"), REVISION),
        (SMALL, with_option("architecture: ARM64"), REVISION),
        (SMALL, with_option("ephemeral_storage: 30"), REVISION),
        (with_option("ephemeral_storage: 30"), with_option("ephemeral_storage: 31"), REVISION),
        (SMALL, with_option("stop_timeout: 30"), REVISION),
        (SMALL, with_option(HEALTH_CHECK + "}"), REVISION),
        (with_option(HEALTH_CHECK + "}"), with_option(HEALTH_CHECK + ", interval: 31}"), REVISION),
        (SMALL, with_option("environment: {A: b}"), REVISION),
        (with_option("environment: {A: b}"), with_option("environment: {A: b, C: d}"), REVISION),
        (with_option("environment: {A: b}"), with_option("environment: {A: c}"), REVISION),
        (with_option("environment: {timeout: '5'}"), SMALL, REVISION),
        (SMALL, SMALL.replace("worker", "backend") + "    port: 80\n", REVISION),
        (SMALL, with_option("desired_count: 2"), SERVICE),
        (SMALL, with_option("deployment: {minimum_healthy_percent: 50}"), SERVICE),
        (SMALL, with_option("deployment: {maximum_percent: 150}"), SERVICE),
        (SMALL, with_option("wait_for_steady_state: true"), SERVICE),
        (SMALL, with_option("execute_command: false"), SERVICE),
        (SMALL, with_option("subnets: [subnet-2]"), SERVICE),
        (SMALL, with_option("security_groups: [sg-1, sg-2]"), SERVICE),
        (SMALL, with_option("assign_public_ip: true"), SERVICE),
        (SMALL, SMALL.replace("subnet-1", "subnet-2"), SERVICE),
        (SMALL, with_option("log_retention_days: 7"), {"aws_cloudwatch_log_group.mail": "update"}),
        (QUEUE, with_option("queue: jobs", BUCKET), {"aws_iam_role_policy.task_mail": "update"}),
        (SMALL, QUEUE, {"aws_iam_role_policy.task_mail": "create"}),
        (QUEUE, SMALL, {"aws_iam_role_policy.task_mail": "destroy"}),
        (SMALL, with_option(BUCKET), {"aws_iam_role_policy.task_mail": "create"}),
        (SMALL, with_option("tags: {a: b}"), TAGGED),
        (with_option("tags: {a: b}"), with_option("tags: {a: c}"), TAGGED),
        (SMALL, at_top("tags: {a: b}"), TAGGED_MODULE),
        (at_top("tags: {a: b}"), at_top("tags: {a: c}"), TAGGED_MODULE),
        (at_top("tags: {a: b, c: d}"), at_top("tags: {a: b}"), TAGGED_MODULE),
        (SMALL, at_top("images: {app: {repository: shop, tag: '1'}}"), {"aws_ecr_repository.app": "create"}),
    ],
)
def test_an_edit_implies_what_it_surely_does(before: str, after: str, expected: dict[str, str]) -> None:
    assert edited(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (SMALL, SMALL.replace("busybox:1", "'${var.image}'"), PERHAPS_REVISION),
        (SMALL.replace("busybox:1", "'${var.a}'"), SMALL.replace("busybox:1", "'${var.b}'"), PERHAPS_REVISION),
        (with_option("environment: {A: b}"), with_option("environment: {A: '${var.b}'}"), PERHAPS_REVISION),
        (with_option("environment: {A: b, C: d}"), with_option("environment: {C: d, A: b}"), PERHAPS_REVISION),
        (with_option("environment: {A: 1}"), with_option("environment: {A: '${1}'}"), {}),
        (with_option("command: [a]"), with_option("command: ['${var.a}']"), PERHAPS_REVISION),
        (with_option("stop_timeout: 30"), with_option("stop_timeout: 30", "environment: {}"), {}),
        (SMALL, with_option("subnets: '${var.subnets}'"), PERHAPS_SERVICE),
        (with_option("subnets: [a, b]"), with_option("subnets: [b, a]"), PERHAPS_SERVICE),
        (at_top("tags: {a: b}"), at_top("tags: {a: '${var.b}'}"), dict.fromkeys(TAGGED_MODULE, "update or nothing")),
        (
            with_option("buckets: [{name: abc, access: [read, write]}]"),
            with_option("buckets: [{name: abc, access: [write, read]}]"),
            {"aws_iam_role_policy.task_mail": "update or nothing"},
        ),
        (QUEUE, with_option("queue: posts"), {"aws_iam_role_policy.task_mail": "update or nothing"}),
    ],
)
def test_what_terraform_alone_can_evaluate_implies_a_range(before: str, after: str, expected: dict[str, str]) -> None:
    assert edited(before, after) == expected


@pytest.mark.parametrize("key", ["interval", "timeout", "retries"])
def test_a_tag_named_like_an_argument_with_a_default_is_a_tag_all_the_same(key: str) -> None:
    value = {"interval": "30", "timeout": "5", "retries": "3"}[key]
    assert edited(at_top("tags: {}"), at_top(f"tags: {{{key}: '{value}'}}")) == TAGGED_MODULE


@pytest.mark.parametrize("key", ["'='", "':'", "a=b", "a b"])
def test_a_tag_changes_surely_whatever_its_key(key: str) -> None:
    assert edited(at_top(f"tags: {{{key}: a}}"), at_top(f"tags: {{{key}: b}}")) == TAGGED_MODULE


def test_a_first_secret_creates_a_policy_and_updates_the_other() -> None:
    assert edited(SMALL, with_option("secrets: {A: '${var.a}'}")) == {
        "aws_iam_policy.task_execution_secrets": "create",
        "aws_iam_role_policy_attachment.task_execution_secrets": "create",
        EXTRA: "update",
        **REVISION,
    }


def test_another_secret_updates_both_policies() -> None:
    one, two = with_option("secrets: {A: '${var.a}'}"), with_option("secrets: {A: '${var.a}', B: '${var.b}'}")
    policies = {"aws_iam_policy.task_execution_secrets": "update", EXTRA: "update"}
    assert edited(one, two) == edited(two, one) == policies | REVISION


def test_a_secret_under_another_name_updates_no_policy() -> None:
    assert edited(with_option("secrets: {A: '${var.a}'}"), with_option("secrets: {B: '${var.a}'}")) == REVISION


def test_a_role_of_its_own_takes_the_place_of_the_shared_one() -> None:
    assert edited(QUEUE, with_option("queue: jobs", "role: own")) == {
        "aws_iam_role.task": "destroy",
        "aws_iam_role.task_mail": "create",
        "aws_iam_role_policy.task_mail": "replace",
        **REVISION,
    }


def test_a_log_group_of_another_key_is_another_log_group() -> None:
    assert edited(SMALL, with_option("log_group: post")) == {
        "aws_cloudwatch_log_group.mail": "destroy",
        "aws_cloudwatch_log_group.post": "create",
        "aws_ecs_task_definition.mail": "replace",
        "aws_ecs_service.mail": "update",
    }


def test_a_service_of_another_key_is_another_service() -> None:
    types = ("aws_cloudwatch_log_group", "aws_ecs_task_definition", "aws_ecs_service")
    assert edited(SMALL, SMALL.replace("  mail:", "  post:")) == {
        **{f"{type_}.mail": "destroy" for type_ in types},
        **{f"{type_}.post": "create" for type_ in types},
    }


def test_another_project_replaces_whatever_bears_its_name() -> None:
    assert edited(SMALL, SMALL.replace("project: shop", "project: store")) == dict.fromkeys(
        [
            *("aws_cloudwatch_log_group.mail", "aws_ecs_cluster.this", "aws_iam_role.task_execution"),
            *("aws_iam_role.task", "aws_iam_role_policy_attachment.exec_managed", EXTRA),
            *("aws_ecs_task_definition.mail", "aws_ecs_service.mail"),
        ],
        "replace",
    )


def test_another_load_balancer_replaces_the_service_in_old_versions_of_the_provider() -> None:
    backend = SMALL.replace("worker", "backend") + "    port: 80\n"
    balanced = backend + "    load_balancer: {target_group: api}\n"
    assert edited(backend, balanced, mine='resource "aws_lb_target_group" "api" {}\n') == {
        "aws_ecs_service.mail": "replace or update"
    }


def test_another_repository_changes_the_image_of_whoever_runs_it() -> None:
    before = at_top("images: {app: {repository: shop, tag: '1'}}").replace("busybox:1", "app")
    assert edited(before, before.replace("repository: shop", "repository: store")) == {
        "aws_ecr_repository.app": "replace",
        **REVISION,
    }
    assert edited(before, before.replace("tag: '1'", "tag: '2'")) == PERHAPS_REVISION


def test_an_argument_that_changes_is_told_with_how_sure_that_is() -> None:
    before, after = (
        nodes(module_of(text))
        for text in (SMALL, with_option("memory: 1024", "subnets: '${var.subnets}'", "desired_count: 2"))
    )
    definition, service = implied_by(before, after)
    assert definition.arguments == {"memory": YES}
    assert service.arguments == {"task_definition": YES, "network_configuration": PERHAPS, "desired_count": YES}


# --- how a change travels

CHAIN = """\
resource "aws_ecs_cluster" "a" {
  name = "one"
}

locals {
  arn  = aws_ecs_cluster.a.arn
  name = aws_ecs_cluster.a.name
}

data "aws_iam_policy_document" "b" {
  statement {
    resources = [aws_ecs_cluster.a.arn]
  }
}

resource "aws_iam_policy" "c" {
  name   = "c"
  policy = data.aws_iam_policy_document.b.json
}
"""


def chained(resource: str, change: tuple[str, str] = ('"one"', '"two"')) -> str | None:
    """Return what replacing the cluster of `CHAIN` implies for one more resource, `aws_ecs_service.z`."""
    text = f'resource "aws_ecs_service" "z" {{\n  {resource}\n}}\n{CHAIN}'
    return found(nodes_of([text]), nodes_of([text.replace(*change)])).get("aws_ecs_service.z")


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("task_definition = aws_ecs_cluster.a.arn", "update"),
        ("task_definition = aws_ecs_cluster.a.id", "update"),
        ("task_definition = aws_ecs_cluster.a[0].arn", "update"),
        ('task_definition = "${aws_ecs_cluster.a.arn}:1"', "update"),
        ("task_definition = local.arn", "update"),
        ("task_definition = data.aws_iam_policy_document.b.json", "update"),
        ("task_definition = aws_ecs_cluster.a.name", "update"),
        ("task_definition = local.name", "update"),
        ("cluster = aws_ecs_cluster.a.arn", "replace"),
        ("load_balancer {\n    container_name = local.arn\n  }", "replace or update"),
        ("load_balancer {\n    inner {\n      x = aws_ecs_cluster.a.arn\n    }\n  }", "replace or update"),
        ("timeouts {\n    delete = aws_ecs_cluster.a.arn\n  }", "update or nothing"),
        ("task_definition = aws_ecs_cluster.other.arn", None),
        ("task_definition = aws_iam_policy.c.arn", None),
        ("task_definition = aws_iam_policy.c.name", None),
        ("task_definition = aws_iam_policy.c.policy", "update"),
        ("depends_on = [aws_ecs_cluster.a]", None),
        ("lifecycle {\n    ignore_changes = [tags]\n  }", None),
        ('task_definition = "aws_ecs_cluster.a.arn"', None),
        ("task_definition = var.a", None),
    ],
)
def test_what_reads_a_changed_attribute_changes(resource: str, expected: str | None) -> None:
    assert chained(resource) == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("task_definition = aws_ecs_cluster.a.arn", "update or nothing"),
        ("task_definition = aws_ecs_cluster.a.name", "update or nothing"),
        ("task_definition = local.arn", "update or nothing"),
        ("cluster = aws_ecs_cluster.a.arn", "replace or nothing"),
    ],
)
def test_what_reads_what_may_change_may_change(resource: str, expected: str) -> None:
    assert chained(resource, ('"one"', "var.one")) == expected


def test_what_a_resource_computes_stays_where_it_is_updated_in_place() -> None:
    text = CHAIN.replace('"one"', '"one"\n  tags = { a = "b" }')
    after = text.replace('a = "b"', 'a = "c"')
    assert found(nodes_of([text]), nodes_of([after])) == {
        "aws_ecs_cluster.a": "update",
        "aws_iam_policy.c": "update",  # its data source is read during the apply
    }


def test_hand_written_resources_follow_what_they_read() -> None:
    mine = 'resource "aws_lb" "mine" {\n  name = "mine"\n  tags = local.common_tags\n}\n'
    assert edited(SMALL, at_top("tags: {a: b}"), mine=mine) == TAGGED_MODULE | {"aws_lb.mine": "update"}


def test_what_a_heredoc_reads_is_read() -> None:
    assert chained("task_definition = <<-EOT\n    ${aws_ecs_cluster.a.arn}\n  EOT") == "update"


def test_another_label_of_a_dynamic_block_is_a_change() -> None:
    dynamic = '  dynamic "service_connect_defaults" {\n    for_each = [1]\n    content {}\n  }\n'
    text = f'resource "aws_ecs_cluster" "a" {{\n{dynamic}}}\n'
    changes = implied_by(nodes_of([text]), nodes_of([text.replace('"service_connect_defaults"', '"configuration"')]))
    assert [(one.address, set(one.arguments)) for one in changes] == [
        ("aws_ecs_cluster.a", {"service_connect_defaults", "configuration"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        'module "a" {\n  x = module.b.p\n}\nmodule "b" {\n  y = module.a.q\n}\n',
        "locals {\n  a = { b = local.a.c }\n}\n",
    ],
)
def test_blocks_that_read_each_other_are_compared_all_the_same(text: str) -> None:
    """Modules may; where nothing else may, it is Terraform that says so."""
    assert implied_by(nodes_of([text]), nodes_of([text])) == []


def test_a_block_and_an_argument_of_a_nested_one_are_told_by_the_name_of_the_block() -> None:
    text = 'resource "aws_ecs_cluster" "a" {\n  setting {\n    name = "x"\n  }\n}\n'
    (one,) = implied_by(nodes_of([text]), nodes_of([text.replace('"x"', '"y"')]))
    assert one == Implied("aws_ecs_cluster.a", Action.UPDATE, Action.UPDATE, {"setting": YES})


@pytest.mark.parametrize(
    ("least", "most", "words", "allowed"),
    [
        (Action.UPDATE, Action.UPDATE, "update", {Action.UPDATE}),
        (Action.NOTHING, Action.UPDATE, "update or nothing", {Action.NOTHING, Action.UPDATE}),
        (Action.UPDATE, Action.REPLACE, "replace or update", {Action.UPDATE, Action.REPLACE}),
        (Action.NOTHING, Action.REPLACE, "replace or nothing", {Action.NOTHING, Action.UPDATE, Action.REPLACE}),
        (Action.CREATE, Action.CREATE, "create", {Action.CREATE}),
        (Action.DESTROY, Action.DESTROY, "destroy", {Action.DESTROY}),
    ],
)
def test_a_range_allows_what_is_within_it(least: Action, most: Action, words: str, allowed: set[Action]) -> None:
    one = Implied("aws_lb.a", least, most, {})
    assert str(one) == words
    assert {action for action in Action if one.allows(action)} == allowed


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("aws_lb.this", True),
        ("random_id.x", True),
        ("data.aws_lb.this", False),
        ("local.common_tags", False),
        ("output.a_b", False),
        ("module.a_b", False),
        ("variable.a_b", False),
        ("provider.aws", False),
        ("locals", False),
        ("terraform", False),
    ],
)
def test_a_resource_is_told_by_its_address(address: str, expected: bool) -> None:
    assert is_resource(address) is expected


# --- what that means while the services run

HOLDS_NOTHING = {
    *("aws_appautoscaling_policy", "aws_appautoscaling_target", "aws_cloudwatch_metric_alarm", "aws_ecs_cluster"),
    "aws_ecs_cluster_capacity_providers",
    *("aws_ecs_service", "aws_ecs_task_definition", "aws_iam_policy", "aws_iam_role", "aws_iam_role_policy"),
    *("aws_iam_role_policy_attachment", "aws_lb", "aws_lb_listener", "aws_lb_listener_rule", "aws_lb_target_group"),
    *("aws_efs_access_point", "aws_scheduler_schedule", "aws_security_group", "aws_sns_topic", "aws_subnet", "aws_vpc"),
    *("aws_service_discovery_http_namespace", "aws_service_discovery_private_dns_namespace"),
    "aws_service_discovery_service",
    *("aws_secretsmanager_secret_version", "aws_ssm_parameter"),  # their values are arguments
}
"""Types that are known, and with which nothing is lost but what their arguments say."""


def test_of_every_type_that_is_known_it_is_told_whether_data_is_lost_with_it() -> None:
    known = {type_ for type_ in aws().types if not type_.startswith("data.")}
    assert {type_ for type_ in known if not resource_type(type_).lost} == HOLDS_NOTHING


@pytest.mark.parametrize(
    ("type_", "least", "most", "expected"),
    [
        ("aws_sqs_queue", Action.DESTROY, Action.DESTROY, "data loss"),
        ("aws_sqs_queue", Action.REPLACE, Action.REPLACE, "data loss"),
        ("aws_sqs_queue", Action.UPDATE, Action.REPLACE, "perhaps data loss"),
        ("aws_sqs_queue", Action.UPDATE, Action.UPDATE, "in place"),
        ("aws_sqs_queue", Action.CREATE, Action.CREATE, "creation"),
        ("aws_ecs_service", Action.DESTROY, Action.DESTROY, "removal"),
        ("aws_ecs_service", Action.REPLACE, Action.REPLACE, "replacement"),
        ("aws_ecs_service", Action.NOTHING, Action.UPDATE, "perhaps in place"),
        ("aws_ecs_task_definition", Action.REPLACE, Action.REPLACE, "new task revision"),
        ("aws_ecs_task_definition", Action.NOTHING, Action.REPLACE, "perhaps new task revision"),
        ("aws_ecs_task_definition", Action.DESTROY, Action.DESTROY, "removal"),
    ],
)
def test_a_change_means_the_gravest_that_it_may_come_to(type_: str, least: Action, most: Action, expected: str) -> None:
    assert of_resource("module.shop.a.b", Implied(f"{type_}.b", least, most, {})).meaning == expected


# --- what holds for every catalogue

EXTRA = "aws_iam_role_policy.exec_extra"
OF_SECRETS = {"aws_iam_policy.task_execution_secrets", "aws_iam_role_policy_attachment.task_execution_secrets"}
OF_EXECUTION = {"aws_iam_role.task_execution", "aws_iam_role_policy_attachment.exec_managed", EXTRA}
PROVIDERS = "aws_ecs_cluster_capacity_providers.this"
SHARED = {"aws_iam_role.task", PROVIDERS, *OF_SECRETS, *OF_EXECUTION}
"""What the services share, and what depends on which of them are there."""


def rendered(catalogue: Tree) -> tuple[Catalogue, Nodes]:
    """Return a random catalogue and its nodes. Its tags do not read what has these tags: Terraform takes no such."""
    reads_itself = ("local.common_tags", "aws_ecs_cluster.this")
    tags = {key: text for key, text in catalogue["tags"].items() if not any(name in text for name in reads_itself)}
    module = module_of(dumped(catalogue | {"tags": tags}), variables=COMPANION)
    return module.catalogue, nodes(module)


def resources_of(catalogue: Catalogue, key: str) -> set[str]:
    return {block.address for block in catalogue.services[key].blocks() if is_resource(block.address)}


def _named_by_policies(catalogue: Catalogue) -> list[list[str]]:
    """Return what the policies of the execution role name: secrets, parameters and keys."""
    return [[*map(hcl_text, arns)] for arns in (catalogue.secret_arns, catalogue.parameter_arns, catalogue.key_arns)]


def _secret_expressions(catalogue: Catalogue) -> list[list[str]]:
    """Return what the policy of the execution role names and Terraform alone knows."""
    return [[*map(hcl_text, texts)] for texts in (catalogue.secret_mappings, catalogue.secret_lists)]


def shared_changes(before: Catalogue, after: Catalogue) -> dict[str, str]:
    """Return what happens to what the services share, by which secrets they use and whose role."""
    policies = provider_changes(before, after) | attachment_changes(before, after)
    if before.has_shared_role is not after.has_shared_role:
        policies["aws_iam_role.task"] = "create" if after.has_shared_role else "destroy"
    if before.has_shared_execution_role is after.has_shared_execution_role:
        return policies | policy_changes(before, after)
    one, word = (after, "create") if after.has_shared_execution_role else (before, "destroy")
    names_some = any(_named_by_policies(one)[:2])
    return policies | dict.fromkeys(OF_EXECUTION | (OF_SECRETS if names_some else set()), word)


def attachments_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the ARNs of the policies that are attached to the role that services share, by address."""
    attached = catalogue.attached_to_shared_role
    return {f"aws_iam_role_policy_attachment.{name}": str(one) for name, one in attached.items()}


def attachment_changes(before: Catalogue, after: Catalogue) -> dict[str, str]:
    """Return what happens to these, none of which names another policy than before."""
    was, becomes = attachments_of(before), attachments_of(after)
    assert all(becomes[address] == was[address] for address in was.keys() & becomes.keys())
    come, gone = becomes.keys() - was.keys(), was.keys() - becomes.keys()
    return dict.fromkeys(come, "create") | dict.fromkeys(gone, "destroy")


def provider_changes(before: Catalogue, after: Catalogue) -> dict[str, str]:
    """Return what happens to the capacity providers of the cluster, by which of them the services name."""
    was, becomes = (one.capacity_providers if one.makes_cluster else [] for one in (before, after))
    if was == becomes:
        return {}
    if was and becomes:
        gone, come = _without(becomes, was), _without(was, becomes)
        is_sure = len(gone) != len(come) or any(map(_are_other_names, gone, come))
        return {PROVIDERS: "update" if is_sure else "update or nothing"}
    return {PROVIDERS: "create" if becomes else "destroy"}


def _without(others: list[str], providers: list[str]) -> list[str]:
    return [provider for provider in providers if provider not in others]


def _are_other_names(one: str, other: str) -> bool:
    """Tell whether two providers are not the same, whatever expressions come to."""
    if is_literal(one) and is_literal(other):
        return one != other
    name, expression = (one, other) if is_literal(one) else (other, one)
    return is_literal(name) and "FARGATE" in expression and not name.startswith("FARGATE")


def policy_changes(before: Catalogue, after: Catalogue) -> dict[str, str]:
    """Return what happens to the policies of an execution role that stays, by which secrets the services use."""
    was, becomes = map(_named_by_policies, (before, after))
    policies = {}
    if was != becomes:
        word = "update or nothing" if [*map(sorted, was)] == [*map(sorted, becomes)] else "update"
        policies[EXTRA] = word
        if any(was) and any(becomes):
            policies["aws_iam_policy.task_execution_secrets"] = word
    if any(was) is not any(becomes):
        word = "create" if any(becomes) else "destroy"
        policies["aws_iam_policy.task_execution_secrets"] = word
        policies["aws_iam_role_policy_attachment.task_execution_secrets"] = word
    if before.environment_files != after.environment_files:
        is_order = sorted(before.environment_files) == sorted(after.environment_files)
        found = policies.get(EXTRA)
        policies[EXTRA] = (found or "update or nothing") if is_order else "update"
    if _secret_expressions(before) != _secret_expressions(after):
        policies.setdefault(EXTRA, "update or nothing")
    return policies


def agreeing(changes: dict[str, str], expected: dict[str, str], before: Catalogue, after: Catalogue) -> dict[str, str]:
    """Return changes as they are expected, if they differ only in how sure that of the execution role's policy is.

    An expression may come to what is named in its place, so that where one comes or goes nothing is sure.
    """
    either = {"update", "update or nothing"}
    if (
        _secret_expressions(before) != _secret_expressions(after)
        and {changes.get(EXTRA), expected.get(EXTRA)} <= either
    ):
        return changes | {EXTRA: expected[EXTRA]}
    return changes


@a_few(15)
@given(catalogues())
def test_a_catalogue_that_stays_as_it_is_implies_nothing(catalogue: Tree) -> None:
    _, one = rendered(catalogue)
    _, other = rendered(catalogue)
    assert implied_by(one, other) == []


@a_few(15)
@given(catalogues())
def test_from_nothing_everything_is_created_and_to_nothing_everything_is_destroyed(catalogue: Tree) -> None:
    read, after = rendered(catalogue)
    companions = nodes_of([COMPANION])
    resources = [block.address for block in read.main_blocks if is_resource(block.address)]
    assert found(companions, after) == dict.fromkeys(resources, "create")
    assert found(after, companions) == dict.fromkeys(resources, "destroy")
    assert [one.address for one in implied_by(companions, after)] == [
        address for address in after if address in resources
    ]


@a_few(15)
@given(catalogues(min_services=2), st.data())
def test_a_service_added_is_created_and_a_service_removed_destroyed_and_no_other_is_touched(
    catalogue: Tree, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(list(catalogue["services"])))
    others = {other: service for other, service in catalogue["services"].items() if other != key}
    (with_it, nodes_with), (without, nodes_without) = rendered(catalogue), rendered(catalogue | {"services": others})
    own = resources_of(with_it, key)
    comes = dict.fromkeys(own, "create") | shared_changes(without, with_it)
    goes = dict.fromkeys(own, "destroy") | shared_changes(with_it, without)
    assert agreeing(found(nodes_without, nodes_with), comes, without, with_it) == comes
    assert agreeing(found(nodes_with, nodes_without), goes, with_it, without) == goes


@a_few(15)
@given(edits_of_a_service())
def test_a_service_edited_touches_no_other(edit: tuple[str, Tree, Tree]) -> None:
    key, catalogue, edited_catalogue = edit
    (old, before), (new, after) = rendered(catalogue), rendered(edited_catalogue)
    changes = found(before, after)
    shared = SHARED | attachments_of(old).keys() | attachments_of(new).keys()
    assert changes.keys() <= resources_of(old, key) | resources_of(new, key) | shared
    of_shared = {address: word for address, word in changes.items() if address in shared}
    expected = shared_changes(old, new)
    assert agreeing(of_shared, expected, old, new) == expected
    created = resources_of(new, key) - resources_of(old, key)
    assert {address for address in created if changes[address] == "create"} == created


@a_few(10)
@given(catalogues(min_services=2))
def test_services_in_another_order_may_imply_an_update_of_a_policy_at_most(catalogue: Tree) -> None:
    turned = dict(reversed(catalogue["services"].items()))
    (old, before), (new, after) = rendered(catalogue), rendered(catalogue | {"services": turned})
    changes = found(before, after)
    assert changes == shared_changes(old, new)
    assert set(changes.values()) <= {"update or nothing"}
