"""What cases cost on a diagram: this project's optimal alignments beside those of pm4py.

Run by ``make queues``: ``alignments.py PYTHON`` with the Python in which pm4py is. Random cases on
diagrams that are plain Petri nets (no inclusive gateways, no events at borders); every cost has to
be the same.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

from by_hand import drawn  # noqa: E402 - found by path
from tthc_flow.bpmn.read import read  # noqa: E402
from tthc_flow.calibration.alignment import Aligner  # noqa: E402
from tthc_flow.calibration.net import Move, Net, done, net_of  # noqa: E402
from tthc_flow.model.flow import Flow  # noqa: E402

OTHER = ROOT / "bench" / "peers" / "other_alignments.py"
CASES, LONGEST, MUCH, SEED = 60, 12, 1_000, 20_260_302
DRAWN = {
    "chain": "s > a > b > c > d > e",
    "choice": "s > a > xor1; xor1 > b > c > xor2; xor1 > x > y > xor2; xor2 > d > e",
    "parallel": "s > a > and1; and1 > b > c > and2; and1 > x > y > and2; and2 > d > e",
    "loop": "s > xor1 > a > xor2; xor2 > b > xor1; xor2 > c > e",
}


def flows() -> dict[str, Flow]:
    """Return the diagrams: those drawn here, and the shipped ones that are plain Petri nets."""
    found = {name: drawn(picture) for name, picture in DRAWN.items()}
    for path in sorted(ROOT.glob("processes/*/*/flow.bpmn")):
        flow = read(path).procedures[0].flow
        if is_plain(net_of(flow)):
            found[path.parent.name] = flow
    return found


def moves_of(net: Net) -> list[Move]:
    """Return every move of *net* once."""
    found: dict[int, Move] = {}
    for moves in net.out_of.values():
        found.update({id(move): move for move in moves})
    return list(found.values())


def is_plain(net: Net) -> bool:
    """Return whether *net* has only tokens, no maybes and nothing that clears."""
    odd = any(move.maybe or move.clears or move.gathers for move in moves_of(net))
    return not (odd or net.begin_maybe or net.inner_ends)


def as_net(net: Net, cases: list[list[str]]) -> dict[str, object]:
    """Return *net* and *cases* as the other program reads them."""
    moves = [
        {"takes": each.takes, "puts": each.puts, "label": each.label if each.wanted else None}
        for each in moves_of(net)
    ]
    return {"moves": moves, "begin": net.begin, "end": done(None), "cases": cases}


def main(python: str) -> int:
    """Print how many costs are the same, and what a case takes; return 1 where one is not."""
    rng, asked, ours, took = random.Random(SEED), {}, {}, 0.0
    for name, flow in flows().items():
        net, steps = net_of(flow), [step.id for step in flow.steps]
        cases = [rng.choices(steps, k=rng.randint(1, LONGEST)) for _ in range(CASES)]
        asked[name] = as_net(net, cases)
        aligner, began = Aligner(net, frozenset()), time.perf_counter()
        found = [aligner.align(case, MUCH, to_end=True, most=10**6) for case in cases]
        took += time.perf_counter() - began
        ours[name] = [each.cost for each in found]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "asked.json"
        file.write_text(json.dumps(asked))
        command = [python, str(OTHER), str(file)]
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    theirs = json.loads(said.stdout.splitlines()[-1])
    together = sum(map(len, ours.values()))
    same = sum(
        one == other
        for name in ours
        for one, other in zip(ours[name], theirs["costs"][name], strict=True)
    )
    print(
        f"alignments of {together} cases on {len(ours)} diagrams: {same} cost the same as by pm4py"
    )
    each, other = (1000 * seconds / together for seconds in (took, theirs["seconds"]))
    print(f"a case takes {each:.1f} ms, by pm4py {other:.1f} ms")
    return int(same != together)


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).absolute())))
