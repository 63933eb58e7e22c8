"""The operating system and the processor that a task needs, and the version of Fargate's platform."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.uses.launch import SPOT, LaunchUse, runs_on_fargate, with_launch
from generator.catalogue.uses.size import SizeUse
from generator.catalogue.uses.volumes import VolumesUse
from generator.errors import listed
from generator.hcl.write.text import is_literal
from generator.settings.breach import Breach
from generator.settings.parts import setting
from generator.settings.values import Choice, OrExpression

LINUX, _WINDOWS = "LINUX", "WINDOWS"
_X86, _ARM = "X86_64", "ARM64"
_OF_PLATFORMS = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html"


def _windows_has_one_processor(service: PlatformUse, shared: Shared) -> Iterator[Breach]:
    if service.is_windows and service.architecture == _ARM:
        yield Breach(("architecture",), "Windows runs on X86_64 alone", f"remove it, or write `{_X86}`")


def _fargate_has_such_a_windows(service: PlatformUse, shared: Shared) -> Iterator[Breach]:
    if not (service.is_windows and runs_on_fargate(service)):
        return
    system = service.operating_system
    if system not in limits.WINDOWS_OF_FARGATE:
        what = f"Fargate has no {system}"
        yield Breach(("operating_system",), what, f"use {listed(limits.WINDOWS_OF_FARGATE)}, or `launch: EC2`")
    if isinstance(service, LaunchUse) and SPOT in service.named_providers:
        yield Breach(("capacity",), "Windows does not run on FARGATE_SPOT", "write `provider: FARGATE` alone")


def _fargate_has_such_a_task_of_windows(service: PlatformUse, shared: Shared) -> Iterator[Breach]:
    if not (service.is_windows and runs_on_fargate(service)):
        return
    if isinstance(service, SizeUse):
        if isinstance(service.cpu, int) and service.cpu not in limits.WINDOWS_CPU:
            what = f"a task of Windows on Fargate does not have {service.cpu} CPU units"
            yield Breach(("cpu",), what, f"use {listed(limits.WINDOWS_CPU)}")
        if service.ephemeral_storage is not None:
            yield Breach(("ephemeral_storage",), "a task of Windows on Fargate has no such disk", "remove it")
    if isinstance(service, VolumesUse):
        for name in (name for name, volume in service.volumes.items() if volume.efs):
            yield Breach(("volumes", name, "efs"), "a task of Windows on Fargate has no volume of EFS", "remove it")


class PlatformUse(Use):
    """Operating system and processor architecture."""

    position = 21

    operating_system: str | None = setting(
        OrExpression(Choice(LINUX, *limits.WINDOWS)),
        "Operating system of the containers; Linux without it.",
        default=None,
        writes=("aws_ecs_task_definition.runtime_platform.operating_system_family",),
    )
    architecture: str | None = setting(
        OrExpression(Choice(_X86, _ARM)),
        "CPU architecture.",
        default=None,
        writes=("aws_ecs_task_definition.runtime_platform.cpu_architecture",),
    )

    rules = (
        Rule(
            "processor-of-windows",
            frozenset({"operating_system", "architecture"}),
            _OF_PLATFORMS,
            _windows_has_one_processor,
        ),
        Rule(
            "windows-of-fargate",
            with_launch("operating_system"),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
            _fargate_has_such_a_windows,
        ),
        Rule(
            "task-of-windows",
            with_launch("operating_system", "cpu", "ephemeral_storage", "volumes"),
            "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html",
            _fargate_has_such_a_task_of_windows,
        ),
    )

    @property
    def is_windows(self) -> bool:
        """Whether the containers run on Windows for certain."""
        return (self.operating_system or "").startswith(_WINDOWS)

    @property
    def platform_version(self) -> str | None:
        """The version of Fargate's platform. ECS takes none where tasks run elsewhere.

        Each operating system has versions of its own, and `LATEST` is one of each. Sources:
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html,
        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html.
        """
        if self.is_bare or (isinstance(self, LaunchUse) and self.needs_no_size):
            return None
        if not is_literal(self.operating_system or ""):
            return limits.LATEST_PLATFORM_VERSION
        return limits.PLATFORM_VERSION_OF_WINDOWS if self.is_windows else limits.PLATFORM_VERSION
