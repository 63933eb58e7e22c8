"""What a rollback does not bring back."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.resource_types import resource_type
from generator.changes.edit import Edit
from generator.changes.effects import BlockChange, Effect
from generator.report.markdown import Markdown, words

_SERVICE, _REPOSITORY = "aws_ecs_service", "aws_ecr_repository"


def not_restored(edit: Edit) -> Iterator[Markdown]:
    """Yield a sentence for each block that is destroyed with its data, and for each service that stops running."""
    are_images_lost = any(one.effect is Effect.DATA_LOSS and _type(one) == _REPOSITORY for one in edit.blocks)
    for change in edit.blocks:
        if change.effect is Effect.DATA_LOSS:
            told = Markdown("{} is created again, without {}{}")
            yield told.format(change.address, words(resource_type(_type(change)).lost), _perhaps(change))
        elif change.effect in (Effect.REMOVAL, Effect.REPLACEMENT) and _type(change) == _SERVICE:
            told = Markdown("{} is created again, and its tasks do not run until then{}")
            if are_images_lost:
                told = Markdown("{} is created again, and its tasks run once their image is pushed again{}")
            yield told.format(change.address, _perhaps(change))


def _type(change: BlockChange) -> str:
    return change.address.split(".")[-2]


def _perhaps(change: BlockChange) -> Markdown:
    return Markdown("") if change.is_certain else Markdown(", if this change replaces it")
