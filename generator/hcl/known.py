"""Shapes that python-hcl2 was shown when this tfgen was made, so that it need not be asked about them again.

The table is made by `tools/known_shapes.py`, and a test asks python-hcl2 about all of it. It holds for one version of
python-hcl2: beside another it counts for nothing.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).parent / "known.json"
JUDGE = "python-hcl2"


@dataclass(frozen=True)
class Known:
    """The keys of shapes: of parts of a file that are sound, and of `x = …` whose value is one expression."""

    texts: frozenset[str]
    expressions: frozenset[str]


@functools.cache
def known() -> Known:
    """Return what holds for the python-hcl2 that is installed."""
    table = json.loads(TABLE.read_text("utf-8"))
    if table[JUDGE] != version(JUDGE):
        return Known(frozenset(), frozenset())
    return Known(frozenset(table["texts"]), frozenset(table["expressions"]))
