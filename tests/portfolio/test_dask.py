"""A Dask cluster of separate processes does the work, also when one of them is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portfolio import given
from portfolio.given import folder_of
from tthc_flow.errors import CannotWrite
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.pools import dask_executor
from tthc_flow.portfolio.portfolio import Workers, run_source
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.sources import opened_source
from tthc_flow.verbs.portfolio import run_portfolio_on_dask

pytestmark = pytest.mark.filterwarnings("ignore:::distributed", "ignore:::tornado")
FILES = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(params=["--no-nanny"])
def cluster(
    request: pytest.FixtureRequest,
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start what the page about portfolios says: a scheduler, and workers of their own."""
    tests = str(Path(__file__).resolve().parents[1])
    env = {**os.environ, "PYTHONPATH": tests}
    command, address = str(Path(sys.executable).with_name("dask")), f"tcp://127.0.0.1:{free_port()}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    asked = [command, "scheduler", "--host", address, "--no-dashboard", "--no-show"]
    workers = [command, "worker", address, "--nthreads", "1", request.param, "--no-dashboard"]
    running = [subprocess.Popen(asked, env=env, **quiet)]  # type: ignore[call-overload]
    running += [subprocess.Popen(workers, env=env, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    try:
        yield address, running
    finally:
        for each in running:
            with suppress(ProcessLookupError):
                each.kill()
            each.wait()


def wait_for_workers(address: str, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(CannotWrite), dask_executor(address) as (_, threads):
            if threads >= count:
                return
        time.sleep(0.2)
    pytest.fail("the cluster did not start")


def test_a_killed_worker_of_a_cluster_loses_and_doubles_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, running = cluster
    wait_for_workers(address, 2)
    folder, out = folder_of(tmp_path / "nguon", FILES), tmp_path / "ket-qua"
    killed: list[int] = []

    def kill(done: int, count: int) -> None:
        if 0 < done < count and not killed:
            os.kill(running[2].pid, signal.SIGKILL)
            killed.append(done)

    with opened_source(folder) as source, dask_executor(address) as (executor, threads):
        who = Workers(executor=executor, count=threads)
        found = run_source(source, out, given.slow, who, Settings(program="test"), kill)
    assert killed
    assert killed[0] < FILES
    assert running[2].wait() == -signal.SIGKILL
    assert found.files == FILES
    keys = [row[0] for row in ask(out, "SELECT key FROM procedures ORDER BY key").rows]
    assert keys == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.bpmn"))
    again = run_portfolio_on_dask(folder, out.with_name("that"), address)
    assert (again.files, again.kept) == (FILES, 0)
    assert ask(again.place, "SELECT count(*), sum(steps) FROM procedures").rows == (
        (FILES, 3 * FILES),
    )


@pytest.mark.parametrize("cluster", ["--nanny"], indirect=True)
def test_a_worker_of_a_cluster_that_does_not_come_to_an_end_is_replaced(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, _ = cluster
    wait_for_workers(address, 2)
    folder, out = folder_of(tmp_path / "nguon", FILES), tmp_path / "ket-qua"
    settings = Settings(program="test", time_limit=1)
    with opened_source(folder) as source, dask_executor(address) as (executor, threads):
        who = Workers(executor=executor, count=threads)
        found = run_source(source, out, given.endless, who, settings)
    assert found.files == FILES
    rows = ask(out, "SELECT key, error FROM procedures ORDER BY key").rows
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.bpmn"))
    late = {"007", "009"}
    assert rows == tuple((file, "TF629" if file[-8:-5] in late else None) for file in files)


def test_no_cluster_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tthc_flow.portfolio.pools._PATIENCE", "1s")
    folder = folder_of(tmp_path / "nguon", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(CannotWrite) as told:
        run_portfolio_on_dask(folder, tmp_path / "out", address)
    assert told.value.code == "TF627"
    with pytest.raises(CannotWrite) as told:
        run_portfolio_on_dask(folder, tmp_path / "out", "no address at all")
    assert told.value.code == "TF627"
