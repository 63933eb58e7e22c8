"""The types of values that are made up of others: lists, mappings, and the parts that a catalogue consists of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, KeysView, Mapping
from itertools import islice
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform, overload

from generator.errors import Rejection, nearest
from generator.settings.breach import MOST_BREACHES, Breach, Breached
from generator.settings.values import OneExpression, OrExpression, Schema, Text, Value, ValueType, misplaced, shown
from generator.source.layers import is_null, without_nulls

Default = TypeVar("Default")

_REQUIRED: Any = object()
_SAME: Any = object()

_MOST_LISTED = 20
"""Keys that a message names."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]{,40}")
"""A text that means the same between brackets, without quotes."""


_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[-. ]")
"""Between two words of a key: `desiredCount`, `desired-count`, `enableECSManagedTags`."""


class Setting(NamedTuple):
    """A key that a part may set, and its default. An `own` setting is not allowed in `defaults`.

    `examples` are values for types whose schema says little. `writes` are the arguments that hold its value, each as a
    type of Terraform, or `container_definition`, and the names that lead from it to the argument. `key` is the key
    where the attribute has another name. `bare` is the value in a catalogue of that preset, where it has another one.
    """

    type: ValueType[Any]
    description: str
    default: Any
    is_own: bool = False
    examples: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    key: str = ""
    bare: Any = _SAME

    @property
    def is_required(self) -> bool:
        return self.default is _REQUIRED

    @property
    def is_required_in_bare(self) -> bool:
        return self.is_required and self.bare is _SAME

    def schema(self) -> Schema:
        """Return the JSON Schema of its values."""
        schema = self.type.schema() | {"description": self.description}
        if self.examples:
            schema["examples"] = list(self.examples)
        is_told = not (self.is_required or self.default is None or isinstance(self.default, Part))
        return schema | {"default": as_data(self.default)} if is_told else schema


class Elsewhere(NamedTuple):
    """A key of another tool that no setting is like: what is so here, and what to do instead."""

    what: str
    remedy: str


@overload
def setting(
    type: ValueType[Value],
    description: str,
    *,
    own: bool = ...,
    examples: tuple[str, ...] = ...,
    writes: tuple[str, ...] = ...,
    key: str = ...,
    bare: Value | None = ...,
) -> Value: ...
@overload
def setting(
    type: ValueType[Value],
    description: str,
    *,
    default: Default,
    own: bool = ...,
    examples: tuple[str, ...] = ...,
    writes: tuple[str, ...] = ...,
    key: str = ...,
    bare: Value | Default | bool | None = ...,
) -> Value | Default: ...
def setting(  # noqa: PLR0913 - each is written by its name
    type: ValueType[Any],
    description: str,
    *,
    default: Any = _REQUIRED,
    own: bool = False,
    examples: tuple[str, ...] = (),
    writes: tuple[str, ...] = (),
    key: str = "",
    bare: Any = _SAME,
) -> Any:
    """Return a setting. A type checker sees it as its value. A setting without a default is required."""
    return Setting(type, description, default, own, examples, writes, key, bare)


@dataclass_transform(eq_default=False, kw_only_default=True, frozen_default=True, field_specifiers=(setting,))
class Part:
    """A mapping of the catalogue: its keys are known, and it never changes. The class names the keys, with `setting`.

    A class has the settings of all its bases. The own settings come last. `elsewhere` are keys of other tools, and the
    settings that they are here.
    """

    elsewhere: ClassVar[Mapping[str, str | Elsewhere]] = {}
    _settings: ClassVar[dict[str, Setting]] = {}
    _attributes: ClassVar[dict[str, str]] = {}
    _defaults: ClassVar[dict[str, Any]] = {}
    _bare_defaults: ClassVar[dict[str, Any]] = {}
    _required: ClassVar[tuple[str, ...]] = ()
    _given: dict[str, None]

    def __init_subclass__(cls) -> None:
        written = {name: value for name, value in vars(cls).items() if isinstance(value, Setting)}
        for name in written:
            delattr(cls, name)  # so that reading a missing value raises, and does not return the `Setting`
        bases = [base for base in cls.__bases__ if issubclass(base, Part)]
        inherited = {key: it for base in bases for key, it in base._settings.items()}
        own = {it.key or name: it for name, it in written.items()}
        cls._settings = dict(sorted({**inherited, **own}.items(), key=lambda named: named[1].is_own))
        aliased = {it.key: name for name, it in written.items() if it.key}
        cls._attributes = {key: name for base in bases for key, name in base._attributes.items()} | aliased
        optional = {key: it for key, it in cls._settings.items() if not it.is_required}
        cls._defaults = {cls._attributes.get(key, key): it.default for key, it in optional.items()}
        in_bare = {cls._attributes.get(key, key): it.bare for key, it in cls._settings.items() if it.bare is not _SAME}
        cls._bare_defaults = cls._defaults | in_bare
        cls._required = tuple(key for key, it in cls._settings.items() if it.is_required)

    def __init__(self, **values: Any) -> None:
        given = {self._attributes.get(key, key): it for key, it in values.items()} if self._attributes else values
        defaults = self._bare_defaults if "_is_bare" in values else self._defaults
        vars(self).update(defaults | given, _given=dict.fromkeys(values))

    @classmethod
    def partly(cls, **values: Any) -> Self:
        """Return a part with these values only. Reading a required value that is not given raises."""
        return cls(**values)

    def in_bare(self) -> Self:
        """Return the part, and those within it, as the preset `bare` has them: what is not written is mostly unset."""
        given = {key: in_bare(value_of(self, key)) for key in given_settings(self)}
        return type(self)(**{**given, "_is_bare": True})

    @property
    def is_bare(self) -> bool:
        """Whether it is of a catalogue with the preset `bare`."""
        return "_is_bare" in self._given

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a part of a catalogue never changes, not even its {name}")

    def __repr__(self) -> str:
        """Return what a template that writes a whole part gets: Python's own differs from run to run."""
        told = ", ".join(f"{name}={value!r}" for name, value in values_of(self))
        return f"{type(self).__name__}({told})"


