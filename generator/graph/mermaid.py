"""A graph as a flowchart of Mermaid, fenced, so that it shows where it is pasted into Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.graph.model import Graph, Node

_SHAPES = {
    "load balancer": ("{{", "}}"),
    "service": ("[", "]"),
    "queue": ("([", "])"),
    "bucket": ("[(", ")]"),
    "file system": ("[(", ")]"),
    "image": ("[[", "]]"),
    "secret": ("[/", "\\]"),
    "role": ("(", ")"),
    "log group": ("[/", "/]"),
}
"""What encloses a node's label."""

_OTHER_SHAPE = ("[", "]")

_SPECIAL = re.compile(r"[^\w ,./·×{}$-]|\$(?!\{)|(?<=direction) ")
"""What might end a label, or be markup, a comment or a directive in it.

`direction LR` is one wherever in a line it stands. Source: `flow.jison` of Mermaid.
"""

_MARKUP = re.compile(
    "|".join(
        [
            r"(?<=\$)(?=\$)",  # a formula
            r"(?<=:)(?=fa-)",  # an icon
            r"(?<=\\)",  # a line's end, or an escape of Markdown
            r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\])(?=\()",  # a link
            r"^(?=\d+\.|[^\w/$])",  # a list, a heading, a quotation
            r"(?<=ﬂ)(?=°)|(?<=¶)(?=ß)",  # what Mermaid puts in place of a number, `ﬂ°°35¶ß`, until it has read a label
        ]
    )
)
"""Where Mermaid, in one of its versions, sees more than text even in characters that are written by their numbers."""

_NO_WIDTH = "\u200b"


def to_mermaid(graph: Graph) -> str:
    """Return a block of Markdown."""
    return "\n".join(["```mermaid", "flowchart LR", *_lines(graph), "```", ""])


def _lines(graph: Graph) -> Iterator[str]:
    yield from map(_node, graph.load_balancers)
    yield f'  subgraph {graph.cluster.id}["{_label(graph.cluster)}"]'
    yield from (f"  {_node(node)}" for node in graph.services)
    yield "  end"
    yield from map(_node, graph.resources)
    for edge in graph.edges:
        yield f'  {edge.source} -->|"{_escaped(edge.meaning)}"| {edge.target}'


def _node(node: Node) -> str:
    opening, closing = _SHAPES.get(node.kind, _OTHER_SHAPE)
    return f'  {node.id}{opening}"{_label(node)}"{closing}'


def _label(node: Node) -> str:
    return "<br/>".join(_escaped(line) for line in node.lines)


def _escaped(text: str) -> str:
    """Return text in which every special character is written by its number, as Mermaid reads it."""
    return _SPECIAL.sub(lambda found: f"#{ord(found.group())};", _MARKUP.sub(_NO_WIDTH, text))
