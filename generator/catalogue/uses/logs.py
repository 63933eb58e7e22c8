"""The log groups that a service's tasks write or read themselves."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws import limits
from generator.catalogue import elsewhere
from generator.catalogue.access import (
    Access,
    Profile,
    ThingsByName,
    ThingSort,
    ThingsSaid,
    accesses_by_name,
)
from generator.catalogue.existing import LOG_GROUPS
from generator.catalogue.use import Use
from generator.settings.parts import setting

_STREAMS = ("{arn}:*",)
_READ = ("logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents")

LOGS = ThingSort(
    noun="log group",
    sort=LOG_GROUPS,
    arn="arn:{partition}:logs:{in_account}:log-group:{name}",
    name=limits.LOG_GROUP_PATTERN,
    remedy="use up to 512 letters, digits and . - _ / #",
    exists="The log group {} exists in the account and region that are applied to",
    profiles=(
        Profile("write", "write", "events of the log group", ("logs:CreateLogStream", "logs:PutLogEvents"), _STREAMS),
        Profile("read", "read", "events of the log group", _READ, _STREAMS),
        Profile("create", "create", "the log group", ("logs:CreateLogGroup",), _STREAMS),
    ),
    elsewhere=elsewhere.OF_LOGS,
)
"""Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html."""


class LogsUse(Use):
    """Log groups that the tasks call by themselves: what the containers print needs nothing of it."""

    position = 88
    profiles = LOGS.profiles

    logs: ThingsSaid = setting(
        ThingsByName(LOGS), "Log groups by their names, each with what the tasks do with it by themselves.", default={}
    )

    def accesses(self) -> Iterator[Access]:
        yield from accesses_by_name(self.logs, LOGS, "logs", self.names)
