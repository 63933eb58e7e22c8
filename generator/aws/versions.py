"""Since which version of the AWS provider the newer of the names that are generated exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

SINCE = {
    ("aws_ecs_service", "wait_for_steady_state"): "3.13.0",
    ("aws_ecs_service", "enable_execute_command"): "3.34.0",
    ("aws_ecs_task_definition", "ephemeral_storage"): "3.45.0",
    ("aws_ecs_task_definition", "runtime_platform"): "3.69.0",
    ("aws_ecs_service", "arn"): "6.0.0",
}
"""Type and argument, block or attribute, oldest first. Source: the provider's CHANGELOG."""

DEPRECATED = {("data.aws_region", "name"): "6.0.0"}
"""Type and attribute, and the version that deprecates it; it still works."""


def least_versions(used: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each newer name among types and names, as `type.name`, and the least version of the provider with it."""
    yield from ((f"{type_}.{name}", version) for (type_, name), version in SINCE.items() if (type_, name) in used)
