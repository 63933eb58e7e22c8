"""A variable in place of a setting's value is declared to be of a type that can be that value.

Terraform tells so itself of most arguments, at a line that nobody wrote. Within JSON, it tells nothing. What other
expressions come to is Terraform's to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.errors import Problem
from generator.hcl.identifiers import IDENTIFIER
from generator.hcl.write.text import whole_expression
from generator.settings.objects import ObjectOf, literal_of
from generator.settings.parts import ListOf, MappingOf, Part, PartOf, given_settings, known_settings, value_of
from generator.settings.values import Truth, ValueType, Whole
from generator.source.source import Key
from generator.verify.module import RenderedModule, told_where_written

_VARIABLE = re.compile(rf"var(?:\.{IDENTIFIER})+")
_JUDGED_ELSEWHERE = frozenset({"environment", "environment_from", "secrets", "secrets_from"})


class _Wanted(NamedTuple):
    """What a setting is, in words, and the types of Terraform that can be that, as it converts between them."""

    words: str
    types: tuple[str, ...]


_TEXT = _Wanted("a text", ("string", "number", "bool"))
_NUMBER = _Wanted("a number", ("number", "string"))
_TRUTH = _Wanted("true or false", ("bool", "string"))
_LIST = _Wanted("a list", ("list", "set", "tuple"))
_MAPPING = _Wanted("a mapping", ("map", "object"))


def settings_are_of_their_types(module: RenderedModule) -> Iterator[Problem]:
    """Yield each variable of another type, once where it is written. Of an unknown type, nothing is said."""
    return told_where_written(module.source, _faults(module))


def _faults(module: RenderedModule) -> Iterator[tuple[Key, str, str]]:
    for key, type_, text in _expressions_of(module):
        expression, wanted = whole_expression(text) or "", _wanted(type_)
        constraint = module.type_of(expression) if _VARIABLE.fullmatch(expression) else None
        if constraint and constraint.name not in wanted.types:
            what = f"`{text}` is of the type {constraint.name}, and {wanted.words} stands here"
            yield key, what, f"write one that is {wanted.words}"


def _expressions_of(module: RenderedModule) -> Iterator[tuple[Key, ValueType[Any], str]]:
    """Yield each text with an expression that is a value of a setting, its type and its key."""
    tags = module.catalogue.tags
    if isinstance(tags, str):
        yield ("tags",), known_settings(module.catalogue)["tags"].type, tags
    for key, service in module.catalogue.services.items():
        yield from _of_part(service, ("services", key))


def _of_part(part: Part, above: Key) -> Iterator[tuple[Key, ValueType[Any], str]]:
    known = known_settings(part)
    for name in sorted((given_settings(part) & known.keys()) - _JUDGED_ELSEWHERE):
        yield from _within(known[name].type, value_of(part, name), (*above, name))


def _within(type_: ValueType[Any], value: Any, key: Key) -> Iterator[tuple[Key, ValueType[Any], str]]:
    literal = literal_of(type_)
    if isinstance(value, str):
        if "${" in value:
            yield key, type_, value
    elif isinstance(value, Part):
        yield from _of_part(value, key)
    elif isinstance(value, Mapping):
        member: Callable[[str], ValueType[Any]] = literal.member  # type: ignore[attr-defined] # each that reads a mapping
        for name, inner in value.items():
            yield from _within(member(name), inner, (*key, name))
    elif isinstance(value, tuple) and isinstance(literal, ListOf):
        for index, inner in enumerate(value):
            yield from _within(literal.item, inner, (*key, index))


def _wanted(type_: ValueType[Any]) -> _Wanted:
    literal = literal_of(type_)
    if isinstance(literal, ListOf):
        return _LIST
    if isinstance(literal, MappingOf | ObjectOf | PartOf):
        return _MAPPING
    if isinstance(literal, Whole):
        return _NUMBER
    return _TRUTH if isinstance(literal, Truth) else _TEXT
