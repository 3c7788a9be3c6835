"""Workers that are killed at any moment, many on each database: nothing is lost, nothing doubled.

80 on each with the other tests, 200 with those of the night.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tthc_flow.dossiers.engine import Engine

from .forking import Forks
from .loop import NOW
from .replaying import differences, replayed
from .small import Wall
from .what_is_kept import TABLES, broken
from .worked import ASKED, AT_HAND, MANY, Outside, ends, engine_at

SERVERS = 2
SEED = 20260302


def killed(forks: Forks, number: int) -> list[list[str]]:
    """Kill a worker after some of what it told, and a little later; return all that it told."""
    rng = Random(SEED + number)
    pid = forks.child(name=f"w{number}", seed=SEED - number)
    told: list[list[str]] = []
    for _ in range(rng.randrange(9)):
        words = forks.told()
        assert words is not None, f"worker {number} of seed {SEED} ended by itself"
        told.append(words)
    time.sleep(rng.uniform(0, 0.008 if told else 0.04))
    os.kill(pid, signal.SIGKILL)
    while (words := forks.told()) is not None:
        told.append(words)
    return told


@contextmanager
def serving(**given: Any) -> Iterator[list[Forks]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(closing(Forks("dossiers.worked:ready", **given)))
            for _ in range(SERVERS)
        ]


def rows_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with engine.database.begin() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in TABLES
        }


def check(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Hold the rows against themselves: the chains, and the state that the events lead to."""
    assert broken(rows) == []
    programs = {each.flow.id: each.program for each in AT_HAND}
    of = {
        name: {row["id"]: [] for row in rows["tthc_instances"]}
        for name in ("tthc_events", "tthc_tasks", "tthc_jobs")
    }
    for name, by_dossier in of.items():
        for row in sorted(rows[name], key=lambda row: row.get("step_no", 0)):
            by_dossier[row["instance"]].append(row)
    for row in rows["tthc_instances"]:
        events, tasks, jobs = (by_dossier[row["id"]] for by_dossier in of.values())
        assert differences(row, replayed(programs[row["key"]], events), tasks, jobs) == []


def check_outside(rows: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    """Hold the rows against what reached the outside."""
    heard = [line.split() for line in (folder / "letters").read_text().splitlines()]
    letters = {row["key"]: row["due_at"] for row in rows["tthc_letters"]}
    assert set(letters.values()) == {None}
    assert {key for key, _ in heard} == set(letters), "told what was not kept, or not told"
    assert len(set(map(tuple, heard))) == len(letters), "the same letter said two things"
    answers = [
        json.loads(row["payload"])["data"]["tra cứu"]
        for row in rows["tthc_events"]
        if row["kind"] == "function"
    ]
    calls = (folder / "calls").read_text().split()
    assert len(set(answers)) == len(answers)
    assert set(answers) <= set(calls)


def check_told(rows: dict[str, list[dict[str, Any]]], told: list[list[str]], kills: int) -> None:
    """Hold the rows against what the workers told: each step that they told of is there once."""
    events = {(row["instance"], row["step_no"]): row["actor"] for row in rows["tthc_events"]}
    steps = [words[1:] for words in told if words[0] == "did"]
    lost = [step for by, *step in steps if events.get((step[0], int(step[1]))) != by]
    assert lost == []
    by = Counter(row["actor"] for row in rows["tthc_events"] if row["actor"].startswith("w"))
    assert {name: number for name, number in by.items() if number > 1} == {}, "made twice"
    assert len(steps) > kills / 2


@pytest.mark.parametrize("kills", [80, pytest.param(200, marks=pytest.mark.nightly)])
def test_what_was_told_is_kept_once_though_workers_are_killed_at_any_moment(kills, url, tmp_path):
    wall, outside = Wall(), Outside(str(tmp_path), Random(SEED))
    with engine_at(url, wall, outside) as engine:
        for content in (MANY, ASKED):
            engine.deploy(content)
        told = kill_many(kills, url=url, began=time.time(), folder=str(tmp_path))
        rows = rows_of(engine)
        check(rows)
        check_told(rows, told, kills)
        done = Counter(row["kind"] for row in rows["tthc_events"])
        assert min(done[kind] for kind in ("start", "function", "timer", "call", "called")) > 3
        wall.at = NOW.replace(year=NOW.year + 1)
        ends(engine, lambda: wall.forward(hours=1))
        while engine.outbox.waiting():
            engine.outbox.deliver(outside.receive, most=1000)
            wall.forward(hours=2)
        rows = rows_of(engine)
        check(rows)
        check_told(rows, told, kills)
        check_outside(rows, tmp_path)
        assert rows["tthc_jobs"] == rows["tthc_tasks"] == []


def kill_many(kills: int, **given: Any) -> list[list[str]]:
    """Kill workers of several programs at the same database; return all that they told."""
    with serving(**given) as servers, ThreadPoolExecutor(SERVERS) as threads:

        def kill(which: int) -> list[list[str]]:
            numbers = range(which, kills, SERVERS)
            return [words for number in numbers for words in killed(servers[which], number)]

        return [words for each in threads.map(kill, range(SERVERS)) for words in each]
