"""A portfolio: procedures a second, a cost a procedure that does not grow, flat memory, answers.

Where the time goes is printed; what is asked of the whole is a slope and ratios. What only an idle
machine can show is nightly: ``pytest bench/test_portfolio.py -m nightly -s -n0 -p no:benchmark``.
"""

from __future__ import annotations

import resource
import time
from functools import partial
from pathlib import Path

import pytest

from portfolio.kept import generated
from report.progress.given_portfolios import many
from slopes import best_of, count_to, interleaved_ratio, log_log_slope
from tthc_flow.bpmn.read import read
from tthc_flow.checks import check_together
from tthc_flow.engine.run import run_every_branch
from tthc_flow.levers import ALL
from tthc_flow.model.plan import Targets, Wishes
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem
from tthc_flow.plan.search import searched
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.item import Item
from tthc_flow.portfolio.pools import process_pool
from tthc_flow.portfolio.portfolio import Workers
from tthc_flow.portfolio.progress import By, progress
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.shards import shards
from tthc_flow.portfolio.twins import twins
from tthc_flow.report.progress.workbook import progress_workbook
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.portfolio import examine
from variants import against_counting, fresh, run

SIZES = (1_000, 2_000, 4_000, 8_000)
MANY = (2_000, 10_000, 30_000, 100_000)
STEEPEST, FLATTEST = 1.05, 0.95
FEW = 64
SHARD = 128
"""Files of a shard, whatever their number: small portfolios have smaller ones, which cost more."""

A_SECOND = 300
"""Procedures that two idle processors check, measure and plan in a second."""

A_THIRD_OF_A_SECOND = 8_000_000
"""How far plain Python counts in about a third of a second where the limits were set."""


def largest(items: list[Item]) -> list[Procedure]:
    """Return the largest procedure of each file."""
    found = [read(item.data).procedures for item in items]
    return [max(each, key=lambda one: len(one.flow.steps)) for each in found]


def propose(procedure: Procedure) -> None:
    """Find, choose, apply."""
    problem = Problem(
        before=procedure,
        levers={lever.id: lever for lever in ALL},
        convention=DEFAULT_CONVENTION,
        targets=Targets(),
        wishes=Wishes(),
    )
    searched(problem, offers(procedure, ALL, DEFAULT_CONVENTION))


def test_where_the_time_of_a_procedure_goes() -> None:
    settings, count = Settings(), 212
    parts = {
        "read": lambda items: [read(item.data) for item in items],
        "read, check": lambda items: [
            check_together(read(item.data).procedures, DEFAULT_CONVENTION) for item in items
        ],
        "read, propose": lambda items: list(map(propose, largest(items))),
        "read, execute": lambda items: [run_every_branch(each) for each in largest(items)],
        "all of it, as rows": lambda items: [examine(item, settings) for item in items],
    }
    took = {
        name: min(best_of(partial(work, fresh(count)), 1) for _ in range(3)) / count * 1_000
        for name, work in parts.items()
    }
    steps = sum(len(each.flow.steps) for each in largest(fresh(count))) / count
    print(f"\n{steps:.1f} steps in the mean; ms of processor time a procedure:")
    for name, each in took.items():
        print(f"  {name}: {each:.2f}")
    batches = iter([fresh(53) for _ in range(3)])
    ratio = interleaved_ratio(
        lambda: [examine(item, settings) for item in next(batches)],
        lambda: count_to(A_THIRD_OF_A_SECOND),
        3,
    )
    print(f"  53 of them against counting for a third of a second: {ratio:.2f}")
    assert ratio <= 2


def seconds_on_two_processes(count: int, out: Path) -> float:
    workers = Workers(executor=partial(process_pool, 2), count=2)
    start = time.monotonic()
    run(count, out, workers)
    assert ask(out, "SELECT count(*), count(error) FROM procedures").rows == ((count, 0),)
    return time.monotonic() - start


def test_procedures_a_second_on_two_processes(tmp_path: Path) -> None:
    count = 2_000
    took = seconds_on_two_processes(count, tmp_path / "out")
    print(f"\n{count} procedures in {took:.1f} s: {count / took:.0f} a second (two workers)")


