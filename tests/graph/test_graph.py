"""The graph of a catalogue: what is drawn, and that each format says it whatever the names are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from time import process_time
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.rendered_names import RenderedNames
from generator.graph.columns import stacked
from generator.graph.dot import to_dot
from generator.graph.lanes import lanes_of
from generator.graph.layout import picture_of
from generator.graph.lettering import name_width, shown, wrapped
from generator.graph.mermaid import to_mermaid
from generator.graph.model import Graph, Node, graph_of
from generator.graph.page import to_html
from generator.graph.shapes import (
    HEADING_SIZE,
    Box,
    Point,
    Wire,
    measure_caption,
    measure_name,
    measure_prose,
    measure_title,
)
from generator.graph.svg import to_svg
from tests.support.examples import a_few
from tests.support.graphs import graph_from, graphs, told_of
from tests.support.graphviz_program import drawn_by_dot, needs_dot
from tests.support.paths import CASES, DATA, ROOT
from tests.support.processes import MAIN
from tests.support.project import RunTfgen
from tests.support.rendering import SMALL, catalogue_of
from tests.support.strategies import literals

GOLDEN = DATA / "graph.md"
FORMATS = ("mermaid", "dot", "svg", "html")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "generated", tmp_path / "generated")
    shutil.copy(ROOT / "services.yaml", tmp_path)
    return tmp_path


# What is drawn


def named(graph: Graph) -> tuple[set[tuple[str, str]], set[tuple[str, str, str]]]:
    """Return the nodes by caption and name, and the edges by the names of their ends."""
    names = {node.id: node.name for node in graph.nodes}
    edges = {(names[edge.source], edge.meaning, names[edge.target]) for edge in graph.edges}
    return {(node.caption, node.name) for node in graph.nodes}, edges


def test_what_is_drawn_of_this_repositorys_catalogue() -> None:
    nodes, edges = named(graph_from((ROOT / "services.yaml").read_text("utf-8")))
    assert nodes == {
        ("cluster", "cricksy-ai-cluster"),
        ("target group · listener http", "api"),
        ("backend · 1 × 512 CPU, 1024 MiB", "backend"),
        ("worker · 1 × 512 CPU, 1024 MiB", "worker"),
        ("image", "cricksy-backend:${var.image_tag}"),
        ("secret", "db_url"),
        ("secret", "app_secret_key"),
        ("queue", "cricksy-video-analysis-prod"),
        ("bucket", "${var.s3_coach_videos_bucket}"),
        ("execution role", "cricksy-ai-ecs-task-exec"),
        ("task role", "cricksy-ai-ecs-task"),
        ("log group", "/cricksy-ai/api"),
        ("log group", "/cricksy-ai/worker"),
    }
    of_both = {
        (service, meaning, name)
        for service in ("backend", "worker")
        for meaning, name in (
            ("runs", "cricksy-backend:${var.image_tag}"),
            ("as DATABASE_URL", "db_url"),
            ("as APP_SECRET_KEY", "app_secret_key"),
            ("runs as", "cricksy-ai-ecs-task"),
        )
    }
    assert edges == of_both | {
        ("cricksy-ai-cluster", "starts tasks as", "cricksy-ai-ecs-task-exec"),
        ("api", "port 8000", "backend"),
        ("backend", "logs to", "/cricksy-ai/api"),
        ("worker", "consumes", "cricksy-video-analysis-prod"),
        ("worker", "reads, writes, deletes, lists", "${var.s3_coach_videos_bucket}"),
        ("worker", "logs to", "/cricksy-ai/worker"),
    }


def test_execution_roles_are_drawn_at_the_services_that_they_start_where_there_are_several() -> None:
    text = f"{SMALL}    execution_role: own\n  post: {{kind: worker, image: 'busybox:1'}}\n"
    nodes, edges = named(graph_from(text))
    assert {name for caption, name in nodes if caption == "execution role"} == {
        "shop-ecs-task-exec",
        "shop-ecs-task-exec-mail",
    }
    assert {edge for edge in edges if "exec" in edge[2]} == {
        ("mail", "is started as", "shop-ecs-task-exec-mail"),
        ("post", "is started as", "shop-ecs-task-exec"),
    }


def test_an_execution_role_that_no_service_uses_is_not_drawn() -> None:
    nodes, _ = named(graph_from(f"{SMALL}    execution_role: own\n"))
    assert [name for caption, name in nodes if caption == "execution role"] == ["shop-ecs-task-exec-mail"]


SHARING = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
defaults: {image: "busybox:1", queue: jobs}
services:
  one:
    kind: worker
    secrets: {A: token, B: token}
    buckets: [{name: jobs, access: [read]}, {name: jobs, access: [read, list]}]
  two:
    kind: worker
    role: own
    secrets: {C: "${aws_secretsmanager_secret.token.arn}"}
  three: {kind: backend, port: 1, load_balancer: {target_group: web}}
  four: {kind: backend, port: 2, load_balancer: {target_group: web}}
  five: {kind: backend, port: 3, load_balancer: {target_group: web, listener: https}}
"""


