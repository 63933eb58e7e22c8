"""The table of what a plan shows beside what is written, held to facts that were looked up by hand.

Source, where no other is named: the documentation of AWS provider 5.100.0.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.aws.defaults import defaults_of
from generator.aws.schema import BodySchema, aws
from generator.aws.values import BodyValues, provider_version, values_of
from tests.support.paths import ROOT

RESOURCES = {type_: schema for type_, schema in aws().types.items() if not type_.startswith("data.")}
NO_LONGER_THERE = {("aws_ecs_task_definition", "inference_accelerator")}
"""What 5.100.0 has and the provider of the table of names has not."""

SETS = [
    "aws_ecs_service.network_configuration.subnets",
    "aws_ecs_service.network_configuration.security_groups",
    "aws_ecs_service.load_balancer",
    "aws_ecs_service.capacity_provider_strategy",
    "aws_ecs_service.alarms.alarm_names",
    "aws_ecs_service.deployment_configuration.lifecycle_hook",
    "aws_ecs_task_definition.volume",
    "aws_ecs_task_definition.requires_compatibilities",
    "aws_iam_role.managed_policy_arns",
    "aws_iam_role.inline_policy",
    "aws_lb.subnets",
    "aws_lb_listener_rule.condition",
    "aws_lb_listener_rule.condition.path_pattern.values",
    "aws_alb_listener_rule.condition.host_header.values",
    "aws_security_group.ingress",
    "aws_security_group.ingress.security_groups",
    "aws_cloudwatch_metric_alarm.alarm_actions",
    "aws_dynamodb_table.attribute",
    "aws_route53_record.records",
    "aws_kms_grant.operations",
]
LISTS = [
    "aws_ecs_service.ordered_placement_strategy",  # its order counts
    "aws_ecs_service.network_configuration",
    "aws_ecs_service.service_connect_configuration.service",
    "aws_lb_listener.default_action",
    "aws_lb_listener_rule.action",
    "aws_security_group.ingress.cidr_blocks",
    "aws_security_group_rule.cidr_blocks",
    "aws_autoscaling_group.termination_policies",
]
COMPUTED = [
    "aws_ecs_service.arn",  # since 6.0.0
    "aws_ecs_task_definition.revision",
    "aws_iam_role.unique_id",
    "aws_lb.dns_name",
    "aws_lb.subnet_mapping.outpost_id",
    "aws_db_instance.master_user_secret",
    "aws_ssm_parameter.version",
    "terraform_data.output",
    "null_resource.id",
    "random_password.result",
]
OPTIONAL_COMPUTED = [
    "aws_iam_role.managed_policy_arns",
    "aws_iam_role.inline_policy",  # a block
    "aws_iam_role.name",
    "aws_ecs_service.launch_type",
    "aws_ecs_service.tags_all",
    "aws_ecs_service.region",  # since 6.0.0
    "aws_ecs_service.deployment_configuration",  # a block, since 6.4.0
    "aws_ecs_task_definition.network_mode",
    "aws_ecs_task_definition.volume.configure_at_launch",
    "aws_lb_target_group.health_check",  # a block
    "aws_lb_target_group.health_check.path",
    "aws_lb_listener.default_action.order",
    "aws_security_group.ingress",
    "aws_s3_bucket.versioning",  # a block
    "aws_subnet.availability_zone",
]
NOT_COMPUTED = [
    "aws_ecs_service.desired_count",
    "aws_ecs_service.load_balancer",
    "aws_ecs_task_definition.container_definitions",
    "aws_iam_role.assume_role_policy",
    "aws_iam_role.region",  # IAM is global
    "aws_route53_record.region",
    "aws_security_group.tags",
]
SHOWN = {
    "aws_ecs_service.scheduling_strategy": "REPLICA",
    "aws_ecs_service.deployment_maximum_percent": 200,
    "aws_ecs_service.deployment_controller.type": "ECS",
    "aws_ecs_service.network_configuration.assign_public_ip": False,
    "aws_ecs_service.volume_configuration.managed_ebs_volume.file_system_type": "xfs",
    "aws_ecs_task_definition.volume.efs_volume_configuration.root_directory": "/",
    "aws_ecs_task_definition.skip_destroy": False,
    "aws_iam_role.path": "/",
    "aws_iam_role.max_session_duration": 3600,
    "aws_security_group.description": "Managed by Terraform",
    "aws_security_group.ingress.description": "",
    "aws_lb.load_balancer_type": "application",
    "aws_lb.enable_cross_zone_load_balancing": False,  # of a network load balancer
    "aws_alb.idle_timeout": 60,
    "aws_lb_target_group.health_check.interval": 30,
    "aws_lb_target_group.deregistration_delay": "300",
    "aws_lb_listener_rule.action.redirect.port": "#{port}",
    "aws_sqs_queue.visibility_timeout_seconds": 30,
    "aws_dynamodb_table.billing_mode": "PROVISIONED",
    "aws_cloudwatch_metric_alarm.treat_missing_data": "missing",
    "aws_secretsmanager_secret.recovery_window_in_days": 30,
    "aws_sfn_state_machine.type": "STANDARD",
    "random_pet.separator": "-",
}
POLICIES = [
    "aws_iam_role.assume_role_policy",
    "aws_iam_role.inline_policy.policy",
    "aws_iam_role_policy.policy",
    "aws_iam_policy.policy",
    "aws_sqs_queue.policy",
    "aws_s3_bucket_policy.policy",
    "aws_kms_key.policy",
    "aws_opensearch_domain.access_policies",
    "aws_ecr_repository_policy.policy",
    "aws_cloudwatch_log_resource_policy.policy_document",
]
OTHER_JSON = [
    "aws_ecs_task_definition.container_definitions",
    "aws_sqs_queue.redrive_policy",
    "aws_cloudwatch_event_rule.event_pattern",
    "aws_cloudwatch_dashboard.dashboard_body",
    "aws_ecr_lifecycle_policy.policy",  # no IAM policy
    "aws_scheduler_schedule.target.input",
    "aws_sns_topic_subscription.filter_policy",
]


def body_with(path: str) -> tuple[BodyValues, str]:
    """Return the body that a dotted path leads to, and the name at its end."""
    type_, *blocks, name = path.split(".")
    values = values_of(type_)
    assert values is not None, type_
    for block in blocks:
        values = values.blocks[block]
    return values, name


@pytest.mark.parametrize("path", SETS)
def test_it_has_no_order(path: str) -> None:
    values, name = body_with(path)
    assert name in values.sets


@pytest.mark.parametrize("path", LISTS)
def test_it_has_an_order(path: str) -> None:
    values, name = body_with(path)
    assert name not in values.sets


@pytest.mark.parametrize("path", COMPUTED)
def test_only_the_provider_sets_it(path: str) -> None:
    values, name = body_with(path)
    assert name in values.computed


@pytest.mark.parametrize("path", OPTIONAL_COMPUTED)
def test_the_provider_may_set_it(path: str) -> None:
    values, name = body_with(path)
    assert name in values.optional_computed
    assert name not in values.computed


@pytest.mark.parametrize("path", NOT_COMPUTED)
def test_nobody_sets_it_who_does_not_write_it(path: str) -> None:
    values, name = body_with(path)
    assert name not in values.computed | values.optional_computed


@pytest.mark.parametrize("path", SHOWN)
def test_a_plan_shows_a_default_of_it(path: str) -> None:
    values, name = body_with(path)
    assert values.defaults[name] == SHOWN[path]
    assert type(values.defaults[name]) is type(SHOWN[path])


@pytest.mark.parametrize("path", ["aws_ecs_service.desired_count", "aws_iam_role.description", "aws_iam_role.tags"])
def test_a_plan_shows_no_default_of_it(path: str) -> None:
    values, name = body_with(path)
    assert name not in values.defaults


@pytest.mark.parametrize("path", POLICIES)
def test_it_is_a_policy_of_iam(path: str) -> None:
    values, name = body_with(path)
    assert name in values.policies
    assert name in values.json


@pytest.mark.parametrize("path", OTHER_JSON)
def test_it_is_other_json(path: str) -> None:
    values, name = body_with(path)
    assert name in values.json
    assert name not in values.policies


def test_a_block_may_be_there_once_or_be_an_object() -> None:
    service, _ = body_with("aws_ecs_service.name")
    assert {"network_configuration", "deployment_circuit_breaker"} <= service.single
    assert not {"load_balancer", "timeouts"} & service.single
    assert service.objects == {"timeouts"}


def test_secrets_and_what_no_plan_shows_are_known() -> None:
    parameter, _ = body_with("aws_ssm_parameter.value")
    assert parameter.sensitive == {"value", "value_wo"}
    assert parameter.write_only == {"value_wo"}
    listener, _ = body_with("aws_lb_listener.default_action.authenticate_oidc.client_secret")
    assert listener.sensitive == {"client_secret"}


def test_an_unknown_type_has_no_values() -> None:
    assert values_of("aws_quantum_computer") is None
    assert values_of("google_project") is None


def test_the_table_is_of_a_provider_that_can_be_run() -> None:
    assert provider_version() == "5.100.0"


def test_every_resource_whose_names_are_known_has_values() -> None:
    assert len(RESOURCES) > 20
    assert [type_ for type_ in RESOURCES if values_of(type_) is None] == []


def with_schema(path: str, values: BodyValues, schema: BodySchema) -> Iterator[tuple[str, BodyValues, BodySchema]]:
    """Yield a body and all within it, each with its path and the names that it may have."""
    yield path, values, schema
    for name, inner in values.blocks.items():
        if name in schema.blocks:
            yield from with_schema(f"{path}.{name}", inner, schema.blocks[name])


BODIES = [
    found
    for type_, schema in RESOURCES.items()
    if (values := values_of(type_))
    for found in with_schema(type_, values, schema)
]


def test_whatever_has_values_is_a_name_of_the_provider() -> None:
    assert len(BODIES) > 150
    unknown = {
        (path, name)
        for path, values, schema in BODIES
        for name in frozenset().union(*values[:9]) | values.defaults.keys() | values.blocks.keys()
        if name not in schema.exported
    }
    assert unknown == NO_LONGER_THERE


def test_every_block_and_computed_attribute_of_the_provider_is_in_the_table() -> None:
    for path, values, schema in BODIES:
        assert schema.blocks.keys() <= values.blocks.keys(), path
        assert schema.attributes <= values.computed, path


def test_what_is_computed_has_no_default_and_what_is_a_policy_is_json() -> None:
    for path, values, _ in BODIES:
        assert not values.defaults.keys() & values.computed, path
        assert values.policies <= values.json, path
        assert values.objects | values.single <= values.blocks.keys(), path


def test_regions_are_those_of_the_table_of_names() -> None:
    with_region = {type_ for type_, schema in RESOURCES.items() if "region" in schema.arguments}
    assert {
        path for path, values, _ in BODIES if "." not in path and "region" in values.optional_computed
    } == with_region


def test_defaults_of_the_service_agree_with_those_that_an_edit_is_judged_by() -> None:
    service, _ = body_with("aws_ecs_service.name")
    assert defaults_of("aws_ecs_service").items() <= service.defaults.items()


_CHECK = """\
import os, sys
sys.addaudithook(lambda event, arguments: os.write(2, f"{arguments[0]}\\n".encode()) if event == "open" else None)
sys.argv = ["tfgen", "check"]
from generator.cli import main
main()
"""


def test_a_check_does_not_read_the_table() -> None:
    done = subprocess.run([sys.executable, "-c", _CHECK], cwd=ROOT, capture_output=True, text=True, check=True)
    opened = {Path(line).name for line in done.stderr.splitlines()}
    assert "aws.json" in opened
    assert "values.json" not in opened
