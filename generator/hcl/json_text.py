"""The value of a text that is JSON, also where parts of the text are not known."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from generator.hcl.evaluated import Evaluated, Json, Pattern, Unknown, is_flat

_HOLE = re.compile("\ue000(\\d+)\ue001")
"""What stands for an unknown part of a text while that is read: characters for private use, which nobody writes."""


def value_of_json(text: Evaluated) -> Evaluated:
    """Return the list or object that a text is the JSON of, or what was given where it is none."""
    if isinstance(text, Json):
        return text.value
    if isinstance(text, str):
        return _loaded(text, text)
    if not isinstance(text, Pattern):
        return text
    holes = [part for part in text.parts if isinstance(part, Unknown)]
    numbers = iter(range(len(holes)))
    written = "".join(part if isinstance(part, str) else f"\ue000{next(numbers)}\ue001" for part in text.parts)
    value: Evaluated = _with_holes(_loaded(written, text), holes)
    return value


def _loaded(text: str, otherwise: Evaluated) -> Evaluated:
    try:
        found: Evaluated = json.loads(text)
    except (ValueError, RecursionError):
        return otherwise
    return found if isinstance(found, list | dict) and is_flat(found) else otherwise


def _with_holes(value: Any, holes: Sequence[Unknown]) -> Any:
    if isinstance(value, dict):
        return {name: _with_holes(member, holes) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_holes(item, holes) for item in value]
    if not isinstance(value, str) or not _HOLE.search(value):
        return value
    pieces = _HOLE.split(value)
    parts = [holes[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces)]
    return Pattern(tuple(part for part in parts if part != ""))