def test_what_several_services_use_is_one_node() -> None:
    graph = graph_from(SHARING)
    kinds = [node.kind for node in graph.nodes]
    found = {kind: kinds.count(kind) for kind in kinds}
    assert (found["image"], found["queue"], found["bucket"]) == (1, 1, 1), "jobs are a queue and a bucket"
    assert found["secret"] == 1, "by its name, and by its ARN"
    assert found["role"] == 3, "the execution role, the shared one, and that of two"
    assert found["load balancer"] == 2, "with its listener, and without"
    assert found["log group"] == found["service"] == 5


def test_two_uses_of_one_thing_are_one_edge_that_says_both() -> None:
    _, edges = named(graph_from(SHARING))
    assert {("one", "as A, as B", "token"), ("two", "as C", "token"), ("one", "reads, lists", "jobs")} <= edges


BESIDE = """\
version: 1
project: shop
module: {path: out, address: module.shop}
network: {subnets: [subnet-1], security_groups: [sg-1]}
images: {app: {repository: shop, tag: "1"}}
defaults:
  containers: {xray: {image: "xray:3", when: "${data.aws_region.current.id == \\"eu-west-1\\"}"}}
services:
  web_mail:
    kind: worker
    secrets: {TOKEN: token}
    containers:
      migrate: {essential: false, secrets: {TOKEN: token, DATABASE_URL: db}}
      never: {image: "never:1", when: false}
  alone: {kind: worker, containers: {xray: null}}
"""


def test_the_containers_of_a_task_stand_in_its_card_and_edges_say_which_one_they_are_of() -> None:
    graph = graph_from(BESIDE)
    assert {node.name: node.containers for node in graph.services} == {
        "web_mail": (
            "with migrate · not essential",
            'with xray · where ${data.aws_region.current.id == "eu-west-1"}',
        ),
        "alone": (),
    }
    _, edges = named(graph)
    assert {edge for edge in edges if edge[0] == "web_mail"} == {
        ("web_mail", "runs (web-mail, migrate)", "shop:1"),
        ("web_mail", "as TOKEN (web-mail, migrate)", "token"),
        ("web_mail", "as DATABASE_URL (migrate)", "db"),
        ("web_mail", "runs (xray)", "xray:3"),
        ("web_mail", "runs as", "shop-ecs-task"),
        ("web_mail", "logs to", "/shop/web-mail"),
    }
    assert {edge[1:] for edge in edges if edge[0] == "alone"} == {
        ("runs", "shop:1"),
        ("runs as", "shop-ecs-task"),
        ("logs to", "/shop/alone"),
    }


@a_few(40)
@given(graphs)
def test_ids_are_identifiers_of_one_node_each_and_edges_join_them(graph: Graph) -> None:
    ids = [node.id for node in graph.nodes]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in ids)
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= set(ids)


