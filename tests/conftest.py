"""What every test may use: the material folder beside the repository, and Hypothesis profiles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from real_files import RealFiles, read_all
from tthc_flow.picture.png import png

ROOT = Path(__file__).resolve().parents[1]

# "ci" is the same on every run and every machine; "nightly" (make nightly) looks much further.
# A test that needs fewer examples says so itself, with @settings and the reason.
settings.register_profile(
    "ci",
    max_examples=200,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "nightly",
    max_examples=2_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: write what the tests compare with anew; read the difference."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_collection_finish() -> None:
    """Leave the tests themselves to no garbage collector: they stay, and looking costs time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Return whether golden files are to be written instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real procedures and diagrams that lies beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the material folder ../shared is not beside this repository")
    return folder


@pytest.fixture(scope="session")
def real_files(shared: Path) -> RealFiles:
    """Return every real diagram, read; one reading for all tests of a process."""
    return read_all(shared / "data" / "bpmn")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def pictures_drawn_once() -> Iterator[None]:
    """Draw each picture of a Word paper once: two thirds of the time of a paper are its pictures.

    That the same picture is the same bytes each time is a test of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tthc_flow.report.word.drawing.png", cache(png))
        yield
