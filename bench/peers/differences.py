"""The same edited pairs through tthc_flow and through bpmn-js-differ, side by side.

Run by ``make peers``. A change counts as found where the tool reports the elements that it is about
under any heading that fits; of the other tool a heading is enough, whatever the details. A report
is right where its element is part of a change that was made, or an arrow that touches one.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from attrs import define, field

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from measures.edited_pairs import ANEW, Pair, grown, pairs_of  # noqa: E402 - found by path
from peers.javascript import answers  # noqa: E402
from tthc_flow.bpmn.read import read  # noqa: E402
from tthc_flow.measures.change import Change, ChangeKind  # noqa: E402
from tthc_flow.measures.differences import differences  # noqa: E402
from tthc_flow.verbs.opening import drawings_of, picked  # noqa: E402


@define
class Score:
    """Changes made and found, reports given and right, of one tool."""

    made: int = 0
    found: int = 0
    given: int = 0
    right: int = 0

    def words(self) -> str:
        """Return recall and precision."""
        recall = self.found / self.made if self.made else 1.0
        precision = self.right / self.given if self.given else 1.0
        return f"{recall:.2f} | {precision:.2f}"


@define
class Reports:
    """What a tool reports of one pair, by heading; the two sides have ids of their own."""

    added: set[str] = field(factory=set)
    removed: set[str] = field(factory=set)
    changed: set[tuple[str, str]] = field(factory=set)
    layout: set[tuple[str, str]] = field(factory=set)
    seconds: float = 0.0


def pairs() -> Iterator[Pair]:
    """Yield pairs of shipped and of random procedures."""
    for path in sorted(ROOT.glob("processes/*/*/flow.bpmn")):
        yield from pairs_of(path.parent.name, read(path), 24)
    for seed in range(50):
        yield from pairs_of(*grown(seed), 12)


def peer(every: Iterable[Pair], installed: str) -> list[Reports]:
    """Return what bpmn-js-differ, *installed* in that folder, reports of each pair."""
    asked = ({"before": each.before.decode(), "after": each.after.decode()} for each in every)
    found = []
    for told in answers("differ.js", installed, asked):
        changed, layout = ({(each, each) for each in told[name]} for name in ("changed", "layout"))
        added, removed = set(told["added"]), set(told["removed"])
        found.append(Reports(added, removed, changed, layout, told["seconds"]))
    return found


def own(pair: Pair) -> tuple[Reports, tuple[Change, ...]]:
    """Return what tthc_flow reports of a pair, as the other tool would head it, and the changes."""
    start = time.perf_counter()
    readings = read(pair.before), read(pair.after)
    one, two = (picked(*each) for each in zip(readings, pair.processes, strict=True))
    drawings = drawings_of(readings[0], one), drawings_of(readings[1], two)
    changes = differences(one, two, drawings)
    told = Reports(seconds=time.perf_counter() - start)
    for each in changes:
        if each.kind is ChangeKind.LAYOUT:
            told.layout |= set(zip(each.was, each.now, strict=True))
        else:
            told.added |= set(each.now) if not each.was else set()
            told.removed |= set(each.was) if not each.now else set()
            told.changed |= {(a, b) for a in each.was for b in each.now}
    return told, changes


def is_found(kind: ChangeKind, was: frozenset[str], now: frozenset[str], told: Reports) -> bool:
    """Return whether *told* has the elements of a change under a heading that fits."""
    before = told.removed | {one for one, _ in told.changed}
    after = told.added | {other for _, other in told.changed}
    match kind:
        case ChangeKind.ADDED:
            return now <= told.added
        case ChangeKind.REMOVED:
            return was <= told.removed
        case ChangeKind.MERGED | ChangeKind.SPLIT:
            return was <= before and now <= after
        case ChangeKind.LAYOUT:
            return {(a, b) for a, b in told.layout if a in was} >= _drawn(was, now, told)
        case _:
            return any((a, b) in told.changed for a in was for b in now) or not was


def _drawn(was: frozenset[str], now: frozenset[str], told: Reports) -> set[tuple[str, str]]:
    seen = {(a, b) for a, b in told.layout if a in was and b in now}
    return seen if len(seen) == len(was) else {("", "")}


def score(pair: Pair, told: Reports, into: Score) -> None:
    """Count one pair."""
    was = {each for _, ids, _ in pair.told for each in ids}
    now = {each for _, _, ids in pair.told for each in ids}
    touched = []
    for (data, process), ids in zip(_sides(pair), (was, now), strict=True):
        flow = picked(read(data), process).flow
        arrows = {e.id for e in flow.edges if {e.source, e.target, e.id} & ids}
        frames = {process, *(lane.id for lane in flow.lanes)}
        # A cost sheet stands in the process: a change of no element is one of it.
        arrows |= {process} if any(not gone and not come for _, gone, come in pair.told) else set()
        touched.append((frames | set(flow.by_id) | {e.id for e in flow.edges}, ids | arrows))
    (old, old_right), (new, new_right) = touched
    reports = [each in old_right for each in told.removed if each in old]
    reports += [each in new_right for each in told.added if each in new]
    reports += [
        a in old_right or b in new_right
        for a, b in told.changed | told.layout
        if a in old or b in new
    ]
    into.given += len(reports)
    into.right += sum(reports)
    for (kind, gone, come), count in pair.told.items():
        into.made += count
        led = kind is ChangeKind.REROUTED and _led(pair, gone, come, told)
        into.found += count * (led or is_found(kind, gone, come, told))


def _led(pair: Pair, was: frozenset[str], now: frozenset[str], told: Reports) -> bool:
    """Return whether *told* has an arrow of what was led elsewhere: that says it as well."""
    arrows: list[set[str]] = []
    for (data, process), ids in zip(_sides(pair), (was, now), strict=True):
        edges = picked(read(data), process).flow.edges
        arrows.append({edge.id for edge in edges if {edge.source, edge.target} & ids})
    before, after = arrows
    return bool(
        before & told.removed
        or after & told.added
        or any(a in before or b in after for a, b in told.changed)
    )


def _sides(pair: Pair) -> Iterator[tuple[bytes, str]]:
    return zip((pair.before, pair.after), pair.processes, strict=True)


def main() -> None:
    """Print the table of docs/performance.md."""
    every = list(pairs())
    theirs = peer(every, sys.argv[1])
    rows: dict[str, tuple[Score, Score]] = defaultdict(lambda: (Score(), Score()))
    counts: dict[str, int] = defaultdict(int)
    ratios, exact = [], 0
    for pair, other in zip(every, theirs, strict=True):
        mine, changes = own(pair)
        told = Counter((each.kind, frozenset(each.was), frozenset(each.now)) for each in changes)
        exact += told == pair.told
        ratios.append(mine.seconds / other.seconds)
        single = len(pair.edits) == 1
        new = "two to four edits, every id new" if ANEW in pair.edits else "two to four edits"
        for name in (pair.edits[0] if single else new, "all"):
            counts[name] += 1
            score(pair, mine, rows[name][0])
            score(pair, other, rows[name][1])
    print("| edit | pairs | tthc_flow: recall | precision | bpmn-js-differ: recall | precision |")
    print("|---|---|---|---|---|---|")
    for name in sorted(rows, key=lambda each: (each == "all", each)):
        mine_, peer_ = rows[name]
        print(f"| {name} | {counts[name]} | {mine_.words()} | {peer_.words()} |")
    print(f"\nexactly the changes made, kind and elements: {exact} of {len(every)} pairs")
    print(f"time a pair, tthc_flow in bpmn-js-differ's: median {median(ratios):.1f}")


if __name__ == "__main__":
    main()
