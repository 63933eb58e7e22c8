"""A planned resource, held argument by argument to the block that is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from generator.aws.values import BodyValues, values_of
from generator.changes.implied import OF_TERRAFORM, Action
from generator.changes.lifecycle import lifecycle_of
from generator.hcl.evaluated import Evaluated
from generator.hcl.nodes import ModuleNode
from generator.hcl.scope import of_value
from generator.plan.comparison import NOT_RENDERED, PlanComparison
from generator.plan.configuration import Member
from generator.plan.planned import Plan, Planned
from generator.plan.scope import PlanScope
from generator.plan.verdict import Fault

_ALL_TAGS, _TAGS, _REGION = "tags_all", "tags", "region"


def held(node: ModuleNode, planned: Planned, plan: Plan, scope: PlanScope, is_generated: bool) -> PlanComparison:
    """Compare what is planned for a resource with its block.

    A hand-written block is held in what changes: whether a provider that nothing is known of writes its other values
    in another form cannot be told.
    """
    return _Hold(node, planned, plan, scope, is_generated).comparison


class _Hold:
    def __init__(self, node: ModuleNode, planned: Planned, plan: Plan, scope: PlanScope, is_generated: bool) -> None:
        self._planned, self._plan = planned, plan
        self._is_generated = is_generated
        self._body = values_of(planned.address.type)
        self._lifecycle = lifecycle_of(node)
        self.comparison = PlanComparison()
        bound = scope.instance(node, planned.address.key)
        self._expected: dict[str, Evaluated] = {
            name: of_value(value, bound) for name, value in node.arguments.items() if name not in OF_TERRAFORM
        }
        for name, expected in self._expected.items():
            self._rendered(name, expected)
        for name in sorted((planned.after.keys() | planned.unknown.keys()) - self._expected.keys()):
            self._added(name)

    def _rendered(self, name: str, expected: Evaluated) -> None:
        """An argument that stands neither in `after` nor in `after_unknown` says nothing."""
        planned, unknown = self._planned.after.get(name), self._planned.unknown.get(name, False)
        if (name not in self._planned.after and not unknown) or self._is_left(name):
            return
        self.comparison.argument(name, self._with_kept(name, expected), planned, unknown, self._body or BodyValues())

    def _with_kept(self, name: str, expected: Evaluated) -> Evaluated:
        """An update leaves in each of some nested blocks what the provider may compute in it and what is not written.

        In a set, nobody can tell which block was which.
        """
        block = self._body.blocks.get(name) if self._body and name not in self._body.sets else None
        before = self._planned.before.get(name)
        if block is None or self._planned.action is not Action.UPDATE:
            return expected
        if not (isinstance(expected, list) and isinstance(before, list) and len(expected) == len(before)):
            return expected
        return [_with_kept_in(wanted, known, block) for wanted, known in zip(expected, before, strict=True)]

    def _is_left(self, name: str) -> bool:
        """Tell whether an argument keeps its value, and need not have that which is rendered."""
        if self._planned.action is not Action.UPDATE or not self._is_unchanged(name):
            return False
        is_ignored = self._lifecycle.ignores(name) or name in self._lifecycle.ignored_in_part
        return is_ignored or not self._is_generated

    def _is_unchanged(self, name: str) -> bool:
        before, after = self._planned.before, self._planned.after
        return name in before and name in after and before[name] == after[name]

    def _added(self, name: str) -> None:
        planned, unknown = self._planned.after.get(name), self._planned.unknown.get(name, False)
        if self._planned.action is Action.UPDATE and self._is_unchanged(name):
            return
        if name == _ALL_TAGS:
            self._all_tags(planned)
        elif name == _REGION and planned:
            self._region(planned)
        else:
            self.comparison.addition(name, planned, unknown, self._body)

    def _all_tags(self, planned: Any) -> None:
        """The provider adds its own default tags to those of a resource."""
        own = self._expected.get(_TAGS)
        if not isinstance(planned, dict) or not (own is None or isinstance(own, dict)):
            self.comparison.unjudged += 1
            return
        defaults = self._default_tags()
        expected = (defaults or {}) | (own or {})
        extra = planned.keys() - expected.keys()
        if defaults is None:
            self.comparison.unjudged += len(extra)
            planned = {name: value for name, value in planned.items() if name not in extra}
        self.comparison.argument(_ALL_TAGS, expected, planned, False, BodyValues())

    def _default_tags(self) -> dict[str, Evaluated] | None:
        """Return the default tags of the resource's provider; none where the plan does not tell them."""
        first, *others = [_tags_in(one.get("default_tags", [])) for one in self._providers] or [{}]
        return first if all(tags == first for tags in others) else None

    def _region(self, planned: Any) -> None:
        """Since version 6 of the provider, each resource shows its region; that is the provider's."""
        regions = [one.get(_REGION, {}).get("constant_value") for one in self._providers]
        if None in regions or len(set(regions)) != 1:
            self.comparison.unjudged += 1
        elif planned not in regions:
            self.comparison.faults.append(Fault(_REGION, NOT_RENDERED))

    @cached_property
    def _providers(self) -> list[Member]:
        return self._plan.configuration.providers(self._planned.address.called, self._planned.address.block)


def _with_kept_in(expected: Evaluated, before: Any, body: BodyValues) -> Evaluated:
    if not (isinstance(expected, dict) and isinstance(before, dict)):
        return expected
    kept = body.optional_computed - body.defaults.keys() - expected.keys()
    return expected | {name: before[name] for name in sorted(kept & before.keys())}


def _tags_in(block: Any) -> dict[str, Evaluated] | None:
    found: dict[str, Evaluated] = {}
    for tags in block if isinstance(block, list) else [block]:
        value = tags.get("tags", {}).get("constant_value") if isinstance(tags, Mapping) else None
        if not isinstance(value, dict):
            return None
        found |= value
    return found
