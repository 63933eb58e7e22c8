"""What tfgen knows of the AWS provider, against what the templates write."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from generator.aws.defaults import HEALTH_CHECK
from generator.aws.replacement import Replacement, replacement
from generator.aws.resource_types import RESOURCE_TYPES
from generator.aws.schema import BodySchema, aws
from generator.aws.versions import SINCE
from generator.changes.implied import OF_TERRAFORM
from generator.hcl.nodes import nodes_of
from tests.support.paths import RENDERED, ROOT
from tests.support.written_types import RESOURCES, TYPES


def bodies(schema: BodySchema, name: str) -> Iterator[tuple[str, BodySchema]]:
    """Yield a body and all that are within it, each with its path."""
    yield name, schema
    for block, inner in schema.blocks.items():
        yield from bodies(inner, f"{name}.{block}")


EVERY_BODY = [found for name, schema in aws().types.items() for found in bodies(schema, name)]


def written(type_: str) -> set[str]:
    """Return the names of the arguments and blocks that the golden files write into resources of a type."""
    nodes = nodes_of(path.read_text("utf-8") for path in RENDERED).values()
    return {name for node in nodes if node.type == type_ for name in node.arguments}


def test_the_templates_write_types_of_the_provider() -> None:
    assert len(TYPES) > 10
    assert {"aws_ecs_service", "aws_ecs_task_definition", "data.aws_iam_policy_document"} <= set(TYPES)


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_that_a_template_writes_is_known(type_: str) -> None:
    assert type_ in aws().types


@pytest.mark.parametrize("type_", RESOURCES)
def test_of_every_resource_that_a_template_writes_it_is_known_what_replaces_it(type_: str) -> None:
    assert written(type_)
    assert Replacement.ALWAYS in {replacement(type_, name) for name in written(type_)}
    unsure = {name for name in written(type_) - OF_TERRAFORM if replacement(type_, name) is Replacement.PERHAPS}
    differs_by_version = (
        {"capacity_provider_strategy", "load_balancer", "propagate_tags"} if type_ == "aws_ecs_service" else set()
    )
    assert unsure <= differs_by_version


@pytest.mark.parametrize(
    ("type_", "argument", "expected"),
    [
        ("aws_ecs_task_definition", "container_definitions", Replacement.ALWAYS),
        ("aws_ecs_task_definition", "family", Replacement.ALWAYS),
        ("aws_ecs_task_definition", "tags", Replacement.NEVER),
        ("aws_ecs_task_definition", "track_latest", Replacement.NEVER),
        ("aws_ecs_service", "name", Replacement.ALWAYS),
        ("aws_ecs_service", "cluster", Replacement.ALWAYS),
        ("aws_ecs_service", "launch_type", Replacement.ALWAYS),
        ("aws_ecs_service", "task_definition", Replacement.NEVER),
        ("aws_ecs_service", "desired_count", Replacement.NEVER),
        ("aws_ecs_service", "network_configuration", Replacement.NEVER),
        ("aws_ecs_service", "load_balancer", Replacement.PERHAPS),
        ("aws_ecs_service", "propagate_tags", Replacement.PERHAPS),
        ("aws_cloudwatch_log_group", "name", Replacement.ALWAYS),
        ("aws_cloudwatch_log_group", "retention_in_days", Replacement.NEVER),
        ("aws_iam_role", "name", Replacement.ALWAYS),
        ("aws_iam_role", "assume_role_policy", Replacement.NEVER),
        ("aws_iam_role_policy", "role", Replacement.ALWAYS),
        ("aws_iam_role_policy", "policy", Replacement.NEVER),
        ("aws_ecr_repository", "image_tag_mutability", Replacement.NEVER),
        ("aws_ecs_service", "capacity_provider_strategy", Replacement.PERHAPS),
        ("aws_ecs_service", "region", Replacement.PERHAPS),
        ("aws_cloudwatch_log_group", "name_prefix", Replacement.ALWAYS),
        ("aws_iam_policy", "description", Replacement.ALWAYS),
        ("aws_iam_role", "path", Replacement.ALWAYS),
        ("aws_scheduler_schedule", "name", Replacement.ALWAYS),
        ("aws_scheduler_schedule", "group_name", Replacement.ALWAYS),
        ("aws_scheduler_schedule", "schedule_expression", Replacement.NEVER),
        ("aws_scheduler_schedule", "target", Replacement.NEVER),
        ("aws_scheduler_schedule", "action_after_completion", Replacement.PERHAPS),
        ("aws_sqs_queue", "name", Replacement.PERHAPS),
        ("aws_sqs_queue", "tags", Replacement.NEVER),
    ],
)
def test_an_argument_replaces_its_resource_or_does_not(type_: str, argument: str, expected: Replacement) -> None:
    assert replacement(type_, argument) is expected


@pytest.mark.parametrize("type_", RESOURCES)
def test_what_replaces_a_resource_is_an_argument_of_it(type_: str) -> None:
    known = aws().types[type_]
    every = {name for schema in aws().types.values() for name in schema.arguments | schema.blocks.keys()}
    replacing = {name for name in every if replacement(type_, name) is Replacement.ALWAYS}
    if type_ != "aws_ecs_task_definition":  # of which all but a few replace, whatever they are called
        assert replacing <= known.arguments | known.blocks.keys()


def test_what_must_be_written_may_be_written() -> None:
    assert [name for name, body in EVERY_BODY if not body.required <= body.arguments | body.blocks.keys()] == []


def test_what_only_the_provider_sets_may_not_be_written() -> None:
    assert [name for name, body in EVERY_BODY if body.attributes & (body.arguments | body.blocks.keys())] == []


def test_every_name_is_one_of_terraforms() -> None:
    names = {
        name for _, body in EVERY_BODY for name in body.required | body.arguments | body.attributes | body.blocks.keys()
    }
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


def test_no_meta_argument_is_in_the_table() -> None:
    metas = {"count", "for_each", "depends_on", "provider", "lifecycle", "connection", "provisioner"}
    tops = {name: schema.arguments | schema.blocks.keys() for name, schema in aws().types.items()}
    assert {name: names & metas for name, names in tops.items() if names & metas} == {}


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md"])
def test_the_version_of_the_table_is_the_one_that_the_documents_name(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(r"(?:held to|in) AWS\s+provider\s+(\d+\.\d+\.\d+)", text)
    assert set(named) == {aws().version}


@pytest.mark.parametrize(
    ("address", "required", "exported"),
    [
        ("aws_ecs_service.x", "name", "arn"),
        ("aws_ecs_task_definition.x", "container_definitions", "arn_without_revision"),
        ("aws_ecr_repository.x", "name", "repository_url"),
        ("aws_iam_role.x", "assume_role_policy", "unique_id"),
        ("aws_iam_role_policy.x", "policy", "name"),
        ("aws_scheduler_schedule.x", "flexible_time_window", "group_name"),
        ("aws_sqs_queue.x", "", "url"),
        ("aws_lb.x", "", "dns_name"),
        ("data.aws_caller_identity.current", "", "account_id"),
        ("data.aws_region.current", "", "name"),
        ("data.aws_iam_policy_document.x", "", "json"),
    ],
)
def test_a_type_has_what_its_documentation_says(address: str, required: str, exported: str) -> None:
    schema = aws().of_address(address)
    assert schema is not None
    assert required == "" or required in schema.required
    assert exported in schema.exported


def test_a_rule_of_a_security_group_may_be_written_as_an_argument_and_as_a_block() -> None:
    schema = aws().types["aws_security_group"]
    for name in ("ingress", "egress"):
        assert name in schema.arguments
        assert "from_port" in schema.blocks[name].arguments


def test_a_block_within_a_block_has_names_of_its_own() -> None:
    service = aws().types["aws_ecs_service"]
    assert "subnets" in service.blocks["network_configuration"].required
    assert "subnets" not in service.arguments
    statement = aws().types["data.aws_iam_policy_document"].blocks["statement"]
    assert {"type", "identifiers"} <= statement.blocks["principals"].required


@pytest.mark.parametrize("address", ["aws_nothing.x", "data.aws_nothing.x", "random_id.x", "local.x", "var.x", "x", ""])
def test_a_type_that_is_not_in_the_table_is_not_judged(address: str) -> None:
    assert aws().of_address(address) is None


def test_a_data_source_is_not_the_resource_of_its_name() -> None:
    assert aws().of_address("data.aws_lb.x") is not aws().of_address("aws_lb.x")


def test_what_is_newer_is_in_the_table_and_the_oldest_comes_first() -> None:
    for type_, name in SINCE:
        assert name in aws().types[type_].exported
    versions = [tuple(map(int, version.split("."))) for version in SINCE.values()]
    assert versions == sorted(versions)
    assert max(versions) <= tuple(map(int, aws().version.split(".")))


def test_a_default_is_that_of_an_argument_that_the_templates_can_write() -> None:
    texts = "".join(path.read_text("utf-8") for path in RENDERED)
    names = [*HEALTH_CHECK, *(name for known in RESOURCE_TYPES.values() for name in known.defaults)]
    assert [name for name in names if not re.search(rf"^ *{name} += ", texts, re.MULTILINE)] == []
