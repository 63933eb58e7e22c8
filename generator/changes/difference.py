"""How sure it is, before Terraform evaluates anything, that two values differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from generator.aws.defaults import defaults_of
from generator.hcl.evaluated import Evaluated, Json, Pattern, UncertainList, Unknown, UnknownBlocks
from generator.hcl.numbers import scalar_text

_ORDERED = ("command", "entryPoint")
"""Lists whose order has a meaning. In all others of ECS and IAM only order is no change."""


_ENCODED = (Json, list, dict)
"""What JSON is read as: of `jsonencode([…])` the list itself."""


class Certainty(IntEnum):
    """Whether something changes."""

    NO = 0
    PERHAPS = 1
    YES = 2


def difference(old: Evaluated, new: Evaluated, name: str = "") -> Certainty:
    """Compare two values of an argument or an entry called `name`.

    Literals that differ are a change. What is unknown may come out as what stood there before, and the order of a
    list may not count.
    """
    if old == new and isinstance(old, bool) is isinstance(new, bool):  # to Python, `True` is 1
        return Certainty.NO
    if (isinstance(old, Json) and isinstance(new, _ENCODED)) or (isinstance(new, Json) and isinstance(old, _ENCODED)):
        return difference(_encoded(old), _encoded(new), name)
    if isinstance(old, dict) and isinstance(new, dict):
        return max(difference_of_entry(old, new, key, within=name) for key in old.keys() | new.keys())
    if isinstance(old, list | UncertainList) and isinstance(new, list | UncertainList):
        return _of_pairs(old, new) if name in _ORDERED else _of_lists(old, new)
    if isinstance(old, Unknown | Pattern) or isinstance(new, Unknown | Pattern):
        return Certainty.PERHAPS
    return Certainty.PERHAPS if _scalar(old) == _scalar(new) else Certainty.YES


def _encoded(value: Evaluated) -> Evaluated:
    return value.value if isinstance(value, Json) else value


def difference_of_entry(
    old: Mapping[str, Evaluated], new: Mapping[str, Evaluated], name: str, within: str
) -> Certainty:
    """Compare what two mappings have under a name, or what the provider takes the missing one for.

    `within` is the type of the resource, or the name of the object.
    """
    default = defaults_of(within).get(name)
    if default is None and not (name in old and name in new):
        return Certainty.YES
    was, becomes = old.get(name, default), new.get(name, default)
    return difference(was, becomes, name)


def _of_lists(old: list[Evaluated] | UncertainList, new: list[Evaluated] | UncertainList) -> Certainty:
    """Entries with names are compared by them; of others, those that both have are set against each other first."""
    if isinstance(old, UncertainList) or isinstance(new, UncertainList):
        return _of_uncertain(old, new)
    names = [_names(old), _names(new)]
    if all(names) and len(names[0]) == len(old) and len(names[1]) == len(new):
        return max(Certainty.PERHAPS, difference(names[0], names[1]))
    return max(Certainty.PERHAPS, _of_pairs(_missing_in(new, old), _missing_in(old, new)))


def _names(entries: Sequence[Evaluated]) -> dict[str, Evaluated]:
    named = [(entry.get("name"), entry) for entry in entries if isinstance(entry, dict)]
    return {name: entry for name, entry in named if isinstance(name, str)}


def _of_uncertain(old: list[Evaluated] | UncertainList, new: list[Evaluated] | UncertainList) -> Certainty:
    """Compare two lists, of which one or both may hold further entries. Those with names are compared by them."""
    was, becomes = _held_by(old), _held_by(new)
    both = was.surely.keys() & becomes.surely.keys()
    is_other = any(difference(was.surely[name], becomes.surely[name]) is Certainty.YES for name in both)
    return (
        Certainty.YES if is_other or _surely_lacks(was, becomes) or _surely_lacks(becomes, was) else Certainty.PERHAPS
    )


class _Held(NamedTuple):
    """The entries that a list surely holds, by their names, the names of those that it may hold, and others."""

    surely: dict[str, Evaluated]
    perhaps: frozenset[str]
    has_others: bool


def _held_by(value: list[Evaluated] | UncertainList) -> _Held:
    certain, possible = (value.certain, value.possible) if isinstance(value, UncertainList) else (value, [])
    surely, perhaps = _names(certain), frozenset(_names(possible))
    return _Held(surely, perhaps, has_others=len(surely) < len(certain) or len(perhaps) < len(possible))


def _surely_lacks(one: _Held, other: _Held) -> bool:
    """Tell whether one list surely lacks an entry that the other surely holds: an entry without a name may be any."""
    return not one.has_others and bool(other.surely.keys() - one.surely.keys() - one.perhaps)


def _missing_in(others: Sequence[Evaluated], entries: Sequence[Evaluated]) -> list[Evaluated]:
    left = Counter(map(_hashable, others))
    missing = []
    for entry in entries:
        key = _hashable(entry)
        if left[key]:
            left[key] -= 1
        else:
            missing.append(entry)
    return missing


def _hashable(value: Evaluated) -> Hashable:
    """Return what is equal for equal values, and for no others."""
    if isinstance(value, list):
        return tuple(map(_hashable, value))
    if isinstance(value, dict):
        return frozenset((name, _hashable(member)) for name, member in value.items())
    return _hashable(value.value) if isinstance(value, Json) else value


def _of_pairs(old: list[Evaluated] | UncertainList, new: list[Evaluated] | UncertainList) -> Certainty:
    if isinstance(old, UncertainList) or isinstance(new, UncertainList):
        return Certainty.PERHAPS
    if any(isinstance(entry, UnknownBlocks) for entry in (*old, *new)):
        return Certainty.PERHAPS if _may_be_as_long(old, new) and _may_be_as_long(new, old) else Certainty.YES
    if len(old) != len(new):
        return Certainty.YES
    return max((difference(a, b) for a, b in zip(old, new, strict=True)), default=Certainty.NO)


def _may_be_as_long(some: list[Evaluated], others: list[Evaluated]) -> bool:
    """Tell whether some entries may come out as at least as many as others: a dynamic block may write any number."""
    least = sum(not isinstance(entry, UnknownBlocks) for entry in others)
    return len(some) >= least or any(isinstance(entry, UnknownBlocks) for entry in some)


def _scalar(value: Evaluated) -> str:
    """Terraform converts between numbers, truth values and text as an argument's type demands."""
    return scalar_text(value)
