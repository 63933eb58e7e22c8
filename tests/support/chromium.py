"""Headless Chromium, the judge of pages: with no user's settings, and no traffic of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

needs_chromium = pytest.mark.skipif(
    BROWSER is None or DRIVER is None, reason="there is no Chromium with its `chromedriver` on the path to judge by"
)

_SWITCHES = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@contextmanager
def chromium(width: int = 1000, height: int = 900, scale: float = 1) -> Iterator[Chrome]:
    """Start a browser with a window of that size in CSS pixels, and end it."""
    options = ChromeOptions()
    options.binary_location = BROWSER or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with TemporaryDirectory() as profile:
        size = f"--window-size={width},{height}"
        for switch in (*_SWITCHES, size, f"--force-device-scale-factor={scale}", f"--user-data-dir={profile}"):
            options.add_argument(switch)
        browser = Chrome(options, Service(DRIVER))
        try:
            yield browser
        finally:
            browser.quit()


def complaints(browser: Chrome) -> list[str]:
    """Return what went to the browser's console since the last call."""
    return [str(entry["message"]) for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
