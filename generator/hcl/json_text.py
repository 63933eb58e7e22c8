"""Values and the texts that are their JSON: from a text, also where parts of it are not known, and to one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.hcl.evaluated import (
    MOST_CHARACTERS,
    Evaluated,
    Json,
    Pattern,
    TextSet,
    Unknown,
    is_flat,
    is_known,
    unknown,
)
from generator.hcl.numbers import numeral

_HOLE = re.compile("\ue000(\\d+)\ue001")
_BARE_HOLE = re.compile("\ue002(\\d+)\ue003")
"""What stands for an unknown part within a text, and beside texts: characters for private use, which nobody writes."""

_QUOTE = re.compile(r'\\.|(")', re.DOTALL)

_ESCAPED = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
_MOST_GROWTH = 2
"""How many times as long a text may become that is mostly quotes, as it is written as JSON."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Versions of Terraform differ in how they escape these."""


def as_text(value: Evaluated) -> Evaluated:
    """Return a value with the text that `jsonencode` makes in place of each known one that is encoded."""
    if isinstance(value, dict):
        return {name: as_text(member) for name, member in value.items()}
    if isinstance(value, list) and not isinstance(value, TextSet):
        return [as_text(item) for item in value]
    text = text_of_json(value.value) if isinstance(value, Json) else None
    return value if text is None else text


def text_of_json(value: Evaluated) -> str | None:
    """Return a value as `jsonencode` of Terraform writes it; none where that is not known."""
    if not is_known(value) or _length(value) > MOST_CHARACTERS:
        return None
    text = _encoded(value)
    return None if len(text) > MOST_CHARACTERS or _CONTROL.search(text) else text


def _length(value: Evaluated) -> int:
    """Return about how long the JSON of a value is."""
    if isinstance(value, Json):
        return _MOST_GROWTH * _length(value.value)
    if isinstance(value, dict):
        return sum(len(name) + _length(member) for name, member in value.items())
    if isinstance(value, list):
        return sum(map(_length, value))
    return len(value) if isinstance(value, str) else 1


def _encoded(value: Evaluated) -> str:
    if isinstance(value, dict):
        return f"{{{','.join(f'{_encoded(name)}:{_encoded(value[name])}' for name in sorted(value))}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_encoded, value))}]"
    if isinstance(value, Json):
        return _encoded(_encoded(value.value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return numeral(value)
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)


def value_of_json(text: Evaluated) -> Evaluated:
    """Return the list or object that a text is the JSON of, or what was given where it is none."""
    if isinstance(text, Json):
        return text.value
    if isinstance(text, str):
        return _loaded(text, text)
    if not isinstance(text, Pattern):
        return text
    holes = [part for part in text.parts if isinstance(part, Unknown)]
    value: Evaluated = _with_holes(_loaded("".join(_with_marks(text)), text), holes)
    return value


def _with_marks(text: Pattern) -> Iterator[str]:
    """Yield the parts of a text; in place of those that are not known, a mark, or a text that is one."""
    number, is_quoted = 0, False
    for part in text.parts:
        if isinstance(part, str):
            yield part
            is_quoted ^= len([sign for sign in _QUOTE.findall(part) if sign]) % 2 == 1
        else:
            yield f"\ue000{number}\ue001" if is_quoted else f'"\ue002{number}\ue003"'
            number += 1


def _loaded(text: str, otherwise: Evaluated) -> Evaluated:
    try:
        found: Evaluated = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return otherwise
    return found if isinstance(found, list | dict) and is_flat(found) else otherwise


def _each_once(members: list[tuple[str, Evaluated]]) -> dict[str, Evaluated]:
    """Readers of JSON differ in which of two equal keys they take."""
    found = dict(members)
    if len(found) < len(members):
        raise ValueError
    return found


def _with_holes(value: Any, holes: Sequence[Unknown]) -> Any:
    if isinstance(value, dict):
        if any(_HOLE.search(name) for name in value):
            return unknown("object", *holes)
        return {name: _with_holes(member, holes) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_holes(item, holes) for item in value]
    return _filled(value, holes) if isinstance(value, str) else value


def _filled(value: str, holes: Sequence[Unknown]) -> Evaluated:
    if bare := _BARE_HOLE.fullmatch(value):
        return holes[int(bare[1])]
    if not _HOLE.search(value):
        return value
    pieces = _HOLE.split(value)
    parts = [holes[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces)]
    return Pattern(tuple(part for part in parts if part != ""))
