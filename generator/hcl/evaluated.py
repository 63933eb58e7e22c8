"""Values of Terraform's expressions, as far as they are known before it runs.

What cannot be told is `Unknown`, and carries what it depends on. A text that is known in part is a `Pattern`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from typing import TypeAlias

from generator.hcl.constraints import LIST, NUMBER, OBJECT, TEXT, TRUTH, Constraint, constraint_of_result
from generator.hcl.numbers import numeral

Traversal: TypeAlias = tuple[str, ...]
"""A root and the steps behind it: `var.tags["env"]` is `("var", "tags", "env")`."""

EACH = "*"
"""The step of a traversal that goes into each element of a list, or each instance of a block."""

MOST_ENTRIES = 10_000
"""Entries of a list or an object that is made here; a longer one is left to Terraform."""

MOST_CHARACTERS = 100_000
"""Characters of a text that is put together here; a longer one is left to Terraform."""

MOST_DEEP = 50
"""Lists and objects within each other, in a value that is put together from locals or read from a text."""

_MOST_ON_A_LEVEL = 1_000_000

_LONGEST_TEXT = 200


@dataclass(frozen=True)
class Unknown:
    """What only Terraform can tell. `text` is what it would evaluate, `reads` what that depends on.

    `constraint` is the type that it surely has, if that is known.
    """

    text: str
    reads: frozenset[Traversal] = frozenset()
    constraint: Constraint | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class UnknownBlocks(Unknown):
    """Blocks that a dynamic block writes: how many is not known. `content` is what one of them holds, in a list."""

    content: Sequence[Evaluated] = field(default=(), hash=False)


@dataclass(frozen=True)
class PossibleItems(Unknown):
    """A list of which it is known what it holds, if it holds anything: `condition ? [item] : []`."""

    items: Sequence[Evaluated] = field(default=(), hash=False)


@dataclass(frozen=True)
class UncertainList(Unknown):
    """A list with items that it surely holds, and with `PossibleItems` among them."""

    items: Sequence[Evaluated] = field(default=(), hash=False)

    @property
    def certain(self) -> list[Evaluated]:
        """The items that it surely holds."""
        return [item for item in self.items if not isinstance(item, PossibleItems)]

    @property
    def possible(self) -> list[Evaluated]:
        """The items that it may hold."""
        return [one for item in self.items if isinstance(item, PossibleItems) for one in item.items]


@dataclass(frozen=True)
class Pattern:
    """A text with parts that are not known."""

    parts: tuple[str | Unknown, ...]

    @property
    def reads(self) -> frozenset[Traversal]:
        return _reads(self.parts)


@dataclass(frozen=True)
class Json:
    """A text that is the JSON of a value; `reads` is what may keep Terraform from knowing it before the apply."""

    value: Evaluated
    reads: frozenset[Traversal] = frozenset()


Evaluated: TypeAlias = (
    "str | int | float | bool | Unknown | Pattern | Json | list[Evaluated] | dict[str, Evaluated] | None"
)


class TextSet(list[Evaluated]):
    """The elements of a set of texts, each once and sorted. Nothing is read from it by an index."""


class EvaluationError(Exception):
    """Terraform would surely refuse the expression: it reads a key that is not there, or puts a list into a text."""


def follow(value: Evaluated, steps: Sequence[str]) -> Evaluated:
    """Return what the steps of a traversal lead to. Raises `EvaluationError` where there is no such key."""
    for step in steps:
        value = member(value, step)
    return value


def as_list(value: Evaluated) -> list[Evaluated]:
    """Return a value that may be one or a list of several as a list; nothing is an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def reads_of(value: Evaluated) -> frozenset[Traversal]:
    """Return everything that the unknown parts of a value depend on."""
    if isinstance(value, Unknown | Pattern):
        return value.reads
    if isinstance(value, Json):
        return value.reads | reads_of(value.value)
    if isinstance(value, dict):
        return _reads(value.values())
    return _reads(value) if isinstance(value, list) else frozenset()


def is_known(value: Evaluated) -> bool:
    """Tell whether no part of a value is unknown."""
    if isinstance(value, Json):
        return is_known(value.value)
    if isinstance(value, dict):
        return all(map(is_known, value.values()))
    if isinstance(value, list):
        return all(map(is_known, value))
    return not isinstance(value, Unknown | Pattern)


