"""The table of the provider's names against the schemas that real providers tell of themselves.

The table is of a newer version than these are. What differs is named here, in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.aws.schema import BodySchema, aws
from generator.aws.versions import SINCE
from generator.hcl.references import referenced
from generator.hcl.structure import Body, Code
from tests.support.paths import RENDERED
from tests.support.written_types import TYPES
from tests.terraform.conftest import NewStack
from tests.terraform.provider import Version, numbers, spelt
from tests.terraform.test_cases_plan import CASES_SINCE

Json = dict[str, Any]
Names = dict[str, set[str]]
"""Names of arguments, attributes or blocks, by the path of the body that they are in."""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("terraform")]


class Differences(NamedTuple):
    """What is in a version of the provider and not in the table's, and what is in the table's alone."""

    newly_required: Names
    no_longer_required: Names
    no_longer_there: Names
    no_longer_settable: Names
    no_longer_blocks: Names
    not_yet_there: set[str]


DIFFERENCES: dict[Version, Differences] = {
    (3, 39, 0): Differences(
        newly_required={"aws_elasticache_replication_group": {"description"}, "aws_rds_cluster": {"engine"}},
        no_longer_required={
            "aws_appautoscaling_policy.target_tracking_scaling_policy_configuration.customized_metric_specification": {
                *("metric_name", "namespace", "statistic"),  # `metrics` may stand in their place
            },
            "aws_cloudwatch_metric_alarm": {"comparison_operator", "evaluation_periods"},
            "aws_dynamodb_table": {"attribute", "hash_key"},
            "aws_dynamodb_table.global_secondary_index": {"hash_key"},
            "aws_dynamodb_table.ttl": {"attribute_name"},
            "aws_efs_file_system.lifecycle_policy": {"transition_to_ia"},
            "aws_elasticache_replication_group": {"replication_group_description"},
            "aws_kinesis_stream": {"shard_count"},
            "aws_lb_listener_rule.condition.host_header": {"values"},
            "aws_lb_listener_rule.condition.http_header": {"values"},
            "aws_lb_listener_rule.condition.path_pattern": {"values"},
            "aws_lb_listener_rule.condition.source_ip": {"values"},
            "aws_rds_cluster.restore_to_point_in_time": {"source_cluster_identifier"},
            "aws_s3_bucket.object_lock_configuration": {"object_lock_enabled"},
            "aws_ssm_parameter": {"value"},
            "aws_subnet": {"cidr_block"},
            "aws_vpc": {"cidr_block"},
            "data.aws_db_instance": {"db_instance_identifier"},
        },
        no_longer_there={
            "aws_db_instance": {"name", "security_group_names"},
            "aws_dynamodb_table.ttl": {"kms_key_arn"},
            "aws_elasticache_cluster": {"security_group_names"},
            "aws_elasticache_replication_group": {
                *("availability_zones", "number_cache_clusters", "replication_group_description"),
            },
            "aws_ecs_cluster": {"capacity_providers", "default_capacity_provider_strategy"},
            "aws_ecs_task_definition": {"inference_accelerator"},
            "aws_lb_listener.timeouts": {"read"},
            "aws_secretsmanager_secret": {"rotation_enabled", "rotation_lambda_arn", "rotation_rules"},
            "aws_vpc": {"enable_classiclink", "enable_classiclink_dns_support"},
            "data.aws_db_instance": {"db_security_groups"},
            "data.aws_secretsmanager_secret": {"rotation_enabled", "rotation_lambda_arn", "rotation_rules"},
        },
        no_longer_settable={"aws_s3_bucket": {"arn", "hosted_zone_id", "website_domain", "website_endpoint"}},
        no_longer_blocks={
            "aws_ecs_cluster": {"default_capacity_provider_strategy"},
            "aws_ecs_task_definition": {"inference_accelerator"},
            "aws_elasticache_replication_group": {"cluster_mode"},
            "aws_secretsmanager_secret": {"rotation_rules"},
        },
        not_yet_there={"aws_ecs_cluster_capacity_providers", "aws_scheduler_schedule", "data.aws_subnets"},
    ),
    (5, 100, 0): Differences(
        newly_required={},
        no_longer_required={
            "aws_cloudwatch_metric_alarm": {"comparison_operator", "evaluation_periods"},
            "aws_dynamodb_table.global_secondary_index": {"hash_key"},
            "aws_lb_listener_rule.condition.host_header": {"values"},
            "aws_lb_listener_rule.condition.http_header": {"values"},
            "aws_lb_listener_rule.condition.path_pattern": {"values"},
            "aws_lb_listener_rule.condition.source_ip": {"values"},
        },
        no_longer_there={
            "aws_ecs_task_definition": {"inference_accelerator"},
            "data.aws_ecs_task_definition": {"inference_accelerator"},
        },
        no_longer_settable={},
        no_longer_blocks={"aws_ecs_task_definition": {"inference_accelerator"}},
        not_yet_there=set(),
    ),
}


@pytest.fixture(scope="module", params=DIFFERENCES, ids=spelt)
def version(request: pytest.FixtureRequest) -> Version:
    found: Version = request.param
    return found


@pytest.fixture
def differences(version: Version) -> Differences:
    return DIFFERENCES[version]


@pytest.fixture(scope="module")
def real(version: Version, new_stack: NewStack) -> dict[str, Json]:
    """The provider's own schema: the top-level block of each type, by address prefix."""
    schema = new_stack(version=version).schema()
    resources = {name: resource["block"] for name, resource in schema["resource_schemas"].items()}
    return resources | {f"data.{name}": source["block"] for name, source in schema["data_source_schemas"].items()}