@pytest.mark.nightly
@pytest.mark.timeout(7_200)
def test_a_hundred_thousand_on_an_idle_machine(tmp_path: Path) -> None:
    """The whole way, processes and all: at the asked speed, in memory that does not grow.

    The speed counts the start of the workers, the slope does not: it is the same for any number.
    """
    peaks, took = {}, {}
    start = min(seconds_on_two_processes(FEW, tmp_path / "out") for _ in range(2))
    print(f"\n{FEW} procedures in {start:.1f} s: the workers start")
    for count in (10_000, 100_000):
        took[count] = seconds_on_two_processes(count, tmp_path / "out")
        peaks[count] = [
            resource.getrusage(whose).ru_maxrss // 1024
            for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ]
        print(
            f"\n{count} procedures in {took[count]:.1f} s: {count / took[count]:.0f} a second;"
            f" at most {peaks[count]} MB (giver, worker)"
        )
    assert all(b <= a + 40 for a, b in zip(peaks[10_000], peaks[100_000], strict=True))
    slope = log_log_slope({count: each - start for count, each in took.items()})
    print(f"slope without the start: {slope:.3f}")
    assert FLATTEST <= slope <= STEEPEST
    assert 100_000 / took[100_000] >= A_SECOND


@pytest.mark.parametrize("sizes", [SIZES, pytest.param(MANY, marks=pytest.mark.nightly)])
@pytest.mark.timeout(7_200)
def test_the_cost_of_a_procedure_does_not_grow_with_their_number(
    sizes: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tthc_flow.portfolio.portfolio.size_for", lambda _count: SHARD)
    run(500, tmp_path / "warm")
    took = {size: against_counting(size, tmp_path / "out") for size in sizes}
    slope = log_log_slope(took)
    figures = ", ".join(f"{size}: {each / size:.3f}" for size, each in took.items())
    print(f"\nslope {slope:.3f} (a procedure against counting to 100,000: {figures})")
    assert FLATTEST <= slope <= STEEPEST


def test_memory_stays_flat(tmp_path: Path) -> None:
    run(1_000, tmp_path / "out")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run(4_000, tmp_path / "out")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\npeak memory after 1,000: {before / 1024:.0f} MB, after 4,000: {after / 1024:.0f} MB")
    assert after <= before + 40 * 1024


def test_a_million_rows_are_answered_in_a_second(tmp_path: Path) -> None:
    out = generated(tmp_path / "out", 1_000_000)
    questions = {
        "totals": "SELECT count(*), sum(norm_minutes), avg(time_cut) FROM procedures",
        "by agency": "SELECT agency, count(*), avg(time_cut) FROM procedures GROUP BY agency",
        "top 50": "SELECT key, norm_minutes FROM procedures ORDER BY norm_minutes DESC LIMIT 50",
        "one": "SELECT * EXCLUDE sketch FROM procedures WHERE key = '7/1234.bpmn'",
        "codes": "SELECT code, count(*) AS n FROM procedures GROUP BY code ORDER BY n DESC LIMIT 9",
    }
    took = {}
    for name, question in questions.items():
        start = time.monotonic()
        assert ask(out, question).rows
        took[name] = time.monotonic() - start
    for by in (By.ALL, By.AGENCY):
        start = time.monotonic()
        assert progress(out, by)
        took[f"progress by {by.value}"] = time.monotonic() - start
    print("\n" + ", ".join(f"{name}: {each:.2f} s" for name, each in took.items()))
    assert max(took[name] for name in questions) <= 1


def test_twins_grow_with_the_procedures_and_not_with_their_pairs(tmp_path: Path) -> None:
    took = {}
    for size in (20_000, 40_000, 80_000):
        out = generated(tmp_path / str(size), size)
        start = time.process_time()
        twins(out)
        took[size] = time.process_time() - start
    slope = log_log_slope(took)
    figures = ", ".join(f"{size}: {each:.2f} s" for size, each in took.items())
    print(f"\ntwins: slope {slope:.2f} ({figures})")
    assert slope <= 1.25


def test_shards_are_cut_at_the_speed_of_reading() -> None:
    items = fresh(2_000)
    seconds = best_of(lambda: list(shards(items, 64, Settings())), 3)
    print(f"\nshards: {seconds / len(items) * 1e6:.0f} µs a file")
    assert seconds / len(items) <= 0.001


def test_a_workbook_costs_little_a_procedure_and_grows_with_them() -> None:
    took = {
        rows: best_of(partial(progress_workbook, many(rows)), 1) for rows in (1_000, 2_000, 4_000)
    }
    slope = log_log_slope(took)
    ratio = interleaved_ratio(
        partial(progress_workbook, many(2_000)), lambda: count_to(4 * A_THIRD_OF_A_SECOND), 3
    )
    print(f"\nworkbook: slope {slope:.2f}, 2,000 rows {ratio:.2f} of 4/3 seconds of counting")
    print(
        ", ".join(
            f"{rows} rows: {each / rows * 50_000:.0f} s for 50,000" for rows, each in took.items()
        )
    )
    assert slope <= STEEPEST
    assert ratio <= 1.25  # 40 s for 50,000
