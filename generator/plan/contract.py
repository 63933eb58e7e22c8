"""The contract: a plan does what the catalogue's change implies, all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.aws.policy import DOCUMENT
from generator.aws.values import values_of
from generator.changes.difference import Certainty
from generator.changes.implied import Action, Implied
from generator.changes.lifecycle import lifecycle_of
from generator.changes.resources import implied_between, outputs_between
from generator.edition import Edition
from generator.hcl.addresses import ROOT, ResourceAddress, parsed, within
from generator.hcl.moves import Move
from generator.hcl.nodes import Nodes
from generator.plan.comparison import PlanComparison
from generator.plan.held import held
from generator.plan.outside import Outside
from generator.plan.planned import Plan, Planned
from generator.plan.provisioners import undeclared_programs
from generator.plan.revisions import with_newest_revision
from generator.plan.scope import PlanScope
from generator.plan.verdict import Fault, Verdict

_FOLLOWS = {"tags_all": "tags"}
"""Arguments that the provider derives from another."""


@dataclass(frozen=True)
class Contract:
    """What a catalogue's change implies, by full address, and the module's blocks as they are now.

    `address` is the module's; `generated` are the addresses of the blocks that the catalogue renders. `allows_import`
    says that a resource may be imported.
    """

    address: str
    implied: Mapping[str, Implied]
    outputs: Mapping[str, Certainty]
    nodes: Nodes
    generated: frozenset[str]
    moves: frozenset[Move] = frozenset()
    allows_import: bool = False

    @classmethod
    def between(cls, before: Edition | None, after: Edition, allows_import: bool = False) -> Contract:
        """Derive the contract of a change."""
        return cls(
            address=after.address,
            implied=implied_between(before, after),
            outputs=outputs_between(before, after),
            nodes=after.module_nodes,
            generated=frozenset(after.nodes),
            moves=frozenset(after.moves),
            allows_import=allows_import,
        )

    def judge(self, plan: Plan) -> list[Verdict]:
        """Return a verdict for each thing that the contract or the plan touches."""
        return list(_Judgement(self, plan).verdicts())


@dataclass
class _Judgement:
    contract: Contract
    plan: Plan
    scopes: dict[str, PlanScope] = field(default_factory=dict)

    def verdicts(self) -> Iterator[Verdict]:
        here = [name for name in self.contract.implied if parsed(name).called == self.contract.address]
        elsewhere = [name for name in self.contract.implied if parsed(name).called != self.contract.address]
        for instance, by_block in self._instances().items():
            self.scopes[instance] = PlanScope(self.contract.nodes, self.plan, self.contract.address, instance)
            yield from self._of_instance(instance, by_block, here)
        around = _by_block(one for one in self.plan.resources if not self._is_inside(one))
        for name in elsewhere:  # what is implied at the address that the module had before
            yield from self._of_block(name, name, around.pop(name, []))
        outside = Outside(self.plan, self.contract.address, self.contract.outputs, self.contract.nodes)
        yield from outside.verdicts([one for several in around.values() for one in several])
        yield from self._of_actions()
        yield from self._of_programs()

    def _is_inside(self, one: Planned) -> bool:
        return one.address.called == self.contract.address

    def _instances(self) -> dict[str, dict[str, list[Planned]]]:
        """A module that is called with `count` or `for_each` has several, and each does all that is implied."""
        found: dict[str, list[Planned]] = {}
        for one in self.plan.resources:
            if self._is_inside(one):
                found.setdefault(_instance_of(one), []).append(one)
        return {instance: _by_block(resources) for instance, resources in found.items()} or {self.contract.address: {}}

    def _of_instance(self, instance: str, by_block: dict[str, list[Planned]], implied: list[str]) -> Iterator[Verdict]:
        for name in implied:
            address = within(instance, self.contract.implied[name].address)
            yield from self._of_block(name, address, by_block.pop(name, []))
        for left in (one for several in by_block.values() for one in several):
            if self._needs_a_verdict(left):
                yield self._verdict(None, str(left.address), left)
            elif left.mode == "data":
                yield from self._of_read(left)

    def _of_read(self, one: Planned) -> Iterator[Verdict]:
        """What is read during an apply is not known yet. What it is asked for is: a name, or statements of a policy."""
        node = self.contract.nodes.get(one.address.block)
        is_generated = one.address.block in self.contract.generated
        if node is None or not (is_generated or one.address.type == DOCUMENT):
            return
        scope = self.scopes[_instance_of(one)]
        faults = held(node, one, self.plan, scope, is_generated).faults
        if faults:
            yield Verdict(str(one.address), "read", one.words, tuple(faults))

    def _needs_a_verdict(self, one: Planned) -> bool:
        is_read = one.mode == "data" and one.action is Action.NOTHING and (one.does_nothing or one.words == "read")
        is_left_alone = one.does_nothing and not one.is_import and not one.moved_from
        return not (is_read or is_left_alone) or str(one.address) in self.plan.contradictions

    def _of_block(self, name: str, address: str, instances: list[Planned]) -> Iterator[Verdict]:
        implied = self.contract.implied[name]
        node = self.contract.nodes.get(implied.address)
        is_repeated = implied.instances is not None or (node is not None and node.is_repeated)
        if is_repeated:
            for key in self._missing(implied, {one.address.key for one in instances}):
                yield self._verdict(implied.of_instance(key), f"{address}[{key}]" if key else address, None)
        elif not instances:
            yield self._verdict(implied, address, None)
        for one in instances:
            yield self._verdict(implied.of_instance(one.address.key), str(one.address), one)

    @staticmethod
    def _missing(implied: Implied, planned: set[str]) -> list[str]:
        """Return the keys of instances that have to change and are not planned."""
        if implied.instances is None or implied.instances.before is None or implied.instances.after is None:
            return []
        keys = sorted(implied.instances.before | implied.instances.after)
        return [key for key in keys if key not in planned and implied.of_instance(key).at_least is not Action.NOTHING]

    def _verdict(self, implied: Implied | None, address: str, planned: Planned | None) -> Verdict:
        if planned is not None and planned.action is Action.UPDATE:
            implied = with_newest_revision(implied, self.contract.nodes.get(planned.address.block))
        comparison = PlanComparison(faults=list(self._faults(implied, planned)))
        if planned is not None and not comparison.faults:
            self._hold(comparison, implied, planned)
        if planned is not None and str(planned.address) in self.plan.contradictions:
            comparison.faults.append(Fault("", self.plan.contradictions[str(planned.address)]))
        if planned is not None and planned.deposed:
            address = f"{address} (deposed {planned.deposed})"
        return Verdict(
            address,
            str(implied or "nothing"),
            _told(planned) if planned else "nothing",
            tuple(comparison.faults),
            comparison.pending,
            comparison.unjudged,
        )

    def _faults(self, implied: Implied | None, planned: Planned | None) -> Iterator[Fault]:
        action = planned.action if planned else Action.NOTHING
        if planned is not None and (planned.mode not in ("managed", "data") or planned.deposed):
            yield Fault("", "not implied")
        elif planned is not None and planned.is_import and not self.contract.allows_import:
            yield Fault("", "not implied: it is imported; --allow import accepts that")
        elif planned is not None and planned.moved_from and not self._is_declared(planned):
            yield Fault("", "not implied: no file of the module declares this move")
        elif implied is None:
            if planned is None or not planned.does_nothing:
                yield Fault("", "not implied")
        elif planned is not None and planned.address.key and not self._is_repeated(implied):
            yield Fault("", "not implied")
        elif action is None or not implied.allows(action):
            yield Fault("", "missing" if action is Action.NOTHING else "not implied")

    def _is_repeated(self, implied: Implied) -> bool:
        node = self.contract.nodes.get(implied.address)
        return node is None or implied.instances is not None or node.is_repeated

    def _is_declared(self, planned: Planned) -> bool:
        """Tell whether a move is one that a file declares, or changes nothing but the address.

        Terraform itself takes `x` for `x[0]` where `count` comes or goes.
        """
        old = parsed(planned.moved_from)
        is_declared = any(move in self.contract.moves for move in _moves_between(old, planned.address))
        is_same_block = (old.module, old.block) == (planned.address.module, planned.address.block)
        return planned.does_nothing or is_same_block or is_declared

    def _hold(self, comparison: PlanComparison, implied: Implied | None, planned: Planned) -> None:
        node = self.contract.nodes.get(planned.address.block)
        if node is None or implied is None:
            return
        lifecycle = lifecycle_of(node)
        if lifecycle.prevents_destroy and planned.action in (Action.REPLACE, Action.DESTROY):
            comparison.faults.append(Fault("", "is destroyed, and its lifecycle has prevent_destroy"))
        if lifecycle.creates_first and planned.action is Action.REPLACE and not planned.creates_first:
            comparison.faults.append(
                Fault("", "is destroyed before it is created, and its lifecycle has create_before_destroy")
            )
        if planned.action in (Action.CREATE, Action.UPDATE, Action.REPLACE):
            scope = self.scopes[_instance_of(planned)]
            is_generated = node.address in self.contract.generated
            comparison.add(held(node, planned, self.plan, scope, is_generated))
            told = {fault.path.partition(".")[0].partition("[")[0] for fault in comparison.faults}
            comparison.faults += [fault for fault in _of_arguments(implied, planned) if fault.path not in told]

    def _of_actions(self) -> Iterator[Verdict]:
        """No catalogue has actions: Terraform's own, which run beside the resources."""
        for address in self.plan.actions:
            yield Verdict(address, "nothing", "invoke", (Fault("", "not implied"),))

    def _of_programs(self) -> Iterator[Verdict]:
        resources = self.plan.configuration.resources(self.contract.address)
        for block, fault in undeclared_programs(resources, self.contract.nodes):
            yield Verdict(within(self.contract.address, block), "nothing", "configured", (fault,))


