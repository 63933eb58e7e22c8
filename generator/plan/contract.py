"""The contract: a plan does what the catalogue's change implies, all of it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from generator.changes.difference import Certainty
from generator.changes.implied import Action, Implied
from generator.changes.resources import implied_between
from generator.edition import Edition
from generator.hcl.nodes import Node, Nodes
from generator.hcl.values import Expression, Value
from generator.plan.read import Planned
from generator.table import Rows, print_table

_FOLLOWS = {"tags_all": "tags"}
"""Arguments that the provider derives from another."""

_INSTANCE = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]$')
"""The key of one of the instances that `count` or `for_each` makes of a block."""


@dataclass(frozen=True)
class Verdict:
    """One resource: what is implied, what is planned, and how the plan breaks the contract, if it does."""

    address: str
    implied: str
    planned: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """What a catalogue's change implies, by full address, and the module's blocks as they are rendered now.

    `address` is the module's.
    """

    address: str
    implied: Mapping[str, Implied]
    nodes: Nodes

    @classmethod
    def between(cls, before: Edition | None, after: Edition) -> Contract:
        """Derive the contract of a change."""
        return cls(after.address, implied_between(before, after), after.module_nodes)

    def judge(self, plan: Sequence[Planned]) -> list[Verdict]:
        """Return a verdict for each resource that the contract or the plan touches."""
        planned: dict[str, list[Planned]] = {}
        for one in plan:
            planned.setdefault(self._block_of(one.address), []).append(one)
        found = [verdict for address in self.implied for verdict in self._verdicts(address, planned.pop(address, []))]
        left = [one for instances in planned.values() for one in instances if one.action is not Action.NOTHING]
        return [*found, *(self._verdict(one.address, one.address, one) for one in left)]

    def _block_of(self, planned: str) -> str:
        """Return the full address of the block behind a planned one: a repeated block has instances."""
        address = _INSTANCE.sub("", planned)
        return address if address in self.implied and self._is_repeated(address) else planned

    def _is_repeated(self, address: str) -> bool:
        node = self.nodes.get(self.implied[address].address)
        return node is not None and bool({"count", "for_each"} & node.arguments.keys())

    def _verdicts(self, address: str, instances: list[Planned]) -> list[Verdict]:
        """A repeated block may have no instance at all."""
        if not instances and not self._is_repeated(address):
            return [self._verdict(address, address, None)]
        return [self._verdict(address, one.address, one) for one in instances]

    def _verdict(self, block: str, address: str, planned: Planned | None) -> Verdict:
        implied = self.implied.get(block)
        faults = tuple(self._faults(address, implied, planned))
        return Verdict(address, str(implied or "nothing"), planned.words if planned else "nothing", faults)

    def _faults(self, address: str, implied: Implied | None, planned: Planned | None) -> Iterator[str]:
        action = planned.action if planned else Action.NOTHING
        if implied is None:
            is_within = address.startswith(f"{self.address}.")
            yield "not implied" if is_within else f"not implied: it is outside of {self.address}"
        elif action is None or not implied.allows(action):
            yield "missing" if action is Action.NOTHING else "not implied"
        elif planned is not None and action is not Action.DESTROY:
            yield from _of_arguments(implied, planned)
            yield from _of_values(self.nodes[implied.address], planned)


def print_verdicts(verdicts: Sequence[Verdict], stream: IO[str], colour: bool) -> None:
    """Print a line for each verdict."""
    rows = Rows(("ADDRESS", "IMPLIED", "PLANNED", "VERDICT"))
    for one in verdicts:
        cells = (one.address, one.implied, one.planned, "; ".join(one.faults) or "holds")
        rows.add(cells, style="red" if one.faults else "")
    if verdicts:
        print_table(rows, stream, colour)


def summary(verdicts: Sequence[Verdict], base: str) -> str:
    """Return the verdicts in a sentence."""
    broken = sum(bool(verdict.faults) for verdict in verdicts)
    if broken:
        return f"broken: {broken} of {len(verdicts)} resources are not as the catalogue's change since {base} implies"
    if not verdicts:
        return f"holds: the catalogue's change since {base} implies nothing, and nothing is planned"
    return f"holds: the plan does what the catalogue's change since {base} implies, and nothing else"


def _of_arguments(implied: Implied, planned: Planned) -> Iterator[str]:
    if planned.action in (Action.UPDATE, Action.REPLACE):
        for name in sorted(planned.changed):
            if name not in implied.arguments and _FOLLOWS.get(name) not in implied.arguments:
                yield f"changes {name} as well"
    if planned.action is Action.UPDATE:
        for name, certainty in implied.arguments.items():
            if certainty is Certainty.YES and name not in planned.changed:
                yield f"does not change {name}"


def _of_values(node: Node, planned: Planned) -> Iterator[str]:
    """A plan of another commit does the right things with the wrong values."""
    for name, value in node.arguments.items():
        if name not in planned.unknown and name in planned.after and not _is(value, planned.after[name]):
            yield f"sets {name} to another value than is rendered"


def _is(value: Value, planned: object) -> bool:
    """Tell whether a planned value can be a rendered one. Lists and objects are Terraform's to normalise."""
    if isinstance(value, Expression | list | dict) or value is None:
        return True
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return str(planned).lower() == written.lower() if isinstance(value, bool) else str(planned) == written
