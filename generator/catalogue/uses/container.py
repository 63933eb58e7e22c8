"""A container that runs beside the main one of a task: most of what that one has."""

from __future__ import annotations

from typing import ClassVar

from generator.catalogue import elsewhere
from generator.catalogue.made_of import MadeOfUses
from generator.catalogue.uses.container_definition import ContainerDefinitionUse
from generator.catalogue.uses.depends_on import DependsOnUse
from generator.catalogue.uses.environment import EnvironmentUse
from generator.catalogue.uses.health_check import HealthCheckUse
from generator.catalogue.uses.image import ImageUse
from generator.catalogue.uses.mounts import MountsUse
from generator.catalogue.uses.ports import PortsUse
from generator.catalogue.uses.secrets import SecretsUse
from generator.catalogue.uses.stop_timeout import StopTimeoutUse
from generator.settings.parts import setting
from generator.settings.values import OrExpression, Truth
from generator.source.source import Key


class FurtherContainer(
    MadeOfUses,
    ImageUse,
    PortsUse,
    StopTimeoutUse,
    HealthCheckUse,
    DependsOnUse,
    MountsUse,
    ContainerDefinitionUse,
    EnvironmentUse,
    SecretsUse,
):
    """What each container has that runs beside the main one."""

    elsewhere = elsewhere.OF_A_CONTAINER
    rules: ClassVar = ()  # type: ignore[assignment] # those of each use are asked in turn

    essential: bool | str = setting(
        OrExpression(Truth()),
        "Whether the task stops when this container stops.",
        default=True,
        writes=("container_definition.essential",),
    )

    @property
    def is_essential(self) -> bool | str:
        return self.essential


class Container(FurtherContainer):
    """A container that runs beside the main one."""

    when: bool | str = setting(OrExpression(Truth()), "Whether tasks have this container.", default=True)

    @property
    def place(self) -> Key:
        return ("services", self.names.key, "containers", self.names.container_key)

    @property
    def condition(self) -> str | None:
        return self.when if isinstance(self.when, str) else None
