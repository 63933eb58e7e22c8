"""What is known of each type of resource, beside the names and values that `aws.json` and `values.json` hold.

A new type is one entry of `RESOURCE_TYPES`. `not_known` lists what is not known, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class NameLimit(NamedTuple):
    """How many characters AWS takes in a name, and where it says so. `signs` are those beside letters and digits.

    With `ignores_case`, AWS takes two names that differ in case alone for one.
    """

    length: int
    source: str
    signs: str
    ignores_case: bool = False


class ResourceType(NamedTuple):
    """What is known of a type. Names are those of arguments, blocks and attributes, as Terraform writes them."""

    lost: str
    """What is lost with a resource, also with a hand-written one; empty if nothing is lost.

    The values of its arguments are not lost: they are in the files.
    """

    emptied_by: str = ""
    """The argument without which AWS does not delete a resource that holds what would be lost; empty if it deletes it.

    The provider reads it from the state, so it counts once it was applied. Source: the provider's documentation.
    """

    name_limit: NameLimit | None = None
    """The limit of its `name` or `family`."""

    replacing: frozenset[str] = frozenset()
    """Arguments that cannot change in place, so that a new value replaces the resource.

    Source of these and of `in_place`: real plans of the providers 3.39.0 and 5.100.0, those that have the argument.
    `tests/terraform/test_replacement.py` plans each.
    """

    in_place: frozenset[str] = frozenset()
    """Arguments that change in place."""

    not_known: Mapping[str, str] = {}
    """Arguments of which it is not known whether a new value replaces the resource, and why not."""

    defaults: Mapping[str, str | int | bool] = {}
    """The values that the provider uses for arguments that are not written. Writing such a value may change nothing.

    Source: the provider's documentation of the type.
    """

    computed: Mapping[str, str] = {}
    """What AWS makes of a name: attributes, and patterns with arguments in braces.

    Account and region stand as words. Source: "Amazon Resource Names (ARNs)" in the AWS General Reference.
    """

    since: Mapping[str, str] = {}
    """The newer names that are generated, and the first version of the provider with each. Source: its CHANGELOG."""

    deprecated: Mapping[str, str] = {}
    """Which version of the provider deprecates a name, which still works. Source: its CHANGELOG."""


NOTHING = ""

_NO_PLAN = "no plan of a change was made"

IN_PLACE_OF_ALL = frozenset({"tags"})
"""Arguments that change in place whatever the type."""

NOT_KNOWN_OF_ALL = {
    "id": "the provider sets it",
    "region": _NO_PLAN,
    "tags_all": "the provider computes it from `tags`",
}
"""As `not_known`, whatever the type."""

_IAM_SIGNS = "_+=,.@-"
_ECS_NAMES = "Amazon ECS API, `CreateCluster`, `CreateService`, `RegisterTaskDefinition`"

RESOURCE_TYPES = {
    "aws_appautoscaling_policy": ResourceType(lost=NOTHING),
    "aws_appautoscaling_target": ResourceType(lost=NOTHING),
    "aws_cloudwatch_log_group": ResourceType(
        lost="its log events",
        name_limit=NameLimit(512, "CloudWatch Logs API, `CreateLogGroup`", "._-/#"),
        replacing=frozenset({"log_group_class", "name", "name_prefix"}),
        in_place=frozenset({"kms_key_id", "retention_in_days", "skip_destroy"}),
        not_known={"deletion_protection_enabled": _NO_PLAN},
    ),
    "aws_cloudwatch_metric_alarm": ResourceType(lost=NOTHING),
    "aws_db_instance": ResourceType(lost="its databases"),
    "aws_dynamodb_table": ResourceType(lost="its items"),
    "aws_ecr_repository": ResourceType(
        lost="its images",
        emptied_by="force_delete",
        name_limit=NameLimit(256, "Amazon ECR API, `CreateRepository`", "._-/"),
        replacing=frozenset({"encryption_configuration", "name"}),
        in_place=frozenset({"force_delete", "image_scanning_configuration", "image_tag_mutability", "timeouts"}),
        not_known={"image_tag_mutability_exclusion_filter": _NO_PLAN},
        computed={"repository_url": "ACCOUNT.dkr.ecr.REGION.amazonaws.com/{name}"},
    ),
    "aws_ecs_cluster": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(255, _ECS_NAMES, "-_"),
        replacing=frozenset({"name"}),
        in_place=frozenset({"configuration", "service_connect_defaults", "setting"}),
        computed={"arn": "arn:aws:ecs:REGION:ACCOUNT:cluster/{name}"},
    ),
    "aws_ecs_cluster_capacity_providers": ResourceType(
        lost=NOTHING,
        replacing=frozenset({"cluster_name"}),
        in_place=frozenset({"capacity_providers", "default_capacity_provider_strategy"}),
        since={"capacity_providers": "3.74.0"},
    ),
    "aws_ecs_service": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(255, _ECS_NAMES, "-_"),
        replacing=frozenset({"cluster", "iam_role", "launch_type", "name", "scheduling_strategy"}),
        in_place=frozenset(
            {
                *("alarms", "availability_zone_rebalancing", "deployment_circuit_breaker"),
                *("deployment_maximum_percent", "deployment_minimum_healthy_percent", "desired_count"),
                *("enable_ecs_managed_tags", "enable_execute_command", "force_delete", "force_new_deployment"),
                *("health_check_grace_period_seconds", "network_configuration", "ordered_placement_strategy"),
                *("placement_constraints", "platform_version", "service_connect_configuration", "task_definition"),
                *("timeouts", "triggers", "volume_configuration", "vpc_lattice_configurations"),
                "wait_for_steady_state",
            }
        ),
        not_known={
            "capacity_provider_strategy": "it depends on `force_new_deployment`, and on whether there was one",
            "deployment_configuration": _NO_PLAN,
            "deployment_controller": "it depends on the version: it replaces the service before 6.4.0",
            "load_balancer": "it depends on the version: it replaces the service in 3.39.0",
            "propagate_tags": "it depends on the version: it replaces the service in 3.39.0",
            "service_registries": "it depends on the version: it replaces the service in 3.39.0",
            "sigint_rollback": _NO_PLAN,
        },
        defaults={
            "deployment_minimum_healthy_percent": 100,
            "deployment_maximum_percent": 200,
            "wait_for_steady_state": False,
        },
        computed={"arn": "arn:aws:ecs:REGION:ACCOUNT:service/{cluster}/{name}"},
        since={
            "wait_for_steady_state": "3.13.0",
            "enable_execute_command": "3.34.0",
            "volume_configuration": "5.51.1",
            "arn": "6.0.0",
        },
    ),
    "aws_ecs_task_definition": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(255, _ECS_NAMES, "-_"),
        replacing=frozenset(
            {
                *("container_definitions", "cpu", "enable_fault_injection", "ephemeral_storage", "execution_role_arn"),
                *("family", "ipc_mode", "memory", "network_mode", "pid_mode", "placement_constraints"),
                *("proxy_configuration", "requires_compatibilities", "runtime_platform", "task_role_arn", "volume"),
            }
        ),
        in_place=frozenset({"skip_destroy", "track_latest"}),
        computed={"arn": "arn:aws:ecs:REGION:ACCOUNT:task-definition/{family}:{revision}"},
        since={"ephemeral_storage": "3.45.0", "runtime_platform": "3.69.0"},
    ),
    "aws_efs_access_point": ResourceType(lost=NOTHING),
    "aws_efs_file_system": ResourceType(lost="its files"),
    "aws_elasticache_cluster": ResourceType(lost="what it caches"),
    "aws_elasticache_replication_group": ResourceType(lost="what it caches"),
    "aws_iam_policy": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(128, "IAM API, `CreatePolicy`", _IAM_SIGNS, ignores_case=True),
        replacing=frozenset({"description", "name", "name_prefix", "path"}),
        in_place=frozenset({"policy"}),
        not_known={"delay_after_policy_creation_in_ms": _NO_PLAN},
    ),
    "aws_iam_role": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(64, "IAM API, `CreateRole`", _IAM_SIGNS, ignores_case=True),
        replacing=frozenset({"name", "name_prefix", "path"}),
        in_place=frozenset(
            {
                *("assume_role_policy", "description", "force_detach_policies", "inline_policy"),
                *("managed_policy_arns", "max_session_duration", "permissions_boundary"),
            }
        ),
        computed={"arn": "arn:aws:iam::ACCOUNT:role/{name}"},
    ),
    "aws_iam_role_policy": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(128, "IAM API, `PutRolePolicy`", _IAM_SIGNS),
        replacing=frozenset({"name", "name_prefix", "role"}),
        in_place=frozenset({"policy"}),
    ),
    "aws_iam_role_policy_attachment": ResourceType(lost=NOTHING, replacing=frozenset({"policy_arn", "role"})),
    "aws_kinesis_stream": ResourceType(lost="its records"),
    "aws_kms_key": ResourceType(lost="what only it decrypts"),
    "aws_lb": ResourceType(lost=NOTHING),
    "aws_lb_listener": ResourceType(lost=NOTHING),
    "aws_lb_listener_rule": ResourceType(lost=NOTHING),
    "aws_lb_target_group": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(32, "Elastic Load Balancing API, `CreateTargetGroup`", "-"),
        replacing=frozenset({"name", "name_prefix", "port", "protocol", "target_type", "vpc_id"}),
        in_place=frozenset({"deregistration_delay", "health_check", "slow_start", "stickiness"}),
        not_known=dict.fromkeys(
            (
                *("connection_termination", "ip_address_type", "lambda_multi_value_headers_enabled"),
                *("load_balancing_algorithm_type", "load_balancing_anomaly_mitigation"),
                *("load_balancing_cross_zone_enabled", "preserve_client_ip", "protocol_version", "proxy_protocol_v2"),
                *("target_control_port", "target_failover", "target_group_health", "target_health_state"),
            ),
            _NO_PLAN,
        ),
    ),
    "aws_rds_cluster": ResourceType(lost="its databases"),
    "aws_s3_bucket": ResourceType(lost="its objects", emptied_by="force_destroy"),
    "aws_scheduler_schedule": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(64, "EventBridge Scheduler API, `CreateSchedule`", "-_."),
        replacing=frozenset({"group_name", "name", "name_prefix"}),
        in_place=frozenset(
            {
                *("description", "end_date", "flexible_time_window", "kms_key_arn", "schedule_expression"),
                *("schedule_expression_timezone", "start_date", "state", "target"),
            }
        ),
        not_known={"action_after_completion": "the newest provider that was run lacks it"},
        computed={"arn": "arn:aws:scheduler:REGION:ACCOUNT:schedule/default/{name}"},
        since={"schedule_expression": "4.41.0"},
    ),
    "aws_secretsmanager_secret": ResourceType(lost="its values"),
    "aws_secretsmanager_secret_version": ResourceType(lost=NOTHING),  # its value is an argument
    "aws_security_group": ResourceType(
        lost=NOTHING,
        name_limit=NameLimit(255, "Amazon EC2 API, `CreateSecurityGroup`", " ._-:/()#,@[]+=&;{}!$*"),
        replacing=frozenset({"description", "name", "name_prefix", "vpc_id"}),
        in_place=frozenset({"egress", "ingress", "revoke_rules_on_delete", "timeouts"}),
    ),
    "aws_service_discovery_http_namespace": ResourceType(lost=NOTHING),
    "aws_service_discovery_private_dns_namespace": ResourceType(lost=NOTHING),
    "aws_service_discovery_service": ResourceType(lost=NOTHING),
    "aws_sns_topic": ResourceType(lost=NOTHING),
    "aws_sqs_queue": ResourceType(lost="its messages"),
    "aws_ssm_parameter": ResourceType(lost=NOTHING),  # its value is an argument
    "aws_subnet": ResourceType(lost=NOTHING),
    "aws_vpc": ResourceType(lost=NOTHING),
    "data.aws_region": ResourceType(lost=NOTHING, since={"region": "6.0.0"}, deprecated={"name": "6.0.0"}),
}
"""By the name of the type; for a data source, with `data.` in front."""

_NOTHING_KNOWN = ResourceType(lost=NOTHING)


def resource_type(type_: str) -> ResourceType:
    """Return what is known of a type: nothing, where it has no entry."""
    return RESOURCE_TYPES.get(type_, _NOTHING_KNOWN)


def name_limit(type_: str) -> NameLimit:
    """Return the limit of the names of a type. Raises `KeyError` where none is known."""
    limit = RESOURCE_TYPES[type_].name_limit
    if limit is None:
        raise KeyError(type_)
    return limit


CONTAINER_NAME = NameLimit(255, "Amazon ECS API, `ContainerDefinition`", "-_")
"""The limit of the name of a container, which is no resource."""
