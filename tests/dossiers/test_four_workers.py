"""Four programs at the same hundreds of dossiers: each step once, and nobody sees a conflict."""

from __future__ import annotations

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from tthc_flow.dossiers.engine import Engine
from tthc_flow.store.schema import events, instances, jobs, tasks

from .forking import Forks
from .loop import NOW
from .racing import SHORT, STEPS

WORKERS = 4


def worked(url: str, folder: Path, dossiers: int) -> list[Counter[str]]:
    """Let four programs work until all is done; return what each did."""
    with ExitStack() as stack, ThreadPoolExecutor(WORKERS) as threads:
        given = {"url": url, "began": time.time(), "folder": str(folder)}
        programs = [
            stack.enter_context(closing(Forks("dossiers.racing:ready", **given)))
            for _ in range(WORKERS)
        ]

        def watch(number: int) -> Counter[str]:
            programs[number].child(number=number, dossiers=dossiers)
            told = programs[number].told()
            assert told is not None
            assert programs[number].told() is None
            return Counter(json.loads(" ".join(told[1:])))

        return list(threads.map(watch, range(WORKERS)))


def rows(url: str, *columns: Any) -> list[tuple[Any, ...]]:
    database = create_engine(url)
    with database.begin() as connection:
        found = [tuple(row) for row in connection.execute(select(*columns))]
    database.dispose()
    return found


@pytest.mark.parametrize("dossiers", [300, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_four_workers_make_each_step_of_many_dossiers_once(dossiers, postgres, tmp_path):
    url = postgres()
    with Engine(url, now=lambda: NOW) as engine:
        engine.deploy(SHORT)
        done = worked(url, tmp_path, dossiers)
        assert engine.audit.breaks() == ()
    total = sum(done, Counter())
    assert (total["tasks"], total["jobs"]) == (dossiers, 2 * dossiers)
    assert (total["letters"], total["unwell"]) == (dossiers, 0)
    assert total["late"] > 0  # they were at the same tasks
    for part in ("tasks", "jobs", "letters"):  # SKIP LOCKED spreads the work
        assert min(each[part] for each in done) > total[part] / 20
    assert rows(url, jobs) == rows(url, tasks) == []
    assert {status for (status,) in rows(url, instances.c.status)} == {"completed"}
    by_dossier: dict[str, list[str]] = {}
    for instance, _, kind in sorted(rows(url, events.c.instance, events.c.step_no, events.c.kind)):
        by_dossier.setdefault(instance, []).append(kind)
    assert len(by_dossier) == dossiers
    assert {tuple(kinds) for kinds in by_dossier.values()} == {STEPS}
    called = (tmp_path / "calls").read_text().split()
    assert sorted(map(int, called)) == list(range(dossiers))
    told = (tmp_path / "letters").read_text().split()
    assert len(set(told)) == len(told) == dossiers