def unknown(text: str, *parts: Evaluated) -> Unknown:
    """Return what is not known and depends on parts; two of the same text and parts are equal."""
    whole = f"{text}({', '.join(map(repr, parts))})"
    if len(whole) > _LONGEST_TEXT:  # parts that stand in each other again and again would double it each time
        whole = f"{text}({sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()})"
    return Unknown(whole, _reads(parts), constraint_of_result(text, [*map(constraint_of, parts)]))


def constraint_of(value: Evaluated) -> Constraint | None:
    """Return the type of a value; none where it is not known."""
    if isinstance(value, Unknown):
        return value.constraint
    return next((constraint for types, constraint in _CONSTRAINTS if isinstance(value, types)), None)


_CONSTRAINTS: tuple[tuple[type | tuple[type, ...], Constraint], ...] = (
    (bool, TRUTH),
    ((int, float), NUMBER),
    ((str, Pattern, Json), TEXT),
    (list, LIST),
    (dict, OBJECT),
)
"""The first that a value is of: for Python, a truth value is a number too."""


def _reads(values: Iterable[Evaluated]) -> frozenset[Traversal]:
    return frozenset(read for value in values for read in reads_of(value))


def text_of(parts: Sequence[Evaluated]) -> Evaluated:
    """Return what a template makes of its parts. Raises `EvaluationError` where one is a list or an object."""
    pieces = [piece for part in parts for piece in (part.parts if isinstance(part, Pattern) else [part])]
    texts = [unknown("json", piece) if isinstance(piece, Json) else written(piece) for piece in pieces]
    if sum(len(text) if isinstance(text, str) else 1 for text in texts) > MOST_CHARACTERS:
        return unknown("text", *parts)
    if all(isinstance(text, str) for text in texts):
        return "".join(map(str, texts))
    return Pattern(tuple(_joined(texts)))


def _joined(texts: Iterable[str | Unknown]) -> Iterator[str | Unknown]:
    """Yield texts and unknown parts, with texts beside each other as one, and no empty one."""
    for is_text, group in groupby(texts, key=lambda text: isinstance(text, str)):
        if not is_text:
            yield from group
        elif text := "".join(map(str, group)):
            yield text


def written(value: Evaluated) -> str | Unknown:
    """Return a scalar as Terraform writes it into a text. Raises `EvaluationError` for anything else."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return numeral(value)
    if isinstance(value, str):
        return value
    raise EvaluationError


def pairs_of(collection: list[Evaluated] | dict[str, Evaluated]) -> list[tuple[Evaluated, Evaluated]]:
    """Return key and value of each element, in the order in which Terraform goes through them."""
    if isinstance(collection, dict):
        return [(key, collection[key]) for key in sorted(collection)]
    if isinstance(collection, TextSet):
        return [(element, element) for element in collection]
    return [*enumerate(collection)]


def member(value: Evaluated, step: Evaluated) -> Evaluated:
    """Return an entry of a list or an object. Raises `EvaluationError` where there is none."""
    key = str(step)
    if isinstance(value, Unknown):
        constraint = value.constraint.member(key) if value.constraint else None
        return replace(unknown("index", value, key), constraint=constraint)
    if isinstance(value, dict) and key in value:
        return value[key]
    if (
        isinstance(value, list)
        and not isinstance(value, TextSet)
        and key.isdecimal()
        and len(key) < len(str(MOST_ENTRIES))
        and int(key) < len(value)
    ):
        return value[int(key)]
    raise EvaluationError


def is_flat(value: Evaluated) -> bool:
    """Tell whether a value nests no deeper than what goes through it by recursion can take."""
    level, depth = [value], 0
    while level and depth <= MOST_DEEP and len(level) <= _MOST_ON_A_LEVEL:
        level = [inner for one in level for inner in members_of(one)]
        depth += 1
    return not level


def members_of(value: Evaluated) -> Iterator[Evaluated]:
    """Yield what a list or an object holds, and the parts of a text that is not known."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
    elif isinstance(value, Pattern):
        yield from value.parts
