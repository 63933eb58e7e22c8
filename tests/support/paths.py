"""Where things are in a checkout."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
DATA = TESTS / "data"

CASES = sorted((TESTS / "cases").iterdir())
"""A folder for each catalogue that is good, with what it renders."""

RENDERED = sorted(TESTS.glob("cases/*/expected/*.tf"))
"""What they render."""
