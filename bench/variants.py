"""Portfolios for measuring: the shipped procedures, 7.5 steps in the mean, worded ever anew.

What words mean is remembered, so that it matters how often they come again: the 889 steps of the
148 published tables are worded in 326 ways. So every third name is one that no file before had; no
two files are equal, and no flow is met twice.
"""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from conftest import ROOT
from portfolio.given import Here
from slopes import count_to
from tthc_flow.portfolio.item import Item, Source
from tthc_flow.portfolio.portfolio import Workers, run_source
from tthc_flow.portfolio.rows import Rows
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.work import Examine
from tthc_flow.verbs.portfolio import examine

FLOWS = sorted(ROOT.glob("processes/*/*/flow.bpmn"))
ONE_IN = 8
"""Beside one file in so many it is counted to 100,000: so fast is the machine just then."""

NEW_ONE_IN = 3
"""One name in so many is new."""
_NAME = 'name="'
_RUNS = itertools.count()


def variants(count: int, run_: int) -> Iterator[Item]:
    """Yield *count* files of the run *run_*: the shipped ones in turns, numbers in their names."""
    texts = [path.read_text(encoding="utf-8").split(_NAME) for path in FLOWS]
    for number in range(count):
        parts = texts[number % len(texts)]
        own = f"{_NAME}{run_}.{number} "
        names = (_NAME if place % NEW_ONE_IN else own for place in range(len(parts) - 1))
        text = parts[0] + "".join(name + part for name, part in zip(names, parts[1:], strict=True))
        yield Item(key=f"{number % 34}/{number:06}.bpmn", data=text.encode())


def fresh(count: int) -> list[Item]:
    """Return *count* files that nobody has read."""
    return list(variants(count, next(_RUNS)))


def run(count: int, out: Path, workers: Workers | None = None, work: Examine = examine) -> None:
    """Examine *count* new variants into an empty folder, in this process if nobody else does it."""
    shutil.rmtree(out, ignore_errors=True)
    items = partial(variants, count, next(_RUNS))
    who = workers or Workers(executor=Here(), count=1)
    run_source(Source(place="variants", count=count, items=items), out, work, who, Settings())


def against_counting(size: int, out: Path) -> float:
    """Return how many times as long *size* procedures take as counting, in turns with it.

    A machine that slows down for a while slows down both.
    """
    counting = 0.0

    def counted(item: Item, settings: Settings) -> Rows:
        nonlocal counting
        if int(item.key[-11:-5]) % ONE_IN == 0:
            start = time.process_time()
            count_to(100_000)
            counting += time.process_time() - start
        return examine(item, settings)

    start = time.process_time()
    run(size, out, work=counted)
    work = time.process_time() - start - counting
    return work / (counting / (size / ONE_IN))
