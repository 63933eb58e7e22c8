"""Places that python-hcl2 was asked about when this tfgen was made, so that it need not be asked about them again.

The table is made by `tools/known_places.py`, and a test asks python-hcl2 about all of it. It holds for one version of
python-hcl2: beside another it counts for nothing.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "known.json"
JUDGE = "python-hcl2"


class KnownPlace(NamedTuple):
    """A place by the keys of the lines that lead there, and the number of the place behind each key that may follow."""

    way: Sequence[str]
    next: dict[str, int]


@functools.cache
def known_places() -> Sequence[KnownPlace]:
    """Return what holds for the python-hcl2 that is installed; the first place is the beginning of a file."""
    table = json.loads(TABLE.read_text("utf-8"))
    if not _is_installed(table[JUDGE]):
        return (KnownPlace((), {}),)
    keys = table["keys"]
    return [
        KnownPlace([keys[key] for key in way], {keys[key]: place for key, place in following})
        for way, following in table["places"]
    ]


def _is_installed(version: str) -> bool:
    """Tell whether python-hcl2 is of a version, by the name of the folder that an installer makes beside it.

    `importlib.metadata` reads that name too; importing it takes as long as half of all else that is done here.
    """
    package = find_spec("hcl2")
    if package is None or package.origin is None:
        return False
    return Path(package.origin).parents[1].joinpath(f"{JUDGE.replace('-', '_')}-{version}.dist-info").is_dir()
