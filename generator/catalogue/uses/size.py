"""The size of a task. Fargate offers only certain sizes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.aws import limits
from generator.catalogue.preset import BARE
from generator.catalogue.shared import Shared
from generator.catalogue.use import Column, Rule, Use
from generator.catalogue.uses.container_definition import said_of_container
from generator.catalogue.uses.launch import LaunchUse, runs_elsewhere, with_launch
from generator.errors import listed
from generator.settings.breach import Breach
from generator.settings.parts import given_settings, setting
from generator.settings.values import Between, OrExpression, Whole

_OF_SIZES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html"
_OF_TASKS = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"


def _fargate_has_such_a_cpu(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    is_size = not isinstance(service.cpu, int) or service.cpu in limits.FARGATE_MEMORY_MIB
    if not is_size and not runs_elsewhere(service):
        what = f"{service.cpu} is not a Fargate size"
        yield Breach(("cpu",), what, f"use {listed(list(limits.FARGATE_MEMORY_MIB))}")


def _fargate_has_some_size(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    """Check a service of the preset `bare`: all others have a size."""
    for name in ("cpu", "memory"):
        if getattr(service, name) is None and not runs_elsewhere(service):
            what = f"Fargate does not take a task without {name}, and the preset `{BARE}` has none of its own"
            yield Breach((), what, f"add `{name}:` to the service or to `defaults`")


def _memory_goes_with_cpu(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    if not isinstance(service.cpu, int) or not isinstance(service.memory, int) or runs_elsewhere(service):
        return
    sizes = limits.FARGATE_MEMORY_MIB.get(service.cpu, (service.memory,))
    if service.memory not in sizes:
        what = f"Fargate has no task with {service.cpu} CPU units and {service.memory} MiB"
        yield Breach(("memory",), what, f"use {listed(sizes)}")


def _instances_have_such_a_size(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    if not runs_elsewhere(service):
        return
    (low, high), cpu, memory = limits.INSTANCE_CPU, service.task_cpu, service.task_memory
    if isinstance(cpu, int) and not low <= cpu <= high:
        yield Breach(("cpu",), f"{cpu} is out of range", f"use {low} to {high}")
    if isinstance(memory, int) and memory < limits.LEAST_MEMORY_MIB:
        yield Breach(("memory",), f"{memory} is too small", f"use {limits.LEAST_MEMORY_MIB} or more")


def _some_memory_is_set(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    """Check that a task without memory has containers with some: ECS places a task by that."""
    is_told_so = service.is_bare and not runs_elsewhere(service)
    if service.task_memory is not None or is_told_so:
        return
    for container in service.all_containers:
        said = said_of_container(container)
        if said.get("memory") is None and said.get("memoryReservation") is None:
            what = f"neither the task nor its container {container.names.container} has memory"
            remedy = "add `memory:` in MiB to the service, or `container_definition: {memory: 512}` to the container"
            yield Breach(container.way or ("launch",), what, remedy, at_key=bool(container.way))


def _only_fargate_has_a_disk(service: SizeUse, shared: Shared) -> Iterator[Breach]:
    if service.ephemeral_storage is not None and runs_elsewhere(service):
        what = "only tasks on Fargate have such a disk"
        yield Breach(("ephemeral_storage",), what, "remove it; the disk of an instance is set with the instance")


class SizeUse(Use):
    """CPU, memory and disk of a task. On instances, it has no CPU and memory but those that are set."""

    position = 20
    columns = (
        Column(10, "CPU", lambda service, _: service.task_cpu, is_number=True),
        Column(20, "MEMORY", lambda service, _: service.task_memory, is_number=True),
    )

    cpu: int | str | None = setting(
        OrExpression(Whole()),
        "CPU units of a task; what Fargate offers is in the documentation.",
        default=256,
        writes=("aws_ecs_task_definition.cpu",),
        bare=None,
    )
    memory: int | str | None = setting(
        OrExpression(Whole()),
        "Memory of a task in MiB; what Fargate offers depends on `cpu`.",
        default=512,
        writes=("aws_ecs_task_definition.memory",),
        bare=None,
    )
    ephemeral_storage: int | str | None = setting(
        OrExpression(Between(21, 200)),
        "Disk of a task in GiB, beyond the 20 that Fargate includes.",
        default=None,
        writes=("aws_ecs_task_definition.ephemeral_storage.size_in_gib",),
    )

    rules = (
        Rule("cpu-of-fargate", with_launch("cpu"), _OF_SIZES, _fargate_has_such_a_cpu),
        Rule("size-on-fargate", with_launch("cpu", "memory"), _OF_SIZES, _fargate_has_some_size),
        Rule("memory-goes-with-cpu", with_launch("cpu", "memory"), _OF_SIZES, _memory_goes_with_cpu),
        Rule("size-on-instances", with_launch("cpu", "memory"), _OF_TASKS, _instances_have_such_a_size),
        Rule(
            "some-memory",
            with_launch("memory", "containers", "container_definition"),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
            _some_memory_is_set,
        ),
        Rule(
            "disk-of-fargate",
            with_launch("ephemeral_storage"),
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html",
            _only_fargate_has_a_disk,
        ),
    )

    @property
    def task_cpu(self) -> int | str | None:
        """CPU units of a task; none where instances need none and none are written."""
        return None if "cpu" in self.without_defaults() else self.cpu

    @property
    def task_memory(self) -> int | str | None:
        """Memory of a task in MiB; none where instances need none and none is written."""
        return None if "memory" in self.without_defaults() else self.memory

    def without_defaults(self) -> Collection[str]:
        needs_none = isinstance(self, LaunchUse) and self.needs_no_size
        return {"cpu", "memory"} - given_settings(self) if needs_none else ()
