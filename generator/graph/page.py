"""A graph as a page of HTML that needs no other file: a picture whose services open what is told of them."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import jinja2

from generator.graph.lettering import shown
from generator.graph.model import Graph, Node
from generator.graph.svg import STYLE, embedded_svg, panel_id, subtitle

_FEW = 10
"""Services that a reader has in sight without a search."""

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class _Panel:
    id: str
    name: str
    text: str


def to_html(graph: Graph, told: Mapping[str, list[str]]) -> str:
    """Return a page, given the lines that are told of each service."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
    environment.filters["hashed"] = _hashed
    return environment.get_template("page.html.j2").render(
        graph=graph,
        subtitle=subtitle(graph),
        picture=embedded_svg(graph),
        kinds=_kinds(graph) if len(graph.services) > _FEW else {},
        panels=[_panel(node, told[node.name]) for node in graph.services],
        style=STYLE.read_text("utf-8") + (FOLDER / "page.css").read_text("utf-8"),
        script=(FOLDER / "page.js").read_text("utf-8"),
    )


def _kinds(graph: Graph) -> Mapping[str, int]:
    """Return how many of each kind there are, services first."""
    return Counter(node.kind_to_fold for node in (*graph.services, *graph.load_balancers, *graph.resources))


def _panel(node: Node, lines: list[str]) -> _Panel:
    return _Panel(panel_id(node.id), node.name, "\n".join(map(shown, lines)))


def _hashed(text: str) -> str:
    """Return what the page's policy names a text by: it and nothing else may act on the page."""
    return b64encode(sha256(text.encode()).digest()).decode()
