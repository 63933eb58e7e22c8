"""How long a page of `tfgen graph` takes to open in a browser, and to answer a key in its search.

Usage: python bench/page.py [SERVICES], with Chromium and its driver on the path. Each number is the median of all runs.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from selenium.webdriver import Chrome

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.run import ENVIRONMENT, ROOT, TFGEN, unlike_services
from tests.support.chromium import BROWSER, DRIVER, chromium

RUNS = 5
SEARCHED = ("account", "worker", "account-9", "")

_OPENED = """
    const [seen] = performance.getEntriesByType("paint");
    const [way] = performance.getEntriesByType("navigation");
    return [way.domInteractive, seen.startTime, way.loadEventEnd];
"""
_ANSWERED = """
    const [text, done] = arguments;
    const field = document.querySelector("[type='search']");
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
"""
"""Behind a frame, what was drawn in it is to be seen."""


class Opened(NamedTuple):
    """Milliseconds from the start until somebody may use a page, sees the first of it, and sees all of it; MiB."""

    interactive: float
    painted: float
    loaded: float
    mebibytes: float


def main() -> None:
    """Print the table."""
    if BROWSER is None or DRIVER is None:
        sys.exit("there is no Chromium with its `chromedriver` on the path")
    services = int(sys.argv[1]) if sys.argv[1:] else 1000
    with tempfile.TemporaryDirectory() as name:
        page = _page(services, Path(name))
        opened, answered = [], []
        for _ in range(RUNS):
            with chromium() as browser:
                opened.append(_opened(browser, page))
                answered += [float(browser.execute_async_script(_ANSWERED, text)) for text in SEARCHED]
        size = page.stat().st_size / (1 << 20)
    print(f"A page of {services:,} services, {size:.1f} MiB\n\n| what | median |\n|---|---|")
    interactive, painted, loaded, mebibytes = (statistics.median(column) for column in zip(*opened, strict=True))
    print(f"| until it can be used | {interactive:.0f} ms |\n| until the first paint | {painted:.0f} ms |")
    print(f"| until all of it is loaded | {loaded:.0f} ms |\n| memory of its script | {mebibytes:.0f} MiB |")
    print(f"| from a key in the search to the picture | {statistics.median(answered):.0f} ms |")


def _page(services: int, folder: Path) -> Path:
    unlike_services(services)(folder)
    command = [*TFGEN, "graph", "--format", "html", "--output", "graph.html"]
    subprocess.run(command, cwd=folder, env=ENVIRONMENT | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    return folder / "graph.html"


def _opened(browser: Chrome, page: Path) -> Opened:
    browser.execute_cdp_cmd("Performance.enable", {})
    browser.get(page.as_uri())
    browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0], 500))")
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    heap = next(float(metric["value"]) for metric in metrics if metric["name"] == "JSHeapUsedSize")
    interactive, painted, loaded = browser.execute_script(_OPENED)
    return Opened(interactive, painted, loaded, heap / (1 << 20))


if __name__ == "__main__":
    main()
