"""Kind `task`: a task definition that something else runs, such as a migration before a deploy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from generator.catalogue.blocks import Block
from generator.catalogue.service import CommandLine, Service
from generator.catalogue.shared import Shared
from generator.catalogue.use import Feature, Use
from generator.catalogue.uses.launch import LaunchUse, runs_on_fargate
from generator.catalogue.uses.network import NetworkUse
from generator.catalogue.uses.placement import PlacementUse
from generator.catalogue.uses.platform import PlatformUse
from generator.hcl.write.text import is_literal


class Task(Service):
    """A task that somebody, or something else, starts."""

    exports: ClassVar = {
        "log_group_name": "aws_cloudwatch_log_group.{log_group}.name",
        "task_definition_arn": "aws_ecs_task_definition.{service}.arn",
    }
    templates = ("task_definition",)
    starts_tasks: ClassVar = False
    resources = ("aws_ecs_task_definition",)
    nameable = ("family",)
    banner = "ECS Task Definition"

    def own_blocks(self) -> Iterator[Block]:
        yield self.task_definition_block()

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(10, "family", self.names.family_in_aws)

    def run_by(self, shared: Shared) -> Iterator[CommandLine]:
        yield from _run(self, shared)

    def shown(self, shared: Shared, at: datetime | None) -> Iterator[str | CommandLine]:
        yield "to run it, and wait for its exit code:"
        yield from _run(self, shared)


def _run(task: Service, shared: Shared) -> Iterator[CommandLine]:
    """Yield the commands that run a task, wait until it has stopped, print its log, and end with its exit code."""
    cluster = shared.cluster_in_use.told
    yield from _network(task)
    launch, *variables = _launched(task)
    exit_code, *names = _asked_for_exit_code(task)
    yield from (*variables, *names)
    yield CommandLine("TASK=$(aws ecs run-task \\")
    yield CommandLine("  --cluster {} \\", (cluster,))
    yield CommandLine("  --task-definition {} \\", (task.names.family_in_aws,))
    yield launch
    if _has_interface(task):
        yield CommandLine('  --network-configuration "awsvpcConfiguration={{$NETWORK}}" \\')
    yield from _placed(task)
    yield CommandLine(
        """  --region "$AWS_REGION" --query 'tasks[0].taskArn' --output text) && [ "$TASK" != None ] &&"""
    )
    yield CommandLine("until aws ecs wait tasks-stopped \\")
    yield CommandLine('  --cluster {} --tasks "$TASK" --region "$AWS_REGION"; do sleep 1; done &&', (cluster,))
    if task.log_group_in_use:
        yield CommandLine('aws logs tail {} --since 1h --region "$AWS_REGION" &&', (task.log_group_in_use.told,))
    yield CommandLine('(exit "$(aws ecs describe-tasks \\')
    yield CommandLine('  --cluster {} --tasks "$TASK" --region "$AWS_REGION" \\', (cluster,))
    yield exit_code


def _has_interface(task: Use) -> bool:
    return isinstance(task, NetworkUse) and task.has_interface


def _placed(task: Use) -> Iterator[CommandLine]:
    """Yield the options that say how ECS chooses an instance."""
    if isinstance(task, PlacementUse) and task.placement:
        placement = task.placement
        for option, blocks in (
            ("--placement-strategy", placement.strategy_blocks),
            ("--placement-constraints", placement.constraint_blocks),
        ):
            words = tuple(",".join(f"{name}={value}" for name, value in block.items()) for block in blocks)
            if words:
                yield CommandLine(f"  {option} {' '.join('{}' for _ in words)} \\", words)


def _network(task: Use) -> Iterator[CommandLine]:
    if isinstance(task, NetworkUse) and task.has_interface:
        yield _variable("SUBNETS", task.subnets) if task.subnets else CommandLine("SUBNETS= # write subnets here")
        groups = task.security_groups if isinstance(task.security_groups, str) else task.listed_security_groups
        yield _variable("SECURITY_GROUPS", groups)
        public = "ENABLED" if task.assign_public_ip else "DISABLED"
        if isinstance(task.assign_public_ip, str):
            yield CommandLine("PUBLIC_IP= # write ENABLED here where {} is true, or DISABLED", (task.assign_public_ip,))
            public = "$PUBLIC_IP"
        yield CommandLine(f'NETWORK="subnets=[$SUBNETS],securityGroups=[$SECURITY_GROUPS],assignPublicIp={public}"')


def _launched(task: Service) -> Iterator[CommandLine]:
    """Yield the options that say what a task runs on, and then the line that sets their variable, if they have one."""
    others = "\\" if task.is_bare else "--propagate-tags TASK_DEFINITION \\"
    if isinstance(task, LaunchUse):
        option = "--launch-type" if task.launch_type else "--capacity-provider-strategy"
        values = [task.launch_type] if task.launch_type else task.strategy or []
        if isinstance(task, PlatformUse) and runs_on_fargate(task) and task.platform_version:
            others = f"--platform-version {task.platform_version} {others}"
        if all(map(is_literal, values)):
            placed = "".join(f"{word} " for word in [option, *("{}" for _ in values)] if values)
            yield CommandLine(f"  {placed}{others}", tuple(values))
        else:
            yield CommandLine(f"  {option} $RUNS_ON {others}")
            yield CommandLine("RUNS_ON= # write the value of {} here", (" ".join(values),))


def _asked_for_exit_code(task: Service) -> Iterator[CommandLine]:
    """Yield the option that asks for the main container's, and then the line that sets its variable, if it has one."""
    name, query = (
        task.names.container,
        """  --query "tasks[0].containers[?name=='{}'].exitCode | [0]" --output text)")""",
    )
    if is_literal(name):
        yield CommandLine(query, (name,))
    else:
        yield CommandLine(query.format("$CONTAINER"))
        yield CommandLine("CONTAINER= # write the value of {} here", (name,))


def _variable(name: str, value: Sequence[str] | str | None) -> CommandLine:
    """Return the line that sets a variable to texts of the catalogue, if no expression is among them."""
    texts = [value] if isinstance(value, str) else list(value or ())
    listed = ",".join(texts)
    if all(map(is_literal, texts)):
        return CommandLine(f"{name}={{}}", (listed,))
    return CommandLine(f"{name}= # write the value of {{}} here, with commas between", (listed,))
