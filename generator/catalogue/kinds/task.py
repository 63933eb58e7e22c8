"""Kind `task`: a task definition that something else runs, such as a migration before a deploy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from generator.catalogue.blocks import Block
from generator.catalogue.service import CommandLine, Service
from generator.catalogue.shared import Shared
from generator.catalogue.use import Feature, Use
from generator.catalogue.uses.placement import PlacementUse


class Task(Service):
    """A task that somebody, or something else, starts."""

    exports: ClassVar = {
        "log_group_name": "aws_cloudwatch_log_group.{log_group}.name",
        "task_definition_arn": "aws_ecs_task_definition.{service}.arn",
    }
    templates = ("task_definition",)
    banner = "ECS Task Definition"

    def own_blocks(self) -> Iterator[Block]:
        yield Block(f"aws_ecs_task_definition.{self.names.terraform}", self.entry(), self.names.family)

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(10, "family", self.names.family)

    def watched_by(self, shared: Shared) -> Iterator[CommandLine]:
        yield from _run(self, shared)
        yield CommandLine('aws logs tail {} --region "$AWS_REGION"', (self.names.log_group,))

    def stopped_by(self) -> Iterator[str]:
        yield f"aws_ecs_task_definition.{self.names.terraform}"

    def shown(self, shared: Shared, at: datetime | None) -> Iterator[str | CommandLine]:
        yield "to run it, and wait for its exit code:"
        yield from _run(self, shared)


def _run(task: Service, shared: Shared) -> Iterator[CommandLine]:
    """Yield the commands that run a task, wait until it has stopped, and print the exit code of its container.

    An expression of Terraform is printed as it is written: the user replaces it with its value.
    """
    cluster = shared.names.cluster
    yield from _network(task)
    yield CommandLine("TASK=$(aws ecs run-task \\")
    yield CommandLine("  --cluster {} \\", (cluster,))
    yield CommandLine("  --task-definition {} \\", (task.names.family,))
    yield CommandLine("  --launch-type FARGATE --platform-version 1.4.0 --propagate-tags TASK_DEFINITION \\")
    yield CommandLine('  --network-configuration "awsvpcConfiguration={{$NETWORK}}" \\')
    yield CommandLine("""  --region "$AWS_REGION" --query 'tasks[0].taskArn' --output text)""")
    yield CommandLine('aws ecs wait tasks-stopped --cluster {} --tasks "$TASK" --region "$AWS_REGION"', (cluster,))
    yield CommandLine('aws ecs describe-tasks --cluster {} --tasks "$TASK" --region "$AWS_REGION" \\', (cluster,))
    yield CommandLine("  --query 'tasks[0].containers[0].exitCode' --output text")


def _network(task: Use) -> Iterator[CommandLine]:
    if isinstance(task, PlacementUse):
        public = "ENABLED" if task.assign_public_ip else "DISABLED"
        yield CommandLine("SUBNETS={}", (_listed(task.subnets),))
        yield CommandLine("SECURITY_GROUPS={}", (_listed(task.security_groups),))
        yield CommandLine(f'NETWORK="subnets=[$SUBNETS],securityGroups=[$SECURITY_GROUPS],assignPublicIp={public}"')


def _listed(texts: Sequence[str] | str | None) -> str:
    return texts if isinstance(texts, str) else ",".join(texts or ())
