"""What is wrong with an entry of the catalogue: the form in which everything that looks at one tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.errors import Severity
from generator.source.source import Key

MOST_BREACHES = 100_000
"""Of a catalogue: beyond them, no more are looked for. A million of them would take gigabytes."""


class Breach(NamedTuple):
    """A rule that an entry breaks, or that it bends. `at_key` where its key is at fault, not its value."""

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
