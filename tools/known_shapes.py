"""Make the table of shapes that python-hcl2 need not be asked about again: those of the cases and of this repository.

It writes `generator/hcl/proof/known.json` by itself, since it asks the table that is there while it makes the new one.

Usage: python -m tools.known_shapes
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from generator.hcl.fragments import fragments_of
from generator.hcl.proof.known import JUDGE, TABLE
from generator.hcl.proof.proof import is_expression, is_sound
from generator.hcl.proof.shape import Shape, shape_of
from generator.hcl.write.text import WrittenExpression, parts
from generator.source.source import Source

ROOT = Path(__file__).parent.parent


def table() -> dict[str, object]:
    """Return the table as its file holds it."""
    return {
        JUDGE: version(JUDGE),
        "texts": sorted({shape.key for shape in _texts() if is_sound(shape)}),
        "expressions": sorted({shape.key for shape in _expressions()}),
    }


def _texts() -> Iterator[Shape]:
    for file in (*ROOT.glob("tests/cases/*/expected/*.tf"), *(ROOT / "generated").glob("*/*.tf")):
        for text in fragments_of(file.read_text("utf-8")):
            if shape := shape_of(text):
                yield shape


def _expressions() -> Iterator[Shape]:
    """Yield the shapes of what stands in `${...}` in the catalogues, bare and within quotes."""
    for file in (*ROOT.glob("tests/cases/*/services.yaml"), ROOT / "services.yaml"):
        for _, text in Source.from_file(file, file.name).scalars(()):
            for part in parts(text):
                if isinstance(part, WrittenExpression):
                    for expression in (part.bare, f'"{part.template}"'):
                        shape = shape_of(f"x = {expression}\n")
                        if shape and is_expression(expression):
                            yield shape


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(), indent=1, ensure_ascii=False) + "\n", "utf-8")
