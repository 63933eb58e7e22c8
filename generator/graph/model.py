"""What is drawn of a catalogue: services, what they use, and what each use means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.catalogue.model import Catalogue
from generator.catalogue.rendered_names import RenderedNames
from generator.catalogue.service import Service
from generator.catalogue.use import Drawn, Use
from generator.catalogue.uses import all_uses
from generator.graph.lettering import shown

CLUSTER, SERVICE = "cluster", "service"
"""Kinds of nodes. The others are those that the uses draw."""


@dataclass(frozen=True)
class Node:
    """One thing: `name` is what it is called, as the catalogue or AWS has it; `caption` says what it is.

    No text of a graph holds a character that cannot be seen. `id` is an identifier for Mermaid, Graphviz and HTML
    alike, and holds nothing that an author could choose freely. `kind_of_service` is what kind a service is of, and
    `containers` say what runs beside its main one, a line each.
    """

    id: str
    kind: str
    name: str
    caption: str
    kind_of_service: str = ""
    containers: tuple[str, ...] = ()

    @property
    def kind_to_fold(self) -> str:
        """What those are called that a reader folds together with it."""
        return self.kind_of_service or self.kind

    @property
    def kind_as_identifier(self) -> str:
        return _identifier(self.kind)

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is told of it."""
        return (self.name, self.caption, *self.containers)


@dataclass(frozen=True)
class Edge:
    """Of two nodes, by their ids, the first has to do with the second: `meaning` says what."""

    source: str
    target: str
    meaning: str


@dataclass(frozen=True)
class Graph:
    """The services of a module in its cluster, and what is around them.

    An edge that starts at the cluster holds for every service.
    """

    project: str
    module: str
    cluster: Node
    services: tuple[Node, ...]
    load_balancers: tuple[Node, ...]
    resources: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All of them in the order in which they are read: the cluster, and from left to right."""
        return (self.cluster, *self.load_balancers, *self.services, *self.resources)

    @cached_property
    def edges_at(self) -> dict[str, list[Edge]]:
        """The edges that start or end at each node, by its id."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
            found[edge.target].append(edge)
        return found


def graph_of(catalogue: Catalogue, names: RenderedNames) -> Graph:
    """Return what is drawn of a catalogue, everything in the order in which it comes up there."""
    cluster = Node("cluster", CLUSTER, shown(names.told(catalogue.cluster_in_use.told)), "cluster")
    found = _Found(names)
    sharing = {service.names.key for service in catalogue.starting()}
    all_share = len(sharing) == len(catalogue.rendered_services)
    if all_share:
        found.connect(cluster.id, _shared_execution_role(catalogue, "starts tasks as"))
    services = [_service_node(catalogue, service) for service in catalogue.rendered_services]
    for node, service in zip(services, catalogue.rendered_services, strict=True):
        if service.names.key in sharing and not all_share:
            found.connect(node.id, _shared_execution_role(catalogue, "is started as"))
        for drawn in service.all_drawn(catalogue):
            found.connect(node.id, drawn, service.names.container_key)
    address = catalogue.module.address
    before, behind = found.nodes(comes_before=True), found.nodes(comes_before=False)
    return Graph(catalogue.project, address, cluster, tuple(services), before, behind, tuple(found.edges()))


class _Found:
    """Nodes and edges as they come up."""

    def __init__(self, names: RenderedNames) -> None:
        self._names = names
        self._nodes: dict[tuple[str, str], Node] = {}
        self._counts: Counter[str] = Counter()
        self._before: set[str] = set()
        self._meanings: dict[tuple[str, str], dict[str, _Containers]] = {}

    def connect(self, service: str, drawn: Drawn, main_container: str = "") -> None:
        """Note that a service uses something. Two uses of one thing are one edge with the meanings of both."""
        key = (drawn.kind, drawn.identity)
        if key not in self._nodes:
            self._counts[drawn.kind] += 1
            name = f"{_identifier(drawn.kind)}_{self._counts[drawn.kind]}"
            self._nodes[key] = Node(name, drawn.kind, shown(self._names.told(drawn.name)), drawn.caption)
        ends = (service, self._nodes[key].id)
        if drawn.comes_before:
            self._before.add(drawn.kind)
            ends = (ends[1], ends[0])
        meanings = self._meanings.setdefault(ends, {})
        for meaning in drawn.meanings:
            meanings.setdefault(meaning, _Containers(main_container)).add(drawn.container)

    def nodes(self, comes_before: bool) -> tuple[Node, ...]:
        """Return the nodes before or behind the services, those of a kind together, in the order of the uses."""
        nodes = [node for node in self._nodes.values() if (node.kind in self._before) is comes_before]
        order = {use.draws: use.position for use in all_uses() if use.draws}
        return tuple(sorted(nodes, key=lambda node: order.get(node.kind, 0)))

    def edges(self) -> Iterator[Edge]:
        for (source, target), meanings in self._meanings.items():
            told = (f"{meaning}{containers.told}" for meaning, containers in meanings.items())
            yield Edge(source, target, shown(", ".join(told)))


class _Containers:
    """The containers of a service that do the same with one thing."""

    def __init__(self, main: str) -> None:
        self._main = main
        self._names: dict[str, None] = {}

    def add(self, further: str) -> None:
        """Add one by its name; the main one has none here."""
        self._names[further or self._main] = None

    @property
    def told(self) -> str:
        """Their names, the main one's first, behind what they do; what the main one does alone goes without a name."""
        names = sorted(self._names, key=lambda name: name != self._main)
        return "" if names == [self._main] else f" ({', '.join(names)})"


def _identifier(kind: str) -> str:
    return kind.replace(" ", "_")


def _service_node(catalogue: Catalogue, service: Service) -> Node:
    caption = shown(f"{service.caption(catalogue)}{_where(service.is_there)}")
    containers = tuple(shown(_told(container)) for container in service.all_containers[1:])
    return Node(f"service_{service.names.terraform}", SERVICE, service.names.key, caption, service.kind, containers)


def _told(container: Use) -> str:
    """Return what is told of a container that runs beside the main one of a task."""
    essential = "" if container.is_essential else " · not essential"
    return f"with {container.names.container_key}{essential}{_where(container.condition)}"


def _where(condition: bool | str | None) -> str:
    return f" · where {condition}" if isinstance(condition, str) else ""


def _shared_execution_role(catalogue: Catalogue, meaning: str) -> Drawn:
    return Drawn("role", "execution", catalogue.names.execution_role_in_aws, "execution role", (meaning,))
