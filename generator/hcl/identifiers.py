"""The letters of Terraform's identifiers, which are those of Unicode 9: Python's are of a later one.

Source: `Ident` in https://github.com/hashicorp/hcl/blob/main/hclsyntax/scan_tokens.rl.
`tools/identifier_table.py` makes the table.
"""

from __future__ import annotations

import functools
import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_-]*"
"""A name in ASCII, as all that tfgen writes are."""

_TABLE = Path(__file__).parent / "identifiers.json"
_IN_ASCII = re.compile(IDENTIFIER)


def is_name(text: str) -> bool:
    """Tell whether a text is an identifier."""
    if text.isascii():
        return _IN_ASCII.fullmatch(text) is not None
    return strange_letter(text) is None


def strange_letter(word: str) -> int | None:
    """Return the index of the first character for which a word is no identifier."""
    letters = _letters()
    for index, character in enumerate(word):
        is_sign = character == "_" or (character == "-" and index > 0)
        if not (is_sign or _holds(letters.continuing if index else letters.beginning, ord(character))):
            return index
    return None


class _Letters(NamedTuple):
    """What an identifier begins and goes on with: the first character of each range, and the one behind its last."""

    beginning: Sequence[int]
    continuing: Sequence[int]


@functools.cache
def _letters() -> _Letters:
    table = json.loads(_TABLE.read_text("utf-8"))
    return _Letters(_bounds(table["begins"]), _bounds(table["continues"]))


def _bounds(ranges: Sequence[tuple[int, int]]) -> list[int]:
    return [bound for first, last in ranges for bound in (first, last + 1)]


def _holds(bounds: Sequence[int], number: int) -> bool:
    """Of bounds that begin and end ranges in turn, an odd number lies below what is within one."""
    return bisect_right(bounds, number) % 2 == 1
