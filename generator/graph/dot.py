"""A graph in the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.model import Edge, Graph, Node

_SHAPES = {
    "load balancer": "hexagon",
    "service": "box",
    "queue": "cds",
    "bucket": "cylinder",
    "file system": "tab",
    "image": "box3d",
    "secret": "note",
    "role": "ellipse",
    "log group": "folder",
}
_OTHER_SHAPE = "box"

_HEAD = """\
digraph {
  rankdir=LR
  ranksep=1
  compound=true
  fontname="sans-serif"
  node [fontname="sans-serif", fontsize=11, margin="0.2,0.1"]
  edge [fontname="sans-serif", fontsize=10]"""


def to_dot(graph: Graph) -> str:
    """Return a file for `dot`."""
    return "\n".join([_HEAD, *_lines(graph), "}", ""])


def _lines(graph: Graph) -> Iterator[str]:
    yield from map(_node, graph.load_balancers)
    yield f"  subgraph {graph.cluster.id} {{"
    yield f"    label={_label(graph.cluster)}"
    yield "    style=dashed"
    yield from (f"  {_node(node)}" for node in graph.services)
    yield "  }"
    yield from map(_node, graph.resources)
    yield from (_edge(edge, graph) for edge in graph.edges)


def _node(node: Node) -> str:
    return f"  {node.id} [shape={_SHAPES.get(node.kind, _OTHER_SHAPE)}, label={_label(node)}]"


def _edge(edge: Edge, graph: Graph) -> str:
    """An edge of the cluster is drawn from one of its services, and cut off at the frame."""
    of_cluster = edge.source == graph.cluster.id
    source = graph.services[0].id if of_cluster else edge.source
    tail = f", ltail={graph.cluster.id}" if of_cluster else ""
    return f"  {source} -> {edge.target} [label={_quoted(edge.meaning)}{tail}]"


def _label(node: Node) -> str:
    return _quoted(*node.lines)


def _quoted(*lines: str) -> str:
    """Return lines as a string. Graphviz would take `&...;` in it for a character, and a backslash for an escape."""
    escapes = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})
    return '"' + "\\n".join(line.translate(escapes) for line in lines) + '"'
