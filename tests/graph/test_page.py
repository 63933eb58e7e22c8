"""The page of a graph in a real browser: what opens, by mouse and by keyboard, and whether everything fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from generator.graph.model import Graph
from generator.graph.page import to_html
from generator.graph.svg import to_svg
from tests.support.chromium import chromium, complaints, needs_chromium
from tests.support.graphs import CONTAINERS, WIDE_ROWS, graph_from, graph_of_hostile_names, told_of
from tests.support.paths import CASES, ROOT
from tests.support.project import RunTfgen
from tests.support.rendering import SMALL

pytestmark = [needs_chromium, pytest.mark.slow, pytest.mark.xdist_group("chromium")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with chromium() as browser:
        yield browser


class Page:
    """A page in a browser."""

    def __init__(self, browser: Chrome, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        complaints(browser)
        browser.get(path.as_uri())
        self.browser = browser

    def card(self, service: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, f'[data-node="service_{service}"]')

    def click(self, service: str) -> None:
        """Click a card, scrolled to where no panel covers it."""
        self.browser.execute_script("arguments[0].scrollIntoView()", self.card(service))
        self.card(service).click()

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    @property
    def opened(self) -> dict[str, str]:
        """What is shown of which services, by their names; what assistive technology is told has to agree."""
        panels = [one for one in self.browser.find_elements(By.TAG_NAME, "section") if one.is_displayed()]
        expanded = self.browser.find_elements(By.CSS_SELECTOR, 'g[aria-expanded="true"]')
        assert [one.get_attribute("aria-controls") for one in expanded] == [one.get_attribute("id") for one in panels]
        return {str(one.get_attribute("aria-label")): text_of(one.find_element(By.TAG_NAME, "pre")) for one in panels}

    @property
    def focused(self) -> str | None:
        return self.browser.switch_to.active_element.get_attribute("data-node")

    def assert_quiet(self) -> None:
        """Nothing went wrong in the page, and nothing was asked of any other place."""
        assert complaints(self.browser) == []
        assert self.browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def text_of(element: WebElement) -> str:
    return str(element.get_property("textContent"))


@pytest.fixture
def page(browser: Chrome, tmp_path: Path, run_tfgen: RunTfgen) -> Iterator[Page]:
    """The page of this repository's own catalogue."""
    page = Page(browser, tmp_path / "graph.html", run_tfgen("graph", "--format", "html", cwd=ROOT).stdout)
    yield page
    page.assert_quiet()


@pytest.mark.parametrize("service", ["backend", "worker"])
def test_a_click_opens_what_show_tells_and_another_closes_it(service: str, page: Page, run_tfgen: RunTfgen) -> None:
    assert page.opened == {}
    page.click(service)
    assert page.opened == {service: run_tfgen("show", service, cwd=ROOT).stdout.rstrip("\n")}
    page.click(service)
    assert page.opened == {}


def test_one_service_is_open_at_a_time(page: Page) -> None:
    page.click("backend")
    page.click("worker")
    assert page.opened.keys() == {"worker"}


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE])
def test_a_card_is_reached_and_opened_and_closed_by_the_keyboard(key: str, page: Page) -> None:
    page.press(Keys.TAB, Keys.TAB)
    assert page.focused == "service_worker"
    page.press(key)
    assert page.opened.keys() == {"worker"}
    page.press(key)
    assert page.opened == {}


def test_the_space_that_opens_a_card_does_not_scroll_the_page(page: Page) -> None:
    page.browser.execute_script("addEventListener('keydown', (event) => { window.kept = event.defaultPrevented; })")
    page.press(Keys.TAB, Keys.SPACE)
    assert page.browser.execute_script("return window.kept") is True


def test_escape_closes_and_leads_back_to_the_card(page: Page) -> None:
    page.click("backend")
    page.press(Keys.TAB, Keys.TAB, Keys.ESCAPE)
    assert page.opened == {}
    assert page.focused == "service_backend"
    page.press(Keys.ESCAPE)
    assert page.opened == {}


def test_the_button_closes(page: Page) -> None:
    page.click("worker")
    next(one for one in page.browser.find_elements(By.TAG_NAME, "button") if one.is_displayed()).click()
    assert page.opened == {}
    assert page.focused == "service_worker"


