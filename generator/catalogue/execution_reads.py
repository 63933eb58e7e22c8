"""What ECS reads with an execution role before containers start: its policies allow just that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.catalogue.permissions import Statement
from generator.catalogue.use import Use
from generator.catalogue.uses.container_definition import bucket_of, environment_files_of
from generator.catalogue.uses.execution_role import PULLS, ExecutionRoleUse
from generator.catalogue.uses.secrets import (
    keys_of,
    parameters_of,
    secret_lists_of,
    secret_mappings_of,
    secrets_of,
)

TO_START_TASKS = (*PULLS, "logs:CreateLogStream", "logs:PutLogEvents")
"""What AWS's own policy for execution roles allows on everything.

Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html.
"""


class ExecutionReads:
    """What ECS reads with one execution role, as catalogue text: of each sort a list, and each resource once.

    `pulls_and_logs` tells whether its inline policy also allows to pull images and to write logs. `secret_actions` are
    what it allows on secrets.
    """

    pulls_and_logs: bool = True
    secret_actions: tuple[str, ...] = ("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue")

    def starting(self) -> Iterable[Use]:
        """Return the services that ECS starts with the role."""
        raise NotImplementedError

    @cached_property
    def secret_arns(self) -> list[str]:
        """ARNs of secrets of Secrets Manager."""
        return secrets_of(self._uses)

    @cached_property
    def parameter_arns(self) -> list[str]:
        """ARNs of parameters of Systems Manager."""
        return parameters_of(self._uses)

    @cached_property
    def key_arns(self) -> list[str]:
        """ARNs of the keys of KMS that encrypt these."""
        return keys_of(self._uses)

    @cached_property
    def secret_mappings(self) -> list[str]:
        """Expressions that Terraform evaluates to mappings of variables to ARNs."""
        return secret_mappings_of(self._uses)

    @cached_property
    def secret_lists(self) -> list[str]:
        """Expressions that Terraform evaluates to lists of objects with `name` and `valueFrom`."""
        return secret_lists_of(self._uses)

    @cached_property
    def environment_files(self) -> list[str]:
        """ARNs of objects in S3 that hold environment variables."""
        return environment_files_of(self._uses)

    @property
    def environment_buckets(self) -> list[str]:
        """ARNs of the buckets that these are in."""
        return list(dict.fromkeys(filter(None, map(bucket_of, self.environment_files))))

    @cached_property
    def _uses(self) -> tuple[Use, ...]:
        return tuple(container for service in self.starting() for container in service.all_containers)


@dataclass(frozen=True)
class ServiceReads(ExecutionReads):
    """What ECS reads with the execution role of some services."""

    services: tuple[Use, ...]
    pulls_and_logs: bool = True
    secret_actions: tuple[str, ...] = ExecutionReads.secret_actions

    def starting(self) -> Iterable[Use]:
        return self.services


def reads_of(service: Use) -> ServiceReads:
    """Return what ECS reads with a service's own execution role.

    One that a mapping describes allows no more than is needed. Source of what that is:
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html.
    """
    if not isinstance(service, ExecutionRoleUse) or service.execution_role_in_full is None:
        return ServiceReads((service,))
    return ServiceReads((service,), service.execution_role_pulls_and_logs, ("secretsmanager:GetSecretValue",))


def statements_of_secrets(reads: ExecutionReads) -> Iterator[Statement]:
    """Yield the statements for secrets, parameters and keys whose ARNs the catalogue says."""
    if reads.secret_arns:
        yield Statement(reads.secret_actions, tuple(reads.secret_arns))
    if reads.parameter_arns:
        yield Statement(("ssm:GetParameters",), tuple(reads.parameter_arns))
    if reads.key_arns:
        yield Statement(("kms:Decrypt",), tuple(reads.key_arns))


def statements_of_execution(reads: ExecutionReads) -> Iterator[Statement]:
    """Yield all statements of the inline policy, but for those that only Terraform knows the resources of."""
    if reads.pulls_and_logs:
        yield Statement(TO_START_TASKS, ("*",))
    yield from statements_of_secrets(reads)
    if reads.environment_files:
        yield Statement(("s3:GetObject",), tuple(reads.environment_files))
        yield Statement(("s3:GetBucketLocation",), tuple(reads.environment_buckets))
