"""Durable steps beside stock SpiffWorkflow that keeps its whole state at each step."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

import pytest

from stock_engine import StockEngine
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.kept import Dossier

NOW = datetime(2026, 3, 2, 8)  # noqa: DTZ001 - Vietnamese time, as the engine takes it
LONGEST_TAIL = 5
CALLERS = 8
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'


def chain(steps: int) -> bytes:
    """Return a process of so many user tasks in a row."""
    nodes = ["s", *(f"t{n}" for n in range(steps)), "e"]
    drawn = "".join(f'<userTask id="t{n}" name="Bước {n}"/>' for n in range(steps))
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{nodes[n]}" targetRef="{nodes[n + 1]}"/>'
        for n in range(steps + 1)
    )
    text = f'{HEAD}<process id="P" isExecutable="true"><startEvent id="s"/>{drawn}'
    return f'{text}<endEvent id="e"/>{flows}</process></definitions>'.encode()


Caller = Callable[[int], list[float]]
"""Takes one dossier of a number from its start to its end; returns how long each step took."""


def ours(engine: Engine) -> Caller:
    """Return a caller of *engine*."""

    def one(number: int) -> list[float]:
        dossier, taken = engine.start("P", str(number), by="dân"), []
        while dossier.status == "running":
            task = dossier.tasks[0].id
            begun = time.perf_counter()
            dossier = engine.work.complete(task, {"đủ": True}, by="an")
            taken.append(time.perf_counter() - begun)
        return taken

    return one


def stock(path: Path, content: bytes) -> Caller:
    """Return a caller of stock SpiffWorkflow, with a connection of its own in each thread."""
    mine = threading.local()

    def one(_number: int) -> list[float]:
        if not hasattr(mine, "engine"):
            mine.engine = StockEngine(path, content, "P")
        number, ended, taken = mine.engine.start(), False, []
        while not ended:
            begun = time.perf_counter()
            ended = mine.engine.complete(number)
            taken.append(time.perf_counter() - begun)
        return taken

    return one


@pytest.mark.parametrize(("steps", "dossiers"), [(10, 100), (100, 6)])
def test_one_caller_beside_stock_spiffworkflow(tmp_path: Path, steps: int, dossiers: int) -> None:
    content = chain(steps)
    with Engine(f"sqlite:///{tmp_path / 'ours.db'}", now=lambda: NOW) as engine:
        engine.deploy(content)
        one, other = ours(engine), stock(tmp_path / "stock.db", content)
        one(-1), other(-1)
        us, them = list[float](), list[float]()
        for number in range(dossiers):  # turn by turn, so that a slow machine is slow for both
            us += one(number)
            them += other(number)
    ratio, tail = median(them) / median(us), quantiles(us, n=100)[98] / median(us)
    speeds = f"{1 / median(us):.0f}/s, stock {1 / median(them):.0f}/s"
    print(f"\n{steps} steps, one caller: {speeds}, ratio {ratio:.1f}; p99 {tail:.1f} medians")
    assert ratio >= 1
    assert tail <= LONGEST_TAIL


@pytest.mark.parametrize(("steps", "dossiers", "least"), [(10, 160, 3), (100, 16, 10)])
def test_eight_callers_beside_stock_spiffworkflow(
    tmp_path: Path, steps: int, dossiers: int, least: float
) -> None:
    """Steps of people who work at the same time wait for the disk together."""
    content = chain(steps)
    with (
        Engine(f"sqlite:///{tmp_path / 'ours.db'}", now=lambda: NOW) as engine,
        ThreadPoolExecutor(CALLERS) as people,
    ):
        engine.deploy(content)
        seconds = {}
        for name, call in (
            ("ours", ours(engine)),
            ("stock", stock(tmp_path / "stock.db", content)),
        ):
            list(people.map(call, range(-CALLERS, 0)))
            begun = time.perf_counter()
            steps_done = sum(map(len, people.map(call, range(dossiers))))
            seconds[name] = time.perf_counter() - begun
            assert steps_done == steps * dossiers
        assert engine.audit.breaks() == ()
    ratio = seconds["stock"] / seconds["ours"]
    speed = {name: steps * dossiers / taken for name, taken in seconds.items()}
    print(f"\n{steps} steps, {CALLERS} callers: {speed['ours']:.0f}/s", end="")
    print(f", stock {speed['stock']:.0f}/s, ratio {ratio:.1f}")
    assert ratio >= least


def written(folder: Path, act: Callable[[], object]) -> int:
    """Return how many bytes *act* adds to the write-ahead log."""
    with sqlite3.connect(folder / "ours.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    wal = folder / "ours.db-wal"
    before = wal.stat().st_size
    act()
    return wal.stat().st_size - before


def test_the_bytes_of_a_step_are_flat_in_what_has_happened(tmp_path: Path) -> None:
    engine = Engine(f"sqlite:///{tmp_path / 'ours.db'}", now=lambda: NOW)
    engine.deploy(chain(400))
    dossier = engine.start("P", "1", by="dân")
    sizes = []
    for _ in range(400):
        task = dossier.tasks[0].id
        done = list[Dossier]()
        sizes.append(written(tmp_path, lambda: done.append(complete(engine, task))))  # noqa: B023
        dossier = done[0]
    early, late = median(sizes[20:120]), median(sizes[-101:-1])
    print(f"\nbytes of a step: {early:.0f} early, {late:.0f} after {len(sizes)} steps")
    assert late <= 1.25 * early


def complete(engine: Engine, task: str) -> Dossier:
    """Complete *task*."""
    return engine.work.complete(task, by="an")