def in_bare(value: Any) -> Any:
    """Return a value with the parts within it as the preset `bare` has them."""
    if isinstance(value, Part):
        return value.in_bare()
    if isinstance(value, tuple):
        return tuple(map(in_bare, value))
    return {name: in_bare(inner) for name, inner in value.items()} if isinstance(value, dict) else value


SomePart = TypeVar("SomePart", bound=Part)


def known_settings(part: Part | type[Part]) -> Mapping[str, Setting]:
    """Return what a part may set, by its keys."""
    return part._settings


def given_settings(part: Part) -> KeysView[str]:
    """Return the keys that a part does not take from the defaults of its settings, in the order of their author."""
    return part._given.keys()


def values_of(part: Part) -> Iterator[tuple[str, Any]]:
    """Yield each key that a part may set, with its value."""
    for key in known_settings(part):
        yield key, value_of(part, key)


def value_of(part: Part, key: str) -> Any:
    """Return the value of a key that a part may set."""
    return getattr(part, part._attributes.get(key, key))


def meant(part: Part | type[Part], key: str) -> str | Elsewhere | None:
    """Return what somebody means by a key that a part does not have: a setting, perhaps of another part, or words."""
    word = _WORD_END.sub("_", key).lower()
    known = known_settings(part)
    return word if word in known else part.elsewhere.get(word) or nearest(key, known)


def as_data(value: Any) -> Any:
    """Return a value of the catalogue as mappings, lists and scalars, without what is not set."""
    if isinstance(value, Part):
        return {name: as_data(inner) for name, inner in values_of(value) if inner is not None}
    if isinstance(value, Mapping):
        return {name: as_data(inner) for name, inner in value.items()}
    return [as_data(item) for item in value] if isinstance(value, tuple) else value


class ListOf(ValueType[tuple[Value, ...]]):
    """A list of values of one type."""

    def __init__(self, item: ValueType[Value], at_least: int = 0) -> None:
        self.item, self._at_least = item, at_least

    def read(self, value: object) -> tuple[Value, ...]:
        if not isinstance(value, list):
            raise misplaced(value, "a list", self._remedy(value))
        _check_length(value, self._at_least)
        return tuple(read_each((index, self.item, item) for index, item in enumerate(value)).values())

    def _remedy(self, value: object) -> str:
        if isinstance(self.item, PartOf):
            return "write a list with a mapping after each `-`"
        if isinstance(self.item, OneExpression):
            return "write a list with one `${...}` after each `-`"
        only = value if isinstance(value, str) and _PLAIN.fullmatch(value) else "a, b"
        return f"write a list, such as `[{only}]`"

    def schema(self) -> Schema:
        least = {"minItems": self._at_least} if self._at_least else {}
        return {"type": "array", "items": self.item.schema()} | least


class TextList(OrExpression[tuple[str, ...]]):
    """A list of texts, or one expression that is a list."""

    def __init__(self, at_least: int = 0, item: Text | None = None) -> None:
        super().__init__(ListOf(item or Text(), at_least))

    def refusal(self, text: str) -> Rejection:
        return Rejection(f"{shown(text)} is not accepted", "write a list, or one `${...}` that is a list")


