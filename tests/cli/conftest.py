"""The command line as a fixture."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.calling import Calls
from cli.desk import Desk
from tthc_flow.cli.engine import opening


@pytest.fixture
def tthc(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Calls:
    """Return `tthc-flow` as a function."""
    return Calls(monkeypatch, capfdbinary)


@pytest.fixture
def desk(tthc: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return `tthc-flow engine` at an empty database, called from an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])  # the worker may add the folder it is called in
    made = Desk(tthc, tmp_path)
    monkeypatch.setattr(opening, "now", made.wall)
    return made
