"""Every branch in memory, by ``run_every_branch`` and by stock SpiffWorkflow, side by side.

Run by ``make peers``; nothing need be installed, since our engine stands on parts of the same
library. Parsing a file and taking every branch of it, in turns, the median of five, by the
processor's clock.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from attrs import define, field

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench")]

from peers.stock_branches import Done, asking, every_branch, parse  # noqa: E402 - found by path
from sized import sized  # noqa: E402
from tthc_flow.bpmn.build import build  # noqa: E402
from tthc_flow.bpmn.read import read  # noqa: E402
from tthc_flow.engine.run import run_every_branch  # noqa: E402
from tthc_flow.verbs.opening import picked  # noqa: E402

SIZES = (30, 100, 300, 1_000)
TURNS = 5


@define
class Side:
    """What one of the two took and did, over the files of a row."""

    parse: float = 0.0
    run: float = 0.0
    files: int = 0
    ways: int = 0
    stopped: list[str] = field(factory=list)

    def count(self, times: tuple[float, float], done: Done) -> None:
        self.parse += times[0]
        self.run += times[1]
        self.ways += done.taken
        self.files += done.taken == done.ways and done.ended


def ours(text: bytes) -> tuple[tuple[float, float], Done]:
    """Return how long reading and running took, and what was taken."""
    start = time.process_time()
    flow = picked(read(text)).flow
    middle = time.process_time()
    told = run_every_branch(flow)
    end = time.process_time()
    done = Done(taken=told.executed, ways=told.branches, ended=not told.stopped)
    return (middle - start, end - middle), done


def stock(asks: bytes, process: str) -> tuple[tuple[float, float], Done]:
    """Return the same of stock SpiffWorkflow."""
    start = time.process_time()
    spec = parse(asks, process)
    middle = time.process_time()
    done = every_branch(spec, asks)
    return (middle - start, time.process_time() - middle), done


def in_turns(text: bytes, mine: Side, other: Side) -> None:
    """Count one file on both sides; what stops the other on its way is kept by name."""
    process, asks = picked(read(text)).flow.id, asking(text)
    found: dict[int, list[tuple[float, float]]] = {0: [], 1: []}
    for turn in range(TURNS):
        work: list[Callable[[], tuple[tuple[float, float], Done]]]
        work = [partial(ours, text), partial(stock, asks, process)]
        for number, side in enumerate((mine, other)):
            try:
                times, done = work[number]()
            except Exception as stopped:  # noqa: BLE001 - whatever it is, it is what is reported
                side.stopped += [_said(stopped)] * (turn == 0)
                continue
            found[number].append(times)
            if len(found[number]) == TURNS:
                middle = (
                    median(one for one, _ in found[number]),
                    median(b for _, b in found[number]),
                )
                side.count(middle, done)


def main() -> None:
    """Print the table of docs/performance.md."""
    shipped = [path.read_bytes() for path in sorted(ROOT.glob("processes/*/*/flow.bpmn"))]
    rows = {f"{len(shipped)} shipped procedures, in sum": shipped}
    rows |= {f"{size:,} nodes": [build(sized(size)).data] for size in SIZES}
    heads = "parse, ms | every branch, ms | files to the end, ways taken"
    print(f"| | tthc_flow: {heads} | SpiffWorkflow: {heads} |")
    print("|---|---|---|---|---|---|---|")
    for name, texts in rows.items():
        mine, other = Side(), Side()
        for text in texts:
            in_turns(text, mine, other)
        print(f"| {name} | {_words(mine, len(texts))} | {_words(other, len(texts))} |")


def _said(stopped: Exception) -> str:
    """Return what stopped it; SpiffWorkflow hands the limit of Python on inside an error."""
    return RecursionError.__name__ if RecursionError.__name__ in str(stopped) else repr(stopped)


def _words(side: Side, files: int) -> str:
    if len(side.stopped) == files:
        return f"– | – | {side.stopped[0]}"
    times = f"{side.parse * 1e3:,.0f} | {side.run * 1e3:,.0f}"
    return f"{times} | {side.files} of {files}, {side.ways}"


if __name__ == "__main__":
    main()
