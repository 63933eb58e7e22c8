"""Since which version of the AWS provider the newer of the names that are generated exist."""

from __future__ import annotations

SINCE = {
    ("aws_ecs_service", "wait_for_steady_state"): "3.13.0",
    ("aws_ecs_service", "enable_execute_command"): "3.34.0",
    ("aws_ecs_task_definition", "ephemeral_storage"): "3.45.0",
    ("aws_ecs_task_definition", "runtime_platform"): "3.69.0",
    ("aws_ecs_service", "arn"): "6.0.0",
}
"""Type and argument, block or attribute, oldest first. Source: the provider's CHANGELOG."""
