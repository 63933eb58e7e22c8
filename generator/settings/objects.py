"""The types of what somebody else names: AWS's API, or Terraform's provider. A null in it says what to leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from generator.errors import Rejection, nearest, visible
from generator.settings.breach import Breach, Breached
from generator.settings.parts import ListOf, MappingOf, mapping_in, read_each
from generator.settings.values import OrExpression, Schema, Text, ValueType, Word, misplaced, shown
from generator.source.layers import is_null, without_nulls

Entries: TypeAlias = dict[str, Any]
"""Names and their values. None stands for a null."""


class Refused(ValueType[Any]):
    """An entry that no author may write here: what is so, and what to do instead."""

    def __init__(self, what: str, remedy: str) -> None:
        self._what, self._remedy = what, remedy

    def read(self, value: object) -> Any:
        raise Rejection(self._what, self._remedy)


class BareWord(Word):
    """A word that Terraform reads as it stands, without quotes: an address, or the name of an argument."""


class ObjectOf(ValueType[Entries]):
    """An object whose members are known. `title` is what messages call it, and its name in a JSON Schema.

    Not all that is `required` has to be written: what lies under it may have it.
    """

    def __init__(
        self, title: str, members: Callable[[], Mapping[str, ValueType[Any]]], required: frozenset[str] = frozenset()
    ) -> None:
        self.title, self._members, self.required = title, members, required

    @cached_property
    def members(self) -> Mapping[str, ValueType[Any]]:
        """The type of each member. They are made where they are asked for: most are never written."""
        return self._members()

    def read(self, value: object) -> Entries:
        if not isinstance(value, dict):
            raise misplaced(value, "a mapping", "write `key: value` lines below it, or `null` to leave it out")
        entries: dict[str, object] = value
        known = {name: it for name, it in entries.items() if name in self.members}
        written = ((name, self.members[name], it) for name, it in known.items() if not self.leaves_out(name, it))
        read = read_each(written, self._breaches(entries))
        return {name: read.get(name) for name in known}

    def member(self, name: str) -> ValueType[Any]:
        """Return the type of a member."""
        return self.members[name]

    def leaves_out(self, name: str, value: object) -> bool:
        """Tell whether a value takes a member away."""
        return is_null(value) and not isinstance(self.members[name], Refused)

    def lacking(self, entries: Mapping[str, Any]) -> list[str]:
        """Return the members that an object has to have and that have no value."""
        asked = (name for name in self.required if not isinstance(self.members[name], Refused))
        return sorted(name for name in asked if entries.get(name) is None)

    def _breaches(self, entries: Mapping[str, object]) -> Iterator[Breach]:
        yield from (self._unknown(name) for name in entries if name not in self.members)
        for name, value in entries.items():
            if name in self.required and name in self.members and self.leaves_out(name, value):
                yield Breach((name,), f"{self.title} has to have `{name}`", "write a value, or remove the line")

    def _unknown(self, name: str) -> Breach:
        known = [member for member, type_ in self.members.items() if not isinstance(type_, Refused)]
        near, outer = nearest(name, known), self._holder(name)
        remedy = f"did you mean `{near}`?" if near else f"known names: {', '.join(known)}"
        remedy = f"write it within `{outer}`" if outer else remedy
        return Breach((name,), f"{self.title} has no `{visible(name)}`", remedy, at_key=True)

    def _holder(self, name: str) -> str | None:
        """Return the only object within this one that has a member of a name."""
        objects = {outer: literal_of(type_) for outer, type_ in self.members.items()}
        holding = [outer for outer, it in objects.items() if isinstance(it, ObjectOf) and name in it.members]
        return holding[0] if len(holding) == 1 else None

    def schema(self) -> Schema:
        members = {name: it for name, it in self.members.items() if not isinstance(it, Refused)}
        return {
            "title": self.title,
            "type": "object",
            "properties": {name: it.schema() for name, it in members.items()},
            "additionalProperties": False,
        }


class BlockOf(ObjectOf):
    """A block of Terraform that stands once within another one."""


class _EntryName(Text):
    """What an author calls an entry of a mapping: characters that stand for themselves."""

    def read(self, value: object) -> str:
        text = super().read(value)
        if "${" in text or "%{" in text:
            raise Rejection(f"{shown(text)} is a key, and no key holds an expression", "write the key itself")
        return text


class MapOf(MappingOf[Any]):
    """A mapping whose keys are names that its author chooses."""

    def __init__(self, item: ValueType[Any]) -> None:
        super().__init__(_EntryName(), item)

    def read(self, value: object) -> Entries:
        entries = mapping_in(value)
        read = super().read({name: it for name, it in entries.items() if not is_null(it)})
        return {name: read.get(name) for name in entries}


class WholeObjects(ListOf[Entries]):
    """A list of objects, or of blocks of one name: it replaces what lies under it, so each object is complete."""

    item: ObjectOf

    def __init__(self, item: ObjectOf) -> None:
        super().__init__(_WholeObject(item.title, lambda: item.members, item.required))

    def read(self, value: object) -> tuple[Entries, ...]:
        return super().read(without_nulls(value))

    def _remedy(self, value: object) -> str:
        return "write a list with a mapping after each `-`"


class WholeBlocks(WholeObjects):
    """The blocks of one name that may stand more than once."""


class _WholeObject(ObjectOf):
    """An object that nothing lies under."""

    def read(self, value: object) -> Entries:
        entries = super().read(mapping_in(value))
        lacking = list(lacking_in(self, entries))
        if lacking:
            raise Breached(lacking)
        return entries


def lacking_in(type_: ObjectOf, entries: Mapping[str, Any]) -> Iterator[Breach]:
    """Yield what is missing in an object that nothing lies under, and in the objects within it."""
    for name in type_.lacking(entries):
        yield Breach((), f"{type_.title} lacks `{name}`, which is required", f"add `{name}:`")
    for name, value in entries.items():
        inner = literal_of(type_.members[name])
        if isinstance(inner, ObjectOf) and isinstance(value, dict):
            yield from (breach.below(name) for breach in lacking_in(inner, value))


def literal_of(type_: ValueType[Any]) -> ValueType[Any]:
    """Return the type of what stands there where no expression does."""
    return type_.literal if isinstance(type_, OrExpression) else type_
