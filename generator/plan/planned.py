"""A plan's content: what it does to each resource and output, what it knows, and the configuration that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.changes.implied import Action
from generator.hcl.addresses import ResourceAddress
from generator.plan.configuration import Configuration

NOTHING: tuple[object, ...] = (None, "", [], {})
"""The values that a provider writes where nothing is set."""


@dataclass(frozen=True)
class Planned:
    """What a plan does to one resource, or that it reads a data source during the apply.

    `action` is none where it is something that no catalogue implies: `words` say what. `changed` are the arguments
    with another value than before, of a replaced resource those that it is replaced for. `unknown` mirrors `after`: a
    true stands for each value that an apply will tell. `deposed` is the key of an object that a replacement left
    behind, and `moved_from` the address before a move.
    """

    address: ResourceAddress
    mode: str
    action: Action | None
    words: str
    changed: frozenset[str]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    unknown: Mapping[str, Any]
    creates_first: bool = False
    deposed: str = ""
    is_import: bool = False
    moved_from: str = ""

    @property
    def does_nothing(self) -> bool:
        """Whether a resource stays as it is."""
        return self.action is Action.NOTHING and self.before == self.after

    @property
    def type(self) -> str:
        return self.address.block.removeprefix("data.").partition(".")[0]


@dataclass(frozen=True)
class PlannedOutput:
    """What a plan does to an output of the root module."""

    name: str
    words: str
    after: Any
    unknown: Any


@dataclass(frozen=True)
class Plan:
    """A whole plan. `values` are those that it knows of each resource and data source, by full address."""

    resources: list[Planned]
    outputs: list[PlannedOutput]
    actions: list[str]
    values: Mapping[str, Mapping[str, Any]]
    contradictions: Mapping[str, str]
    configuration: Configuration


def holds_true(value: object) -> bool:
    """Tell whether any part of a value is unknown: a true stands for each that is."""
    if isinstance(value, dict):
        return any(map(holds_true, value.values()))
    return any(map(holds_true, value)) if isinstance(value, list) else value is True