def test_other_keys_and_clicks_beside_a_card_do_nothing(page: Page) -> None:
    page.click("worker")
    page.press("x", Keys.ARROW_DOWN)
    page.browser.find_element(By.CSS_SELECTOR, '[data-node="queue_1"]').click()
    assert page.opened.keys() == {"worker"}


def test_the_wires_of_the_others_are_faint_while_a_service_is_open(page: Page) -> None:
    def faint() -> set[str]:
        wires = page.browser.find_elements(By.CSS_SELECTOR, ".faint")
        return {str(one.get_attribute(f"data-{end}")) for one in wires for end in ("source", "target")}

    page.click("worker")
    assert {"service_backend", "load_balancer_1"} <= faint()
    assert not {"service_worker", "cluster"} & faint()
    page.click("worker")
    assert faint() == set()


def test_cards_are_buttons_with_a_name(page: Page) -> None:
    for card in page.browser.find_elements(By.CSS_SELECTOR, "[aria-controls]"):
        assert card.aria_role == "button"
        assert card.accessible_name in {f"{kind}, {kind} · 1 × 512 CPU, 1024 MiB" for kind in ("backend", "worker")}


def test_nothing_but_the_pages_own_script_may_act_on_it(browser: Chrome, tmp_path: Path) -> None:
    page = Page(browser, tmp_path / "graph.html", to_html(graph_from(SMALL), told_of(graph_from(SMALL))))
    browser.execute_script("""
        window.ran = [];
        const script = document.createElement("script");
        script.textContent = "window.ran.push('inline')";
        document.body.append(script);
        document.body.setAttribute("onclick", "window.ran.push('handler')");
        document.body.click();
        document.body.append(Object.assign(new Image(), {src: "data:image/gif;base64,R0lGODlhAQABAAAAACw="}));
    """)
    assert browser.execute_script("return window.ran") == []
    refused = complaints(browser)
    assert len(refused) == 3
    assert all("Content Security Policy" in message for message in refused)
    page.click("mail")
    assert page.opened.keys() == {"mail"}


OUTSIDE_OR_OVERLAPPING = """
    const within = (a, b) => b.left <= a.left && a.right <= b.right && b.top <= a.top && a.bottom <= b.bottom;
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
    const place = (element) => element.getBoundingClientRect();
    const found = [];
    for (const group of document.querySelectorAll("g.node")) {
        const texts = [...group.querySelectorAll("text")].filter((text) => text.textContent.trim());
        for (const text of texts) {
            if (!within(place(text), place(group.querySelector("rect")))) found.push(["outside", text.textContent]);
            for (const other of texts)
                if (other !== text && !apart(place(text), place(other)))
                    found.push(["overlap", text.textContent, other.textContent]);
        }
    }
    return found;
"""
"""The texts in the picture that stand out of their box or over another, by what the browser measures."""


def pictured() -> dict[str, Graph]:
    found = {case.name: graph_from((case / "services.yaml").read_text("utf-8")) for case in CASES}
    seed = graph_from((ROOT / "services.yaml").read_text("utf-8"))
    wide = {"wide-rows": graph_from(WIDE_ROWS), "containers": graph_from(CONTAINERS)}
    return {**found, **wide, "seed": seed, "hostile": graph_of_hostile_names()}


@pytest.mark.parametrize("name", pictured())
def test_every_text_fits_its_box_in_the_page_and_in_the_picture(name: str, browser: Chrome, tmp_path: Path) -> None:
    graph = pictured()[name]
    for file, text in {"graph.html": to_html(graph, told_of(graph)), "graph.svg": to_svg(graph)}.items():
        page = Page(browser, tmp_path / file, text)
        assert len(browser.find_elements(By.CSS_SELECTOR, "g.node")) == len(graph.nodes)
        assert browser.execute_script(OUTSIDE_OR_OVERLAPPING) == []
        page.assert_quiet()


def test_hostile_names_are_shown_as_text(browser: Chrome, tmp_path: Path) -> None:
    graph = graph_of_hostile_names()
    told = "</pre></section><script>document.title = 'x'</script><h1>y</h1>"
    page = Page(browser, tmp_path / "graph.html", to_html(graph, told_of(graph, told)))
    for node in graph.nodes:
        assert node.name in text_of(browser.find_element(By.CSS_SELECTOR, f'[data-node="{node.id}"]'))
    for number, service in enumerate(graph.services):
        page.card(str(number)).send_keys(Keys.ENTER)
        assert page.opened == {service.name: f"{service.name}\n{told}"}
    assert len(browser.find_elements(By.TAG_NAME, "h1")) == 1
    assert len(browser.find_elements(By.CSS_SELECTOR, "script, img")) == 1
    page.assert_quiet()


