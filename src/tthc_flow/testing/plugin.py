"""pytest's side: fixtures for desks and clocks, and how much of BPMN files the tests have taken.

pytest loads this module in every run of everybody who has the package, so it imports nothing but
pytest; what it needs comes when it is asked for.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.testing.clock import Clock
    from tthc_flow.testing.desk import Desk

GATHERING = "tthc_flow_gathering"
_MOST_PERCENT = 100


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options about coverage; without the first nothing is counted."""
    group = parser.getgroup("tthc-flow", "coverage of BPMN procedures (tthc-flow)")
    group.addoption(
        "--bpmn-cover",
        action="append",
        default=[],
        metavar="PATH",
        help="count which ways of this BPMN file, or of those below this folder, the tests take; "
        "may be given again",
    )
    group.addoption(
        "--bpmn-cover-html", metavar="DIR", help="write a page for each process into this folder"
    )
    group.addoption(
        "--bpmn-cover-fail-under",
        metavar="PERCENT",
        type=_percent,
        help="fail where fewer of all ways are taken",
    )
    group.addoption(
        "--bpmn-cover-lang", choices=("vi", "en"), default="vi", help="language of the pages"
    )


def _percent(text: str) -> float:
    """Return a number of percent; a plain one, for xdist sends it to its workers."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= _MOST_PERCENT:
        message = f"{text!r} is no number from 0 to 100"
        raise argparse.ArgumentTypeError(message)
    return found


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count, if that was asked for."""
    if not config.getoption("--bpmn-cover"):
        for option in ("--bpmn-cover-html", "--bpmn-cover-fail-under"):
            if config.getoption(option) is not None:
                message = f"{option} needs --bpmn-cover PATH"
                raise pytest.UsageError(message)
        return
    from tthc_flow.testing.gathering import gathering

    config.pluginmanager.register(gathering(config), GATHERING)


@pytest.fixture
def tthc_clock() -> Clock:
    """Return a clock that stands at a Monday morning and moves only when it is told to."""
    from tthc_flow.testing.clock import Clock
    from tthc_flow.testing.desk import MORNING

    return Clock(MORNING)


@pytest.fixture
def tthc_cover(pytestconfig: pytest.Config) -> Callable[[Engine], None]:
    """Return what counts the dossiers of an engine of your own: call it before you close it."""
    gathering = pytestconfig.pluginmanager.get_plugin(GATHERING)
    if gathering is None:
        return _not_counted
    count: Callable[[Engine], None] = gathering.count
    return count


def _not_counted(_engine: Engine) -> None:
    """Do nothing: nobody has asked how much is taken."""


@pytest.fixture
def tthc_desk(
    request: pytest.FixtureRequest, tthc_clock: Clock, tthc_cover: Callable[[Engine], None]
) -> Iterator[Callable[..., Desk]]:
    """Return a maker of desks: takes what ``Desk`` takes; closes them after the test.

    They go by *tthc_clock*. A path that is there beside the test's file is taken from there.
    """
    from tthc_flow.testing.desk import Desk

    made: list[Desk] = []

    def set_up(source: Any, **more: Any) -> Desk:  # noqa: ANN401 - what a desk takes
        beside = request.path.parent / source if isinstance(source, str | Path) else None
        given = beside if beside is not None and beside.is_file() else source
        desk = Desk(given, **{"clock": tthc_clock, "closing": tthc_cover, **more})
        made.append(desk)
        return desk

    yield set_up
    for desk in made:
        desk.close()
