"""Durable steps beside stock SpiffWorkflow that keeps its whole state at each step."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from statistics import median, quantiles

import pytest

from stock_engine import StockEngine
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.kept import Dossier

NOW = datetime(2026, 3, 2, 8)  # noqa: DTZ001 - Vietnamese time, as the engine takes it
LONGEST_TAIL = 5
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


def ours(folder: Path, steps: int) -> Iterator[list[float]]:
    """Yield how long each completion of a dossier takes, one dossier after the other."""
    engine = Engine(f"sqlite:///{folder / 'ours.db'}", now=lambda: NOW)
    engine.deploy(chain(steps))
    for number in count():
        dossier, taken = engine.start("P", str(number), by="dân"), []
        while dossier.status == "running":
            task = dossier.tasks[0].id
            begun = time.perf_counter()
            dossier = engine.work.complete(task, {"đủ": True}, by="an")
            taken.append(time.perf_counter() - begun)
        yield taken


def stock(folder: Path, steps: int) -> Iterator[list[float]]:
    """Yield the same of stock SpiffWorkflow."""
    engine = StockEngine(folder / "stock.db", chain(steps), "P")
    while True:
        number, ended, taken = engine.start(), False, list[float]()
        while not ended:
            begun = time.perf_counter()
            ended = engine.complete(number)
            taken.append(time.perf_counter() - begun)
        yield taken


@pytest.mark.parametrize(("steps", "dossiers", "least"), [(10, 150, 3), (100, 8, 10)])
def test_a_durable_step_beside_stock_spiffworkflow(
    tmp_path: Path, steps: int, dossiers: int, least: float
) -> None:
    one, other = ours(tmp_path, steps), stock(tmp_path, steps)
    next(one), next(other)
    us, them = list[float](), list[float]()
    for _ in range(dossiers):  # turn by turn, so that a slow machine is slow for both
        us += next(one)
        them += next(other)
    ratio, tail = median(them) / median(us), quantiles(us, n=100)[98] / median(us)
    print(f"\n{steps} steps: {1 / median(us):.0f}/s, stock {1 / median(them):.0f}/s", end="")
    print(f": ratio {ratio:.1f}, of sums {sum(them) / sum(us):.1f}; p99 {tail:.1f} medians")
    assert ratio >= least
    assert tail <= LONGEST_TAIL


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
