"""Regions: one way in and one way out, and the rows they make."""

from __future__ import annotations

from hypothesis import given, settings

from by_hand import drawn
from levers.office import AGENCY, step, within
from strategies import flows, wild_flows
from tthc_flow.graph.regions import between, content, regions, runs
from tthc_flow.model.flow import Event, EventPosition, Flow, Trigger


def entered(flow: Flow) -> list[list[str]]:
    """Return the runs, each region as ``entry`` or ``entry..exit``."""
    return [
        [r.entry if r.entry == r.exit else f"{r.entry}..{r.exit}" for r in run]
        for run in runs(flow)
    ]


def test_a_block_of_branches_is_one_region_of_the_row():
    flow = drawn("s > a > xor1 > b > xor2 > c > e; xor1 > d > xor2")
    assert entered(flow) == [["a", "xor1..xor2", "c"], ["b"], ["d"]]
    (row, *_) = runs(flow)
    assert content(flow, row[1]) == {"xor1", "b", "d", "xor2"}


def test_a_loop_is_one_region_and_its_body_another_row():
    flow = drawn("s > a > xor1 > b > c > xor2 > d > e; xor2 > xor1")
    assert entered(flow) == [["a", "xor1..xor2", "d"], ["b", "c"]]


def test_a_branch_to_another_end_leaves_no_row_across_it():
    flow = drawn("s > a > xor1 > b > c > e; xor1 > e_no")
    assert entered(flow) == [["a"], ["b", "c"]]


def test_a_step_that_a_loop_enters_directly_is_in_the_loop():
    flow = drawn("s > a > b > xor1 > c > e; xor1 > b")
    assert entered(flow) == [["a", "b..xor1", "c"]]
    assert between(flow, "a", "c") == {"b", "xor1"}
    assert between(flow, "a", "b") is None


def test_a_sub_process_is_one_region_and_has_rows_of_its_own():
    who = AGENCY["officer"]
    made = within(
        "s > a > box > c > e", "s2 > x > y > e2", *(step(n, "examine", who) for n in "acxy")
    )
    assert entered(made.flow) == [["a", "box", "c"], ["x", "y"]]
    assert between(made.flow, "a", "c") == {"box", "s2", "x", "y", "e2"}


def test_a_boundary_event_opens_a_second_way_out():
    late = Event(id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="b")
    flow = drawn("s > a > b > c > e; late > d > e_no", late)
    assert entered(flow) == [["a"], ["c"], ["d"]]
    joined = drawn("s > a > b > xor1 > c > e; late > d > xor1", late)
    assert ["a", "b..xor1", "c"] in entered(joined)


def test_between_is_what_always_lies_between():
    flow = drawn("s > a > xor1 > b > xor2 > c > e; xor1 > d > xor2")
    assert between(flow, "a", "c") == {"xor1", "b", "d", "xor2"}
    assert between(flow, "xor1", "xor2") == {"b", "d"}
    assert between(flow, "c", "a") is None
    assert between(flow, "a", "b") is None
    assert between(flow, "s", "a") == frozenset()


def test_what_leads_nowhere_is_in_no_row():
    flow = drawn("s > a > xor1 > b > e; xor1 > c > d > c; lost > b2 > lost")
    assert {r.entry for r in regions(flow)} <= {"a", "b", "xor1"}


@settings(max_examples=60)
@given(flows(10))
def test_regions_are_those_that_taking_two_flows_away_cuts_off(flow: Flow) -> None:
    pairs = by_cutting(flow)
    for run in runs(flow):
        for n, first in enumerate(run):
            for last in run[n:]:
                assert (first.entering, last.leaving) in pairs
                pairs.discard((first.entering, last.leaving))
    assert not pairs


@settings(max_examples=100)
@given(wild_flows())
def test_any_graph_has_the_regions_that_cutting_finds(flow: Flow) -> None:
    found = {
        (first.entering, last.leaving)
        for run in runs(flow)
        for n, first in enumerate(run)
        for last in run[n:]
    }
    assert found == by_cutting(flow)


def by_cutting(flow: Flow) -> set[tuple[str, str]]:
    """Return each pair of flows of which every way to the end passes one before the other.

    By hand: each pair is tried. A way from the start to the second passes the first, a way from
    the first to the end passes the second, and no loop passes one of them alone.
    """
    return {
        pair for scope in {node.scope for node in flow.nodes} for pair in _cut(*_graph(flow, scope))
    }


def _graph(flow, scope):
    from tthc_flow.graph.scopes import jumps, starts

    inside = [n for n in flow.nodes if n.scope == scope]
    ids = {n.id for n in inside}
    arrows = [("", s, None) for s in starts(flow, inside)]
    arrows += [
        (e.source, e.target, e.id) for e in flow.edges if e.source in ids and e.target in ids
    ]
    arrows += [(a, b, None) for a, b in jumps(flow).items() if a in ids and b in ids]
    for node in inside:
        if isinstance(node, Event) and node.attached_to in ids:
            arrows.append((f"{node.attached_to}<", node.id, None))
        if not flow.outgoing[node.id] and node.id not in jumps(flow):
            arrows.append((node.id, "<end>", None))
    split = [(a, b if b == "<end>" else f"{b}<", e) for a, b, e in arrows]
    split = [(a, b.replace("<<", "<"), e) for a, b, e in split]
    split += [(f"{n}<", n, None) for n in ids]
    there, back = _seen(split, ""), _seen([(b, a, e) for a, b, e in split], "<end>")
    return [(a, b, e) for a, b, e in split if {a, b} <= there & back]


def _seen(arrows, root, but=()):
    found, queue = {root}, [root]
    while queue:
        here = queue.pop()
        for a, b, e in arrows:
            if a == here and b not in found and (e is None or e not in but):
                found.add(b)
                queue.append(b)
    return found


def _cut(*arrows):
    named = [(a, b, e) for a, b, e in arrows if e is not None]
    for a, b, e in named:
        for c, d, f in named:
            if e == f:
                continue
            first = c not in _seen(arrows, "", (e,))
            last = "<end>" not in _seen(arrows, b, (f,))
            # No loop through one alone: back to e without f, or back to f without e.
            once = a not in _seen(arrows, b, (f,)) and c not in _seen(arrows, d, (e,))
            if first and last and once:
                yield e, f
