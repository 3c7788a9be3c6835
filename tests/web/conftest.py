"""A page of the studio, and a studio that really listens, as fixtures."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tthc_flow.web.serving import Place, place, serve
from tthc_flow.web.shelf import Shelf
from web.asking import Page


@pytest.fixture
def page() -> Page:
    """Return a page that came in by the printed address."""
    return Page()


@pytest.fixture(scope="module")
def listening() -> Iterator[Place]:
    """Return where a real server listens."""
    where, ready, servers = place(), threading.Event(), []

    def note(server: object) -> None:
        servers.append(server)
        ready.set()

    thread = threading.Thread(target=serve, args=(where, Shelf(), note), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield where
    servers[0].should_exit = True
    thread.join(10)
    assert not thread.is_alive()
