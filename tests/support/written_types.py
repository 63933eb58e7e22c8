"""The types of the provider that the templates write."""

from __future__ import annotations

import re

from tests.support.paths import ROOT

_BLOCK = re.compile(r'^(resource|data) "(\w+)"', re.MULTILINE)
_OPENINGS = {match for path in (ROOT / "templates").rglob("*.j2") for match in _BLOCK.findall(path.read_text("utf-8"))}
RESOURCES = sorted(name for kind, name in _OPENINGS if kind == "resource")
TYPES = sorted([*RESOURCES, *(f"data.{name}" for kind, name in _OPENINGS if kind == "data")])
