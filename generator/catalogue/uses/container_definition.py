"""What a service says of its container in the names of ECS, beside what the other settings say."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.adjustments import Adjustment
from generator.catalogue.container_types import TITLE, container_type
from generator.catalogue.shared import Shared
from generator.catalogue.use import Rule, Use
from generator.catalogue.written_arguments import contradictions
from generator.settings.breach import Breach
from generator.settings.objects import Entries
from generator.settings.parts import setting
from generator.settings.values import Schema, ValueType


class _Container(ValueType[Entries]):
    """What the API of ECS takes in a container definition."""

    keeps_nulls = True

    def read(self, value: object) -> Entries:
        return container_type().read(value)

    def schema(self) -> Schema:
        return container_type().schema()


def _it_contradicts_no_setting(service: ContainerDefinitionUse, shared: Shared) -> Iterator[Breach]:
    for breach in contradictions(service, TITLE, service.container_definition):
        yield breach.below(TITLE)


class ContainerDefinitionUse(Use):
    """Members of the container definition that the catalogue has no key for."""

    position = 45

    container_definition: Entries = setting(
        _Container(),
        "What the container's definition holds beside, as the API of ECS names it. `null` leaves out what tfgen would "
        "write.",
        default={},
    )

    rules = (
        Rule(
            "no-contradiction-in-container",
            frozenset({"container_definition"}),
            "docs/catalogue.md",
            _it_contradicts_no_setting,
        ),
    )

    def adjustments(self) -> Iterator[Adjustment]:
        if self.container_definition:
            address = f"aws_ecs_task_definition.{self.names.terraform}"
            yield Adjustment(address, self.entry(TITLE), self.container_definition, self.names.container)
