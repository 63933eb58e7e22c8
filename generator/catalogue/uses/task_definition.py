"""Which revision of its task definition a service runs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.blocks import Block
from generator.catalogue.shared import Shared
from generator.catalogue.use import Check, Feature, Scope, Use
from generator.errors import Rejection
from generator.settings.parts import setting
from generator.settings.values import Choice, shown

LATEST = "latest"


class _Latest(Choice):
    """The word for the newest revision."""

    def __init__(self) -> None:
        super().__init__(LATEST)

    def read(self, value: object) -> str:
        if isinstance(value, str) and value != LATEST:
            what = f"{shown(value)} is not a revision of the task definition that the service has"
            remedy = f"write `{LATEST}` for the newest one; the kind `service` runs the tasks of another service"
            raise Rejection(what, remedy)
        return super().read(value)


class TaskDefinitionUse(Use):
    """The revision that Terraform registered, or the newest one, which a pipeline may have registered."""

    position = 160
    scope = Scope.NAMED
    template = "newest_revision"

    task_definition: str | None = setting(
        _Latest(),
        "`latest` for the newest revision of the task definition, which a pipeline may have registered; without it, "
        "the one that Terraform registered.",
        default=None,
        own=True,
    )

    @property
    def runs_newest(self) -> bool:
        """Whether it runs the newest revision of its family."""
        return self.task_definition == LATEST

    @property
    def reads_newest(self) -> bool:
        """Whether the module reads which revision that is.

        A service of ECS is told a revision. A schedule may name the family alone: each run takes the newest. Sources:
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html,
        https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html.
        """
        return self.runs_newest and bool(self.scope & Scope.ECS_SERVICE)

    @property
    def arn_of_newest(self) -> str:
        """ARN of the newest revision, or of the family, as catalogue text."""
        if self.reads_newest:
            return self.names.attribute(self._data_source, "arn")
        return self.names.attribute(self.names.family_in_aws.address, "arn_without_revision")

    @property
    def _data_source(self) -> str:
        return f"data.{self.names.family_in_aws.address}"

    def own_blocks(self) -> Iterator[Block]:
        if self.reads_newest:
            yield Block(self._data_source, self.entry("task_definition"))

    def checks(self, shared: Shared) -> Iterator[Check]:
        if self.runs_newest:
            yield Check(
                "The newest revision of {} may run, also where Terraform did not register it",
                (self.names.family_in_aws,),
            )

    def features(self, shared: Shared) -> Iterator[Feature]:
        if self.runs_newest:
            yield Feature(15, "revision", "the newest one")
