"""The command line as a fixture."""

from __future__ import annotations

import pytest

from cli.calling import Calls


@pytest.fixture
def tthc(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Calls:
    """Return `tthc-flow` as a function."""
    return Calls(monkeypatch, capfdbinary)
