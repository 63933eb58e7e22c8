"""Makes the picture in the README: the page of this repository's own catalogue, with a service open.

Usage: python -m tools.graph_picture SERVICE > docs/graph.png
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver.common.by import By

from generator.graph.document import document
from generator.workspace import Workspace
from tests.support.chromium import chromium

CATALOGUE = Path(__file__).parent.parent / "services.yaml"
WIDTH, HEIGHT = 960, 1360


def picture(service: str) -> bytes:
    """Return a PNG of the window, finer than a plain screen shows it."""
    rendered = Workspace(CATALOGUE).rendered()
    with TemporaryDirectory() as folder, chromium(WIDTH, HEIGHT, scale=1.5) as browser:
        page = Path(folder, "graph.html")
        page.write_text(document(rendered.edition, rendered.folder_name, "html"), "utf-8")
        browser.get(page.as_uri())
        browser.find_element(By.CSS_SELECTOR, f'[data-node="service_{service}"]').click()
        browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
        return browser.get_screenshot_as_png()


if __name__ == "__main__":
    sys.stdout.buffer.write(picture(sys.argv[1]))
