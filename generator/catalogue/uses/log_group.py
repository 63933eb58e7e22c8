"""The log group of a service's tasks."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue.blocks import Block
from generator.catalogue.log_groups import LOG_GROUP, LogGroup, existing_log_group
from generator.catalogue.shared import Shared
from generator.catalogue.use import Drawn, Feature, Section, Use
from generator.settings.parts import setting
from generator.settings.values import OneOf, OrExpression


class LogGroupUse(Use):
    """A CloudWatch log group."""

    position = 140
    draws = "log group"
    section = Section.LOG_GROUPS
    template = "log_group"
    nameable = ("log_group",)
    resources = ("aws_cloudwatch_log_group",)

    log_group: str | bool | LogGroup | None = setting(
        LOG_GROUP,
        "The log group: last part of its name, if not the service's own; one that exists, by its full name or ARN; or "
        "`false` for none.",
        default=None,
        own=True,
        bare=False,
    )
    log_retention_days: int | str | None = setting(
        OrExpression(OneOf(limits.LOG_RETENTION_DAYS, "a retention of CloudWatch Logs")),
        "Days until log events expire; 0 for never.",
        default=30,
        writes=("aws_cloudwatch_log_group.retention_in_days",),
        bare=None,
    )

    def key_of_log_group(self, key: str) -> str:
        """Return the key of the log group that the module makes for a service; nothing where it makes none."""
        if self.log_group is None:
            return key
        return str(self.log_group) if self.log_group and not existing_log_group(self.log_group) else ""

    def own_blocks(self) -> Iterator[Block]:
        if self.names.has_log_group:
            log_group, named_at = self.names.log_group_in_aws, self.names.named_at("log_group")
            yield Block(log_group.address, self.entry("log_group"), log_group.by_catalogue, named_at)

    def drawn(self, shared: Shared) -> Iterator[Drawn]:
        log_group = self.log_group_in_use
        if log_group:
            yield Drawn(LogGroupUse.draws, log_group.name, log_group.told, "log group", ("logs to",))

    def features(self, shared: Shared) -> Iterator[Feature]:
        log_group = self.log_group_in_use
        if log_group:
            yield Feature(30, "log group", log_group.told)
