"""What an edit does to each resource: created, updated in place, replaced, destroyed, and what follows from that.

A change travels: a new revision of a task definition has another ARN, so the service that reads it is updated. What
Terraform will evaluate is not known here. So each change is a range, from what must happen to what may.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from generator.changes.difference import Certainty, difference_of_entry
from generator.hcl.nodes import Node, Nodes, resolved
from generator.hcl.references import Reference
from generator.hcl.values import Value
from generator.provider.replacement import Replacement, replacement

_OF_TERRAFORM = frozenset(("depends_on", "lifecycle", "provider"))
"""Arguments that say how Terraform works, and that no provider sees."""


_WHOLE = ""
"""Stands for a node as a whole in place of one of its arguments."""


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
    """Follows each change from what is read to what reads it, until none travels any further.

    Modules may read each other. A change only ever gets surer, so each way is gone a few times at most.
    """

    def __init__(self, before: Nodes, after: Nodes) -> None:
        self._before, self._after = before, after
        self._written = {address: self._written_changes(node) for address, node in after.items()}
        self._found = {address: _Found(node.type, is_new=address not in before) for address, node in after.items()}
        self._ways: defaultdict[tuple[str, str], list[_Way]] = defaultdict(list)
        self._surer: list[tuple[str, str]] = []
        for node in after.values():
            self._begin(node)
        while self._surer:
            for way in self._ways[self._surer.pop()]:
                self._follow(way)

    def of(self, address: str) -> Implied:
        """Return what is implied for a resource, its arguments in the order in which they are written."""
        found = self._found[address]
        changed = {name: found.arguments[name] for name in self._written[address] if name in found.arguments}
        return Implied(address, found.at_least, found.at_most, changed)

    def _written_changes(self, node: Node) -> dict[str, Certainty]:
        """Compare a node's arguments with what was written before, references to literals followed."""
        old = self._before.get(node.address)
        if old is None:
            return {}
        was, becomes = _resolved_arguments(old, self._before), _resolved_arguments(node, self._after)
        names = [name for name in {**was, **becomes} if name not in _OF_TERRAFORM]
        return {name: difference_of_entry(was, becomes, name, within=node.type) for name in names}

    def _begin(self, node: Node) -> None:
        for name, certainty in self._written[node.address].items():
            self._raise(node.address, name, certainty)
            for reference in node.references.get(name, []):
                if reference.address in self._found:  # others are declared in no file that is read here
                    way = _Way(node, name, reference)
                    for part in {_WHOLE, reference.attribute}:
                        self._ways[reference.address, part].append(way)
                    self._follow(way)

    def _follow(self, way: _Way) -> None:
        self._raise(way.reader.address, way.argument, self._changed(way))

    def _raise(self, address: str, argument: str, certainty: Certainty) -> None:
        found = self._found[address]
        if certainty > found.arguments.get(argument, Certainty.NO):
            self._surer.append((address, argument))
            if found.raised(argument, certainty):
                self._surer.append((address, _WHOLE))

    def _changed(self, way: _Way) -> Certainty:
        """Tell whether what a reference reads changes.

        A data source that reads a resource with planned changes is read during the apply, and its attributes are
        unknown until then. Source: Terraform's documentation, "Data Sources", "Data Resource Behavior".
        """
        address, attribute = way.reference.address, way.reference.attribute
        found = self._found[address]
        if way.reader.is_data_source and is_resource(address):
            return found.certainty
        if not is_resource(address) or not attribute:
            return found.surest
        itself = found.arguments.get(attribute, Certainty.NO)
        return itself if attribute in self._after[address].arguments else max(itself, found.replaced)


class _Way(NamedTuple):
    """A reference in an argument of a node."""

    reader: Node
    argument: str
    reference: Reference


class _Found:
    """What is known so far of the changes of one node."""

    def __init__(self, type_: str, is_new: bool) -> None:
        self._type = type_
        self.at_least = self.at_most = Action.CREATE if is_new else Action.NOTHING
        self.arguments: dict[str, Certainty] = {}
        self.surest = Certainty.NO

    @property
    def certainty(self) -> Certainty:
        """Whether anything happens to it."""
        if self.at_least is not Action.NOTHING:
            return Certainty.YES
        return Certainty.PERHAPS if self.at_most is not Action.NOTHING else Certainty.NO

    @property
    def replaced(self) -> Certainty:
        """Whether it has other computed attributes: it is replaced, or new."""
        if self.at_least >= Action.REPLACE:
            return Certainty.YES
        return Certainty.PERHAPS if self.at_most >= Action.REPLACE else Certainty.NO

    def raised(self, argument: str, certainty: Certainty) -> bool:
        """Take an argument's change for surer than before, and tell whether that says more of the whole."""
        before = self.at_least, self.at_most, self.surest
        self.arguments[argument] = certainty
        self.surest = max(self.surest, certainty)
        replacing = replacement(self._type, argument)
        self.at_most = max(self.at_most, _action(replacing, Replacement.PERHAPS))
        if certainty is Certainty.YES:
            self.at_least = max(self.at_least, _action(replacing, Replacement.ALWAYS))
        return before != (self.at_least, self.at_most, self.surest)


def _resolved_arguments(node: Node, nodes: Nodes) -> dict[str, Value]:
    return {name: resolved(value, nodes) for name, value in node.arguments.items()}


def _action(replacing: Replacement, enough: Replacement) -> Action:
    return Action.REPLACE if replacing >= enough else Action.UPDATE
