"""A browser, and a page of the studio that may speak with nobody but the studio."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tthc_flow.web.serving import Place
from web.browser.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's chromium, started once a process."""
    if CHROMIUM is None:
        pytest.skip("no chromium to open the page in: make browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def window(browser: Browser, listening: Place) -> Iterator[Window]:
    """Return a window on the studio, 1440 pixels wide; what went wrong in it fails the test."""
    opened = Window.opened(browser, listening.address)
    yield opened
    opened.context.close()
    assert opened.strangers == []
    assert opened.complaints == []
