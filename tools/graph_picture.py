"""Makes the picture of the README: the page of this repository's own catalogue, with a service open.

Usage: python -m tools.graph_picture SERVICE > docs/graph.png
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver.common.by import By

from generator.graph.document import document
from generator.workspace import Workspace
from tests.chromium import chromium

CATALOGUE = Path(__file__).parent.parent / "services.yaml"


def picture(service: str) -> bytes:
    """Return a PNG of the whole page, in a window as high as the page."""
    rendered = Workspace(CATALOGUE).rendered()
    with TemporaryDirectory() as folder, chromium(width=980, scale=2) as browser:
        page = Path(folder, "graph.html")
        page.write_text(document(rendered.catalogue, rendered.files, "generated/compute", "html"), "utf-8")
        browser.get(page.as_uri())
        browser.find_element(By.CSS_SELECTOR, f'[data-node="service_{service}"]').click()
        height = browser.execute_script("return document.documentElement.scrollHeight")
        browser.set_window_size(980, 2 * height)
        browser.execute_script("document.activeElement.blur()")
        return browser.find_element(By.TAG_NAME, "body").screenshot_as_png


if __name__ == "__main__":
    sys.stdout.buffer.write(picture(sys.argv[1]))
