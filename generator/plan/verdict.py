"""The verdict on one thing that a plan does, or should do."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """How a plan breaks the contract: the path of the argument, if it is about one, and what is wrong.

    It never holds a value: plans hold secrets.
    """

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path} {self.what}" if self.path else self.what


class Verdict(NamedTuple):
    """One resource, output or action: what is implied, what is planned, and how that breaks the contract, if it does.

    `pending` counts the values that only the apply tells, `unjudged` those that only Terraform evaluates.
    """

    address: str
    implied: str
    planned: str
    faults: tuple[Fault, ...] = ()
    pending: int = 0
    unjudged: int = 0
