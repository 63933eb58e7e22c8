"""The boxes: a card for each service, one below the other, the cluster's frame around them, and what is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.graph.lettering import wrapped
from generator.graph.model import Edge, Graph, Node
from generator.graph.shapes import (
    LINE,
    PADDING,
    STEP,
    TITLE_LINE,
    Box,
    Lines,
    Row,
    measure_caption,
    measure_name,
    measure_prose,
    measure_title,
    stepped,
)

FRAME_PADDING = 3 * STEP
CARD_CAPTION = LINE + STEP
"""Height of what stands between a service's name and its rows."""

FRAME_CAPTION = 2 * STEP + (STEP + LINE) / 2
"""Where the middle of the frame's caption is, below the frame's top."""

_FRAME_HEAD = 7 * STEP
_CARD_GAP = 3 * STEP
_WIDEST_NAME = 300
_WIDEST_PROSE = 280


def box_of(node: Node) -> Box:
    """Return the box of what services use, or of what leads to them; it has no place yet."""
    name = wrapped(node.name, _WIDEST_NAME, measure_name)
    width = max(measure_caption(node.caption), *map(measure_name, name)) + 2 * PADDING
    return Box(node, name, 0, 0, stepped(width), LINE * (len(name) + 2))


def frame_and_cards(graph: Graph, room: Mapping[str, float]) -> tuple[Box, list[Box]]:
    """Return the frame, its upper left corner at 0, and the cards in it.

    `room` is the height that a service needs at least, by its node, so that what it uses can stand beside it.
    """
    name = wrapped(graph.cluster.name, _WIDEST_NAME, measure_name)
    rows = [Row(edge, (edge.meaning,), FRAME_CAPTION) for edge in graph.edges_at[graph.cluster.id]]
    cards: list[Box] = []
    y = float(_FRAME_HEAD + LINE * len(name))
    for node in graph.services:
        cards.append(_card(node, graph.edges_at[node.id], y))
        y = max(cards[-1].bottom + _CARD_GAP, y + stepped(room[node.id]))
    caption_width = measure_caption(graph.cluster.caption)
    texts = [*map(measure_name, name), caption_width, *(caption_width + _prose(row.edge.meaning) for row in rows)]
    inner = stepped(max(*texts, *(card.width for card in cards)))
    frame = Box(
        node=graph.cluster,
        name=name,
        x=0,
        y=0,
        width=inner + 2 * FRAME_PADDING,
        height=cards[-1].bottom + FRAME_PADDING,
        rows=tuple(rows),
    )
    return frame, [card.placed(FRAME_PADDING, inner) for card in cards]


def _card(node: Node, edges: Sequence[Edge], y: float) -> Box:
    name = wrapped(node.name, _WIDEST_NAME, measure_title)
    containers = tuple(wrapped(told, _WIDEST_PROSE, measure_prose) for told in node.containers)
    rows: list[Row] = []
    bottom = y + STEP + TITLE_LINE * len(name) + CARD_CAPTION + containers_height(containers)
    for edge in sorted(edges, key=lambda edge: edge.source == node.id):
        lines = wrapped(edge.meaning, _WIDEST_PROSE, measure_prose)
        height = STEP + LINE * len(lines)
        rows.append(Row(edge, lines, bottom + height / 2, is_incoming=edge.target == node.id))
        bottom += height
    widths = [*map(measure_title, name), measure_caption(node.caption)]
    widths += [_prose(line) for lines in (*containers, *(row.lines for row in rows)) for line in lines]
    return Box(
        node=node,
        name=name,
        x=0,
        y=y,
        width=stepped(max(widths)) + 2 * PADDING,
        height=bottom + STEP - y,
        rows=tuple(rows),
        containers=containers,
    )


def containers_height(containers: Iterable[Lines]) -> int:
    """Return the height of what a card tells of containers."""
    return LINE * sum(map(len, containers))


def _prose(text: str) -> float:
    return measure_prose(text) + PADDING
