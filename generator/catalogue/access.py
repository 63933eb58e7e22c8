"""What tasks may do with things that have names: words for it, and the statements of a policy that they stand for."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.catalogue.arns import block_read
from generator.catalogue.existing import (
    ArnOfExisting,
    Existing,
    NameOfExisting,
    Sort,
    existing,
    existing_by_arn,
    told_of,
    without_streams,
)
from generator.catalogue.names import ServiceNames
from generator.catalogue.permissions import Condition, Statement
from generator.catalogue.words import KEY_OF_KMS, reference
from generator.errors import Rejection
from generator.hcl.write.text import is_literal, parts
from generator.settings.breach import Breach
from generator.settings.parts import Elsewhere, ListOf, MappingOf, OrPart, Part, setting
from generator.settings.values import Choice, Schema, Word, shown
from generator.source.source import Key

_LABEL = Word(r"[\w./+=,@-]+", "use letters, digits and `-`, `_`, `.`, `/`")


class Profile(NamedTuple):
    """A word for what tasks may do with a thing, and what that is.

    `verb` and `of` say it of tasks: `read`, `objects of the bucket`. `on` is what of the thing the actions are
    allowed on, around its `{arn}`; `{below}` is what the names within the thing begin with, and `condition_if_below`
    are the operator and the key of a condition that says so. `on_key` are the actions that it takes on the key of KMS
    that encrypts the thing.
    """

    word: str
    verb: str
    of: str
    actions: tuple[str, ...]
    on: tuple[str, ...] = ("{arn}",)
    on_key: tuple[str, ...] = ()
    condition_if_below: tuple[str, str] | None = None

    @property
    def of_a_service(self) -> str:
        """The verb, said of one that does it: `reads`, `publishes to`."""
        first, *others = self.verb.split(" ")
        return " ".join([f"{first}es" if first.endswith(("ch", "sh")) else f"{first}s", *others])


@dataclass(frozen=True, eq=False)
class ThingSort:
    """A sort of thing: what it is called, its ARN made of its name, and what tasks may do with it.

    `arn` has places for `{partition}`, `{in_account}` and `{name}`, or `{path}` for a name without `/` before it.
    `name` are names that AWS accepts, and `remedy` says which those are. `exists` is what a reviewer checks. `further`
    are settings beside its name and what is granted, and `elsewhere` keys of other tools.
    """

    noun: str
    sort: Sort
    arn: str
    name: str
    remedy: str
    exists: str
    profiles: tuple[Profile, ...]
    elsewhere: Mapping[str, str | Elsewhere]
    further: Mapping[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def by_word(self) -> Mapping[str, Profile]:
        return {profile.word: profile for profile in self.profiles}

    @functools.cached_property
    def part(self) -> type[ThingInUse]:
        """What a catalogue says of one of them that is more than what is granted."""
        told = {
            "__doc__": f"A thing of the sort `{self.noun}`, and what the tasks may do with it.",
            "__module__": __name__,
            "elsewhere": self.elsewhere,
        }
        words = AccessWords(self.profiles)
        settings = {
            "name": setting(NameOfThing(self), "Its name in AWS, if not the key.", default=None),
            "arn": setting(ArnOfExisting(self.sort), "Its ARN, in place of its name.", default=None),
            "access": setting(words, f"What is granted: {', '.join(self.by_word)}."),
        }
        return type("ThingInUse", (ThingInUse,), told | settings | dict(self.further))


KEY_OF_THING = {
    "kms_key": setting(KEY_OF_KMS, "Key of KMS that encrypts it: its name in the module, or its ARN.", default=None)
}
"""What more is said of a thing whose content a key of KMS may encrypt."""


class NameOfThing(NameOfExisting):
    """The name of a thing of the module's own account, or an expression for it."""

    def __init__(self, sort: ThingSort) -> None:
        super().__init__(sort.sort)
        self._name, self._is_path = Word(sort.name, sort.remedy), "{path}" in sort.arn

    def read(self, value: object) -> str:
        text = super().read(value)
        if text.startswith("arn:"):
            raise Rejection(f"{shown(text)} is an ARN", "write it as `arn`")
        if self._is_path and text.startswith("${") and block_read(text) is None:
            remedy = "begin with text, such as `/`, or write one `${...}` for the ARN as `arn`"
            raise Rejection(f"{shown(text)} may begin with `/`, and may not", remedy)
        parts(f"arn:{text}")  # not every expression may stand in a longer text
        return self._name.read(value) if is_literal(text) else text


