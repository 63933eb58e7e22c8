"""The log group of a service: one that the module makes, or one that exists."""

from __future__ import annotations

from dataclasses import dataclass

from generator.aws.resource_types import name_limit
from generator.catalogue import elsewhere
from generator.catalogue.chosen_names import NamePattern
from generator.catalogue.existing import (
    LOG_GROUPS,
    ArnOfExisting,
    Existing,
    NameOfExisting,
    existing,
    existing_by_arn,
    told_of,
    with_name_by_terraform,
)
from generator.catalogue.named import Told
from generator.settings.parts import OrPart, Part, setting
from generator.settings.values import Key, OrFalse, Schema, ValueType

_NAME = NamePattern(name_limit("aws_cloudwatch_log_group"))
_ARN = "arn:"


class LogGroup(Part):
    """A log group that exists."""

    elsewhere = elsewhere.OF_A_LOG_GROUP

    arn: str = setting(ArnOfExisting(LOG_GROUPS), "ARN of a log group that exists.")
    name: str | None = setting(_NAME, "Its name.", default=None)


class _KeyOrName(ValueType[str]):
    """The last part of a name, which is a key, or what names a log group that exists: that is no key."""

    def __init__(self) -> None:
        self._key, self._existing = Key(), NameOfExisting(LOG_GROUPS)

    def read(self, value: object) -> str:
        if not (isinstance(value, str) and is_name_of_log_group(value)):
            return self._key.read(value)
        text = self._existing.read(value)
        return text if text.startswith(_ARN) else _NAME.read(text)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": rf"{self._key.schema()['pattern']}|/|^{_ARN}|\$\{{"}


LOG_GROUP = OrFalse(OrPart(_KeyOrName(), LogGroup))
"""What an author writes of a log group."""


def is_name_of_log_group(text: str) -> bool:
    """Tell whether a text names a log group that exists, and is not the last part of the name of a service's own."""
    return "/" in text or "${" in text or text.startswith(_ARN)


@dataclass(frozen=True)
class LogGroupInUse:
    """How containers name a log group, as catalogue text."""

    name: str
    told: Told


def existing_log_group(log_group: str | bool | LogGroup | None) -> LogGroupInUse | None:
    """Return the log group that exists where a service says this of its own; none where it names none."""
    if isinstance(log_group, LogGroup):
        found = existing_by_arn(LOG_GROUPS, log_group.arn, log_group.name)
        return _in_use(with_name_by_terraform(LOG_GROUPS, found))
    if isinstance(log_group, str) and is_name_of_log_group(log_group):
        return _in_use(existing(LOG_GROUPS, log_group))
    return None


def _in_use(found: Existing) -> LogGroupInUse:
    return LogGroupInUse(found.name or found.written, told_of(found))
