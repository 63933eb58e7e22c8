"""Text of any author as Markdown that shows it and does nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.errors import visible

_LONGEST = 1000


def code(text: object) -> str:
    """Return text as a code span, within backticks enough for those in it."""
    shown = visible(str(text), _LONGEST)
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def cell(text: str) -> str:
    """Return Markdown fit for a cell of a table."""
    return text.replace("|", "\\|")


def fenced(lines: Iterable[str], language: str) -> str:
    """Return lines as a block of code, within a fence that none of them can close."""
    body = [visible(line, _LONGEST) for line in lines]
    longest = max((len(run) for line in body for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *body, fence])
