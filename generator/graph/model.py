"""What is drawn of a catalogue: services, what they use, and what each use means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from generator.catalogue.model import Catalogue
from generator.catalogue.service import Service
from generator.graph.lettering import shown


class Kind(StrEnum):
    """What a node is, in words."""

    LOAD_BALANCER = "load balancer"
    CLUSTER = "cluster"
    SERVICE = "service"
    QUEUE = "queue"
    BUCKET = "bucket"
    IMAGE = "image"
    SECRET = "secret"  # noqa: S105 - what it is called, not one
    ROLE = "role"
    LOG_GROUP = "log group"

    @property
    def identifier(self) -> str:
        return self.value.replace(" ", "_")


@dataclass(frozen=True)
class Node:
    """One thing: `name` is what it is called, as the catalogue or AWS has it; `caption` says what it is.

    No text of a graph holds a character that cannot be seen. `id` is an identifier for Mermaid, Graphviz and HTML
    alike, and holds nothing that an author could choose freely.
    """

    id: str
    kind: Kind
    name: str
    caption: str


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


@dataclass(frozen=True)
class _Use:
    """A service's use of a thing. Two things are one where kind and `identity` are the same."""

    kind: Kind
    identity: str
    name: str
    caption: str
    meanings: tuple[str, ...]


def graph_of(catalogue: Catalogue) -> Graph:
    """Return what is drawn of a catalogue, everything in the order in which it comes up there."""
    cluster = Node("cluster", Kind.CLUSTER, catalogue.names.cluster, "cluster")
    found = _Found()
    found.connect(cluster.id, _execution_role(catalogue))
    services = [_service_node(service) for service in catalogue.services.values()]
    for node, service in zip(services, catalogue.services.values(), strict=True):
        for use in _uses(catalogue, service):
            found.connect(node.id, use)
    before, behind = found.nodes_of(Kind.LOAD_BALANCER), found.nodes_of(*_RESOURCES)
    address = catalogue.module.address
    return Graph(catalogue.project, address, cluster, tuple(services), before, behind, tuple(found.edges()))


_RESOURCES = (Kind.IMAGE, Kind.SECRET, Kind.QUEUE, Kind.BUCKET, Kind.ROLE, Kind.LOG_GROUP)


class _Found:
    """Nodes and edges as they come up."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[Kind, str], Node] = {}
        self._counts: Counter[Kind] = Counter()
        self._meanings: dict[tuple[str, str], list[str]] = {}

    def connect(self, service: str, use: _Use) -> None:
        """Note that a service uses something. Two uses of one thing are one edge with the meanings of both."""
        key = (use.kind, use.identity)
        if key not in self._nodes:
            self._counts[use.kind] += 1
            name = f"{use.kind.identifier}_{self._counts[use.kind]}"
            self._nodes[key] = Node(name, use.kind, shown(use.name), use.caption)
        ends = (service, self._nodes[key].id)
        if use.kind is Kind.LOAD_BALANCER:
            ends = (ends[1], ends[0])
        self._meanings.setdefault(ends, []).extend(use.meanings)

    def nodes_of(self, *kinds: Kind) -> tuple[Node, ...]:
        return tuple(node for kind in kinds for node in self._nodes.values() if node.kind is kind)

    def edges(self) -> Iterator[Edge]:
        for (source, target), meanings in self._meanings.items():
            yield Edge(source, target, ", ".join(dict.fromkeys(meanings)))


def _service_node(service: Service) -> Node:
    caption = f"{service.kind} · {service.desired_count} × {service.cpu} CPU, {service.memory} MiB"
    return Node(f"service_{service.names.terraform}", Kind.SERVICE, service.names.key, caption)


def _execution_role(catalogue: Catalogue) -> _Use:
    return _Use(Kind.ROLE, "execution", catalogue.names.execution_role, "execution role", ("starts tasks as",))


def _uses(catalogue: Catalogue, service: Service) -> Iterator[_Use]:
    yield from _load_balancer(service)
    yield _image(catalogue, service)
    for variable, arn in service.secret_arns.items():
        yield _Use(Kind.SECRET, arn, service.secrets[variable], "secret", (f"as {variable}",))
    if service.queue:
        yield _Use(Kind.QUEUE, service.queue, service.queue, "queue", ("consumes",))
    for bucket in service.buckets:
        yield _Use(Kind.BUCKET, bucket.name, bucket.name, "bucket", bucket.access)
    role = service.names.own_role if service.has_own_role else catalogue.names.task_role
    yield _Use(Kind.ROLE, service.role_address, role, "task role", ("runs as",))
    log_group = service.names.log_group
    yield _Use(Kind.LOG_GROUP, log_group, log_group, "log group", ("logs to",))


def _load_balancer(service: Service) -> Iterator[_Use]:
    target = service.target
    if target:
        caption = f"target group · listener {target.listener}" if target.listener else "target group"
        identity = f"{target.arn} {caption}"
        yield _Use(Kind.LOAD_BALANCER, identity, target.group, caption, (f"port {target.port}",))


def _image(catalogue: Catalogue, service: Service) -> _Use:
    chosen = catalogue.image_chosen_by(service)
    image = catalogue.images.get(chosen)
    name = f"{image.repository}:{image.tag}" if image else chosen
    return _Use(Kind.IMAGE, catalogue.image_of(service), name, "image", ("runs",))
