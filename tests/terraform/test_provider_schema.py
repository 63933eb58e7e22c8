"""The table of the provider's names against the schema that a real provider tells of itself.

The provider is version 3.39.0, and the table is of a newer one. What differs between the two is named here, in full.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

import pytest

from generator.hcl.references import referenced
from generator.hcl.structure import Body, Code
from generator.provider.schema import BodySchema, aws
from generator.provider.versions import SINCE
from tests.terraform.account import Account
from tests.terraform.stack import PROVIDER, new_stack
from tests.test_provider import GOLDEN, TYPES

Json = dict[str, Any]

pytestmark = pytest.mark.xdist_group("provider-schema")

NO_LONGER_REQUIRED = {
    "aws_appautoscaling_policy.target_tracking_scaling_policy_configuration.customized_metric_specification": {
        *("metric_name", "namespace", "statistic"),  # `metrics` may stand in their place
    },
    "aws_cloudwatch_metric_alarm": {"comparison_operator", "evaluation_periods"},
    "aws_lb_listener_rule.condition.host_header": {"values"},
    "aws_lb_listener_rule.condition.http_header": {"values"},
    "aws_lb_listener_rule.condition.path_pattern": {"values"},
    "aws_lb_listener_rule.condition.source_ip": {"values"},
    "aws_s3_bucket.object_lock_configuration": {"object_lock_enabled"},
    "aws_ssm_parameter": {"value"},
    "aws_subnet": {"cidr_block"},
    "aws_vpc": {"cidr_block"},
}
"""What 3.39.0 requires and the table's version does not."""

NO_LONGER_THERE = {
    "aws_ecs_cluster": {"capacity_providers", "default_capacity_provider_strategy"},
    "aws_ecs_task_definition": {"inference_accelerator"},
    "aws_lb_listener.timeouts": {"read"},
    "aws_secretsmanager_secret": {"rotation_enabled", "rotation_lambda_arn", "rotation_rules"},
    "aws_vpc": {"enable_classiclink", "enable_classiclink_dns_support"},
    "data.aws_secretsmanager_secret": {"rotation_enabled", "rotation_lambda_arn", "rotation_rules"},
}
"""What can be written or read in 3.39.0, and not in the table's version."""

NO_LONGER_SETTABLE = {"aws_s3_bucket": {"arn", "hosted_zone_id", "website_domain", "website_endpoint"}}
NOT_YET_THERE = {"data.aws_subnets"}


@pytest.fixture(scope="module")
def real(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """The provider's own schema: the top-level block of each type, by address prefix."""
    stack = new_stack(tmp_path_factory.mktemp("schema") / "root", mirror, Account("", "", [], ""))
    (stack.folder / "main.tf").write_text('provider "aws" {}\n', "utf-8")
    stack.terraform("init")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_")}
    shown = subprocess.run(
        ["terraform", "providers", "schema", "-json"],
        cwd=stack.folder,
        env=environment,
        capture_output=True,
        check=True,
    )
    (schemas,) = json.loads(shown.stdout)["provider_schemas"].values()
    resources = {name: schema["block"] for name, schema in schemas["resource_schemas"].items()}
    return resources | {f"data.{name}": schema["block"] for name, schema in schemas["data_source_schemas"].items()}


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


def test_both_know_every_type_that_a_template_writes(real: dict[str, Json]) -> None:
    assert set(TYPES) <= aws().types.keys() & real.keys()
    assert aws().types.keys() - real.keys() == NOT_YET_THERE


def test_whatever_the_table_requires_the_provider_requires(real: dict[str, Json]) -> None:
    assert without_empty({path: table.required - required(block) for path, table, block in every_pair(real)}) == {}


def test_whatever_the_provider_requires_the_table_requires_but_for_what_is_named(real: dict[str, Json]) -> None:
    found = {path: required(block) - table.required for path, table, block in every_pair(real)}
    assert without_empty(found) == NO_LONGER_REQUIRED


def test_whatever_can_be_written_or_read_is_in_the_table_but_for_what_is_named(real: dict[str, Json]) -> None:
    assert without_empty({path: readable(b) - table.exported for path, table, b in every_pair(real)}) == NO_LONGER_THERE
    no_longer = {
        path: settable(block) - table.arguments - table.blocks.keys() - NO_LONGER_THERE.get(path, set())
        for path, table, block in every_pair(real)
    }
    assert without_empty(no_longer) == NO_LONGER_SETTABLE


def test_what_is_a_block_for_the_provider_is_a_block_in_the_table(real: dict[str, Json]) -> None:
    found = {path: blocks_of(b) - table.blocks.keys() for path, table, b in every_pair(real)}
    assert without_empty(found) == {
        "aws_ecs_cluster": {"default_capacity_provider_strategy"},
        "aws_ecs_task_definition": {"inference_accelerator"},
        "aws_secretsmanager_secret": {"rotation_rules"},
    }


def written(body: Body, path: str, block: Json) -> Iterator[tuple[str, str]]:
    """Yield path and name of each argument or block that the provider does not take as that."""
    blocks = block.get("block_types", {})
    for argument in body.arguments:
        if argument.name not in settable(block) - blocks.keys():
            yield path, argument.name
    for inner in body.blocks:
        if inner.type not in blocks:
            yield path, inner.type
        else:
            yield from written(inner, f"{path}.{inner.type}", blocks[inner.type]["block"])


@pytest.mark.parametrize("file", GOLDEN, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_the_provider_takes_whatever_is_written_but_for_what_is_newer(file: Path, real: dict[str, Json]) -> None:
    for body in Code(file.read_text("utf-8")).bodies:
        type_ = body.address.rpartition(".")[0]
        if type_ in TYPES:
            assert {found for found in written(body, type_, real[type_]) if found[1] != "depends_on"} <= SINCE.keys()


def test_whatever_is_newer_is_written_and_not_there_or_older_than_the_provider(real: dict[str, Json]) -> None:
    here = tuple(map(int, PROVIDER.split(".")))
    for (type_, name), version in SINCE.items():
        is_there = name in readable(real[type_])
        assert is_there is (tuple(map(int, version.split("."))) <= here), f"{type_}.{name}"


@pytest.mark.parametrize("file", GOLDEN, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_the_provider_exports_whatever_is_read_but_for_what_is_newer(file: Path, real: dict[str, Json]) -> None:
    for reference in referenced(Code(file.read_text("utf-8"))):
        if reference.attribute and reference.type in real and reference.attribute not in readable(real[reference.type]):
            assert (reference.type, reference.attribute) in SINCE
