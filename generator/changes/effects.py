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
    instances, type_ = implied.instances, implied.address.partition(".")[0]
    actions = [implied.at_most]
    if instances is not None and implied.at_most <= Action.REPLACE:
        actions += [Action.CREATE] * instances.may_come + [Action.DESTROY] * instances.may_go
    is_known = instances is None or instances.are_known or not instances.may_change
    effect = max(_effect(type_, action) for action in actions)
    return BlockChange(address, str(implied), effect, implied.at_least is implied.at_most and is_known)


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
