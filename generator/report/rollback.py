"""What a rollback does not bring back."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.resource_types import resource_type
from generator.changes.edit import Edit
from generator.changes.effects import BlockChange, Effect
from generator.report.markdown import Markdown, words

_SERVICE = "aws_ecs_service"


def not_restored(edit: Edit) -> Iterator[Markdown]:
    """Yield a sentence for each block that is destroyed with its data, and for each service that stops running."""
    for change in edit.blocks:
        if change.effect is Effect.DATA_LOSS:
            told = Markdown("{} is created again, without {}{}")
            yield told.format(change.address, words(resource_type(_type(change)).lost), _perhaps(change))
        elif change.effect in (Effect.REMOVAL, Effect.REPLACEMENT) and _type(change) == _SERVICE:
            told = Markdown("{} is created again, and its tasks do not run until then{}")
            yield told.format(change.address, _perhaps(change))


def _type(change: BlockChange) -> str:
    return change.address.split(".")[-2]


def _perhaps(change: BlockChange) -> Markdown:
    return Markdown("") if change.is_certain else Markdown(", if this change replaces it")
