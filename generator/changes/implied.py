"""What an edit does to each resource: created, updated in place, replaced, destroyed, and what follows from that.

A change travels: a new revision of a task definition has another ARN, so the service that reads it is updated. What
Terraform will evaluate is not known here. So each change is a range, from what must happen to what may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from generator.aws.kept import is_kept
from generator.aws.replacement import Replacement, replacement
from generator.changes.difference import Certainty, difference_of_entry
from generator.changes.instances import Instances, instances_between, new_instances
from generator.changes.lifecycle import Lifecycle, lifecycle_of
from generator.changes.order import in_reading_order
from generator.changes.staying import staying
from generator.hcl.evaluated import Traversal, reads_of
from generator.hcl.nodes import REPEATING, ModuleNode, Nodes
from generator.hcl.scope import ModuleScope

OF_TERRAFORM = frozenset(("connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"))
"""Arguments and blocks that say how Terraform works, and that no provider sees."""

_SHOWN = {"timeouts": Certainty.PERHAPS}
"""How sure it is that a plan shows another value. Of `timeouts`, those of providers 3.39.0 and 5.100.0 show nothing."""

_STABLE = frozenset(("arn", "dns_name", "id", "name", "repository_url", "unique_id", "url", "zone_id"))
"""Attributes that only the provider sets, and that stay when a resource is updated in place."""


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

    `arguments` are those whose values change, and how sure that is. `instances` are those of a repeated block.
    """

    address: str
    at_least: Action
    at_most: Action
    arguments: dict[str, Certainty]
    instances: Instances | None = None

    def allows(self, action: Action) -> bool:
        """Tell whether an action is within what is implied."""
        return self.at_least <= action <= self.at_most

    def of_instance(self, key: str) -> Implied:
        """Return what is implied for one instance, by its key in addresses."""
        if self.instances is None:
            return self
        if self.instances.comes(key) is Certainty.YES:
            return replace(self, at_least=Action.CREATE, at_most=Action.CREATE, arguments={})
        if self.instances.goes(key) is Certainty.YES:
            return replace(self, at_least=Action.DESTROY, at_most=Action.DESTROY, arguments={})
        if self.instances.are_known:
            is_there = self.instances.before is not None and key in self.instances.before
            return (
                replace(self, instances=None) if is_there else Implied(self.address, Action.NOTHING, Action.NOTHING, {})
            )
        if self.at_least is Action.CREATE:
            return replace(self, at_least=Action.NOTHING)
        return replace(self, at_least=Action.NOTHING, at_most=Action.DESTROY) if self.instances.may_change else self

    def __str__(self) -> str:
        words = {Action.NOTHING: "nothing"}
        least, most = (words.get(action, action.name.lower()) for action in (self.at_least, self.at_most))
        told = least if least == most else f"{most} or {least}"
        has_instances = self.instances is not None and self.instances.may_change and self.at_least <= Action.REPLACE
        return f"{told}, {self.instances}" if has_instances else told


def implied_by(before: Nodes, after: Nodes) -> list[Implied]:
    """Return what the way from one rendering to another implies for each resource that it may touch.

    They come in the order of the text, that of the rendering after the change last.
    """
    walk = _Walk(before, after)
    destroyed = [Implied(address, Action.DESTROY, Action.DESTROY, {}) for address in before.keys() - after.keys()]
    found = [*(walk.of(address) for address in after), *destroyed]
    places = {address: place for place, address in enumerate([*before, *after])}
    implied = [one for one in found if _touches(one) and is_resource(one.address)]
    return sorted(implied, key=lambda one: places[one.address])


def implied_outputs(before: Nodes, after: Nodes) -> dict[str, Certainty]:
    """Return each output of a module that comes, goes or has another value, by its name, and how sure that is."""
    walk = _Walk(before, after)
    found = {address: max(walk.of(address).arguments.values(), default=Certainty.NO) for address in after}
    found |= dict.fromkeys(before.keys() ^ after.keys(), Certainty.YES)
    return {
        address.removeprefix("output."): certainty
        for address, certainty in found.items()
        if certainty and address.startswith("output.")
    }


