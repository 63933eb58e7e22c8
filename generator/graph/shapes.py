"""What a picture is made of: boxes with rows, wires between them, and the measures that they share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from generator.graph.lettering import name_width, prose_width
from generator.graph.model import Edge, Graph, Node

HEADING_SIZE, TITLE_SIZE, NAME_SIZE, PROSE_SIZE, CAPTION_SIZE = 20, 15, 12.5, 12, 11
"""As in `picture.css`."""

STEP = 8
"""Of the grid on which everything stands. Widths and heights are multiples of it."""

LINE, TITLE_LINE = 16, 24
PADDING = 16
MARGIN = 3 * STEP

Lines = tuple[str, ...]
Point = tuple[float, float]

measure_name = partial(name_width, size=NAME_SIZE)
measure_title = partial(name_width, size=TITLE_SIZE)
measure_prose = partial(prose_width, size=PROSE_SIZE)
measure_caption = partial(prose_width, size=CAPTION_SIZE)


def stepped(length: float) -> int:
    """Return the least length on the grid that is no less than the given one."""
    return ceil(length / STEP) * STEP


@dataclass(frozen=True)
class Row:
    """A use, in the box of the service; `middle` is the height of the end of its wire there."""

    edge: Edge
    lines: Lines
    middle: float
    is_incoming: bool = False


@dataclass(frozen=True)
class Box:
    """A node's rectangle, with its name in lines and its caption above or below.

    `containers` are the lines of each container that runs beside the main one.
    """

    node: Node
    name: Lines
    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...] = ()
    containers: tuple[Lines, ...] = ()

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def placed(self, x: float, width: float) -> Box:
        """Return the same box at the place and with the width of its column."""
        return replace(self, x=x, width=width)


@dataclass(frozen=True)
class Wire:
    """An edge's line, level and upright, from its source to its target."""

    edge: Edge
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Picture:
    """A graph with its places. The frame stands around the cards, which are the boxes of the services."""

    graph: Graph
    frame: Box
    load_balancers: tuple[Box, ...]
    cards: tuple[Box, ...]
    resources: tuple[Box, ...]
    wires: tuple[Wire, ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All in the order in which they are drawn, each over those before it."""
        return (self.frame, *self.load_balancers, *self.cards, *self.resources)

    @property
    def top(self) -> float:
        return min(box.y for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box.bottom for box in self.boxes)

    @property
    def right(self) -> float:
        return max(box.right for box in self.boxes)