class AccessWords(ListOf[str]):
    """What is granted, each once."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        super().__init__(Choice(*(profile.word for profile in profiles)), at_least=1)

    def read(self, value: object) -> tuple[str, ...]:
        words = super().read(value)
        twice = next((word for word in words if words.count(word) > 1), None)
        if twice:
            raise Rejection(f"`{twice}` is listed twice", "keep one of them")
        return words

    def schema(self) -> Schema:
        return super().schema() | {"uniqueItems": True}


class ThingInUse(Part):
    """A thing, and what the tasks may do with it. Its key is its name, where nothing else is said."""

    name: str | None
    arn: str | None
    access: tuple[str, ...]


ThingsSaid = dict[str, tuple[str, ...] | ThingInUse]
"""What a catalogue says of things of a sort, by their names."""


class ThingsByName(MappingOf[Any]):
    """Things by their names, each with what is granted on it."""

    def __init__(self, of: ThingSort) -> None:
        self._of = of
        super().__init__(_LABEL, OrPart(AccessWords(of.profiles), of.part))

    def _breaches(self, entries: Mapping[str, object]) -> Iterator[Breach]:
        names = Word(self._of.name, f"{self._of.remedy}; or write `name:` or `arn:` below the key")
        for key, entry in entries.items():
            says_which = isinstance(entry, dict) and entry.keys() & {"name", "arn"}
            try:
                (_LABEL if says_which else names).read(key)
            except Rejection as rejection:
                yield Breach((key,), rejection.what, rejection.remedy, at_key=True)
            if isinstance(entry, dict) and {"name", "arn"} <= entry.keys():
                what, remedy = f"an ARN says which {self._of.noun} it is", "remove `name`, or `arn`"
                yield Breach((key, "name"), what, remedy, at_key=True)


@dataclass(frozen=True)
class Access:
    """What tasks may do with one thing, and the way from the service to the entry that says so."""

    of: ThingSort
    thing: Existing
    words: tuple[str, ...]
    way: Key
    below: str = ""
    kms_key: str | None = None
    names: ServiceNames = field(repr=False, kw_only=True)

    @property
    def profiles(self) -> list[Profile]:
        return [self.of.by_word[word] for word in self.words]

    @property
    def told(self) -> str:
        return told_of(self.thing)

    @property
    def identity(self) -> str:
        """What tells the thing from others of its sort."""
        return self.thing.arn or self.thing.name or self.thing.written

    @property
    def arn(self) -> str:
        """ARN of the thing, as catalogue text: built of its name, where nothing tells it."""
        if self.thing.arn:
            return without_streams(self.of.sort, self.thing.arn)
        name = self.thing.name or self.thing.written
        values = {
            "partition": self.names.partition,
            "in_account": self.names.in_account,
            "in_account_of_queue": self.names.queue_in_account,
            "path": name.lstrip("/"),
            "name": name,
        }
        return _filled(self.of.arn, values)

    def statements(self, words: tuple[str, ...] | None = None) -> Iterator[Statement]:
        """Yield a statement for each part of the thing, with the actions of all words, or of some, in their order."""
        profiles = [self.of.by_word[word] for word in self.words if words is None or word in words]
        for on, conditions in dict.fromkeys(map(self._part_of, self.of.profiles)):
            of_part = [profile for profile in profiles if self._part_of(profile) == (on, conditions)]
            actions = tuple(dict.fromkeys(action for profile in of_part for action in profile.actions))
            resources = tuple(_filled(one, {"arn": self.arn, "below": self.below}) for one in on)
            if actions:
                yield Statement(actions, resources, conditions)
        on_key = tuple(dict.fromkeys(action for profile in profiles for action in profile.on_key))
        if self.kms_key and on_key:
            yield Statement(on_key, (reference(self.kms_key, "aws_kms_key.{}.arn"),))

    def _part_of(self, profile: Profile) -> tuple[tuple[str, ...], tuple[Condition, ...]]:
        """Return what of the thing a profile is about, and on which conditions."""
        if not (profile.condition_if_below and self.below):
            return profile.on, ()
        return profile.on, (Condition(*profile.condition_if_below, (f"{self.below}*",)),)


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """Return a pattern with its places filled in. A value may hold braces of its own."""
    for name, value in values.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


def accesses_by_name(said: ThingsSaid, of: ThingSort, key: str, names: ServiceNames) -> Iterator[Access]:
    """Yield what tasks may do with the things that stand under a key of the catalogue."""
    for name, one in said.items():
        way: Key = (key, name)
        if not isinstance(one, ThingInUse):
            yield Access(of, Existing(name, None, name), one, way, names=names)
            continue
        thing = existing_by_arn(of.sort, one.arn, None) if one.arn else existing(of.sort, one.name or name)
        below, kms_key = (vars(one).get(further) for further in ("prefix", "kms_key"))
        yield Access(of, thing, one.access, way, below or "", kms_key, names=names)
