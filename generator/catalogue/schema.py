"""The catalogue's JSON Schema, for editors."""

from __future__ import annotations

import json

from generator.catalogue.model import Catalogue
from generator.settings.parts import PartOf


def schema_json() -> str:
    """Return the JSON Schema (draft 2020-12) of a catalogue, with a description for every key."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tfgen catalogue",
        **PartOf(Catalogue).schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)
