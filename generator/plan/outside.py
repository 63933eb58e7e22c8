"""What a plan does outside of the module: only what reads an output that changes may follow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.aws.values import BodyValues
from generator.changes.difference import Certainty
from generator.changes.implied import Action
from generator.hcl.addresses import ROOT
from generator.hcl.nodes import Nodes
from generator.plan.comparison import PlanComparison
from generator.plan.planned import Plan, Planned, PlannedOutput, holds_true
from generator.plan.provisioners import PROGRAMS
from generator.plan.readers import Readers, references_in
from generator.plan.scope import PlanScope
from generator.plan.verdict import Fault, Verdict

_NOT_IMPLIED = (Fault("", "not implied"),)


class Outside:
    """The resources and outputs around the module. `outputs` are those of the module that change."""

    def __init__(self, plan: Plan, module: str, outputs: Mapping[str, Certainty], nodes: Nodes) -> None:
        self._plan, self._module, self._outputs, self._nodes = plan, module, outputs, nodes
        self._readers = Readers(plan.configuration, module, frozenset(outputs))

    def verdicts(self, resources: Sequence[Planned]) -> Iterator[Verdict]:
        """Yield a verdict for each resource outside of the module that changes, and each output of the root module."""
        for one in resources:
            if not self._is_left_alone(one):
                yield self._of_resource(one)
        for output in self._plan.outputs:
            if output.words != "no-op":
                yield self._of_output(output)

    def _is_left_alone(self, one: Planned) -> bool:
        if one.mode == "data":
            return one.type not in PROGRAMS and one.action is Action.NOTHING
        return one.does_nothing and not one.is_import and str(one.address) not in self._plan.contradictions

    def _of_resource(self, one: Planned) -> Verdict:
        address = str(one.address)
        if address in self._plan.contradictions:
            return Verdict(address, "nothing", one.words, (Fault("", self._plan.contradictions[address]),))
        if one.type in PROGRAMS and one.mode == "data":
            return Verdict(address, "nothing", one.words, (Fault("", "not implied: it runs a program"),))
        may_follow = one.action in (Action.UPDATE, Action.REPLACE) and not (one.deposed or one.is_import)
        if not may_follow or not self._readers.reads(one.address.called, one.address.block):
            return Verdict(address, "nothing", one.words, (Fault("", f"not implied: {self._whereabouts(one)}"),))
        faults = tuple(Fault(name, "changes as well") for name in self._unread(one))
        pending = sum(holds_true(one.unknown.get(name)) for name in one.changed)
        known = sum(one.unknown.get(name) is not True and bool(one.after.get(name)) for name in one.changed)
        unjudged = max(known - len(faults), 0)  # a plan tells what an expression reads, not how
        return Verdict(address, "replace, update or nothing", one.words, faults, pending, unjudged)

    def _whereabouts(self, one: Planned) -> str:
        if one.address.called.startswith(f"{self._module}."):
            return "tfgen does not follow what a module within the module does"
        return f"it is outside of {self._module}"

    def _unread(self, one: Planned) -> Iterator[str]:
        """Yield the arguments that change, and whose expressions read nothing that does."""
        reading, written = self._readers.arguments(one.address.called, one.address.block)
        for name in sorted(one.changed):
            is_computed = one.unknown.get(name) is True and name not in written
            if name not in reading and not is_computed and not (name == "tags_all" and "tags" in reading):
                yield name

    def _of_output(self, output: PlannedOutput) -> Verdict:
        address = f"output.{output.name}"
        is_own = self._module == ROOT
        if not (output.name in self._outputs if is_own else self._readers.reads(ROOT, address)):
            return Verdict(address, "nothing", output.words, _NOT_IMPLIED)
        comparison = PlanComparison()
        if is_own or self._passes_on(output.name):
            self._compare(comparison, output)
        elif holds_true(output.unknown):
            comparison.pending += 1
        else:
            comparison.unjudged += 1
        faults = tuple(comparison.faults)
        return Verdict(address, "change or nothing", output.words, faults, comparison.pending, comparison.unjudged)

    def _passes_on(self, name: str) -> bool:
        """Tell whether an output of the root module is the module's output of the same name.

        A plan tells what an expression reads, not how. One that reads nothing but its namesake is taken to be that.
        """
        expression = self._plan.configuration.root.get("outputs", {}).get(name, {})
        return list(references_in(expression)) == [f"{self._module}.{name}"]

    def _compare(self, comparison: PlanComparison, output: PlannedOutput) -> None:
        node = self._nodes.get(f"output.{output.name}")
        if node is not None and output.words != "delete":
            scope = PlanScope(self._nodes, self._plan, self._module, self._module)
            comparison.argument("value", scope.argument(node, "value"), output.after, output.unknown, BodyValues())