def is_resource(address: str) -> bool:
    """Tell whether an address within a module is a resource's: not a local's, an output's or a data source's."""
    return address.count(".") == 1 and "_" in address.partition(".")[0]


def _touches(one: Implied) -> bool:
    return one.at_most is not Action.NOTHING or (one.instances is not None and one.instances.may_change)


class _Walk:
    """Goes through the nodes, each behind what it reads, until no change travels any further.

    Once is enough unless modules read each other.
    """

    def __init__(self, before: Nodes, after: Nodes) -> None:
        self._before, self._after = before, after
        self._old_scope = ModuleScope(after | before)  # what a hand-written file reads may not have been there before
        self._scope = ModuleScope(after)
        self._written: dict[str, dict[str, Certainty]] = {}
        self._read: dict[str, dict[str, frozenset[Traversal]]] = {}
        stay = staying(before, after)
        self._done = {address: Implied(address, Action.NOTHING, Action.NOTHING, {}) for address in stay}
        touched = {address: node for address, node in after.items() if address not in stay}
        self._lifecycles = {address: lifecycle_of(node) for address, node in touched.items()}
        for address, node in touched.items():
            self._compare(address, node)
        order = in_reading_order({address: self._read_by(node) for address, node in touched.items()})
        is_stable = False
        while not is_stable:
            is_stable = True
            for address in order:
                found = self._implied(after[address])
                is_stable = is_stable and found == self._done.get(address)
                self._done[address] = found

    def of(self, address: str) -> Implied:
        return self._done[address]

    def _read_by(self, node: ModuleNode) -> list[str]:
        """Return the address of each node on which a change of one may depend."""
        reads = [read for several in self._read[node.address].values() for read in several]
        reads += [read for name in REPEATING for read in reads_of(self._scope.argument(node, name))]
        reads += self._lifecycles[node.address].triggers
        written = node.read if node.is_data_source else node.references.get("depends_on", [])
        named = [reference.address for reference in written]
        return [*sorted({self._scope.locate(read)[0] for read in reads}), *named]

    def _compare(self, address: str, node: ModuleNode) -> None:
        """Compare a node's arguments with what was written before, and keep what their unknown parts read."""
        becomes = {name: self._scope.argument(node, name) for name in node.arguments if name not in OF_TERRAFORM}
        self._read[address] = {name: reads_of(value) for name, value in becomes.items()}
        old = self._before.get(address)
        if old is None:
            self._written[address] = {}
            return
        was = {name: self._old_scope.argument(old, name) for name in old.arguments if name not in OF_TERRAFORM}
        names = {**was, **becomes}
        self._written[address] = {
            name: Certainty.NO
            if name not in becomes and is_kept(node.type, name)
            else difference_of_entry(was, becomes, name, within=node.type)
            for name in names
        }

    def _implied(self, node: ModuleNode) -> Implied:
        if node.address not in self._before:
            return Implied(node.address, Action.CREATE, Action.CREATE, {}, new_instances(node, self._scope))
        lifecycle = self._lifecycles[node.address]
        changed = {name: certainty for name, certainty in self._changes(node, lifecycle) if certainty}
        replacing = {name: replacement(node.type, name) for name in changed}
        sure = [name for name, certainty in changed.items() if certainty is Certainty.YES]
        at_least = _strongest([replacing[name] for name in sure], Replacement.ALWAYS)
        at_most = _strongest(list(replacing.values()), Replacement.PERHAPS)
        triggered = self._triggered(node, lifecycle)
        if triggered:
            at_most = Action.REPLACE
            at_least = Action.REPLACE if triggered is Certainty.YES else at_least
        return Implied(node.address, at_least, at_most, changed, self._instances(node))

    def _changes(self, node: ModuleNode, lifecycle: Lifecycle) -> Iterator[tuple[str, Certainty]]:
        for name, written in self._written[node.address].items():
            reads = self._read[node.address].get(name, frozenset())
            certainty = max([written, *(self._changed(read, node) for read in reads)])
            yield name, min(certainty, lifecycle.counts(name), _SHOWN.get(name, Certainty.YES))
        if node.is_data_source:
            yield "depends_on", self._is_read_late(node)

    def _is_read_late(self, node: ModuleNode) -> Certainty:
        """A data source that names a resource with changes is read during the apply, whatever it reads of it.

        Source: as `_changed`.
        """
        named = [reference.address for reference in node.read if is_resource(reference.address)]
        return max((_certainty(self._done[one]) for one in named if one in self._done), default=Certainty.NO)

    def _triggered(self, node: ModuleNode, lifecycle: Lifecycle) -> Certainty:
        """Tell whether what a resource is replaced with changes.

        Source: Terraform's documentation, "The lifecycle Meta-Argument", `replace_triggered_by`.
        """
        found = [Certainty.NO]
        for trigger in lifecycle.triggers:
            address, steps = self._scope.locate(trigger)
            one = self._done.get(address)
            if one is not None:
                found.append(self._changed(trigger, node) if steps else _certainty(one))
        return max(found)

    def _instances(self, node: ModuleNode) -> Instances | None:
        old = self._before[node.address]
        if not (old.is_repeated or node.is_repeated):
            return None
        reads = (reads_of(self._scope.argument(node, name)) for name in REPEATING)
        may_differ = self._repetition_changes(node) or any(
            self._changed(read, node) for several in reads for read in several
        )
        return instances_between(old, self._old_scope, node, self._scope, bool(may_differ))

    def _changed(self, read: Traversal, reader: ModuleNode) -> Certainty:
        """Tell whether what a traversal reads changes.

        A data source that reads a resource with planned changes is read during the apply, and its attributes are
        unknown until then. Source: Terraform's documentation, "Data Sources", "Data Resource Behavior".
        """
        if read[0] in ("each", "count"):
            return self._repetition_changes(reader)
        address, steps = self._scope.locate(read)
        one = self._done.get(address)
        if one is None:  # declared in no file that is read here
            return Certainty.NO
        if reader.is_data_source and is_resource(address):
            return _certainty(one)
        if not is_resource(address) or not steps:
            certainty = max(one.arguments.values(), default=Certainty.NO)
            certainty = min(certainty, Certainty.PERHAPS) if address.startswith("module.") else certainty
        else:
            certainty = self._attribute_changes(one, steps[0])
        return max(certainty, _of_instances(one))

    def _attribute_changes(self, one: Implied, attribute: str) -> Certainty:
        if attribute in self._after[one.address].arguments:
            return one.arguments.get(attribute, Certainty.NO)
        if one.at_most >= Action.REPLACE:
            return Certainty.YES if one.at_least >= Action.REPLACE else Certainty.PERHAPS
        may_be_computed_anew = one.at_most is Action.UPDATE and attribute not in _STABLE
        return Certainty.PERHAPS if may_be_computed_anew else Certainty.NO

    def _repetition_changes(self, node: ModuleNode) -> Certainty:
        old = self._before.get(node.address)
        if old is None:
            return Certainty.NO
        was, becomes = (
            {name: scope.argument(one, name) for name in REPEATING if name in one.arguments}
            for one, scope in ((old, self._old_scope), (node, self._scope))
        )
        return Certainty.NO if was == becomes else Certainty.PERHAPS


def _of_instances(one: Implied) -> Certainty:
    """Tell whether a reader finds another number of instances."""
    return Certainty.PERHAPS if one.instances is not None and one.instances.may_change else Certainty.NO


def _certainty(one: Implied) -> Certainty:
    """Tell whether anything happens to a resource."""
    if one.at_least is not Action.NOTHING:
        return Certainty.YES
    return Certainty.PERHAPS if _touches(one) else Certainty.NO


def _strongest(replacing: list[Replacement], enough: Replacement) -> Action:
    if any(one >= enough for one in replacing):
        return Action.REPLACE
    return Action.UPDATE if replacing else Action.NOTHING