class MappingOf(ValueType[dict[str, Value]]):
    """A mapping whose keys are names that its author chooses."""

    def __init__(self, name: ValueType[str], item: ValueType[Value], at_least: int = 0) -> None:
        self._name, self.item, self._at_least = name, item, at_least

    def read(self, value: object) -> dict[str, Value]:
        entries = mapping_in(value)
        _check_length(entries, self._at_least)
        return read_each(((name, self.item, item) for name, item in entries.items()), self._breaches(entries))

    def member(self, name: str) -> ValueType[Value]:
        """Return the type of a member, which is that of all."""
        return self.item

    def set_in(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return without_nulls(value)
        return {name: self.item.set_in(item) for name, item in value.items() if not is_null(item)}

    def _breaches(self, entries: Mapping[str, object]) -> Iterator[Breach]:
        for name in entries:
            try:
                self._name.read(name)
            except Rejection as rejection:
                what = rejection.what if name else "the name is empty"
                yield Breach((name,), what, rejection.remedy, at_key=True)

    def schema(self) -> Schema:
        least = {"minProperties": self._at_least} if self._at_least else {}
        names = {"propertyNames": self._name.schema()}
        return {"type": "object"} | names | {"additionalProperties": self.item.schema()} | least


class PartOf(ValueType[SomePart]):
    """A mapping that is a part of the catalogue."""

    def __init__(self, model: type[SomePart]) -> None:
        self.model = model

    def read(self, value: object) -> SomePart:
        entries, settings = mapping_in(value), known_settings(self.model)
        known = ((name, settings[name].type, entry) for name, entry in entries.items() if name in settings)
        return self.model(**read_each(known, self._breaches(entries)))

    def set_in(self, value: Any) -> Any:
        """Return what is set. A null of a key that the part does not have stays, so that the key is told."""
        if not isinstance(value, dict):
            return without_nulls(value)
        known = known_settings(self.model)
        return {
            key: known[key].type.set_in(entry) if key in known else without_nulls(entry)
            for key, entry in value.items()
            if key not in known or not is_null(entry)
        }

    def _lacking(self, entries: Mapping[str, object]) -> list[str]:
        """Return the keys that must be written and are not."""
        return [name for name in self.model._required if name not in entries]

    def unknown(self, key: str) -> Breach:
        """Return what is wrong with a key that the part does not have."""
        known = known_settings(self.model)
        found = meant(self.model, key)
        if isinstance(found, Elsewhere):
            return Breach((key,), *found, at_key=True)
        all_known = f"known keys: {', '.join(known)}" if len(known) <= _MOST_LISTED else "`tfgen schema` lists all keys"
        remedy = f"did you mean `{found}`?" if found in known else all_known
        return Breach((key,), "unknown key", remedy, at_key=True)

    def schema(self) -> Schema:
        settings = known_settings(self.model)
        required = [name for name, it in settings.items() if it.is_required]
        return {
            "type": "object",
            "description": self.model.__doc__,
            "properties": {name: it.schema() for name, it in settings.items()},
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    def _breaches(self, entries: Mapping[str, object]) -> Iterator[Breach]:
        settings = known_settings(self.model)
        strange = [key for key in entries if key not in settings]
        yield from map(self.unknown, strange)
        lacking = self._lacking(entries)
        misspelt = {meant(self.model, key) for key in strange} if lacking else set()
        for name in lacking:
            if name not in misspelt:
                yield Breach((name,), "it is missing", f"add `{name}:` ({settings[name].description})")


class OrPart(ValueType[Value | SomePart]):
    """A mapping that is a part of the catalogue, or a value that says the most common thing in short."""

    def __init__(self, short: ValueType[Value], model: type[SomePart]) -> None:
        self._short, self._part = short, PartOf(model)

    @property
    def model(self) -> type[SomePart]:
        return self._part.model

    def read(self, value: object) -> Value | SomePart:
        return self._part.read(value) if isinstance(value, dict) else self._short.read(value)

    def schema(self) -> Schema:
        return {"oneOf": [self._short.schema(), self._part.schema()]}


class OneOrMore(ValueType[Value | tuple[Value, ...]]):
    """A value, or a list of several of them."""

    def __init__(self, item: ValueType[Value]) -> None:
        self.item, self._several = item, ListOf(item, at_least=1)

    def read(self, value: object) -> Value | tuple[Value, ...]:
        return self._several.read(value) if isinstance(value, list) else self.item.read(value)

    def set_in(self, value: Any) -> Any:
        return without_nulls(value) if isinstance(value, list) else self.item.set_in(value)

    def schema(self) -> Schema:
        return {"oneOf": [self.item.schema(), self._several.schema()]}


def mapping_in(value: object) -> dict[str, object]:
    """Return a value that has to be a mapping. Raises `Rejection`."""
    if not isinstance(value, dict):
        raise misplaced(value, "a mapping", "write `key: value` lines below it")
    return value


def _check_length(entries: list[object] | dict[str, object], at_least: int) -> None:
    if len(entries) < at_least:
        raise Rejection("it is empty", "write at least one entry")


def read_each(entries: Iterable[tuple[Any, ValueType[Any], object]], others: Iterable[Breach] = ()) -> dict[Any, Any]:
    """Return the meaning of each value by its step. Raises `Breached` with all their breaches and `others`.

    After too many breaches, the remaining values are not read.
    """
    read: dict[Any, Any] = {}
    breaches: list[Breach] = [*islice(others, MOST_BREACHES)]
    for step, type_, value in entries:
        if len(breaches) >= MOST_BREACHES:
            break
        try:
            read[step] = type_.read(value)
        except Rejection as rejection:
            breaches.append(Breach((step,), rejection.what, rejection.remedy))
        except Breached as breached:
            breaches += [breach.below(step) for breach in breached.breaches]
    if breaches:
        raise Breached(breaches)
    return read
