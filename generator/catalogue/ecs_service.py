"""What all kinds that run as an ECS service have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.catalogue.blocks import Block
from generator.catalogue.service import CommandLine, Service
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Feature, Scope, Use
from generator.catalogue.uses.task_definition import TaskDefinitionUse


class EcsService(Service):
    """An ECS service, which keeps some tasks running."""

    scope = Scope.ECS_SERVICE
    resources: ClassVar[tuple[str, ...]] = ("aws_ecs_service",)
    nameable: ClassVar[tuple[str, ...]] = ("service",)
    exports: ClassVar = {
        "service_name": "aws_ecs_service.{service}.name",
        "service_arn": "aws_ecs_service.{service}.{arn_of_service}",
    }
    templates: ClassVar[tuple[str, ...]] = ("service",)
    banner = "ECS Service"

    def own_blocks(self) -> Iterator[Block]:
        names = self.names
        yield Block(f"aws_ecs_service.{names.terraform}", self.entry(), names.service, names.named_at("service"))

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(20, "service", self.names.service_in_aws)

    def while_it_stays(self) -> Iterator[Check]:
        yield Check("The service {} is running and healthy", (self.names.service_in_aws,))

    def watched_by(self, shared: Shared) -> Iterator[CommandLine]:
        yield CommandLine("aws ecs describe-services \\")
        yield CommandLine("  --cluster {} \\", (shared.cluster_in_use.told,))
        yield CommandLine("  --services {} \\", (self.names.service_in_aws,))
        yield CommandLine(
            """  --region "$AWS_REGION" | jq '.services[0] | {{name, status, runningCount, desiredCount}}'"""
        )
        if self.log_group_in_use:
            yield CommandLine('aws logs tail {} --follow --region "$AWS_REGION"', (self.log_group_in_use.told,))

    def stopped_by(self) -> Iterator[str]:
        yield f"aws_ecs_service.{self.names.terraform}"


class EcsServiceWithTasks(EcsService):
    """A task definition, and the ECS service that keeps some tasks of it running."""

    scope = Scope.ALL
    further: ClassVar[tuple[type[Use], ...]] = (TaskDefinitionUse,)
    resources = ("aws_ecs_service", "aws_ecs_task_definition")
    nameable = ("service", "family")
    exports: ClassVar = {
        "log_group_name": "aws_cloudwatch_log_group.{log_group}.name",
        "service_name": "aws_ecs_service.{service}.name",
        "service_arn": "aws_ecs_service.{service}.{arn_of_service}",
        "task_definition_arn": "aws_ecs_task_definition.{service}.arn",
    }
    templates = ("task_definition", "service")
    banner = "ECS Task Definition & Service"

    def own_blocks(self) -> Iterator[Block]:
        yield self.task_definition_block()
        yield from EcsService.own_blocks(self)

    def features(self, shared: Shared) -> Iterator[Feature]:
        yield Feature(10, "family", self.names.family_in_aws)
        yield from EcsService.features(self, shared)

    def stopped_by(self) -> Iterator[str]:
        yield from EcsService.stopped_by(self)
        yield f"aws_ecs_task_definition.{self.names.terraform}"