# Every format


def written(graph: Graph) -> dict[str, str]:
    texts = {"mermaid": to_mermaid(graph), "dot": to_dot(graph), "svg": to_svg(graph)}
    return texts | {"html": to_html(graph, told_of(graph))}


@a_few(40)
@given(graphs)
def test_no_format_lets_through_what_a_terminal_would_act_on(graph: Graph) -> None:
    for text in written(graph).values():
        assert text.endswith("\n")
        assert all(line.isprintable() for line in text.split("\n"))


def test_texts_are_the_same_in_every_process(project: Path) -> None:
    for output_format in FORMATS:
        command = [sys.executable, "-c", MAIN, "graph", "--format", output_format]
        texts = {
            subprocess.run(
                command, cwd=project, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(texts) == 1


@pytest.mark.parametrize("output_format", ["mermaid", "dot", "svg"])
def test_no_environment_is_in_a_picture(output_format: str) -> None:
    graph = graph_from(SMALL + "    environment: {PASSWORD: correct-horse}\n")
    assert "correct-horse" not in written(graph)[output_format]


# Mermaid


def test_the_golden_diagram(project: Path, run_tfgen: RunTfgen, update_golden: bool) -> None:
    result = run_tfgen("graph", cwd=project)
    assert (result.exit_code, result.stderr) == (0, "")
    if update_golden:
        GOLDEN.write_text(result.stdout, "utf-8")
    assert result.stdout == GOLDEN.read_text("utf-8"), "to accept it: pytest tests/graph/test_graph.py --update-golden"


_LABEL = r'"((?:[^"#;`<>&%]|#\d+;|<br/>)*)"'
_NODE = re.compile(rf" +(\w+)(?:\[|\(|\{{\{{)[\[(/]?{_LABEL}[\])/\\}}]{{1,2}}")
_EDGE = re.compile(rf"  (\w+) -->\|{_LABEL}\| (\w+)")
_CLUSTER = re.compile(rf"  subgraph (\w+)\[{_LABEL}\]")


def unescaped(label: str) -> str:
    text = re.sub(r"#(\d+);", lambda found: chr(int(found.group(1))), label.replace("<br/>", "\n"))
    return text.replace("\u200b", "")


@a_few(60)
@given(graphs)
def test_a_diagram_of_mermaid_says_each_name_whatever_it_is(graph: Graph) -> None:
    fence, kind, *lines, end, behind = to_mermaid(graph).split("\n")
    assert (fence, kind, end, behind) == ("```mermaid", "flowchart LR", "```", "")
    lines.remove("  end")
    matches = [(_EDGE.fullmatch(line) or _CLUSTER.fullmatch(line) or _NODE.fullmatch(line), line) for line in lines]
    assert [line for match, line in matches if not match] == []
    found = [tuple(map(unescaped, match.groups())) for match, _ in matches if match]
    nodes = {(node.id, "\n".join(node.lines)) for node in graph.nodes}
    assert set(found) == nodes | {(edge.source, edge.meaning, edge.target) for edge in graph.edges}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("$$x$$", "#36;#8203;#36;x#36;#8203;#36;"),
        ("a\\n \\", "a#92;#8203;n #92;#8203;"),
        ("fa:fa-car", "fa#58;#8203;fa-car"),
        ("http://a www.b [c](d)", "http#58;#8203;//a www#8203;.b #91;c#93;#8203;#40;d#41;"),
        ("1. a", "#8203;1. a"),
        ("direction LR", "direction#32;LR"),
        ("ﬂ°°35¶ß", "ﬂ#8203;#176;#176;35#182;#8203;ß"),
        ("/a/b", "/a/b"),
        ("${var.a}", "${var.a}"),
    ],
)
def test_what_mermaid_would_read_as_markup_is_taken_apart(name: str, label: str) -> None:
    graph = graph_from(SMALL)
    image = Node("image_1", "image", shown(name), "image")
    assert f'"{label}<br/>image"' in to_mermaid(replace(graph, resources=(image,), edges=()))


