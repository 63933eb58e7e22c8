"""The JSON Schema takes a null wherever tfgen does: an entry that is not set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.read import read
from generator.catalogue.schema import schema_json
from generator.errors import TfgenError
from generator.source.source import Source
from tests.support.examples import a_few
from tests.support.paths import CASES
from tests.support.rendering import dumped, same_files
from tests.support.strategies import catalogues

SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_json()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_schema_takes_what_tfgen_takes(case: Path) -> None:
    SCHEMA.validate(yaml.safe_load((case / "services.yaml").read_text("utf-8")))


@a_few(60)
@given(catalogues(), st.data())
def test_the_schema_takes_null_wherever_tfgen_takes_it(catalogue: dict[str, Any], data: st.DataObject) -> None:
    places = [*_places_of_nulls(catalogue, ("services", "defaults", "images", "tags", "network"))]
    for mapping, key in data.draw(st.lists(st.sampled_from(places), max_size=8)) if places else ():
        mapping[key] = None
    text = dumped(catalogue)
    try:
        read(Source(text, "services.yaml"), same_files)
    except TfgenError:
        return
    SCHEMA.validate(yaml.safe_load(text))


def _places_of_nulls(value: Any, keys: Sequence[str] = ()) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each entry of a mapping at any depth, as the mapping and its key; of the topmost one, some."""
    if isinstance(value, dict):
        for key in keys or value:
            if key in value:
                yield value, key
                yield from _places_of_nulls(value[key])
    elif isinstance(value, list):
        for item in value:
            yield from _places_of_nulls(item)
