"""What is wrong with an entry of the catalogue, in the form that all checks use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.errors import Severity
from generator.source.source import Key

MOST_BREACHES = 100_000
"""In one catalogue. After that many, the search stops: a million would take gigabytes."""


class Breach(NamedTuple):
    """A rule that an entry breaks, or a warning about it. `at_key` says that the key is at fault, not the value."""

    key: Key
    what: str
    remedy: str
    severity: Severity = "error"
    at_key: bool = False

    def below(self, step: str | int) -> Breach:
        """Return the same breach, seen from the entry that holds this one at `step`."""
        return self._replace(key=(step, *self.key))


class Breached(Exception):  # noqa: N818 - what is breached is a value; the catalogue makes an error of it
    """A value with breaches in it, all of them; their keys lead from the value to the entry at fault."""

    def __init__(self, breaches: Iterable[Breach]) -> None:
        self.breaches = tuple(breaches)
        super().__init__(self.breaches)