@a_few(60)
@given(graphs)
def test_no_line_of_a_diagram_is_a_directive(graph: Graph) -> None:
    """These Mermaid sees wherever in a line they stand."""
    first, *lines = to_mermaid(graph).split("\n")[1:-2]
    assert first == "flowchart LR"
    assert not [line for line in lines if re.search(r"direction\s|%%|ﬂ°|¶ß|`", line)]


# Graphviz


@needs_dot
@a_few(10)
@given(graphs)
def test_dot_draws_each_name_whatever_it_is(graph: Graph) -> None:
    drawn = drawn_by_dot(to_dot(graph))
    for node in graph.nodes:
        assert [*map(spaced, drawn[node.id])] == [*map(spaced, node.lines)]
    assert len(drawn) == len(graph.nodes) + len(graph.edges)
    tail_of_cluster = graph.services[0].id
    for edge in graph.edges:
        source = tail_of_cluster if edge.source == graph.cluster.id else edge.source
        assert spaced(edge.meaning) in map(spaced, drawn[f"{source}->{edge.target}"])


_QUOTED = r'"((?:[^"\\]|\\["\\n])*)"'
_DOT = (
    re.compile(rf" +(\w+) \[shape=\w+, label={_QUOTED}\]"),
    re.compile(rf"  (\w+) -> (\w+) \[label={_QUOTED}(?:, ltail=cluster)?\]"),
    re.compile(rf"    label={_QUOTED}"),
)


def meant(quoted: str) -> str:
    """Return the characters that Graphviz reads in a text, and the ends of lines."""
    text = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], quoted)
    assert not re.search("&(?!amp;)", text)
    return text.replace("&amp;", "&")


@a_few(60)
@given(graphs)
def test_a_file_for_dot_says_each_name_in_quotes_and_gives_none_another_meaning(graph: Graph) -> None:
    lines = to_dot(graph).split("\n")
    body = lines[lines.index('  edge [fontname="sans-serif", fontsize=10]') + 1 :]
    found = [match for line in body for pattern in _DOT if (match := pattern.fullmatch(line))]
    left = [line for line in body if not any(pattern.fullmatch(line) for pattern in _DOT)]
    assert left == ["  subgraph cluster {", "    style=dashed", "  }", "}", ""]
    labels = sorted(meant(match.groups()[-1]) for match in found)
    assert labels == sorted([*("\n".join(node.lines) for node in graph.nodes), *(edge.meaning for edge in graph.edges)])


def spaced(text: str) -> str:
    """Graphviz writes spaces as ones that do not break."""
    return text.replace("\u00a0", " ").strip()


# The picture


@a_few(40)
@given(graphs)
def test_boxes_and_wires_of_a_picture_keep_clear_of_each_other(graph: Graph) -> None:
    picture = picture_of(graph)
    apart = [*picture.load_balancers, *picture.cards, *picture.resources]
    assert not any(overlap(area(one), area(other)) for one, other in combinations(apart, 2))
    assert all(inside(area(card), area(picture.frame)) for card in picture.cards)
    outside = [*picture.load_balancers, *picture.resources]
    assert not any(overlap(area(picture.frame), area(box)) for box in outside)
    for wire in picture.wires:
        others = [box for box in apart if box.node.id not in (wire.edge.source, wire.edge.target)]
        for segment in pairwise(wire.points):
            assert not any(overlap(span(segment), area(box)) for box in others)


@a_few(40)
@given(graphs)
def test_wires_end_at_what_they_join_and_run_together_only_where_they_lead_to_one_thing(graph: Graph) -> None:
    picture = picture_of(graph)
    boxes = {box.node.id: box for box in picture.boxes}
    for wire in picture.wires:
        (x, y), (end_x, end_y) = wire.points[0], wire.points[-1]
        source, target = boxes[wire.edge.source], boxes[wire.edge.target]
        assert x == source.right
        assert end_x == target.x
        assert source.y < y < source.bottom
        assert target.y < end_y < target.bottom
        assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(wire.points))
    for one, other in combinations(picture.wires, 2):
        if not far_ends(one, picture.cards) & far_ends(other, picture.cards):
            assert not any(
                together(mine, theirs) for mine in pairwise(one.points) for theirs in pairwise(other.points)
            ), (one, other)


