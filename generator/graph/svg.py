"""A graph as SVG: alone in a file, or as the part of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.errors import plural
from generator.graph.boxes import CARD_CAPTION, FRAME_CAPTION, FRAME_PADDING, containers_height
from generator.graph.layout import picture_of
from generator.graph.lettering import name_width
from generator.graph.model import Graph, Node
from generator.graph.shapes import (
    HEADING_SIZE,
    LINE,
    MARGIN,
    PADDING,
    STEP,
    TITLE_LINE,
    Box,
    Picture,
    Point,
    Row,
    Wire,
    measure_caption,
)

STYLE = Path(__file__).with_name("picture.css")

_HEAD = 48
"""Height of the heading above a picture that stands alone."""

_BAR = 3
_RADIUS = 6
_BASELINE = 4
"""From the middle of a line of text down to where its letters stand."""


def to_svg(graph: Graph) -> str:
    """Return a file of its own, with a heading, a background and a style."""
    picture = picture_of(graph)
    told = subtitle(graph)
    widest = MARGIN + max(name_width(graph.project, HEADING_SIZE), measure_caption(told))
    root = _root(picture, max(picture.right, widest), _HEAD)
    root.set("role", "img")
    SubElement(root, "title").text = f"{graph.project}: {told}"
    SubElement(root, "style").text = STYLE.read_text("utf-8")
    x, y, width, height = root.get("viewBox", "").split()
    SubElement(root, "rect", {"class": "paper", "x": x, "y": y, "width": width, "height": height})
    top = picture.top - _HEAD
    _text(root, "heading", graph.project, MARGIN, top + STEP)
    _text(root, "caption quiet", told, MARGIN, top + STEP + TITLE_LINE)
    root.extend(_drawn(picture))
    return _serialized(root) + "\n"


def embedded_svg(graph: Graph) -> str:
    """Return the part of a page that has the style and the heading; each card is a button for what `panel_id` names."""
    picture = picture_of(graph)
    root = _root(picture, picture.right, 0)
    root.set("role", "group")
    root.set("aria-label", f"{graph.project}: {subtitle(graph)}")
    root.extend(_drawn(picture))
    groups = {group.get("data-node"): group for group in root.iter("g")}
    for node in graph.nodes:
        groups[node.id].set("data-kind", node.kind_to_fold)
    for node in graph.services:
        button = {"role": "button", "tabindex": "0", "aria-label": ", ".join(node.lines)}
        groups[node.id].attrib |= {**button, "aria-expanded": "false", "aria-controls": panel_id(node.id)}
    return _serialized(root)


def panel_id(node: str) -> str:
    """Return the id of the part of a page that tells about a node."""
    return f"about_{node}"


def subtitle(graph: Graph) -> str:
    """Return what a graph shows, in words."""
    return f"{plural(len(graph.services), 'service')} of {graph.module}, and what each uses"


def _root(picture: Picture, right: float, head: float) -> Element:
    top = picture.top - MARGIN - head
    width, height = right + MARGIN, picture.bottom + MARGIN - top
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 {_number(top)} {_number(width)} {_number(height)}",
        "width": _number(width),
        "height": _number(height),
    }
    return Element("svg", attributes)


def _drawn(picture: Picture) -> Iterator[Element]:
    yield _frame(picture.frame)
    nodes = {node.id: node for node in picture.graph.nodes}
    for wire in picture.wires:
        own, other = nodes[wire.edge.source], nodes[wire.edge.target]
        yield _wire(wire, own if own in picture.graph.load_balancers else other)
    yield from map(_box, (*picture.load_balancers, *picture.resources))
    yield from map(_card, picture.cards)


def _frame(box: Box) -> Element:
    group = _group(box)
    _rectangle(group, "frame", box)
    first = box.y + FRAME_CAPTION
    _text(group, "caption", box.node.caption, box.x + FRAME_PADDING, first)
    _lines(group, "name", box.name, (box.x + FRAME_PADDING, first + TITLE_LINE - _BASELINE), LINE)
    _rows(group, box, FRAME_PADDING)
    return group


def _card(box: Box) -> Element:
    group = _group(box)
    _rectangle(group, "card", box)
    first = box.y + STEP + TITLE_LINE / 2
    last = _lines(group, "service-name", box.name, (box.x + PADDING, first), TITLE_LINE)
    caption = last + TITLE_LINE - _BASELINE
    _text(group, "caption quiet", box.node.caption, box.x + PADDING, caption)
    _containers(group, box, caption + LINE + STEP / 2)
    y = last + TITLE_LINE / 2 + CARD_CAPTION + containers_height(box.containers)
    attributes = {"x1": box.x + PADDING, "x2": box.right - PADDING, "y1": y, "y2": y}
    SubElement(group, "line", {"class": "rule", **{name: _number(value) for name, value in attributes.items()}})
    _rows(group, box, PADDING)
    return group


def _containers(card: Element, box: Box, middle: float) -> None:
    for lines in box.containers:
        group = SubElement(card, "g", {"class": "container"})
        middle = _lines(group, "prose", lines, (box.x + PADDING, middle), LINE) + LINE


def _box(box: Box) -> Element:
    group = _group(box)
    _rectangle(group, "box", box)
    left, top = _number(box.x), _number(box.y + _RADIUS)
    bar = {"x": left, "y": top, "width": _number(_BAR), "height": _number(box.height - 2 * _RADIUS)}
    SubElement(group, "rect", {"class": "bar", **bar})
    _text(group, "caption", box.node.caption, box.x + PADDING, box.y + LINE)
    _lines(group, "name", box.name, (box.x + PADDING, box.y + 2 * LINE), LINE)
    return group


def _rows(group: Element, box: Box, padding: float) -> None:
    for row in box.rows:
        x = box.x + padding if row.is_incoming else box.right - padding
        style = "prose" if row.is_incoming else "prose end"
        _lines(group, style, row.lines, (x, _first_line(row)), LINE)


def _first_line(row: Row) -> float:
    return row.middle - LINE * (len(row.lines) - 1) / 2


def _group(box: Box) -> Element:
    kind = box.node.kind_as_identifier
    return Element("g", {"class": f"node {kind}", "data-node": box.node.id})


def _rectangle(group: Element, style: str, box: Box) -> None:
    places = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": _RADIUS}
    SubElement(group, "rect", {"class": style, **{name: _number(value) for name, value in places.items()}})


def _lines(group: Element, style: str, lines: tuple[str, ...], start: Point, height: float) -> float:
    """Write lines of text, given the middle of the first, and return the middle of the last."""
    x, middle = start
    for line in lines:
        _text(group, style, line, x, middle)
        middle += height
    return middle - height


def _text(group: Element, style: str, text: str, x: float, middle: float) -> None:
    SubElement(group, "text", {"class": style, "x": _number(x), "y": _number(middle + _BASELINE)}).text = text


def _wire(wire: Wire, node: Node) -> Element:
    edge = wire.edge
    names = {"class": f"wire {node.kind_as_identifier}", "data-source": edge.source, "data-target": edge.target}
    group = Element("g", names)
    SubElement(group, "path", {"class": "line", "d": _path(wire.points)})
    x, y = wire.points[-1]
    SubElement(
        group, "path", {"class": "head", "d": f"M{_point((x - 7, y - 4))}L{_point((x, y))}L{_point((x - 7, y + 4))}z"}
    )
    return group


def _path(points: tuple[Point, ...]) -> str:
    """Return a path along level and upright lines, with its corners rounded."""
    found = [f"M{_point(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_RADIUS, *(_distance(a, b) / 2 for a, b in pairwise((before, corner, after))))
        found += [
            f"L{_point(_towards(corner, before, radius))}",
            f"Q{_point(corner)} {_point(_towards(corner, after, radius))}",
        ]
    x, y = points[-1]
    return "".join([*found, f"L{_point((x - _RADIUS, y))}"])


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    share = length / _distance(start, end)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _point(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _serialized(root: Element) -> str:
    return tostring(root, encoding="unicode")
