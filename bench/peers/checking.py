"""The same planted defects through ``check`` and through bpmnlint with all its rules, side by side.

Run by ``make peers``. A tool has found a defect where it says something of the damaged file that it
did not say of the whole one, about an element that the defect is about; which words it uses does
not count, which is kind to both. What it says besides is counted too, and so is the processor's
time.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from attrs import define

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from measures.edited_pairs import grown  # noqa: E402 - found by path
from peers.defects import GROUPS  # noqa: E402
from peers.javascript import answers  # noqa: E402
from peers.planted import Planted, planted  # noqa: E402
from tthc_flow import check  # noqa: E402
from tthc_flow.errors import TthcFlowError  # noqa: E402

Reports = Counter[tuple[str, str | None]]


@define
class Row:
    """Of one defect and one tool: how often found, how many reports, how many of them about it."""

    found: int = 0
    given: int = 0
    right: int = 0

    def count(self, new: Reports, touched: set[str | None]) -> None:
        right = sum(many for (_, element), many in new.items() if element in touched)
        self.found += right > 0
        self.given += new.total()
        self.right += right

    def words(self, planted: int) -> str:
        """Return what share was found, and what share of the reports was about the defect."""
        right = f"{self.right / self.given:.2f}" if self.given else "–"
        return f"{self.found / planted:.2f} | {right}"


def wholes() -> Iterator[tuple[str, bytes]]:
    """Yield shipped and random procedures, as files."""
    for path in sorted(ROOT.glob("processes/*/*/flow.bpmn")):
        yield path.parent.name, path.read_bytes()
    for seed in range(50):
        name, reading = grown(seed)
        yield name, reading.document.data


def own(text: str) -> tuple[Reports, float]:
    """Return what ``check`` reports of a file, and how long it took, reading and all."""
    start = time.process_time()
    try:
        found = Counter((each.code, each.element) for each in check(text.encode()))
    except TthcFlowError as refused:
        found = Counter({(refused.code, None): 1})
    return found, time.process_time() - start


def theirs(texts: list[str], installed: str) -> list[tuple[Reports, float]]:
    """Return the same of bpmn-moddle and bpmnlint, *installed* in that folder."""
    asked = answers("check.js", installed, ({"text": each} for each in texts))
    return [
        (
            Counter((rule, element) for rule, element in each["reports"]),
            each["read"] + each["check"],
        )
        for each in asked
    ]


def main(installed: str) -> None:
    """Print the table of docs/performance.md."""
    whole = dict(wholes())
    damaged = [
        each
        for source, text in whole.items()
        for defects in GROUPS.values()
        for each in planted(source, text, defects)
    ]
    texts = [text.decode() for text in whole.values()] + [each.text for each in damaged]
    peer, ours = theirs(texts, installed), [own(text) for text in texts]
    print("| defect | planted | check: found | about it | bpmnlint: found | about it |")
    print("|---|---|---|---|---|---|")
    for group, defects in GROUPS.items():
        both = [_rows(whole, damaged, said) for said in (ours, peer)]
        for name in defects:
            many = sum(each.defect == name for each in damaged)
            words = " | ".join(rows[name].words(many) for rows in both)
            print(f"| {group}: {name} | {many} | {words} |")
    ratios = [mine[1] / other[1] for mine, other in zip(ours, peer, strict=True)]
    print(f"\nreading and checking a file, in bpmn-moddle's and bpmnlint's: {median(ratios):.2f}")


def _rows(
    whole: dict[str, bytes], damaged: list[Planted], said: list[tuple[Reports, float]]
) -> dict[str, Row]:
    before = dict(zip(whole, (reports for reports, _ in said), strict=False))
    rows = {name: Row() for defects in GROUPS.values() for name in defects}
    for each, (reports, _) in zip(damaged, said[len(whole) :], strict=True):
        rows[each.defect].count(reports - before[each.source], each.touched)
    return rows


if __name__ == "__main__":
    main(sys.argv[1])
