"""The size of a task. Every task runs on Fargate, which offers only certain sizes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.shared import Shared
from generator.catalogue.use import Column, Rule, Use
from generator.errors import listed
from generator.settings.breach import Breach
from generator.settings.parts import setting
from generator.settings.values import Between, Choice, OneOf, OrExpression, Whole


def _memory_goes_with_cpu(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    if isinstance(service.cpu, str) or isinstance(service.memory, str):
        return
    sizes = limits.FARGATE_MEMORY_MIB[service.cpu]
    if service.memory not in sizes:
        what = f"Fargate has no task with {service.cpu} CPU units and {service.memory} MiB"
        yield Breach(("memory",), what, f"use {listed(sizes)}")


class SizeUse(Use):
    """CPU, memory, disk and architecture of a task."""

    position = 20
    columns = (
        Column(10, "CPU", lambda service, _: service.cpu, is_number=True),
        Column(20, "MEMORY", lambda service, _: service.memory, is_number=True),
    )

    cpu: int | str = setting(
        OrExpression(OneOf(tuple(limits.FARGATE_MEMORY_MIB), "a Fargate size")),
        "CPU units of a task.",
        default=256,
        writes=("aws_ecs_task_definition.cpu",),
    )
    memory: int | str = setting(
        OrExpression(Whole()),
        "Memory of a task in MiB; what Fargate offers depends on `cpu`.",
        default=512,
        writes=("aws_ecs_task_definition.memory",),
    )
    architecture: str | None = setting(
        OrExpression(Choice("X86_64", "ARM64")),
        "CPU architecture.",
        default=None,
        writes=("aws_ecs_task_definition.runtime_platform.cpu_architecture",),
    )
    ephemeral_storage: int | str | None = setting(
        OrExpression(Between(21, 200)),
        "Disk of a task in GiB, beyond the 20 that Fargate includes.",
        default=None,
        writes=("aws_ecs_task_definition.ephemeral_storage.size_in_gib",),
    )

    rules = (
        Rule(
            "memory-goes-with-cpu",
            frozenset({"cpu", "memory"}),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
            _memory_goes_with_cpu,
        ),
    )