def test_a_page_of_200_services_scrolls_and_an_open_card_stays_in_sight(browser: Chrome, tmp_path: Path) -> None:
    services = "".join(
        f"  job-{n}: {{kind: worker, image: 'busybox:1', queue: jobs-{n}, role: own}}\n" for n in range(200)
    )
    graph = graph_from(SMALL.partition("services:\n")[0] + "services:\n" + services)
    page = Page(browser, tmp_path / "graph.html", to_html(graph, told_of(graph, "line\n" * 100)))
    for service in ("job_199", "job_100", "job_0"):
        page.card(service).send_keys(Keys.ENTER)
        assert page.opened.keys() == {service.replace("_", "-")}
        card, panel = (
            rectangle_of(page, f'[data-node="service_{service}"]'),
            rectangle_of(page, "section:not([hidden])"),
        )
        assert 0 <= card["top"] < card["bottom"] <= panel["top"]
        assert panel["bottom"] <= browser.execute_script("return innerHeight") + 1
    assert browser.execute_script(OUTSIDE_OR_OVERLAPPING) == []
    page.assert_quiet()


def rectangle_of(page: Page, selector: str) -> dict[str, float]:
    script = "return document.querySelector(arguments[0]).getBoundingClientRect().toJSON()"
    found: dict[str, float] = page.browser.execute_script(script, selector)
    return found


@pytest.mark.parametrize("width", [480, 1000, 1800])
def test_a_panel_is_in_the_window_and_its_text_can_be_reached(width: int, page: Page) -> None:
    size = page.browser.get_window_size()
    try:
        page.browser.set_window_size(width, 900)
        page.click("worker")
        panel = rectangle_of(page, "section:not([hidden])")
        inner: dict[str, Any] = page.browser.execute_script("return {width: innerWidth, height: innerHeight}")
        assert 0 <= panel["left"] < panel["right"] <= inner["width"]
        assert 0 <= panel["top"] < panel["bottom"] <= inner["height"] + 1
    finally:
        page.browser.set_window_size(size["width"], size["height"])


# Many services


MANY = SMALL.partition("services:\n")[0] + "services:\n"
MANY += "".join(f"  job-{n}: {{kind: worker, image: 'busybox:1', queue: jobs-{n % 3}, role: own}}\n" for n in range(14))
MANY += "".join(f"  page-{n}: {{kind: backend, port: 80, image: 'nginx:{n}'}}\n" for n in range(4))
MANY = MANY.replace("image: 'nginx:1'", "image: 'nginx:1', containers: {envoy: {image: 'nginx:1'}}")


@pytest.fixture
def many(browser: Chrome, tmp_path: Path) -> Iterator[Page]:
    graph = graph_from(MANY)
    page = Page(browser, tmp_path / "graph.html", to_html(graph, told_of(graph)))
    yield page
    page.assert_quiet()


def search_for(page: Page, text: str) -> None:
    field = page.browser.find_element(By.CSS_SELECTOR, "[type='search']")
    field.send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, text)
    next_frame(page)


def fold(page: Page, kind: str) -> WebElement:
    return page.browser.find_element(By.CSS_SELECTOR, f".fold[data-kind='{kind}']")


def next_frame(page: Page) -> None:
    page.browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")


def in_picture(page: Page, kind: str) -> set[str]:
    """Return the ids of the nodes of a kind that are to be seen."""
    nodes = page.browser.find_elements(By.CSS_SELECTOR, f"g.{kind}")
    return {str(one.get_attribute("data-node")) for one in nodes if one.is_displayed()} - {"None"}


