"""What has to be so of other containers of the task before a container starts."""

from __future__ import annotations

from generator.catalogue.use import Use
from generator.catalogue.words import CONTAINER_NAME
from generator.errors import Rejection
from generator.settings.parts import MappingOf, setting
from generator.settings.values import Choice

START, COMPLETE, SUCCESS, HEALTHY = "START", "COMPLETE", "SUCCESS", "HEALTHY"


class _Awaited(MappingOf[str]):
    """Containers of the task, each with the condition that has to hold."""

    def __init__(self) -> None:
        super().__init__(CONTAINER_NAME, Choice(START, COMPLETE, SUCCESS, HEALTHY))

    def read(self, value: object) -> dict[str, str]:
        if isinstance(value, list):
            what = "expected a mapping of containers to conditions, found a list"
            remedy = "write `depends_on: {NAME: START}`; what Terraform has to make first stands under `terraform`"
            raise Rejection(what, remedy)
        return super().read(value)


class DependsOnUse(Use):
    """Other containers that a container waits for."""

    position = 42

    depends_on: dict[str, str] = setting(
        _Awaited(),
        "Other containers of the task that have to be so before this one starts: `START`, `COMPLETE`, `SUCCESS` or "
        "`HEALTHY`, by their names.",
        default={},
        writes=("container_definition.dependsOn",),
    )
