"""The licence office through this project's kernels, SimPy, Prosimos and pm4py, side by side.

Run by ``make queues``: ``simulators.py PYTHON`` with the Python in which the last two are. Each
goes in turn, three times; the median counts. Cases a second, the making of files and the compiling
of the fast kernel left out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from licence_office import licence_office  # noqa: E402 - found by path
from peers.queues import by_simpy  # noqa: E402
from tthc_flow.simulation.run import Kernel, Settings, run  # noqa: E402
from tthc_flow.simulation.tally import Length  # noqa: E402

OTHERS = ROOT / "bench" / "peers" / "other_simulators.py"
TURNS = 3
CASES = {"plain kernel": 20_000, "fast kernel": 400_000, "SimPy": 10_000, "prosimos": 2_000,
         "pm4py": 2_000}  # fmt: skip


def ours(kernel: Kernel, cases: int) -> float:
    """Return the cases a second of one of our kernels."""
    scenario = licence_office()
    settings = Settings(length=Length(cases=cases, warm=cases // 10), kernel=kernel)
    return timed(lambda: run(scenario, settings), cases)


def timed(work: Callable[[], object], cases: int) -> float:
    """Return how many cases a second *work* does."""
    began = time.perf_counter()
    work()
    return cases / (time.perf_counter() - began)


def other(python: str, name: str, folder: str) -> float:
    """Return what another tool says, in a process of its own."""
    command = [python, str(OTHERS), name, folder, str(CASES[name])]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    return float(said.stdout.split()[-1])


def main(python: str) -> None:
    """Print a table of medians and of how many times as quick as Prosimos each is."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(OTHERS), "make", folder], check=True)
        ours(Kernel.FAST, 100)
        runs: dict[str, Callable[[], float]] = {
            "plain kernel": lambda: ours(Kernel.PLAIN, CASES["plain kernel"]),
            "fast kernel": lambda: ours(Kernel.FAST, CASES["fast kernel"]),
            "SimPy": lambda: timed(by_simpy(CASES["SimPy"]), CASES["SimPy"]),
            "prosimos": lambda: other(python, "prosimos", folder),
            "pm4py": lambda: other(python, "pm4py", folder),
        }
        found: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(TURNS):
            for name, once in runs.items():
                found[name].append(once())
    slowest = median(found["prosimos"])
    print("| | cases a second | times Prosimos |\n|---|---|---|")
    for name, speeds in found.items():
        print(f"| {name} | {median(speeds):,.0f} | {median(speeds) / slowest:,.1f} |")


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).absolute()))
