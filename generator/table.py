"""Tables for people and programs: rules and colour on a terminal, plain columns elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.errors import visible

_WIDE = 10_000
"""Columns where no terminal sets a width: nothing is cut from what a program reads."""


@dataclass
class Rows:
    """What a table holds below its headings. Columns in `numbers` are set to the right."""

    headings: Sequence[str]
    numbers: Sequence[str] = ()
    cells: list[Sequence[object]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def add(self, cells: Sequence[object], style: str = "") -> None:
        """Add a row, in one of rich's styles."""
        self.cells.append(cells)
        self.styles.append(style)


def print_table(rows: Rows, stream: IO[str], colour: bool) -> None:
    """Print a table."""
    is_terminal = stream.isatty()
    console = Console(
        file=stream,
        color_system="auto" if colour else None,
        highlight=False,
        emoji=False,
        width=None if is_terminal else _WIDE,
    )
    table = Table(box=SIMPLE_HEAD if is_terminal else None, pad_edge=False)
    for heading in rows.headings:
        table.add_column(heading, justify="right" if heading in rows.numbers else "left", overflow="fold")
    for row, style in zip(rows.cells, rows.styles, strict=True):
        table.add_row(*(Text(visible(str(cell), _WIDE)) for cell in row), style=style)
    console.print(table)
