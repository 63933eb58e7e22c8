"""The catalogue's JSON Schema, for editors."""

from __future__ import annotations

import json
from typing import Any

from generator.catalogue.model import Catalogue
from generator.settings.parts import PartOf
from generator.settings.values import Schema

_NULL = "null"


def schema_json() -> str:
    """Return the JSON Schema (draft 2020-12) of a catalogue, with a description for every key."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tfgen catalogue",
        **_where_nothing_may_be_set(PartOf(Catalogue).schema()),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)


def _where_nothing_may_be_set(schema: Any) -> Any:
    """Return a schema that takes a null for each entry that may be missing: a null means that it is not set."""
    if isinstance(schema, list):
        return [_where_nothing_may_be_set(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _where_nothing_may_be_set(member) for name, member in schema.items()}
    required = found.get("required", ())
    if "properties" in found:
        members = found["properties"].items()
        found["properties"] = {name: it if name in required else _or_null(it) for name, it in members}
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _or_null(found["additionalProperties"])
    return found


def _or_null(schema: Schema) -> Schema:
    if "oneOf" in schema:
        return schema | {"oneOf": [*schema["oneOf"], {"type": _NULL}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    listed = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": list(dict.fromkeys([*types, _NULL]))} | listed
