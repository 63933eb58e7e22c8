"""The catalogue's JSON Schema, for editors."""

from __future__ import annotations

import json

from generator.catalogue.model import CatalogueType
from generator.settings.values import OWN_ROOT, WHOLE_EXPRESSION, Schema

_NULL = "null"

_HOLDING_MANY = {"properties", "patternProperties"}
_HOLDING_LISTS = {"oneOf", "prefixItems"}
_HOLDING_ONE = {"additionalProperties", "items", "propertyNames"}
"""The keywords of JSON Schema that hold schemas: by name, in a list, and a single one."""


def schema_json() -> str:
    """Return the JSON Schema (draft 2020-12) of a catalogue, with a description for every key."""
    defined: dict[str, Schema] = {}
    catalogue = _as_it_is_written(CatalogueType().schema(), defined)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tfgen catalogue",
        **catalogue,
        "$defs": dict(sorted(defined.items())),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)


def _as_it_is_written(schema: Schema, defined: dict[str, Schema]) -> Schema:
    """Return a schema that takes a null for each entry that may be missing: a null means that it is not set.

    In place of a name, it takes text with a name of the catalogue in it. Each schema with a title is `defined` once.
    """
    found = dict(schema)
    for keyword in _HOLDING_MANY & schema.keys():
        found[keyword] = {name: _as_it_is_written(it, defined) for name, it in schema[keyword].items()}
    for keyword in _HOLDING_LISTS & schema.keys():
        found[keyword] = [_as_it_is_written(it, defined) for it in schema[keyword]]
    for keyword in _HOLDING_ONE & schema.keys():
        if isinstance(schema[keyword], dict):
            found[keyword] = _as_it_is_written(schema[keyword], defined)
    found |= _with_nulls(found)
    if "title" not in found:
        return found
    described = {"description": found.pop("description")} if "description" in found else {}
    defined[found["title"]] = found
    return {"$ref": f"#/$defs/{found['title']}"} | described


def _with_nulls(schema: Schema) -> Schema:
    """Return the keywords for the entries of a mapping that takes a null for each that may be missing."""
    found: Schema = {}
    if "properties" in schema:
        required = schema.get("required", ())
        members = {name: _or_own_name(it) for name, it in schema["properties"].items()}
        found["properties"] = {name: it if name in required else _or_null(it) for name, it in members.items()}
    if "patternProperties" in schema:
        found["patternProperties"] = {name: _or_null(it) for name, it in schema["patternProperties"].items()}
    if isinstance(schema.get("additionalProperties"), dict):
        found["additionalProperties"] = _or_null(schema["additionalProperties"])
    return found


def _or_own_name(schema: Schema) -> Schema:
    """A name of the catalogue may stand wherever a text may: it is replaced before the text is judged."""
    if "oneOf" in schema and not any(it.get("pattern") == WHOLE_EXPRESSION for it in schema["oneOf"]):
        return schema | {"oneOf": [_or_own_name(it) for it in schema["oneOf"]]}
    pattern = schema.get("pattern", WHOLE_EXPRESSION)
    return schema if pattern == WHOLE_EXPRESSION else schema | {"pattern": rf"{pattern}|\$\{{{OWN_ROOT}\.[a-z]+\}}"}


def _or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {name: it for name, it in schema.items() if name != "$ref"} | {
            "oneOf": [{"$ref": schema["$ref"]}, {"type": _NULL}]
        }
    if "oneOf" in schema:
        return schema | {"oneOf": [*schema["oneOf"], {"type": _NULL}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    listed = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": list(dict.fromkeys([*types, _NULL]))} | listed
