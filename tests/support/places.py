"""Every place of a catalogue where a text may stand, as its JSON Schema tells: a new field is there by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from generator.catalogue.kinds import all_kinds
from generator.catalogue.model import Catalogue
from generator.settings.parts import PartOf

Schema: TypeAlias = dict[str, Any]
Step: TypeAlias = str | int

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""libyaml's where PyYAML has it: it is ten times as fast, and knows no half of a surrogate pair."""

_VARIABLE = "${var.a}"
_WORDS = ("abc", "module.abc", _VARIABLE, "StringEquals", "aws:SourceVpc")
"""One of them is taken wherever a text is wanted."""

_A_VARIABLE: Schema = {"type": "string", "enum": [_VARIABLE]}

SERVICE = ("services", "abc")
COMPANION = """\
variable "a" {}
variable "list" {}
resource "aws_secretsmanager_secret" "abc" {}
resource "aws_lb_target_group" "abc" {}
resource "aws_lb_listener" "abc" {}
resource "aws_ecs_task_definition" "api" {}
"""
"""Declares what a word that is taken refers to."""


@dataclass(frozen=True)
class Place:
    """A value's way from the root; or that of a mapping, where any key is meant. Index 1 is a list's second item."""

    kind: str
    steps: tuple[Step, ...]
    is_key: bool = False

    def __str__(self) -> str:
        return ".".join(map(str, (self.kind, *self.steps, *(["key"] if self.is_key else []))))

    def filled(self, text: str) -> str:
        """Return a catalogue with a text at this place, and all that must be there beside it."""
        return filled(text, self.kind, [self])

    def fill(self, catalogue: dict[str, Any], text: str) -> None:
        root = _SCHEMA if self.steps[:2] != SERVICE else {"properties": {"services": _only_kind(self.kind)}}
        _fill(catalogue, root, self.steps, text, self.is_key)


def places() -> Iterator[Place]:
    """Yield every place of a text, for each kind of service.

    What has a name in the schema, as a type of resource, reads the same wherever it stands: its places are told once.
    """
    told: set[str] = set()
    for kind in all_kinds():
        for steps, is_key in _texts(_only_kind(kind), ("services",), told):
            yield Place(kind, _apart(steps), is_key)
    rest = {key: value for key, value in _SCHEMA["properties"].items() if key != "services"}
    for steps, is_key in _texts({"properties": rest}, (), told):
        yield Place(next(iter(all_kinds())), steps, is_key)


def _apart(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """A parameter has an entry of its own: it cannot stand beside a secret."""
    return (*steps[:-2], "another", steps[-1]) if steps[-1:] == ("parameter",) else steps


def filled(text: str, kind: str, chosen: Iterable[Place]) -> str:
    """Return a catalogue with a text at many places, as YAML."""
    catalogue = base(kind)
    for place in chosen:
        place.fill(catalogue, text)
    dumper = yaml.SafeDumper if re.search("[\ud800-\udfff]", text) else _Dumper
    return str(yaml.dump(catalogue, Dumper=dumper, sort_keys=False, width=1 << 30))


def base(kind: str) -> dict[str, Any]:
    """Return the smallest catalogue with a service of a kind, and an image."""
    catalogue: dict[str, Any] = _least({"type": "object", **_SCHEMA, "required": [*_SCHEMA["required"], "images"]})
    catalogue["services"] = {SERVICE[1]: _least(_kinds_schema(kind))}
    return catalogue


_SCHEMA: Schema = PartOf(Catalogue).schema()


def _only_kind(kind: str) -> Schema:
    return {**_SCHEMA["properties"]["services"], "additionalProperties": _kinds_schema(kind)}


def _kinds_schema(kind: str) -> Schema:
    kinds: list[Schema] = _SCHEMA["properties"]["services"]["additionalProperties"]["oneOf"]
    return next(schema for schema in kinds if schema["properties"]["kind"]["const"] == kind)


def _first(schema: Schema) -> Schema:
    """Return the first of what a schema takes, where it takes several; in place of a number, a variable.

    No two containers have the same port, but any two may read theirs from a variable.
    """
    found = _first(schema["oneOf"][0]) if "oneOf" in schema else schema
    return _A_VARIABLE if "oneOf" in schema and found.get("type") == "integer" else found


def _leading_on(schema: Schema, steps: tuple[Step, ...]) -> Schema:
    """Return the choice of a schema that the steps lead on through, where it takes one in place of these."""
    choices = [_leading_on(choice, steps) for choice in schema.get("oneOf", ())]
    wanted = "array" if steps[:1] == (1,) else "object"
    return next((choice for choice in choices if choice.get("type") == wanted), _first(schema))


def _is_text(schema: Schema) -> bool:
    return "string" in schema.get("type", ())


def _texts(schema: Schema, steps: tuple[Step, ...], told: set[str]) -> Iterator[tuple[tuple[Step, ...], bool]]:
    if schema.get("title") in told:
        return
    told |= {schema["title"]} if "title" in schema else set()
    for choice in schema.get("oneOf", ()):
        yield from _texts(choice, steps, told)
    if "properties" in schema:
        for name, inner in schema["properties"].items():
            yield from _texts(inner, (*steps, name), told)
        yield steps, True
    elif "items" in schema:
        yield from _texts(schema["items"], (*steps, 1), told)
    elif schema.get("type") == "object":
        yield steps, True
        yield from _texts(schema["additionalProperties"], (*steps, _key(schema)), told)
    elif _is_text(schema):
        yield steps, False


def _key(schema: Schema) -> str:
    names = schema["propertyNames"]
    return str(next(word for word in names.get("enum", _WORDS) if re.search(names.get("pattern", ""), word)))


def _least(schema: Schema) -> Any:
    schema = _first(schema)
    given = [*schema.get("examples", []), *schema.get("enum", []), *([schema["const"]] if "const" in schema else [])]
    if given:
        return given[-1 if "const" in schema else 0]
    if "properties" in schema:
        return {name: _least(schema["properties"][name]) for name in schema.get("required", ())}
    if schema.get("type") == "object":
        return {_key(schema): _least(schema["additionalProperties"])}
    if schema.get("type") == "array":
        return [_least(schema["items"])]
    if _is_text(schema):
        return next(word for word in _WORDS if re.search(schema.get("pattern", ""), word))
    return schema.get("minimum", False if schema.get("type") == "boolean" else 512)


def _fill(into: Any, schema: Schema, steps: tuple[Step, ...], text: str, is_key: bool) -> None:
    schema = _leading_on(schema, steps) if steps or is_key else _first(schema)
    if not steps:
        into[text] = _least(schema["additionalProperties"]) if "properties" not in schema else "abc"
        return
    step, *rest = steps
    inner = schema["items"] if step == 1 else schema.get("properties", {}).get(step) or schema["additionalProperties"]
    first = "CMD" if _is_text(_first(inner)) and "enum" not in _first(inner) else _least(inner)
    if step == 1 and len(into) < 2:
        into[:] = [first, _least(inner)]
    if not rest and not is_key:
        into[step] = text
        return
    if not isinstance(into[1] if step == 1 else into.get(step), list if rest[:1] == [1] else dict):
        into[step] = _empty(inner, tuple(rest))
    _fill(into[step], inner, tuple(rest), text, is_key)


def _empty(schema: Schema, steps: tuple[Step, ...]) -> Any:
    schema = _leading_on(schema, steps)
    return [] if "items" in schema else _least(schema) if "properties" in schema else {}
