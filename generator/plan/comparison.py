"""An expected value against a planned one: what differs, by its path, and what could not be told.

A fault never holds a value: plans hold secrets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.aws.policy import in_one_form as policy_in_one_form
from generator.aws.values import BodyValues
from generator.hcl.evaluated import Evaluated, EvaluationError, Json, Pattern, UncertainList, Unknown, written
from generator.hcl.json_text import as_text, value_of_json
from generator.plan.containers import in_one_form as containers_in_one_form
from generator.plan.matching import matched
from generator.plan.planned import NOTHING, holds_true
from generator.plan.verdict import Fault

ANOTHER_VALUE = "is not what is rendered"
NOT_RENDERED = "is set, and not rendered"
FURTHER_KEY = "has a key that is not rendered"
NOT_SET = "is rendered, and not set"
NOT_YET = "is known only after the apply, and is rendered as a fixed value"

_CONTAINERS = "container_definitions"
_ZEROES: tuple[Any, ...] = (*NOTHING, 0, False)


class Manner(NamedTuple):
    """How values are compared: by what a body's table says of their names, and whether as JSON, which converts nothing.

    `is_unordered` says that no list has an order, as in a policy.
    """

    body: BodyValues = BodyValues()
    name: str = ""
    is_json: bool = False
    is_unordered: bool = False

    @property
    def is_set(self) -> bool:
        return self.is_unordered or (not self.is_json and self.name in self.body.sets)


@dataclass
class PlanComparison:
    """What was found. `pending` counts values that an apply will tell, `unjudged` those that only Terraform knows."""

    faults: list[Fault] = field(default_factory=list)
    pending: int = 0
    unjudged: int = 0

    def argument(self, name: str, expected: Evaluated, planned: Any, unknown: Any, body: BodyValues) -> None:
        """Compare an argument, or all nested blocks of a name, of a body."""
        self._member(name, expected, planned, unknown, Manner(body, name))

    def addition(self, name: str, planned: Any, unknown: Any, body: BodyValues | None, path: str = "") -> None:
        """Look at what is set and not rendered: only what the provider adds by itself may be."""
        is_nested, path = bool(path), path or name
        if holds_true(unknown) and planned in NOTHING:
            if body is not None and name not in body.computed | body.optional_computed:
                self.faults.append(Fault(path, NOT_RENDERED))
        elif not (_may_be_added(name, planned, body) or (is_nested and _is_read_back(name, planned, body))):
            self.faults.append(Fault(path, NOT_RENDERED))
        elif planned not in _ZEROES and body is not None and name not in body.defaults:
            self.unjudged += 1  # only the provider knows what it computes

    def _member(self, path: str, expected: Evaluated, planned: Any, unknown: Any, manner: Manner) -> None:
        if manner.name in manner.body.write_only:
            self.unjudged += 1
        elif unknown is True:
            self._pending(path, expected)
        elif self._is_json_text(expected, planned, manner):
            self._json_text(path, expected, planned, manner)
        else:
            self._value(path, expected, planned, unknown, manner)

    def _pending(self, path: str, expected: Evaluated) -> None:
        if _depends(expected):
            self.pending += 1
        else:
            self.faults.append(Fault(path, NOT_YET))

    @staticmethod
    def _is_json_text(expected: Evaluated, planned: Any, manner: Manner) -> bool:
        is_encoded = isinstance(expected, Json | list | dict) or manner.name in manner.body.json
        return isinstance(planned, str) and is_encoded

    def _json_text(self, path: str, expected: Evaluated, planned: str, manner: Manner) -> None:
        wanted, found = value_of_json(expected), value_of_json(planned)
        is_read = isinstance(found, list | dict) and isinstance(wanted, list | dict | UncertainList)
        if not is_read:  # a text that only may be JSON
            self._value(path, as_text(expected), planned, False, manner)
            return
        is_policy = isinstance(found, dict) and "Statement" in found
        inner = Manner(is_json=True, is_unordered=is_policy)
        if is_policy:
            wanted, found = policy_in_one_form(wanted), policy_in_one_form(found)
        elif manner.name == _CONTAINERS:
            wanted, found = containers_in_one_form(wanted), containers_in_one_form(found)
            inner = inner._replace(name=_CONTAINERS)
        self._value(path, wanted, found, False, inner)

    def _value(self, path: str, expected: Evaluated, planned: Any, unknown: Any, manner: Manner) -> None:
        if isinstance(expected, Unknown | Json) and not isinstance(expected, UncertainList):
            self.unjudged += 1
        elif isinstance(expected, Pattern):
            self._pattern(path, expected, planned)
        elif isinstance(expected, dict):
            self._object(path, expected, planned, unknown, manner)
        elif isinstance(expected, list | UncertainList):
            self._list(path, expected, planned, unknown, manner)
        elif expected in NOTHING:
            if planned not in NOTHING and not _may_be_added(manner.name, planned, manner.body):
                self.faults.append(Fault(path, NOT_RENDERED))
        elif not _is_same_scalar(expected, planned, manner.is_json):
            self.faults.append(Fault(path, NOT_SET if planned in NOTHING else ANOTHER_VALUE))

    def _pattern(self, path: str, expected: Pattern, planned: Any) -> None:
        self.unjudged += 1
        if not isinstance(planned, str) or not _fits(expected, planned):
            self.faults.append(Fault(path, ANOTHER_VALUE))

    def _object(self, path: str, expected: dict[str, Evaluated], planned: Any, unknown: Any, manner: Manner) -> None:
        if planned is None and not any(member not in NOTHING for member in expected.values()):
            return
        if not isinstance(planned, dict):
            self.faults.append(Fault(path, ANOTHER_VALUE))
            return
        if any("${" in name for name in expected):
            self.unjudged += 1  # Terraform alone knows which key that is
            return
        for name, member in expected.items():
            within = unknown.get(name, False) if isinstance(unknown, dict) else unknown
            if name in planned or within:
                self._member(f"{path}.{name}", member, planned.get(name), within, _of_entry(manner))
            elif member not in NOTHING:
                self.faults.append(Fault(f"{path}.{name}", NOT_SET))
        if any(planned[name] is not None for name in planned.keys() - expected.keys()):
            self.faults.append(Fault(path, FURTHER_KEY))  # the key may be a secret itself

    def _list(
        self, path: str, expected: list[Evaluated] | UncertainList, planned: Any, unknown: Any, manner: Manner
    ) -> None:
        items = planned if isinstance(planned, list) else [] if planned is None else [planned]
        if isinstance(expected, UncertainList) or manner.name == _CONTAINERS:
            certain, possible = (
                (expected.certain, expected.possible) if isinstance(expected, UncertainList) else (expected, [])
            )
            self._named(path, certain, possible, items, manner)
            return
        pending = unknown if isinstance(unknown, list) else [unknown] * len(items)
        pending = [*pending, *[False] * (len(items) - len(pending))]
        if any(isinstance(item, Unknown) and not item.reads for item in expected):
            self.unjudged += 1
            return
        if manner.is_set:
            self._set(path, expected, items, pending, manner)
            return
        if len(expected) != len(items):
            self._lengths_differ(path, expected, items)
            return
        for index, (wanted, item) in enumerate(zip(expected, items, strict=True)):
            self._item(f"{path}[{index}]", wanted, item, pending[index], manner)

    def _named(
        self, path: str, certain: Sequence[Evaluated], possible: Sequence[Evaluated], items: list[Any], manner: Manner
    ) -> None:
        """Hold each object of a list to that which is expected under its name. What is only possible may be absent."""
        found, surely, perhaps = _by_names(items), _by_names(certain), _by_names(possible)
        if any(len(named) < len(all_) for named, all_ in ((surely, certain), (perhaps, possible))):
            self.unjudged += 1  # nobody can tell which is which
            return
        self.unjudged += len(perhaps)
        for name, wanted in (perhaps | surely).items():
            if name in found:
                self._item(f"{path}[{name}]", wanted, found[name], False, manner._replace(name=""))
            elif name in surely:
                self.faults.append(Fault(f"{path}[{name}]", NOT_SET))
        rendered = [found[name] for name in surely.keys() | perhaps.keys() if name in found]
        of_others = [index for index, item in enumerate(items) if not any(item is one for one in rendered)]
        self.faults += [Fault(f"{path}[{index}]", NOT_RENDERED) for index in of_others]

    def _lengths_differ(self, path: str, expected: Sequence[Evaluated], items: Sequence[Any]) -> None:
        if len(items) > len(expected):
            self.faults.append(Fault(f"{path}[{len(expected)}]", NOT_RENDERED))
        else:
            self.faults.append(Fault(f"{path}[{len(items)}]", NOT_SET))

    def _set(self, path: str, expected: list[Evaluated], items: list[Any], pending: list[Any], manner: Manner) -> None:
        """Elements have no order, so each is held to that which fits it best."""
        trials: dict[tuple[int, int], PlanComparison] = {}

        def tried(wanted: int, item: int) -> PlanComparison:
            if (wanted, item) not in trials:
                trial = trials[wanted, item] = PlanComparison()
                trial._item(f"{path}[{item}]", expected[wanted], items[item], pending[item], manner)
            return trials[wanted, item]

        pairs = _same_scalars(expected, items)
        lacking = [wanted for wanted in range(len(expected)) if wanted not in pairs]
        taken = set(pairs.values())
        left = [item for item in range(len(items)) if item not in taken]
        fitting = matched(len(lacking), len(left), lambda one, other: not tried(lacking[one], left[other]).faults)
        for one, other in fitting.items():
            self.add(tried(lacking[one], left[other]))
        lacking = [wanted for index, wanted in enumerate(lacking) if index not in fitting]
        taken = set(fitting.values())
        left = [
            item
            for index, item in enumerate(left)
            if index not in taken and (manner.is_json or not _is_ghost(items[item]))
        ]
        if lacking and not any(isinstance(expected[wanted], dict) for wanted in lacking):
            self.faults.append(Fault(path, ANOTHER_VALUE))
            return
        for wanted, item in zip(lacking, left, strict=False):
            self.add(tried(wanted, item))
        self.faults += [Fault(f"{path}[{item}]", NOT_RENDERED) for item in left[len(lacking) :]]
        if len(lacking) > len(left):
            self.faults.append(Fault(path, NOT_SET))

    def _item(self, path: str, expected: Evaluated, planned: Any, unknown: Any, manner: Manner) -> None:
        body = manner.body.blocks.get(manner.name) if not manner.is_json else None
        if body is None or not isinstance(expected, dict) or not isinstance(planned, dict) or unknown is True:
            self._member(path, expected, planned, unknown, _of_entry(manner))
            return
        pending = unknown if isinstance(unknown, dict) else {}
        for name, member in expected.items():
            if name in planned or pending.get(name):
                inner = Manner(body, name)
                self._member(f"{path}.{name}", member, planned.get(name), pending.get(name, False), inner)
            elif member not in NOTHING:
                self.unjudged += 1  # a plan that was cut short says nothing of it
        for name in planned.keys() - expected.keys():
            self.addition(name, planned[name], pending.get(name, False), body, f"{path}.{name}")

    def add(self, other: PlanComparison) -> None:
        """Take over what another comparison found."""
        self.faults += other.faults
        self.pending += other.pending
        self.unjudged += other.unjudged


def _of_entry(manner: Manner) -> Manner:
    """The table of a body says nothing of the entries of its lists and objects."""
    return manner if manner.is_json else manner._replace(name="", body=BodyValues())


def _may_be_added(name: str, planned: Any, body: BodyValues | None) -> bool:
    """Tell whether the provider sets a value by itself where none is written."""
    if planned is None or planned in ([], {}):
        return True
    if body is None:
        return planned in ("", 0)
    if name in body.single and isinstance(planned, list) and all(map(_is_ghost, planned)):
        return True  # what is left in a plan of a block that is no longer written
    if name in body.defaults:
        return _is_same_scalar(body.defaults[name], planned, is_json=True)
    return name in body.computed


def _is_read_back(name: str, planned: Any, body: BodyValues | None) -> bool:
    """Tell whether a value is what a state holds where a nested block's argument is not set.

    Source: https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-types, "Zero Values".
    """
    return body is not None and name not in body.defaults and planned in _ZEROES


_NAMES = ("name", "containerName")
"""Members that name an object of a list: a container, and one that another container waits for."""


def _by_names(items: Sequence[Any]) -> dict[str, Any]:
    """Return objects by their names; of those without one, none."""
    return {name: item for item in items if isinstance(name := _name_of(item), str)}


def _name_of(item: Any) -> Any:
    return next((item[name] for name in _NAMES if name in item), None) if isinstance(item, dict) else None


def _depends(expected: Evaluated) -> bool:
    """Tell whether a value, or a part of it, is known to Terraform alone."""
    if isinstance(expected, Json):
        return bool(expected.reads) or _depends(expected.value)
    if isinstance(expected, dict):
        return any(map(_depends, expected.values()))
    if isinstance(expected, list):
        return any(map(_depends, expected))
    return isinstance(expected, Unknown | Pattern)


def _same_scalars(expected: Sequence[Evaluated], items: Sequence[Any]) -> dict[int, int]:
    """Return the elements that are the same text on both sides, as the index of what is expected to that planned."""
    places: dict[str, list[int]] = {}
    for index in reversed(range(len(items))):
        if isinstance(items[index], str):
            places.setdefault(items[index], []).append(index)
    return {
        index: places[wanted].pop()
        for index, wanted in enumerate(expected)
        if isinstance(wanted, str) and places.get(wanted)
    }


def _is_ghost(item: Any) -> bool:
    """Tell whether an element of a set is empty: the provider shows one beside an element that it does not know yet."""
    return isinstance(item, dict) and all(member in (*NOTHING, False) for member in item.values())


def _is_same_scalar(expected: Evaluated, planned: Any, is_json: bool) -> bool:
    if isinstance(planned, list | dict) or planned is None:
        return False
    if is_json and _kind(expected) is not _kind(planned):
        return False
    try:
        return written(expected) == written(planned)
    except EvaluationError:
        return False


def _kind(value: object) -> type:
    """Return what JSON calls a value; it has one kind of numbers."""
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _fits(pattern: Pattern, text: str) -> bool:
    """Look for each known part behind the one before it, the last one at the end: no text is looked through twice."""
    *before, last = ["" if isinstance(part, Unknown) else part for part in pattern.parts]
    end = 0
    for index, part in enumerate(before):
        place = text.find(part, end)
        if place < 0 or (index == 0 and place > 0):
            return False
        end = place + len(part)
    return text.endswith(last) and len(text) - len(last) >= end
