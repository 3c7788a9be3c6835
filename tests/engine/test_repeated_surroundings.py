"""Repeated activities and what is around them: events at their border, undoing, functions."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.instance import For, Run
from tthc_flow.engine.rounds import MOST_OPEN
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, Trigger
from tthc_flow.model.step import Loop, Step, TaskType

from .again_drawn import again, at, consulting, in_a_row, several, work

BOUNDARY = EventPosition.BOUNDARY


@pytest.fixture(params=[False, True], ids=["a step", "a sub-process"])
def inside(request: pytest.FixtureRequest) -> bool:
    return request.param


def guarded(loop: Loop, *, interrupting: bool, drawn_inside: bool) -> Flow:
    flow = consulting(loop, drawn_inside=drawn_inside)
    late = Event(
        id="late",
        position=BOUNDARY,
        trigger=Trigger.TIMER,
        attached_to="ask",
        interrupting=interrupting,
    )
    end = Event(id="e2", position=EventPosition.END)
    edges = drawn("late > w > e2").edges
    named = tuple(evolve(edge, id=f"g{edge.id}") for edge in edges)
    nodes = (*flow.nodes, late, Step(id="w", name="Đôn đốc"), end)
    return evolve(flow, nodes=nodes, edges=(*flow.edges, *named))


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_at_the_border_is_about_all_rounds_together(interrupting, inside):
    flow = guarded(several(times="3"), interrupting=interrupting, drawn_inside=inside)
    run = again(flow, Run(flow))
    assert run.listening == ("late",)
    assert [each.events for each in run.waiting] == [() if inside else ("late",)] * 3
    run.complete(work(inside))
    run.deliver("late")
    left = [] if interrupting else [(work(inside), "work")] * 2
    assert at(run) == [*left, ("w", "work")]


def test_a_repeated_step_is_undone_once():
    mark = Event(
        id="mark",
        position=BOUNDARY,
        trigger=Trigger.COMPENSATION,
        attached_to="ask",
        handler="undo",
    )
    throw = Event(id="x", position=EventPosition.THROW, trigger=Trigger.COMPENSATION)
    step = Step(id="ask", name="Lấy ý kiến", loop=several(times="2"))
    run = Run(drawn("s > ask > x > e", step, throw, mark, Step(id="undo", name="Hủy")))
    run.complete("ask")
    run.complete("ask")
    assert at(run) == [("undo", "work")]
    run.complete("undo")
    assert run.finished


def test_what_undoes_may_repeat_too():
    mark = Event(
        id="m", position=BOUNDARY, trigger=Trigger.COMPENSATION, attached_to="a", handler="undo"
    )
    throw = Event(id="x", position=EventPosition.THROW, trigger=Trigger.COMPENSATION)
    undo = Step(id="undo", name="Hủy", loop=several(times="2", sequential=True))
    run = Run(drawn("s > a > x > z > e", throw, mark, undo))
    for step in ("a", "undo", "undo", "z"):
        assert at(run) == [(step, "work")]
        run.complete(step)
    assert run.finished


def test_a_function_is_called_once_a_round_with_the_member_of_the_round():
    asked = []

    def ask(data: dict[str, object]) -> dict[str, object]:
        asked.append(data["who"])
        return {"count": len(asked)}

    loop = several(each="people", member="who")
    flow = consulting(loop, task=TaskType.SERVICE)
    run = Run(flow, data={"people": ("A", "B")}, functions={"ask": ask})
    assert (asked, at(run), run.data["count"]) == (["A", "B"], [("z", "work")], 2)
    assert "who" not in run.data


def test_a_thousand_automatic_rounds_are_not_taken_for_an_endless_loop(inside):
    flow = consulting(several(times="1000"), drawn_inside=inside)
    assert at(Run(flow, functions={work(inside): lambda _: {}})) == [("z", "work")]


@pytest.mark.parametrize("loop", [in_a_row(until="1 = 2"), several(times="1000", sequential=True)])
def test_rounds_that_never_wait_end_by_themselves_or_are_refused(loop):
    flow = drawn(
        "s > ask > a > e; ask0 > ask1",
        SubProcess(id="ask", loop=loop),
        Event(id="ask0", position=EventPosition.THROW, scope="ask"),
        Event(id="ask1", position=EventPosition.END, scope="ask"),
    )
    if loop.multi_instance:
        assert at(Run(flow)) == [("a", "work")]
    else:
        with pytest.raises(NotRunnable, match="TF402"):
            Run(flow)


def test_rounds_in_rounds_in_rounds_stop_and_ask_before_they_fill_the_memory():
    names = ("b1", "b2", "b3")
    blocks = (
        SubProcess(id=name, loop=several(times="1000"), scope=around)
        for name, around in zip(names, (None, *names), strict=False)
    )
    flow = drawn("s > b1 > e", *blocks, Step(id="in", name="Ký", scope="b3"))
    run = Run(flow)
    asking = [each for each in run.waiting if each.what is For.ROUNDS]
    assert asking
    assert "open tokens" in asking[0].because
    assert len(run._case.tasks) < 3 * MOST_OPEN
