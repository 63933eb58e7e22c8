"""Tables for people and programs: rules and colour on a terminal, plain columns elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import IO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.errors import visible
from generator.output.progress import behind_progress

_LONGEST = 10_000
"""Characters of a cell: what a program reads is hardly ever cut."""

_WIDER_THAN_ANY = 1_000_000


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
    """Print a table, a line for each row, whatever its width: an address that is folded cannot be copied."""
    for line in behind_progress(_on_terminal(rows, colour) if stream.isatty() else _plain(rows)):
        stream.write(f"{line}\n")


def _on_terminal(rows: Rows, colour: bool) -> Iterator[str]:
    text = StringIO()
    console = Console(
        file=text,
        force_terminal=True,
        color_system="auto" if colour else None,
        highlight=False,
        emoji=False,
        width=_WIDER_THAN_ANY,
    )
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in rows.headings:
        table.add_column(heading, justify="right" if heading in rows.numbers else "left", no_wrap=True)
    for row, style in zip(rows.cells, rows.styles, strict=True):
        table.add_row(*(Text(_shown(cell)) for cell in row), style=style)
    console.print(table)
    yield from text.getvalue().splitlines()


def _plain(rows: Rows) -> Iterator[str]:
    table = [[_shown(cell) for cell in row] for row in (rows.headings, *rows.cells)]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = zip(rows.headings, row, widths, strict=True)
        yield "  ".join(_padded(cell, width, heading in rows.numbers) for heading, cell, width in cells).rstrip()


def _padded(cell: str, width: int, is_number: bool) -> str:
    padding = " " * (width - cell_len(cell))
    return padding + cell if is_number else cell + padding


def _shown(cell: object) -> str:
    return visible(str(cell), _LONGEST)
