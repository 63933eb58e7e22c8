"""Mappings in layers: their merged result, and where each value of the result was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from generator.source.source import Key, Scalar, Source


def merged(layers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the merged result of layers, which are given with the topmost first.

    The entries of the topmost layer come first, in their order. Mappings merge at every depth. Any other value replaces
    what lies under it.
    """
    top, *below = layers
    return reduce(_over, below, dict(top))


def written_at(source: Source, roots: Sequence[Key], way: Key) -> Key:
    """Return the key under which the text has an entry. `way` leads to it from each root, the topmost first.

    That is in the first layer that has the entry, or that has a value without entries on the way to it: such a value
    replaces what lies under it. For an entry that no layer has, it is the layer that has most of the way.
    """
    for root in roots:
        held = _steps_held(source, root, way)
        if held == len(way) or (held and not source.is_mapping((*root, *way[:held]))):
            return (*root, *way)
    return (*max(roots, key=lambda root: _steps_held(source, root, way)), *way)


def _over(top: dict[str, Any], under: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(top)
    for key, value in under.items():
        if key not in found:
            found[key] = value
        elif isinstance(found[key], dict) and isinstance(value, dict):
            found[key] = _over(found[key], value)
    return found


def _steps_held(source: Source, root: Key, way: Key) -> int:
    lengths = range(1, len(way) + 1)
    return sum(source.is_written((*root, *way[:length])) for length in lengths)


_NULL = frozenset({"null", "Null", "NULL", "~"})
"""Source: https://yaml.org/spec/1.2.2/, "Core Schema". An empty value is a null to YAML, and a missing one here."""


_WORD_OF_NULL = re.compile(r"\b(?:null|Null|NULL)\b|~(?!/)")


def may_hold_nulls(text: str) -> bool:
    """Tell whether a null may stand in YAML: most catalogues have none, and looking for them takes time."""
    return any(null in text for null in _NULL) and _WORD_OF_NULL.search(text) is not None


def without_nulls(value: Any) -> Any:
    """Return data without the entries of mappings that are a plain null: those are not set."""
    if isinstance(value, dict):
        return {key: without_nulls(member) for key, member in value.items() if not is_null(member)}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def is_null(value: object) -> bool:
    """Tell whether a value is a plain null."""
    return isinstance(value, Scalar) and not value.quoted and value in _NULL