def pairs(path: str, table: BodySchema, block: Json) -> Iterator[tuple[str, BodySchema, Json]]:
    """Yield each body that both know: its path, as the table has it, and as the provider has it."""
    yield path, table, block
    for name, inner in block.get("block_types", {}).items():
        if name in table.blocks:
            yield from pairs(f"{path}.{name}", table.blocks[name], inner["block"])


def every_pair(real: dict[str, Json]) -> list[tuple[str, BodySchema, Json]]:
    both = aws().types.keys() & real.keys()
    return [pair for type_ in sorted(both) for pair in pairs(type_, aws().types[type_], real[type_])]


def required(block: Json) -> set[str]:
    blocks = {name for name, inner in block.get("block_types", {}).items() if inner.get("min_items", 0) >= 1}
    return blocks | {name for name, attribute in block.get("attributes", {}).items() if attribute.get("required")}


def settable(block: Json) -> set[str]:
    attributes = block.get("attributes", {}).items()
    return {name for name, one in attributes if one.get("required") or one.get("optional")} | blocks_of(block)


def blocks_of(block: Json) -> set[str]:
    return set(block.get("block_types", {}))


def readable(block: Json) -> set[str]:
    return set(block.get("attributes", {})) | blocks_of(block)


def without_empty(found: Mapping[str, Set[str]]) -> dict[str, Set[str]]:
    return {path: names for path, names in found.items() if names}


def test_both_know_every_type_that_a_template_writes(real: dict[str, Json], differences: Differences) -> None:
    assert set(TYPES) - differences.not_yet_there <= aws().types.keys() & real.keys()
    assert aws().types.keys() - real.keys() == differences.not_yet_there


def test_whatever_the_table_requires_the_provider_requires_but_for_what_is_named(
    real: dict[str, Json], differences: Differences
) -> None:
    found = {path: table.required - required(block) for path, table, block in every_pair(real)}
    assert without_empty(found) == differences.newly_required


def test_whatever_the_provider_requires_the_table_requires_but_for_what_is_named(
    real: dict[str, Json], differences: Differences
) -> None:
    found = {path: required(block) - table.required for path, table, block in every_pair(real)}
    assert without_empty(found) == differences.no_longer_required


def test_whatever_can_be_written_or_read_is_in_the_table_but_for_what_is_named(
    real: dict[str, Json], differences: Differences
) -> None:
    gone = differences.no_longer_there
    assert without_empty({path: readable(b) - table.exported for path, table, b in every_pair(real)}) == gone
    no_longer = {
        path: settable(block) - table.arguments - table.blocks.keys() - gone.get(path, set())
        for path, table, block in every_pair(real)
    }
    assert without_empty(no_longer) == differences.no_longer_settable


def test_what_is_a_block_for_the_provider_is_a_block_in_the_table(
    real: dict[str, Json], differences: Differences
) -> None:
    found = {path: blocks_of(b) - table.blocks.keys() for path, table, b in every_pair(real)}
    assert without_empty(found) == differences.no_longer_blocks


def written(body: Body, path: str, block: Json) -> Iterator[tuple[str, str]]:
    """Yield path and name of each argument or block that the provider does not take as that.

    An argument that is a set of objects may be written as blocks too.
    """
    blocks = block.get("block_types", {})
    as_blocks = {name for name, one in block.get("attributes", {}).items() if "object" in str(one.get("type"))}
    for argument in body.arguments:
        if argument.name not in settable(block) - blocks.keys():
            yield path, argument.name
    for inner in body.blocks:
        if inner.type not in blocks.keys() | as_blocks:
            yield path, inner.type
        elif inner.type in blocks:
            yield from written(inner, f"{path}.{inner.type}", blocks[inner.type]["block"])


OF_TERRAFORM = ("count", "depends_on", "dynamic", "lifecycle")


def newer(version: Version) -> set[tuple[str, str]]:
    return {name for name, since in SINCE.items() if numbers(since) > version}


@pytest.mark.parametrize("file", RENDERED, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_the_provider_takes_whatever_is_written_but_for_what_is_newer(
    file: Path, real: dict[str, Json], version: Version
) -> None:
    if version < CASES_SINCE.get(file.parent.parent.name, ()):
        pytest.skip("the case has names that only newer providers have")
    for body in Code(file.read_text("utf-8")).bodies:
        type_ = body.address.rpartition(".")[0]
        if type_ in TYPES and type_ in real:
            refused = {found for found in written(body, type_, real[type_]) if found[1] not in OF_TERRAFORM}
            assert refused <= newer(version)


def test_whatever_is_newer_is_not_there_and_whatever_is_older_is(real: dict[str, Json], version: Version) -> None:
    assert {(type_, name) for type_, name in SINCE if name not in readable(real.get(type_, {}))} == newer(version)


@pytest.mark.parametrize("file", RENDERED, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_the_provider_exports_whatever_is_read_but_for_what_is_newer(
    file: Path, real: dict[str, Json], version: Version
) -> None:
    if version < CASES_SINCE.get(file.parent.parent.name, ()):
        pytest.skip("the case reads what only newer providers have")
    for reference in referenced(Code(file.read_text("utf-8"))):
        if reference.attribute and reference.type in real and reference.attribute not in readable(real[reference.type]):
            assert (reference.type, reference.attribute) in newer(version)
