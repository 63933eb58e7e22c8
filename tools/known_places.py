"""Make the table of places that python-hcl2 need not be asked about again.

They are those of the cases, of this repository, and of the benchmark's unlike services. It writes
`generator/hcl/proof/known.json` by itself. Usage: python -m tools.known_places
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench.unlike import unlike_catalogue
from generator.catalogue.read import read
from generator.files.declared_types import DeclaredTypes
from generator.hcl.proof.known import JUDGE, TABLE, KnownPlace
from generator.hcl.proof.proof import Prover
from generator.hcl.write.text import WrittenExpression, parts
from generator.rendering.render import Overrides, render
from generator.source.source import Source

ROOT = Path(__file__).parent.parent
SERVICES = 400
"""Unlike services, after which a thousand others bring hardly a place that is not known."""


def table() -> dict[str, object]:
    """Return the table as its file holds it."""
    prover = Prover([KnownPlace((), {})])
    for text in _texts():
        prover.file(text)
    for expression in _expressions():
        prover.is_argument(f"x = {expression}")
    places = list(prover.places)
    keys = {key: number for number, key in enumerate(sorted({key for place in places for key in place.next}))}
    numbers = {place: number for number, place in enumerate(places)}
    return {
        JUDGE: version(JUDGE),
        "keys": list(keys),
        "places": [
            [
                [keys[line.key] for line in place.way],
                [[keys[key], numbers[behind]] for key, behind in sorted(place.next.items()) if behind],
            ]
            for place in places
        ],
    }


def _texts() -> Iterator[str]:
    for file in sorted((*ROOT.glob("tests/cases/*/expected/*.tf"), *(ROOT / "generated").glob("*/*.tf"))):
        yield file.read_text("utf-8")
    for rich in (False, True):
        catalogue, _ = read(Source(unlike_catalogue(SERVICES, rich, seed=0), "services.yaml"))
        yield from (file.text for file in render(catalogue, "services.yaml", Overrides("", {}), DeclaredTypes({})))


def _expressions() -> Iterator[str]:
    """Yield what stands in `${...}` in the catalogues, bare and within quotes."""
    for file in sorted((*ROOT.glob("tests/cases/*/services.yaml"), ROOT / "services.yaml")):
        for _, text in Source.from_file(file, file.name).scalars(()):
            for part in parts(text):
                if isinstance(part, WrittenExpression):
                    yield from (part.bare, f'"{part.template}"')


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(), ensure_ascii=False) + "\n", "utf-8")
