"""The instances of a block that `count` or `for_each` repeats, before an edit and after it."""

from __future__ import annotations

from typing import NamedTuple

from generator.changes.difference import Certainty
from generator.hcl.nodes import ModuleNode
from generator.hcl.scope import ModuleScope

_SINGLE = frozenset([""])
"""The key of a block that is not repeated."""


class Instances(NamedTuple):
    """The keys of a block's instances in addresses; none where only Terraform knows them."""

    before: frozenset[str] | None
    after: frozenset[str] | None
    may_differ: bool

    @property
    def are_known(self) -> bool:
        """Whether the keys are known, before and after."""
        return self.before is not None and self.after is not None

    @property
    def may_change(self) -> bool:
        """Whether an instance may come or go."""
        if self.before is None or self.after is None:
            return self.may_differ or self.before != self.after
        return self.before != self.after

    def comes(self, key: str) -> Certainty:
        """Tell whether an instance is new."""
        return self._is_only_in(self.after, self.before, key)

    def goes(self, key: str) -> Certainty:
        """Tell whether an instance is no longer wanted."""
        return self._is_only_in(self.before, self.after, key)

    @property
    def may_come(self) -> bool:
        """Whether an instance may be created."""
        return self.may_change and (self.before is None or self.after is None or bool(self.after - self.before))

    @property
    def may_go(self) -> bool:
        """Whether an instance may be destroyed."""
        return self.may_change and (self.before is None or self.after is None or bool(self.before - self.after))

    def __str__(self) -> str:
        if self.before is None or self.after is None:
            return "instances may come or go"
        come, go = sorted(self.after - self.before), sorted(self.before - self.after)
        told = [f"{verb} [{']['.join(keys)}]" for verb, keys in (("creates", come), ("destroys", go)) if keys]
        return " and ".join(told)

    def _is_only_in(self, one: frozenset[str] | None, other: frozenset[str] | None, key: str) -> Certainty:
        if one is None or other is None:
            return Certainty.PERHAPS if self.may_change else Certainty.NO
        return Certainty.YES if key in one and key not in other else Certainty.NO


def instances_between(
    old: ModuleNode, old_scope: ModuleScope, new: ModuleNode, scope: ModuleScope, may_differ: bool
) -> Instances:
    """Return the instances of a block. `may_differ` says that what their number depends on may change.

    Terraform takes `x` for `x[0]` where `count` comes or goes. Source: its documentation, "Refactoring".
    """
    before, after = _keys(old, old_scope), _keys(new, scope)
    if "count" in old.arguments and after == _SINGLE:
        after = frozenset("0")
    if "count" in new.arguments and before == _SINGLE:
        before = frozenset("0")
    return Instances(before, after, may_differ)


def new_instances(node: ModuleNode, scope: ModuleScope) -> Instances | None:
    """Return the instances of a block that is new; none where it is not repeated."""
    keys = _keys(node, scope)
    return None if keys == _SINGLE else Instances(frozenset(), keys, may_differ=True)


def _keys(node: ModuleNode, scope: ModuleScope) -> frozenset[str] | None:
    if not node.is_repeated:
        return _SINGLE
    found = scope.instances(node)
    return None if found is None else frozenset(found)
