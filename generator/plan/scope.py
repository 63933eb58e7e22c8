"""A module's blocks as the scope in which a plan's values are expected: what the plan itself knows is known here."""

from __future__ import annotations

from typing import Any

from generator.changes.policies import PolicyScope
from generator.hcl.addresses import within
from generator.hcl.evaluated import Evaluated, Traversal, Unknown, follow, is_known
from generator.hcl.nodes import Nodes
from generator.plan.planned import Plan


class PlanScope(PolicyScope):
    """One instance of the module, by its address in the plan; `called` is that address without keys."""

    def __init__(self, nodes: Nodes, plan: Plan, called: str, instance: str) -> None:
        super().__init__(nodes)
        self._plan, self._called, self._instance = plan, called, instance

    def of_others(self, traversal: Traversal) -> Evaluated:
        """Return what the plan knows of a variable, or of an attribute; what it does not know is unknown."""
        if traversal[0] == "var" and len(traversal) > 1:
            return self._of_variable(traversal)
        return super().of_others(traversal)

    def _of_variable(self, traversal: Traversal) -> Evaluated:
        variable = self._plan.configuration.variable(self._called, traversal[1])
        if variable is None:
            return Unknown(".".join(traversal), frozenset([traversal]))
        return follow(variable.value, traversal[2:])

    def of_block(self, traversal: Traversal) -> Evaluated:
        """Return what the plan knows of a resource or data source."""
        length = 3 if traversal[0] == "data" else 2
        address, steps = self.locate(traversal)
        key = traversal[length : len(traversal) - len(steps)]
        found = self._values(address, key)
        if steps and steps[0] in found:
            known = follow(found[steps[0]], steps[1:])
            if is_known(known):
                return known
        return self.as_written(traversal)

    def _values(self, address: str, key: Traversal) -> Any:
        full = within(self._instance, address)
        for candidate in [f"{full}[{key[0]}]", f'{full}["{key[0]}"]'] if key else [full]:
            if candidate in self._plan.values:
                return self._plan.values[candidate]
        return {}
