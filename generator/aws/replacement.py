"""Which arguments of a resource cannot change in place, so that a new value of one replaces the resource.

Each is as real plans of the providers 3.39.0 and 5.100.0 show it, those that have the argument:
`tests/terraform/test_replacement.py` plans each.
"""

from __future__ import annotations

from enum import IntEnum


class Replacement(IntEnum):
    """Whether another value of an argument replaces its resource."""

    NEVER = 0
    PERHAPS = 1
    ALWAYS = 2


_REPLACING = {
    "aws_cloudwatch_log_group": {"log_group_class", "name", "name_prefix"},
    "aws_ecr_repository": {"encryption_configuration", "name"},
    "aws_ecs_cluster": {"name"},
    "aws_ecs_service": {"cluster", "iam_role", "launch_type", "name", "scheduling_strategy"},
    "aws_ecs_task_definition": {
        *("container_definitions", "cpu", "enable_fault_injection", "ephemeral_storage", "execution_role_arn"),
        *("family", "ipc_mode", "memory", "network_mode", "pid_mode", "placement_constraints", "proxy_configuration"),
        *("requires_compatibilities", "runtime_platform", "task_role_arn", "volume"),
    },
    "aws_iam_policy": {"description", "name", "name_prefix", "path"},
    "aws_iam_role": {"name", "name_prefix", "path"},
    "aws_iam_role_policy": {"name", "name_prefix", "role"},
    "aws_iam_role_policy_attachment": {"policy_arn", "role"},
    "aws_scheduler_schedule": {"group_name", "name", "name_prefix"},
}

_IN_PLACE = {
    "aws_cloudwatch_log_group": {"kms_key_id", "retention_in_days", "skip_destroy"},
    "aws_ecr_repository": {"force_delete", "image_scanning_configuration", "image_tag_mutability", "timeouts"},
    "aws_ecs_cluster": {"configuration", "service_connect_defaults", "setting"},
    "aws_ecs_service": {
        *("alarms", "availability_zone_rebalancing", "deployment_circuit_breaker", "deployment_maximum_percent"),
        *("deployment_minimum_healthy_percent", "desired_count", "enable_ecs_managed_tags", "enable_execute_command"),
        *("force_delete", "force_new_deployment", "health_check_grace_period_seconds", "network_configuration"),
        *("ordered_placement_strategy", "placement_constraints", "platform_version", "service_connect_configuration"),
        *("task_definition", "timeouts", "triggers", "volume_configuration", "vpc_lattice_configurations"),
        "wait_for_steady_state",
    },
    "aws_ecs_task_definition": {"skip_destroy", "track_latest"},
    "aws_iam_policy": {"policy"},
    "aws_iam_role": {
        *("assume_role_policy", "description", "force_detach_policies", "inline_policy", "managed_policy_arns"),
        *("max_session_duration", "permissions_boundary"),
    },
    "aws_iam_role_policy": {"policy"},
    "aws_scheduler_schedule": {
        *("description", "end_date", "flexible_time_window", "kms_key_arn", "schedule_expression"),
        *("schedule_expression_timezone", "start_date", "state", "target"),
    },
}


def replacement(type_: str, argument: str) -> Replacement:
    """Tell what another value of an argument does to a resource of a type.

    It is not known where it depends on the provider's version or on another argument, or where no plan was made.
    """
    if argument == "tags" or argument in _IN_PLACE.get(type_, ()):
        return Replacement.NEVER
    return Replacement.ALWAYS if argument in _REPLACING.get(type_, ()) else Replacement.PERHAPS
