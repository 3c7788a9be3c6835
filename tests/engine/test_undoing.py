"""Compensation and cancelled transactions: what is undone, in which order, and what waits."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.instance import Run
from tthc_flow.engine.refusals import refusals
from tthc_flow.engine.run import run_every_branch
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.step import Loop, Step

BOUNDARY, END, THROW = EventPosition.BOUNDARY, EventPosition.END, EventPosition.THROW


def at(run: Run) -> list[str]:
    return [each.node for each in run.waiting]


def undoable(host: str, scope: str | None = None) -> tuple[Event, Step]:
    """Return the border event of *host* and the step ``un<host>`` that undoes it."""
    event = Event(
        id=f"mark_{host}",
        position=BOUNDARY,
        trigger=Trigger.COMPENSATION,
        attached_to=host,
        handler=f"un{host}",
        scope=scope,
    )
    return event, Step(id=f"un{host}", name="Hủy", scope=scope)


def undo(identifier: str, reference: str | None = None, position: EventPosition = THROW) -> Event:
    return Event(
        id=identifier, position=position, trigger=Trigger.COMPENSATION, reference=reference
    )


def inside(flow: Flow, scope: str, *nodes: str) -> Flow:
    placed = (evolve(node, scope=scope) if node.id in nodes else node for node in flow.nodes)
    return evolve(flow, nodes=tuple(placed))


def test_what_was_done_is_undone_the_last_first_and_then_the_case_goes_on():
    flow = drawn("s > a > b > c > x > d > e", undo("x"), *undoable("a"), *undoable("c"))
    run = Run(flow)
    for step in ("a", "b", "c"):
        assert at(run) == [step]
        run.complete(step)
    assert at(run) == ["unc"]
    run.complete("unc")
    assert at(run) == ["una"]
    run.complete("una")
    assert at(run) == ["d"]
    run.complete("d")
    assert (run.finished, run.listening) == (True, ())


def test_only_what_was_done_is_undone_and_only_once():
    flow = drawn(
        "s > xor1; xor1 > a > xor2; xor1 > b > xor2; xor2 > x > y > e",
        undo("x"),
        undo("y"),
        *undoable("a"),
        *undoable("b"),
    )
    run = Run(flow)
    run.choose("xor1", flow.outgoing["xor1"][1].id)
    run.complete("b")
    assert at(run) == ["unb"]
    run.complete("unb")
    assert run.finished


def test_an_event_may_name_the_one_step_that_it_undoes():
    flow = drawn("s > a > b > x > e", undo("x", "a"), *undoable("a"), *undoable("b"))
    run = Run(flow)
    run.complete("a")
    run.complete("b")
    assert at(run) == ["una"]
    run.complete("una")
    assert run.finished


def test_where_nothing_was_done_the_event_passes():
    run = Run(drawn("s > x > a > e", undo("x"), *undoable("a")))
    assert at(run) == ["a"]


def test_a_sub_process_without_a_handler_is_undone_by_what_is_in_it():
    flow = drawn("s > sub > c > x > e; s2 > a > b > e2", undo("x"), SubProcess(id="sub"))
    nodes = (*flow.nodes, *undoable("a", "sub"), *undoable("b", "sub"))
    run = Run(inside(evolve(flow, nodes=nodes), "sub", "s2", "a", "b", "e2"))
    for step in ("a", "b", "c"):
        run.complete(step)
    assert at(run) == ["unb"]
    run.complete("unb")
    assert at(run) == ["una"]


@pytest.mark.parametrize("own", ["border", "block"])
def test_a_sub_process_with_its_own_handler_is_undone_by_that_alone(own):
    flow = drawn("s > sub > x > e; s2 > a > e2", undo("x"), SubProcess(id="sub"))
    handler = undoable("sub")
    if own == "block":
        handler = (
            SubProcess(id="unsub_block", kind=SubProcessKind.EVENT, scope="sub"),
            Event(
                id="when",
                position=EventPosition.START,
                trigger=Trigger.COMPENSATION,
                scope="unsub_block",
            ),
        )
    nodes = (*flow.nodes, *undoable("a", "sub"), *handler)
    flow = inside(evolve(flow, nodes=nodes), "sub", "s2", "a", "e2")
    if own == "block":
        healing = drawn("when > unsub", flow.by_id["when"])
        step = evolve(healing.by_id["unsub"], scope="unsub_block")
        edge = evolve(healing.edges[0], id="within", scope="unsub_block")
        flow = evolve(flow, nodes=(*flow.nodes, step), edges=(*flow.edges, edge))
    run = Run(flow)
    run.complete("a")
    assert at(run) == ["unsub"]
    run.complete("unsub")
    assert run.finished


def test_each_round_of_a_repeated_sub_process_is_undone():
    loop = Loop(multi_instance=True, sequential=True)
    flow = drawn("s > sub > x > e; s2 > a > e2", undo("x"), SubProcess(id="sub", loop=loop))
    flow = inside(evolve(flow, nodes=(*flow.nodes, *undoable("a", "sub"))), "sub", "s2", "a", "e2")
    run = Run(flow)
    run.repeat("sub", 2)
    run.complete("a")
    run.complete("a")
    for _ in range(2):
        assert at(run) == ["una"]
        run.complete("una")
    assert run.finished


def test_an_error_handler_undoes_what_its_scope_had_done():
    flow = drawn(
        "s > sub > e; s2 > a > bad; when > x > healed",
        SubProcess(id="sub"),
        SubProcess(id="handler", kind=SubProcessKind.EVENT, scope="sub"),
        Event(id="bad", position=END, trigger=Trigger.ERROR),
        Event(id="when", position=EventPosition.START, trigger=Trigger.ERROR),
        undo("x"),
        Event(id="healed", position=END),
    )
    flow = evolve(flow, nodes=(*flow.nodes, *undoable("a", "sub")))
    flow = inside(inside(flow, "sub", "s2", "a", "bad"), "handler", "when", "x", "healed")
    run = Run(flow)
    run.complete("a")
    assert at(run) == ["una"]
    run.complete("una")
    assert run.finished


def cancelled() -> Flow:
    flow = drawn(
        "s > sub > y > e; off > z > e2; s2 > and1; and1 > a > xor1; and1 > b > ok;"
        "xor1 > stop; xor1 > good",
        SubProcess(id="sub", kind=SubProcessKind.TRANSACTION),
        Event(id="off", position=BOUNDARY, trigger=Trigger.CANCEL, attached_to="sub"),
        Event(id="stop", position=END, trigger=Trigger.CANCEL),
        Event(id="ok", position=END),
        Event(id="good", position=END),
    )
    nodes = (*flow.nodes, *undoable("a", "sub"), *undoable("b", "sub"))
    within = ("s2", "and1", "a", "b", "xor1", "stop", "ok", "good")
    return inside(evolve(flow, nodes=nodes), "sub", *within)


def test_a_cancelled_transaction_drops_its_work_undoes_what_was_done_and_is_left_by_its_border():
    flow = cancelled()
    run = Run(flow)
    assert (at(run), run.listening) == (["a", "b"], ())
    run.complete("a")
    run.choose("xor1", next(e.id for e in flow.edges if e.target == "stop"))
    assert at(run) == ["una"]
    run.complete("una")
    assert at(run) == ["z"]
    run.complete("z")
    assert (run.finished, "y" in run.history) == (True, False)


def test_every_branch_of_a_transaction_runs_the_cancelled_one_too():
    done = run_every_branch(cancelled())
    assert done.completed, done
    assert any("una" in run for run in done.runs)


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((undo("x", "nowhere"),), "run-compensation"),
        ((undo("x"), evolve(undoable("a")[0], handler=None)), "run-compensation"),
        ((Event(id="x", position=THROW, trigger=Trigger.NONE),), None),
        ((undo("x"), *undoable("a")), None),
    ],
)
def test_what_undoes_unclearly_is_refused(events, code):
    found = [each.code for each in refusals(drawn("s > a > x > e", *events))]
    assert found == ([code] if code else [])
