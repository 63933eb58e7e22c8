"""What an edit does to each resource: created, updated in place, replaced, destroyed, and what follows from that.

A change travels: a new revision of a task definition has another ARN, so the service that reads it is updated. What
Terraform will evaluate is not known here. So each change is a range, from what must happen to what may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from generator.changes.difference import Certainty, difference_of_entry
from generator.hcl.nodes import Node, Nodes, resolved
from generator.hcl.references import Reference
from generator.hcl.values import Value
from generator.provider.replacement import Replacement, replacement

_OF_TERRAFORM = frozenset(("depends_on", "lifecycle", "provider"))
"""Arguments that say how Terraform works, and that no provider sees."""


class Action(IntEnum):
    """What happens to a resource; of those that it survives, the stronger one is the greater."""

    NOTHING = 0
    UPDATE = 1
    REPLACE = 2
    CREATE = 3
    DESTROY = 4


@dataclass(frozen=True)
class Implied:
    """What an edit implies for one resource: at least one action, at most another.

    `arguments` are those whose values change, and how sure that is.
    """

    address: str
    at_least: Action
    at_most: Action
    arguments: dict[str, Certainty]

    def allows(self, action: Action) -> bool:
        """Tell whether an action is within what is implied."""
        return self.at_least <= action <= self.at_most

    def __str__(self) -> str:
        words = {Action.NOTHING: "nothing"}
        least, most = (words.get(action, action.name.lower()) for action in (self.at_least, self.at_most))
        return least if least == most else f"{most} or {least}"


def implied_by(before: Nodes, after: Nodes) -> list[Implied]:
    """Return what the way from one rendering to another implies for each resource that it may touch.

    They come in the order of the text, that of the rendering after the change last.
    """
    walk = _Walk(before, after)
    destroyed = [Implied(address, Action.DESTROY, Action.DESTROY, {}) for address in before.keys() - after.keys()]
    found = [*(walk.of(address) for address in after), *destroyed]
    places = {address: place for place, address in enumerate([*before, *after])}
    implied = [one for one in found if one.at_most is not Action.NOTHING and is_resource(one.address)]
    return sorted(implied, key=lambda one: places[one.address])


def is_resource(address: str) -> bool:
    """Tell whether an address within a module is a resource's: not a local's, an output's or a data source's."""
    return address.count(".") == 1 and "_" in address.partition(".")[0]


class _Walk:
    """Goes through the nodes until no change travels any further: modules may read each other."""

    def __init__(self, before: Nodes, after: Nodes) -> None:
        self._before, self._after = before, after
        self._done: dict[str, Implied] = {}
        self._written = {address: self._written_changes(node) for address, node in after.items()}
        before_pass: dict[str, Implied] | None = None
        while self._done != before_pass:
            before_pass = dict(self._done)
            for address, node in after.items():
                self._done[address] = self._implied(node)

    def of(self, address: str) -> Implied:
        return self._done[address]

    def _written_changes(self, node: Node) -> dict[str, Certainty]:
        """Compare a node's arguments with what was written before, references to literals followed."""
        old = self._before.get(node.address)
        if old is None:
            return {}
        was, becomes = _resolved_arguments(old, self._before), _resolved_arguments(node, self._after)
        names = [name for name in {**was, **becomes} if name not in _OF_TERRAFORM]
        return {name: difference_of_entry(was, becomes, name, within=node.type) for name in names}

    def _implied(self, node: Node) -> Implied:
        if node.address not in self._before:
            return Implied(node.address, Action.CREATE, Action.CREATE, {})
        changed = {name: certainty for name, certainty in self._changes(node) if certainty}
        replacing = {name: replacement(node.type, name) for name in changed}
        sure = [name for name, certainty in changed.items() if certainty is Certainty.YES]
        at_least = _strongest([replacing[name] for name in sure], Replacement.ALWAYS)
        at_most = _strongest(list(replacing.values()), Replacement.PERHAPS)
        return Implied(node.address, at_least, at_most, changed)

    def _changes(self, node: Node) -> Iterator[tuple[str, Certainty]]:
        for name, written in self._written[node.address].items():
            read = [self._changed(reference, node) for reference in node.references.get(name, [])]
            yield name, max([written, *read])

    def _changed(self, reference: Reference, reader: Node) -> Certainty:
        """Tell whether what a reference reads changes.

        A data source that reads a resource with planned changes is read during the apply, and its attributes are
        unknown until then. Source: Terraform's documentation, "Data Sources", "Data Resource Behavior".
        """
        one = self._done.get(reference.address)
        if one is None:  # declared in no file that is read here
            return Certainty.NO
        if reader.is_data_source and is_resource(one.address):
            return _certainty(one)
        if not is_resource(one.address) or not reference.attribute:
            return max(one.arguments.values(), default=Certainty.NO)
        is_written = reference.attribute in self._after[one.address].arguments
        if is_written or one.at_most < Action.REPLACE:
            return one.arguments.get(reference.attribute, Certainty.NO)
        return Certainty.YES if one.at_least >= Action.REPLACE else Certainty.PERHAPS


def _resolved_arguments(node: Node, nodes: Nodes) -> dict[str, Value]:
    return {name: resolved(value, nodes) for name, value in node.arguments.items()}


def _certainty(one: Implied) -> Certainty:
    """Tell whether anything happens to a resource."""
    if one.at_least is not Action.NOTHING:
        return Certainty.YES
    return Certainty.PERHAPS if one.at_most is not Action.NOTHING else Certainty.NO


def _strongest(replacing: list[Replacement], enough: Replacement) -> Action:
    if any(one >= enough for one in replacing):
        return Action.REPLACE
    return Action.UPDATE if replacing else Action.NOTHING
