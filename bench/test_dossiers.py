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
CALLERS = 16
ROUNDS = 5
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


Begun = Callable[[int], Callable[[], list[float]]]
"""Begins the dossier of a number; returns what takes it to its end and tells how long each step
took."""


def ours(engine: Engine) -> Begun:
    """Return how a dossier is begun in *engine*."""

    def begun(number: int) -> Callable[[], list[float]]:
        begun = engine.start("P", str(number), by="dân")

        def go() -> list[float]:
            dossier, taken = begun, []
            while dossier.status == "running":
                task = dossier.tasks[0].id
                at = time.perf_counter()
                dossier = engine.work.complete(task, {"đủ": True}, by="an")
                taken.append(time.perf_counter() - at)
            return taken

        return go

    return begun


def stock(path: Path, content: bytes) -> Begun:
    """Return how one is begun in stock SpiffWorkflow, with a connection to each thread."""
    mine = threading.local()

    def engine() -> StockEngine:
        found: StockEngine | None = getattr(mine, "engine", None)
        if found is None:
            found = mine.engine = StockEngine(path, content, "P")
        return found

    def begun(_number: int) -> Callable[[], list[float]]:
        number = engine().start()

        def go() -> list[float]:
            here, ended, taken = engine(), False, []
            while not ended:
                at = time.perf_counter()
                ended = here.complete(number)
                taken.append(time.perf_counter() - at)
            return taken

        return go

    return begun


@pytest.mark.parametrize(("steps", "dossiers"), [(10, 100), (100, 6)])
def test_one_caller_beside_stock_spiffworkflow(tmp_path: Path, steps: int, dossiers: int) -> None:
    content = chain(steps)
    with Engine(f"sqlite:///{tmp_path / 'ours.db'}", now=lambda: NOW) as engine:
        engine.deploy(content)
        one, other = ours(engine), stock(tmp_path / "stock.db", content)
        one(-1)(), other(-1)()
        us, them = list[float](), list[float]()
        for number in range(dossiers):  # turn by turn, so that a slow machine is slow for both
            us += one(number)()
            them += other(number)()
    ratio, tail = median(them) / median(us), quantiles(us, n=100)[98] / median(us)
    speeds = f"{1 / median(us):.0f}/s, stock {1 / median(them):.0f}/s"
    print(f"\n{steps} steps, one caller: {speeds}, ratio {ratio:.1f}; p99 {tail:.1f} medians")
    assert ratio >= 1
    assert tail <= LONGEST_TAIL


@pytest.mark.parametrize(("steps", "dossiers", "least"), [(10, 64, 3), (100, 16, 10)])
def test_many_callers_beside_stock_spiffworkflow(
    tmp_path: Path, steps: int, dossiers: int, least: float
) -> None:
    """Steps of people who work at the same time wait for the disk together."""
    content, ratios = chain(steps), []
    with (
        Engine(f"sqlite:///{tmp_path / 'ours.db'}", now=lambda: NOW) as engine,
        ThreadPoolExecutor(CALLERS) as people,
    ):
        engine.deploy(content)
        kinds = {"ours": ours(engine), "stock": stock(tmp_path / "stock.db", content)}
        for turn in range(ROUNDS):
            speed = {}
            for name, begun in kinds.items():
                goers = [begun(turn * dossiers + number) for number in range(dossiers)]
                at = time.perf_counter()
                done = sum(len(each.result()) for each in [people.submit(go) for go in goers])
                speed[name] = done / (time.perf_counter() - at)
                assert done == steps * dossiers
            ratios.append(speed["ours"] / speed["stock"])
        assert engine.audit.breaks() == ()
    ratio, speeds = median(ratios), f"{speed['ours']:.0f}/s, stock {speed['stock']:.0f}/s"
    print(f"\n{steps} steps, {CALLERS} callers: at last {speeds}; median ratio {ratio:.1f}")
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
