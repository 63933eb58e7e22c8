"""Where everything is drawn: load balancers, the services in their cluster, and what they use, in three columns.

A service's card has a row for each of its uses, so that what a wire means never stands on the wire. Wires are level, or
go up and down in lanes between the columns. Rows and boxes stand on a grid, the boxes half a step off the rows, so that
no wire into a box runs along one out of a row; a box with a single wire may stand right at its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import floor
from statistics import median

from generator.graph.boxes import FRAME_PADDING, box_of, frame_and_cards
from generator.graph.columns import stacked
from generator.graph.lanes import Span, lanes_of
from generator.graph.model import Graph
from generator.graph.shapes import MARGIN, STEP, Box, Picture, Row, Wire

_BOX_GAP = 2 * STEP
_LANE_WIDTH = STEP
_GUTTER_PADDING = 3 * STEP

_Lane = Callable[[int], float]
"""Where the lane with a number is."""


def picture_of(graph: Graph) -> Picture:
    """Return where everything of a graph is drawn."""
    resources = [box_of(node) for node in graph.resources]
    frame, cards = frame_and_cards(graph, _room(graph, resources))
    rows = [row for box in (frame, *cards) for row in box.rows]
    left = _Side([box_of(node) for node in graph.load_balancers], [row for row in rows if row.is_incoming])
    right = _Side(resources, [row for row in rows if not row.is_incoming])

    x = MARGIN + (left.width + left.gutter if left.boxes else 0)
    frame = frame.placed(x, frame.width)
    cards = [card.placed(x + FRAME_PADDING, card.width) for card in cards]
    load_balancers = left.placed(MARGIN)
    resources = right.placed(frame.right + right.gutter)

    ends = {box.node.id: box for box in (frame, *load_balancers, *cards, *resources)}
    wires = [
        *left.wires(ends, lambda lane: x - _GUTTER_PADDING - lane * _LANE_WIDTH),
        *right.wires(ends, lambda lane: frame.right + _GUTTER_PADDING + lane * _LANE_WIDTH),
    ]
    return Picture(graph, frame, tuple(load_balancers), tuple(cards), tuple(resources), tuple(wires))


def _room(graph: Graph, boxes: Sequence[Box]) -> dict[str, float]:
    """Return how high the boxes are that a service uses, each shared out among those that use it."""
    shares = {box.node.id: (box.height + _BOX_GAP) / len(graph.edges_at[box.node.id]) for box in boxes}
    return {
        node.id: sum(shares[edge.target] for edge in graph.edges_at[node.id] if edge.source == node.id)
        for node in graph.services
    }


class _Side:
    """The boxes on one side of the services, and the rows that they are wired to."""

    def __init__(self, boxes: Sequence[Box], rows: Sequence[Row]) -> None:
        self._rows = rows
        self._middles: dict[str, list[float]] = {box.node.id: [] for box in boxes}
        for row in rows:
            self._middles[_other_end(row)].append(row.middle)
        self.boxes = self._column(boxes)
        self.width = max((box.width for box in self.boxes), default=0)
        spans = {box.node.id: _span([box.middle, *self._middles[box.node.id]]) for box in self.boxes}
        self._lanes = lanes_of({name: span for name, span in spans.items() if span[0] < span[1]}, STEP)

    @property
    def gutter(self) -> float:
        """Width of the space between the boxes and the services."""
        return 2 * _GUTTER_PADDING + _LANE_WIDTH * max(self._lanes.values(), default=0)

    def placed(self, x: float) -> list[Box]:
        return [box.placed(x, self.width) for box in self.boxes]

    def wires(self, ends: dict[str, Box], lane: _Lane) -> Iterator[Wire]:
        """Yield the wires between boxes that have their places, given where the lanes are."""
        for row in self._rows:
            source, target = ends[row.edge.source], ends[row.edge.target]
            start = source.right, source.middle if row.is_incoming else row.middle
            end = target.x, row.middle if row.is_incoming else target.middle
            number = self._lanes.get(_other_end(row))
            corners = () if number is None else ((lane(number), start[1]), (lane(number), end[1]))
            yield Wire(row.edge, (start, *corners, end))

    def _column(self, boxes: Sequence[Box]) -> list[Box]:
        """Return the boxes in the order of where their rows are, as near to these as there is room."""
        wanted = {box.node.id: median(self._middles[box.node.id]) for box in boxes}
        boxes = sorted(boxes, key=lambda box: wanted[box.node.id])
        tops = stacked([wanted[box.node.id] for box in boxes], [box.height for box in boxes], _BOX_GAP)
        return [_on_grid(box, top, self._middles[box.node.id]) for box, top in zip(boxes, tops, strict=True)]


def _other_end(row: Row) -> str:
    return row.edge.source if row.is_incoming else row.edge.target


def _on_grid(box: Box, top: float, middles: list[float]) -> Box:
    half = STEP / 2
    at_rows = floor((top - half) / STEP) * STEP + half
    is_straight = middles == [at_rows + box.height / 2]
    return replace(box, y=at_rows if is_straight else at_rows + half)


def _span(middles: Sequence[float]) -> Span:
    return min(middles), max(middles)
