"""Graphs of catalogues, and of names that are as bad as may be."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.graph.lettering import shown
from generator.graph.model import Edge, Graph, Node, graph_of
from tests.support.rendering import SMALL, dumped, edition_of
from tests.support.strategies import catalogues

HOSTILE = (
    '"]; click service_mail "javascript:alert(1)"',
    "end",
    "# ; ` <script>alert(1)</script> %%{init: {}}%%",
    "</pre></script></svg>]]><img src=x onerror=alert(1)>",
    "a\n```\n# heading",
    "\u202egnp.exe \x1b[31m",
    "$$x$$ \\n fa:fa-car",
    "&lt;b&gt; &#35; #35; #quot;",
    "|x| --> y ]) }} )] /] \\]",
    "\\N \\G \\l \\",
    "日本 é א",
    "w" * 200,
    " ",
    "direction TB direction  LR direction",
    "ﬂ°°60¶ßb ﬂ°amp¶ß ¶ß ﬂ°",
    "1. a",
    "- a",
    "_a_ ~~b~~ [c](https://evil.example) ![d](e) www.evil.example",
    "```\n@octocat #1 <!-- &#64;octocat -->",
)


def graph_from(text: str) -> Graph:
    edition = edition_of(text)
    return graph_of(edition.catalogue, edition.names)


def graph_of_hostile_names() -> Graph:
    """Names in places, too, where a catalogue would not take them."""
    names = [shown(name) for name in HOSTILE]
    cluster = Node("cluster", "cluster", names[0], "cluster")
    services = tuple(
        Node(f"service_{n}", "service", name, "worker", containers=(name, names[0])) for n, name in enumerate(names)
    )
    balancer = Node("load_balancer_1", "load balancer", names[1], names[2])
    queues = tuple(Node(f"queue_{n}", "queue", name, names[0]) for n, name in enumerate(names))
    edges = [Edge(service.id, queue.id, queue.name) for service, queue in zip(services, queues, strict=True)]
    role = Node("role_1", "role", names[4], "role")
    edges += [Edge(balancer.id, services[0].id, names[3]), Edge(cluster.id, role.id, "starts")]
    return Graph("shop", "module.shop", cluster, services, (balancer,), (*queues, role), tuple(edges))


def told_of(graph: Graph, text: str = "") -> dict[str, list[str]]:
    return {node.name: [node.name, text] for node in graph.services}


WIDE_ROWS = SMALL.replace("mail", "a") + f"    secrets: {{{'A' * 60}: b, {'B' * 28}: c}}\n"
"""Rows that are wider than a card's name and caption."""

CONTAINERS = SMALL + "    secrets: {TOKEN: token}\n    containers:\n"
CONTAINERS += "".join(
    f"      {'long-' * n}name-{n}: {{image: 'busybox:1', secrets: {{TOKEN: token}}, "
    f"essential: {'false' if n % 2 else 'true'}, when: '${{data.aws_region.current.id == \"{'eu-' * n}west-{n}\"}}'}}\n"
    for n in range(9)
)
"""As many containers as a task may have, with names and conditions that are wider than a card."""

graphs = st.one_of(
    catalogues().map(lambda tree: graph_from(dumped(tree))),
    st.just(graph_of_hostile_names()),
    st.just(graph_from(WIDE_ROWS)),
    st.just(graph_from(CONTAINERS)),
)