LOOSE_OR_OVERLAPPING = """
    const seen = (one) => one.getAttribute("display") !== "none";
    const place = (element) => element.getBoundingClientRect();
    const boxes = [...document.querySelectorAll("g.node")].filter(seen).map((one) => [one.dataset.node, place(one)]);
    const byId = new Map([...document.querySelectorAll("g.node")].map((one) => [one.dataset.node, one]));
    const found = [];
    for (const [name, one] of boxes)
        for (const [other, two] of boxes) {
            const isAbove = one.bottom <= two.top || two.bottom <= one.top;
            const isApart = isAbove || one.right <= two.left || two.right <= one.left;
            if (name < other && name !== "cluster" && other !== "cluster" && !isApart) found.push([name, other]);
        }
    for (const wire of [...document.querySelectorAll(".wire")].filter(seen)) {
        const [line, head] = [...wire.children].map(place);
        const [source, target] = [wire.dataset.source, wire.dataset.target].map((id) => place(byId.get(id)));
        const middle = (head.top + head.bottom) / 2;
        const isTied = Math.abs(line.left - source.right) < 2 && Math.abs(head.right - target.left) < 2;
        if (!isTied || middle < target.top || middle > target.bottom) found.push(Object.values(wire.dataset));
    }
    const svg = place(document.querySelector("svg"));
    for (const [name, one] of boxes) if (one.right > svg.right || one.bottom > svg.bottom) found.push([name, "cut"]);
    return found;
"""
"""Boxes that lie over each other or beyond the picture, and wires that do not lead from box to box."""

PLACES = """
    const places = [...document.querySelectorAll("svg, g.node, .line")].map((one) => one.getBoundingClientRect());
    return places.map((place) => Object.values(place.toJSON()));
"""


def test_few_services_need_no_search(page: Page) -> None:
    assert page.browser.find_elements(By.CSS_SELECTOR, "input, .fold") == []


@pytest.mark.parametrize(
    ("text", "services", "used"),
    [
        ("job-13", {"service_job_13"}, {"queue_2"}),
        ("JOBS-1", {f"service_job_{n}" for n in (1, 4, 7, 10, 13)}, {"queue_2"}),
        ("backend nginx:2", {"service_page_2"}, set()),
        ("envoy", {"service_page_1"}, set()),
        ("nothing of it", set(), set()),
    ],
)
def test_a_search_shows_services_by_their_names_and_by_what_they_use(
    text: str, services: set[str], used: set[str], many: Page
) -> None:
    search_for(many, text)

    assert in_picture(many, "service") == services
    assert in_picture(many, "queue") == used
    assert text_of(many.browser.find_element(By.TAG_NAME, "output")) == f"{len(services)} of 18 services"
    assert many.browser.execute_script(LOOSE_OR_OVERLAPPING) == []


def test_what_is_found_moves_together_and_back(many: Page) -> None:
    before, height = many.browser.execute_script(PLACES), rectangle_of(many, "svg")["height"]
    search_for(many, "page-3")
    assert rectangle_of(many, "svg")["height"] < height / 3
    assert rectangle_of(many, '[data-node="service_page_3"]')["bottom"] < 900
    search_for(many, "")

    assert many.browser.execute_script(PLACES) == before
    assert text_of(many.browser.find_element(By.TAG_NAME, "output")) == "18 services"


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE])
def test_a_kind_of_services_is_folded_and_unfolded_by_the_keyboard(key: str, many: Page) -> None:
    for is_expanded, count in (("false", 4), ("true", 18)):
        fold(many, "worker").send_keys(key)
        next_frame(many)
        assert fold(many, "worker").get_attribute("aria-expanded") == is_expanded
        assert len(in_picture(many, "service")) == count
        assert many.browser.execute_script(LOOSE_OR_OVERLAPPING) == []


def test_a_kind_of_what_is_used_is_folded(many: Page) -> None:
    fold(many, "log group").click()
    next_frame(many)

    assert in_picture(many, "log_group") == set()
    assert len(in_picture(many, "service")) == 18
    assert many.browser.execute_script(LOOSE_OR_OVERLAPPING) == []


def test_what_is_told_of_a_service_that_is_no_longer_shown_closes(many: Page) -> None:
    many.card("job_1").send_keys(Keys.ENTER)
    search_for(many, "job-1")
    assert many.opened.keys() == {"job-1"}
    search_for(many, "page")
    assert many.opened == {}


def test_a_search_has_a_name_and_each_fold_says_how_many_it_holds(many: Page) -> None:
    assert many.browser.find_element(By.CSS_SELECTOR, "[type='search']").accessible_name == "Search"
    assert [fold(many, kind).accessible_name for kind in ("worker", "backend")] == ["▾ worker 14", "▾ backend 4"]


def test_in_the_dark_the_page_is_dark(page: Page) -> None:
    def background() -> Any:
        return page.browser.execute_script("return getComputedStyle(document.body).backgroundColor")

    assert background() == "rgb(255, 255, 255)"
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        assert background() == "rgb(13, 17, 23)"
    finally:
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