def test_the_end_of_a_wire_stands_at_the_row_that_tells_its_meaning() -> None:
    picture = picture_of(graph_from((ROOT / "services.yaml").read_text("utf-8")))
    rows = {(row.edge, row.middle) for box in picture.boxes for row in box.rows}
    incoming = {wire.edge for wire in picture.wires if wire.edge.source.startswith("load_balancer")}
    assert incoming
    for wire in picture.wires:
        assert (wire.edge, wire.points[-1 if wire.edge in incoming else 0][1]) in rows


def test_a_wire_is_level_where_its_box_has_room_for_that() -> None:
    graph = graph_from((ROOT / "services.yaml").read_text("utf-8"))
    level = {wire.edge.meaning for wire in picture_of(graph).wires if len(wire.points) == 2}
    assert level == {"starts tasks as", "port 8000"}


def test_a_picture_of_many_services_is_no_wider_than_one_of_a_few() -> None:
    def width(count: int) -> float:
        own = "{kind: worker, image: 'busybox:%d', role: own, queue: jobs-%d, secrets: {A: a%d}}"
        services = "".join(f"  job-{n}: {own % ((n,) * 3)}\n" for n in range(100, 100 + count))
        return picture_of(graph_from(SMALL.partition("services:\n")[0] + "services:\n" + services)).right

    assert width(80) == width(8)


@a_few(40)
@given(graphs)
def test_a_picture_holds_each_name_within_its_frame(graph: Graph) -> None:
    root = ElementTree.fromstring(to_svg(graph))  # noqa: S314 - it is ours
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    groups = {group.attrib["data-node"]: group for group in root.iter(f"{SVG}g") if "data-node" in group.attrib}
    for node in graph.nodes:
        group = groups[node.id]
        frame = rectangle(group)
        places = [place_of(text) for text in group.iter(f"{SVG}text")]
        assert all(inside(place, frame) for place in places)
        assert not any(overlap(one, other) for one, other in combinations(places, 2))
        words = "".join(text.text or "" for text in group.iter(f"{SVG}text"))
        assert all(line in words for line in node.lines)
        assert frame[2] - frame[0] <= width
        assert frame[3] - frame[1] <= height
    cards = [rectangle(groups[node.id]) for node in graph.services]
    heading = [place_of(text) for text in groups[graph.cluster.id].iter(f"{SVG}text")]
    assert not any(overlap(text, card) for text in heading for card in cards)


Area = tuple[float, float, float, float]
"""Left, top, right and bottom."""

MEASURES: dict[str, Callable[[str], float]] = {
    "name": measure_name,
    "service-name": measure_title,
    "prose": measure_prose,
    "caption": measure_caption,
    "heading": lambda text: name_width(text, HEADING_SIZE),
}


def place_of(text: Element) -> Area:
    """Return where a text is in the widest font; above its base line it is no higher than 12 pixels."""
    styles = text.attrib["class"].split()
    width, x, y = MEASURES[styles[0]](text.text or ""), float(text.attrib["x"]), float(text.attrib["y"])
    return (x - width, y - 12, x, y + 4) if "end" in styles else (x, y - 12, x + width, y + 4)


