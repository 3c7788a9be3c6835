"""The same files read by ``read`` and by bpmn-moddle, side by side; and one file from the shell.

Run by ``make peers``. Both have read some files before; of each file the shortest of seven turns
counts, by the processor's clock. The last row starts a program that checks one file.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from peers.javascript import answers  # noqa: E402 - found by path
from sized import sized  # noqa: E402
from tthc_flow.bpmn.build import build  # noqa: E402
from tthc_flow.bpmn.read import read  # noqa: E402
from tthc_flow.layout.fresh import lay_out  # noqa: E402

SIZES = (100, 500, 2_000)
TURNS = 7


def files() -> dict[str, list[bytes]]:
    """Return the files of each row."""
    shipped = [path.read_bytes() for path in sorted(ROOT.glob("processes/*/*/flow.bpmn"))]
    rows = {f"{len(shipped)} shipped procedures, in sum": shipped}
    for size in SIZES:
        procedure = sized(size)
        rows[f"{size:,} nodes, drawn"] = [build(procedure, lay_out(procedure)).data]
    return rows


def shortest(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return the shortest of some turns of *work*, in seconds of *clock*."""
    taken = []
    for _ in range(TURNS):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def of_programs() -> float:
    """Return the processor's time of all programs that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def theirs(rows: dict[str, list[bytes]], installed: str) -> list[float]:
    """Return how long bpmn-moddle, *installed* in that folder, takes for each row in sum."""
    texts = [each.decode() for row in rows.values() for each in row]
    # Asked twice: at first it is not warm, and slower by half and more.
    asked = [{"text": each, "turns": TURNS} for each in texts * 2]
    taken = iter(answers("read.js", installed, asked)[len(texts) :])
    return [sum(next(taken)["seconds"] for _ in row) for row in rows.values()]


def started(command: list[str], folder: str) -> float:
    """Return how much time of the processor a program takes from its start to its end."""
    # Both end with another code than 0 where they report something.
    run = partial(subprocess.run, command, cwd=folder, capture_output=True, check=False)
    return shortest(run, of_programs)


def main(installed: str) -> None:
    """Print the table of docs/performance.md."""
    print("| | tthc_flow, ms | bpmn-moddle, ms | ratio |\n|---|---|---|---|")
    rows = files()
    for (name, texts), other in zip(rows.items(), theirs(rows, installed), strict=True):
        mine = sum(shortest(partial(read, each), time.process_time) for each in texts)
        print(f"| read: {name} | {mine * 1e3:,.0f} | {other * 1e3:,.0f} | {mine / other:.2f} |")
    shipped = str(next(iter(sorted(ROOT.glob("processes/*/*/flow.bpmn")))))
    command = str(Path(sys.executable).with_name("tthc-flow"))
    mine = started([command, "check", shipped], installed)
    linter = ["node", "node_modules/bpmnlint/bin/bpmnlint.js", "-c", "bpmnlintrc.json", shipped]
    other = started(linter, installed)
    print(f"| one file checked from the shell | {mine * 1e3:,.0f} | {other * 1e3:,.0f} (bpmnlint) |"
          f" {mine / other:.2f} |")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
