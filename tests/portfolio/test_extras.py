"""Without the extras everything else works, and what needs them says what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from portfolio.given import Here, drawn
from tthc_flow.errors import CannotWrite
from tthc_flow.portfolio.asking import ask
from tthc_flow.verbs.portfolio import run_portfolio, run_portfolio_on_dask


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.bpmn").write_bytes(drawn("Ký"))
    return tmp_path


@pytest.mark.parametrize("missing", ["pyarrow", "pyarrow.parquet"])
def test_a_run_without_pyarrow_says_what_to_install_and_writes_nothing(
    folder: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(CannotWrite) as told:
        run_portfolio(folder, folder / "out", executor=Here())
    assert (told.value.code, told.value.choices) == ("TF624", ("tthc-flow[portfolio]",))
    assert not (folder / "out").exists()


def test_a_question_without_duckdb_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_portfolio(folder, folder / "out", executor=Here())
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CannotWrite) as told:
        ask(folder / "out", "SELECT 1")
    assert (told.value.code, told.value.choices) == ("TF624", ("tthc-flow[portfolio]",))


def test_a_cluster_without_dask_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotWrite) as told:
        run_portfolio_on_dask(folder, folder / "out", "tcp://127.0.0.1:1")
    assert (told.value.code, told.value.choices) == ("TF624", ("tthc-flow[dask]",))
