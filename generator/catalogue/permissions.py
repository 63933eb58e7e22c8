"""What a service's tasks may do, as statements of IAM policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

ALLOW, DENY = "Allow", "Deny"

Texts = tuple[str, ...] | str
"""Catalogue texts, or one expression that is a list of them."""


class Condition(NamedTuple):
    """A condition of a statement: an operator of IAM, the key that it looks at, and the values."""

    test: str
    variable: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """One statement of a policy: IAM actions, and the ARNs they are allowed on, as catalogue text."""

    actions: Texts
    resources: Texts
    conditions: tuple[Condition, ...] = ()
    effect: str = ALLOW
    sid: str | None = None

    @property
    def service(self) -> str:
        """The AWS service of the actions, as IAM writes it."""
        return self.first_action.partition(":")[0]

    @property
    def first_action(self) -> str:
        return self.actions if isinstance(self.actions, str) else self.actions[0]

    def texts(self) -> Iterator[str]:
        """Yield each text that may hold an expression."""
        yield from as_tuple(self.actions)
        yield from as_tuple(self.resources)
        yield from (value for condition in self.conditions for value in condition.values)


def as_tuple(texts: Texts) -> tuple[str, ...]:
    """Return texts one by one; an expression for all of them is one."""
    return (texts,) if isinstance(texts, str) else texts