def rectangle(group: Element) -> Area:
    found = group.find(f"{SVG}rect")
    assert found is not None
    x, y, width, height = (float(found.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def area(box: Box) -> Area:
    return box.x, box.y, box.right, box.bottom


def span(segment: tuple[Point, Point]) -> Area:
    (x, y), (other_x, other_y) = segment
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inside(one: Area, other: Area) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def together(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Tell whether two lines run along each other."""
    for level, along in ((0, 1), (1, 0)):
        if len({one[0][level], one[1][level], other[0][level], other[1][level]}) == 1:
            mine, theirs = sorted(point[along] for point in one), sorted(point[along] for point in other)
            return mine[0] < theirs[1] and theirs[0] < mine[1]
    return False


def far_ends(wire: Wire, cards: tuple[Box, ...]) -> set[str]:
    return {wire.edge.source, wire.edge.target} - {card.node.id for card in cards}


@given(st.lists(st.tuples(st.floats(-500, 500), st.integers(1, 100)), min_size=1, max_size=12), st.integers(0, 20))
def test_boxes_of_a_column_are_where_they_want_to_be_as_far_as_there_is_room(
    boxes: list[tuple[float, int]], gap: int
) -> None:
    boxes.sort()
    wanted, heights = [middle for middle, _ in boxes], [float(height) for _, height in boxes]
    tops = stacked(wanted, heights, gap)
    for (top, height), below in pairwise(zip(tops, heights, strict=True)):
        assert top + height + gap <= below[0] + 1e-6
    moved = [top + height / 2 - middle for top, height, middle in zip(tops, heights, wanted, strict=True)]
    assert abs(sum(moved)) < 1e-6, "no box is nearer to one side than the others let it"
    if all(b - a >= (h + k) / 2 + gap for (a, h), (b, k) in pairwise(boxes)):
        assert all(abs(distance) < 1e-6 for distance in moved)


@given(st.dictionaries(st.text("abcdefgh", max_size=2), st.tuples(st.integers(0, 50), st.integers(1, 50)), max_size=12))
def test_lines_in_one_lane_are_apart_and_no_lane_is_left_out(drawn: dict[str, tuple[int, int]]) -> None:
    spans = {name: (float(top), float(top + length)) for name, (top, length) in drawn.items()}
    lanes = lanes_of(spans, 8)
    assert set(lanes.values()) == set(range(len(set(lanes.values()))))
    for one, other in combinations(spans, 2):
        if lanes[one] == lanes[other]:
            assert spans[one][1] + 8 <= spans[other][0] or spans[other][1] + 8 <= spans[one][0]


@given(literals, st.integers(20, 300))
def test_text_that_is_wrapped_is_whole_and_no_wider_than_it_may_be(text: str, limit: int) -> None:
    lines = wrapped(shown(text), limit, measure_name)
    assert "".join(lines) == shown(text)
    assert all(measure_name(line.rstrip()) <= limit for line in lines if len(line) > 1)


@a_few(20)
@given(graphs)
def test_a_picture_refers_to_nothing_outside_and_runs_nothing(graph: Graph) -> None:
    root = ElementTree.fromstring(to_svg(graph))  # noqa: S314 - it is ours
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "style", "rect", "text", "g", "line", "path"),
    }
    assert {name for element in root.iter() for name in element.attrib} <= {
        *("viewBox", "width", "height", "role", "class", "x", "y", "rx", "x1", "x2", "y1", "y2", "d"),
        *("data-node", "data-source", "data-target"),
    }


# The page


def page_of(graph: Graph, told: str = "") -> Element:
    return ElementTree.fromstring(to_html(graph, told_of(graph, told)))  # noqa: S314 - it is ours


@a_few(20)
@given(graphs, literals)
def test_a_page_is_well_formed_and_refers_to_nothing_outside(graph: Graph, told: str) -> None:
    page = page_of(graph, told)
    names = {name for element in page.iter() for name in element.attrib}
    assert not names & {"src", "href", "{http://www.w3.org/1999/xlink}href", "style", "srcset", "data", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert {element.tag.removeprefix(SVG) for element in page.iter()} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "h1", "p", "main", "section", "button", "pre"),
        *("script", "svg", "g", "rect", "text", "path", "line", "div", "input", "output", "small"),
    }
    style = page.findtext("head/style", "")
    assert not re.search(r"url\(|@import|expression", style)
    assert [pre.text for pre in page.iter("pre")] == [f"{node.name}\n{shown(told)}" for node in graph.services]


def test_the_policy_of_a_page_names_its_style_and_its_script_and_nothing_else() -> None:
    page = page_of(graph_from(SMALL))
    policy = next(meta.attrib["content"] for meta in page.iter("meta") if "http-equiv" in meta.attrib)
    style, script = page.findtext("head/style", ""), page.findtext("body/script", "")
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src '{hashed(style)}'",
        f"script-src '{hashed(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def hashed(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


RUN = re.compile(r"  \d{4}-\d\d-\d\d \d\d:\d\d \w+")
"""A line of `show` with one of a job's next runs: a page of the same catalogue is the same every day."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_tells_of_each_service_what_show_tells_without_a_clock(case: Path, run_tfgen: RunTfgen) -> None:
    page = ElementTree.fromstring(run_tfgen("graph", "--format", "html", cwd=case).stdout)  # noqa: S314 - it is ours
    rendered = catalogue_of((case / "services.yaml").read_text("utf-8")).rendered_services
    services = {service.names.key for service in rendered}
    told = {section.attrib["aria-label"]: section.findtext("pre", "") for section in page.iter("section")}
    assert told.keys() == services
    for key in services:
        shown = run_tfgen("show", key, cwd=case).stdout.splitlines()
        assert told[key].splitlines() == [line for line in shown if not RUN.fullmatch(line)]


# The command


def test_the_format_is_mermaids_unless_another_is_asked_for(project: Path, run_tfgen: RunTfgen) -> None:
    assert run_tfgen("graph", cwd=project) == run_tfgen("graph", "--format", "mermaid", cwd=project)


@pytest.mark.parametrize("output_format", FORMATS)
def test_output_names_a_file_that_is_written_in_place_of_stdout(
    output_format: str, project: Path, run_tfgen: RunTfgen
) -> None:
    printed = run_tfgen("graph", "--format", output_format, cwd=project)
    result = run_tfgen("graph", "--format", output_format, "--output", "graph.out", cwd=project)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "wrote graph.out\n")
    assert (project / "graph.out").read_bytes().decode() == printed.stdout
    assert sorted(path.name for path in project.iterdir()) == ["generated", "graph.out", "services.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "png"], "'png' is not one of 'mermaid', 'dot', 'svg', 'html'"),
        (["--output", "nowhere/graph.md"], "nowhere/graph.md: cannot be written"),
        (["--catalogue", "none.yaml"], "none.yaml"),
    ],
)
def test_an_error_is_told_and_is_exit_code_1(
    arguments: list[str], said: str, project: Path, run_tfgen: RunTfgen
) -> None:
    result = run_tfgen("graph", *arguments, cwd=project)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_a_catalogue_that_does_not_hold_is_not_drawn(project: Path, run_tfgen: RunTfgen) -> None:
    catalogue = (project / "services.yaml").read_text("utf-8")
    (project / "services.yaml").write_text(catalogue.replace("DATABASE_URL: db_url", "DATABASE_URL: db_ur"), "utf-8")
    result = run_tfgen("graph", cwd=project)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean `aws_secretsmanager_secret.db_url`?" in result.stderr


def test_a_picture_of_eight_times_as_many_services_takes_at_most_twice_eight_times_as_long() -> None:
    few, many = (_seconds_of_a_picture(services) for services in (500, 4000))

    assert many < 2 * 8 * few


def _seconds_of_a_picture(services: int) -> float:
    lines = (f"  job-{n}: {{kind: worker, image: 'b:1', queue: jobs-{n}, role: own}}\n" for n in range(services))
    catalogue = catalogue_of(SMALL.partition("services:\n")[0] + "services:\n" + "".join(lines))
    start = process_time()
    to_svg(graph_of(catalogue, RenderedNames({})))
    return process_time() - start