def _instance_of(one: Planned) -> str:
    return one.address.module or ROOT


def _by_block(resources: Iterable[Planned]) -> dict[str, list[Planned]]:
    """Return resources by the full address of their block."""
    found: dict[str, list[Planned]] = {}
    for one in resources:
        found.setdefault(within(one.address.called, one.address.block), []).append(one)
    return found


def _moves_between(old: ResourceAddress, new: ResourceAddress) -> Iterator[Move]:
    """Yield the ways in which a file may declare a move, with keys of instances and without them."""
    for key_before, key_after in ((old.key, new.key), ("", "")):
        yield Move(*(f"{one.block}[{key}]" if key else one.block for one, key in ((old, key_before), (new, key_after))))


def _told(planned: Planned) -> str:
    words = planned.words if planned.action is not Action.NOTHING or planned.mode == "data" else "nothing"
    if planned.is_import:
        words = f"{words} after an import"
    return f"{words} after a move from {planned.moved_from}" if planned.moved_from else words


def _of_arguments(implied: Implied, planned: Planned) -> Iterator[Fault]:
    """An update changes what is implied, all of what surely changes, and nothing else."""
    if planned.action in (Action.UPDATE, Action.REPLACE):
        for name in sorted(planned.changed):
            if name not in implied.arguments and not _follows(implied, planned, name):
                yield Fault(name, "changes as well")
    if planned.action is Action.UPDATE:
        for name, certainty in implied.arguments.items():
            if certainty is Certainty.YES and name not in planned.changed and _is_told_of(planned, name):
                yield Fault(name, "does not change")


def _is_told_of(planned: Planned, name: str) -> bool:
    return name in planned.after or name in planned.before or name in planned.unknown


def _follows(implied: Implied, planned: Planned, name: str) -> bool:
    """Tell whether the provider changes an argument by itself, with another one or as it computes it anew."""
    if _FOLLOWS.get(name) in implied.arguments:
        return True
    if planned.action is not Action.UPDATE or planned.unknown.get(name) is not True:
        return False
    body = values_of(planned.type)
    return body is None or name in body.computed | body.optional_computed
