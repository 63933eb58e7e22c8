"""Which arguments of a resource cannot change in place, so that a new value of one replaces the resource.

Source: the provider's schemas (`ForceNew`), and plans of the real providers 3.39.0 and 5.100.0, one changed argument
each. Of types that are not here nothing is known.
"""

from __future__ import annotations

from enum import IntEnum


class Replacement(IntEnum):
    """Whether another value of an argument replaces its resource."""

    NEVER = 0
    PERHAPS = 1
    ALWAYS = 2


_REPLACING = {
    "aws_cloudwatch_log_group": {"name", "log_group_class"},
    "aws_ecr_repository": {"name", "encryption_configuration"},
    "aws_ecs_cluster": {"name"},
    "aws_ecs_service": {"name", "cluster", "iam_role", "launch_type", "scheduling_strategy"},
    "aws_iam_policy": {"name", "path", "description"},
    "aws_iam_role": {"name", "path"},
    "aws_iam_role_policy": {"name", "role"},
    "aws_iam_role_policy_attachment": {"role", "policy_arn"},
    "terraform_data": {"triggers_replace"},
}

_BY_VERSION = {"aws_ecs_service": {"load_balancer", "propagate_tags", "service_registries", "deployment_controller"}}
"""Arguments that replace a resource in old versions of the provider (3.39.0), and change in place in new ones."""

_IN_PLACE = {"aws_ecs_task_definition": {"skip_destroy", "track_latest"}}
"""All others of these types but tags replace: a revision of a task definition never changes."""


def replacement(type_: str, argument: str) -> Replacement:
    """Tell what another value of an argument does to a resource of a type."""
    if argument == "tags":
        return Replacement.NEVER
    if type_ in _IN_PLACE:
        return Replacement.NEVER if argument in _IN_PLACE[type_] else Replacement.ALWAYS
    if type_ not in _REPLACING or argument in _BY_VERSION.get(type_, ()):
        return Replacement.PERHAPS
    return Replacement.ALWAYS if argument in _REPLACING[type_] else Replacement.NEVER
