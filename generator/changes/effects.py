"""What a change means while the services run, from nothing to the loss of data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from generator.aws.resource_types import resource_type
from generator.changes.implied import Action, Implied


class Effect(IntEnum):
    """The class of a change, the gravest last."""

    NOTHING = 0
    CREATION = 1
    IN_PLACE = 2
    NEW_REVISION = 3
    REMOVAL = 4
    REPLACEMENT = 5
    DATA_LOSS = 6

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Effect.NOTHING: "nothing at run time",
    Effect.CREATION: "creation",
    Effect.IN_PLACE: "in place",
    Effect.NEW_REVISION: "new task revision",
    Effect.REMOVAL: "removal",
    Effect.REPLACEMENT: "replacement",
    Effect.DATA_LOSS: "data loss",
}


@dataclass(frozen=True)
class BlockChange:
    """A block that changes: its full address, what happens to it, and what that means."""

    address: str
    what: str
    effect: Effect
    is_certain: bool = True

    @property
    def meaning(self) -> str:
        """The effect in words, and whether it is certain."""
        return self.effect.words if self.is_certain else f"perhaps {self.effect.words}"


def of_resource(address: str, implied: Implied) -> BlockChange:
    """Return what is implied for a resource as a change with its gravest meaning."""
    effect = _effect(implied.address.partition(".")[0], implied.at_most)
    return BlockChange(address, str(implied), effect, is_certain=implied.at_least is implied.at_most)


def _effect(type_: str, action: Action) -> Effect:
    if action is Action.REPLACE and type_ == "aws_ecs_task_definition":
        return Effect.NEW_REVISION
    if action in (Action.REPLACE, Action.DESTROY) and resource_type(type_).lost:
        return Effect.DATA_LOSS
    return {
        Action.NOTHING: Effect.NOTHING,
        Action.CREATE: Effect.CREATION,
        Action.UPDATE: Effect.IN_PLACE,
        Action.REPLACE: Effect.REPLACEMENT,
        Action.DESTROY: Effect.REMOVAL,
    }[action]
