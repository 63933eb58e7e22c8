"""The catalogue's JSON Schema, for editors."""

from __future__ import annotations

import json

from generator.catalogue.model import Catalogue


def schema_json() -> str:
    """Return the JSON Schema (draft 2020-12) of a catalogue, with a description for every key."""
    model = Catalogue.model_json_schema()
    # `defaults` may complete what a service leaves out of a mapping, which no schema can see.
    del model["$defs"]["HealthCheck"]["required"]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tfgen catalogue",
        **{key: value for key, value in model.items() if key != "title"},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)
