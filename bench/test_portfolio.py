"""A portfolio: procedures a second, a cost a procedure that does not grow, flat memory, answers.

Procedures are the shipped ones under other names, so that no two files are equal: 7.5 steps in the
mean. Where the time goes is printed; what is asked of the whole is a slope and ratios.
"""

from __future__ import annotations

import resource
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from conftest import ROOT
from portfolio.given import Here
from portfolio.kept import generated
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
from tthc_flow.portfolio.item import Item, Source
from tthc_flow.portfolio.pools import process_pool
from tthc_flow.portfolio.portfolio import Workers, run_source
from tthc_flow.portfolio.progress import By, progress
from tthc_flow.portfolio.rows import Rows
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.shards import shards
from tthc_flow.portfolio.twins import twins
from tthc_flow.portfolio.work import Examine
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.portfolio import examine

FLOWS = sorted(ROOT.glob("processes/*/*/flow.bpmn"))
SIZES = (500, 1_000, 2_000, 4_000)
MANY = (10_000, 30_000, 100_000)
STEEPEST = 1.05
SHARD = 128
"""Files of a shard, whatever their number: small portfolios have smaller ones, which cost more."""

A_THIRD_OF_A_SECOND = 8_000_000
"""How far plain Python counts in about a third of a second where the limits were set."""


def variants(count: int) -> Iterator[Item]:
    """Yield *count* files, each the next shipped one with another number in its names."""
    texts = [path.read_text(encoding="utf-8") for path in FLOWS]
    for number in range(count):
        text = texts[number % len(texts)].replace('name="', f'name="{number} ')
        yield Item(key=f"{number % 34}/{number:06}.bpmn", data=text.encode())


def run(count: int, out: Path, workers: Workers | None = None, work: Examine = examine) -> None:
    """Examine *count* variants into an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    source = Source(place="variants", count=count, items=partial(variants, count))
    who = workers or Workers(executor=Here(), count=1)
    run_source(source, out, work, who, Settings())


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
    items = list(variants(212))
    settings = Settings()
    parts = {
        "read": lambda: [read(item.data) for item in items],
        "read, check": lambda: [
            check_together(read(item.data).procedures, DEFAULT_CONVENTION) for item in items
        ],
        "read, propose": lambda: list(map(propose, largest(items))),
        "read, execute": lambda: [run_every_branch(each) for each in largest(items)],
        "all of it, as rows": lambda: [examine(item, settings) for item in items],
    }
    took = {name: best_of(work, 3) / len(items) * 1_000 for name, work in parts.items()}
    steps = sum(len(each.flow.steps) for each in largest(items)) / len(items)
    print(f"\n{steps:.1f} steps in the mean; ms of processor time a procedure:")
    for name, each in took.items():
        print(f"  {name}: {each:.2f}")
    ratio = interleaved_ratio(
        lambda: [examine(item, settings) for item in items[:53]],
        lambda: count_to(A_THIRD_OF_A_SECOND),
        3,
    )
    print(f"  53 of them against counting for a third of a second: {ratio:.2f}")
    assert ratio <= 2


def test_procedures_a_second_on_two_processes(tmp_path: Path) -> None:
    count = 2_000
    workers = Workers(executor=partial(process_pool, 2), count=2)
    start = time.monotonic()
    run(count, tmp_path / "out", workers)
    took = time.monotonic() - start
    print(f"\n{count} procedures in {took:.1f} s: {count / took:.0f} a second (two workers)")
    assert ask(tmp_path / "out", "SELECT count(*) FROM procedures").rows == ((count,),)


@pytest.mark.parametrize("sizes", [SIZES, pytest.param(MANY, marks=pytest.mark.nightly)])
@pytest.mark.timeout(7_200)
def test_the_cost_of_a_procedure_does_not_grow_with_their_number(
    sizes: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tthc_flow.portfolio.portfolio.size_for", lambda _count: SHARD)
    run(200, tmp_path / "warm")
    took: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(3 if sizes is SIZES else 1):
        for size in sizes:
            took[size].append(against_counting(size, tmp_path / "out"))
    best = {size: median(each) for size, each in took.items()}
    slope = log_log_slope(best)
    figures = ", ".join(f"{size}: {each / size:.3f}" for size, each in best.items())
    print(f"\nslope {slope:.3f} (a procedure against counting to 100,000: {figures})")
    assert slope <= STEEPEST


def against_counting(size: int, out: Path) -> float:
    """Return how many times as long *size* procedures take as counting, in turns with it.

    A machine that slows down for a while slows down both.
    """
    counting = 0.0

    def counted(item: Item, settings: Settings) -> Rows:
        nonlocal counting
        start = time.process_time()
        if int(item.key[-11:-5]) % 8 == 0:
            count_to(100_000)
            counting += time.process_time() - start
        return examine(item, settings)

    start = time.process_time()
    run(size, out, work=counted)
    work = time.process_time() - start - counting
    return work / (counting / (size / 8))


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
    items = list(variants(2_000))
    seconds = best_of(lambda: list(shards(items, 64, Settings())), 3)
    print(f"\nshards: {seconds / len(items) * 1e6:.0f} µs a file")
    assert seconds / len(items) <= 0.001
