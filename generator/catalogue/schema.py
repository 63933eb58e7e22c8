"""The catalogue's JSON Schema, for editors."""

from __future__ import annotations

import json
from typing import Any

from generator.catalogue.model import Catalogue
from generator.settings.parts import PartOf
from generator.settings.values import OWN_ROOT, WHOLE_EXPRESSION, Schema

_NULL = "null"


def schema_json() -> str:
    """Return the JSON Schema (draft 2020-12) of a catalogue, with a description for every key."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tfgen catalogue",
        **_as_it_is_written(PartOf(Catalogue).schema()),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)


def _as_it_is_written(schema: Any) -> Any:
    """Return a schema that takes a null for each entry that may be missing: a null means that it is not set.

    In place of a name, it takes text with a name of the catalogue in it.
    """
    if isinstance(schema, list):
        return [_as_it_is_written(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _as_it_is_written(member) for name, member in schema.items()}
    required = found.get("required", ())
    if "properties" in found:
        members = {name: _or_own_name(it) for name, it in found["properties"].items()}
        found["properties"] = {name: it if name in required else _or_null(it) for name, it in members.items()}
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _or_null(found["additionalProperties"])
    return found


def _or_own_name(schema: Schema) -> Schema:
    """A name of the catalogue may stand wherever a text may: it is replaced before the text is judged."""
    pattern = schema.get("pattern", WHOLE_EXPRESSION)
    return schema if pattern == WHOLE_EXPRESSION else schema | {"pattern": rf"{pattern}|\$\{{{OWN_ROOT}\.[a-z]+\}}"}


def _or_null(schema: Schema) -> Schema:
    if "oneOf" in schema:
        return schema | {"oneOf": [*schema["oneOf"], {"type": _NULL}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    listed = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": list(dict.fromkeys([*types, _NULL]))} | listed
