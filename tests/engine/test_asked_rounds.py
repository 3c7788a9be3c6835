"""Rounds that people are asked about: before the first one, and where a condition is not ours."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.instance import Run
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.step import Step

from .again_drawn import again, at, consulting, in_a_row, several, work

FOREIGN = "${approved}"
BEHIND = ("z", "work")
ASKED = ("ask", "rounds")


@pytest.fixture(params=[False, True], ids=["a step", "a sub-process"])
def inside(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.mark.parametrize(
    ("loop", "data", "waits"),
    [
        (in_a_row(test_before=True, until="done"), {"done": True}, BEHIND),
        (in_a_row(test_before=True, until="done"), {"done": False}, "work"),
        (in_a_row(test_before=True, until="loopCounter >= 1"), {}, "work"),
        (in_a_row(test_before=True, until="loopCounter >= 0"), {}, BEHIND),
        (in_a_row(test_before=True, times="0"), {}, BEHIND),
        (in_a_row(test_before=True, times="n"), {"n": 2}, "work"),
        (in_a_row(test_before=True), {}, ASKED),
        (in_a_row(test_before=True, foreign=FOREIGN), {}, ASKED),
        (in_a_row(test_before=True, until="done"), {}, ASKED),
        (in_a_row(test_before=True, times="n"), {"n": "ba"}, ASKED),
        (in_a_row(until="done"), {"done": True}, "work"),
        (in_a_row(times="0"), {}, "work"),
    ],
)
def test_a_loop_decides_before_its_first_round_only_where_its_drawing_says_so(
    loop, data, waits, inside
):
    flow = consulting(loop, drawn_inside=inside)
    run = again(flow, Run(flow, data=data))
    assert at(run) == [(work(inside), "work") if waits == "work" else waits]


def test_a_loop_that_is_undecided_before_its_first_round_says_why_and_does_what_it_is_told(inside):
    flow = consulting(in_a_row(test_before=True, until="done"), drawn_inside=inside)
    run = Run(flow)
    assert run.waiting[0].because.startswith("TF506 ask: 'done' has no value")
    run.repeat("ask", 0)
    assert at(run) == [BEHIND]
    assert run.history == ("s", "ask")
    other = Run(flow)
    other.repeat("ask", 1)
    assert at(other) == [(work(inside), "work")]
    other.complete(work(inside), {"done": True})
    assert at(other) == [BEHIND]


def test_a_loop_asked_before_its_first_round_goes_on_until_its_condition_holds(inside):
    run = Run(
        consulting(in_a_row(test_before=True, until="n >= 2"), drawn_inside=inside), data={"n": 0}
    )
    for done in (1, 2):
        assert at(run) == [(work(inside), "work")]
        run.complete(work(inside), {"n": done})
    assert at(run) == [BEHIND]


def test_every_branch_is_executed_where_a_loop_asks_before_its_first_round(inside):
    for loop in (in_a_row(test_before=True), several(times="3", foreign=FOREIGN, sequential=True)):
        assert run_every_branch(consulting(loop, drawn_inside=inside)).completed


@pytest.mark.parametrize(("times", "data"), [("3", {}), ("n", {"n": 3}), (None, {})])
def test_sequential_rounds_that_a_foreign_condition_ends_ask_after_each(times, data, inside):
    loop = several(times=times, foreign=FOREIGN, sequential=True)
    flow = consulting(loop, drawn_inside=inside)
    run = Run(flow, data=data)
    if times is None:
        assert at(run) == [ASKED]
        run.repeat("ask", 3)
    for left in (2, 1, 0):
        run = again(flow, run)
        assert at(run) == [(work(inside), "work")]
        run.complete(work(inside))
        assert at(run) == [ASKED if left else BEHIND]
        if left:
            run = again(flow, run)
            run.repeat("ask", 1)
    assert run.history.count("ask") == 1


def test_whoever_is_asked_may_end_the_rounds_or_let_several_pass_unasked(inside):
    loop = several(times="5", foreign=FOREIGN, sequential=True)
    flow = consulting(loop, drawn_inside=inside)
    run = Run(flow)
    run.complete(work(inside))
    run.repeat("ask", 2)
    for _ in range(2):
        run = again(flow, run)
        assert at(run) == [(work(inside), "work")]
        run.complete(work(inside))
    assert at(run) == [ASKED]
    run.repeat("ask", 0)
    assert at(run) == [BEHIND]


def test_no_more_rounds_are_done_than_the_drawing_says(inside):
    run = Run(consulting(several(times="3", foreign=FOREIGN, sequential=True), drawn_inside=inside))
    run.complete(work(inside))
    run.repeat("ask", 1000)
    for _ in range(2):
        assert at(run) == [(work(inside), "work")]
        run.complete(work(inside))
    assert at(run) == [BEHIND]


def test_the_members_of_a_list_come_in_their_order_though_somebody_is_asked_between(inside):
    loop = several(each="people", member="who", foreign=FOREIGN, sequential=True)
    flow = consulting(loop, drawn_inside=inside)
    run, met = Run(flow, data={"people": ("A", "B", "C")}), []
    while at(run) != [BEHIND]:
        met.append(run.waiting[0].member)
        run.complete(work(inside))
        run = again(flow, run)
        if at(run) == [ASKED]:
            run.repeat("ask", 1)
    assert met == ["A", "B", "C"]


def test_parallel_rounds_that_a_foreign_condition_ends_ask_while_the_others_go_on(inside):
    flow = consulting(several(times="3", foreign=FOREIGN), drawn_inside=inside)
    run = Run(flow)
    assert at(run) == [(work(inside), "work")] * 3
    run.complete(work(inside))
    run = again(flow, run)
    assert sorted(at(run)) == sorted([ASKED, *[(work(inside), "work")] * 2])
    run.repeat("ask", 1)  # it goes on; those under way are all there are
    assert at(run) == [(work(inside), "work")] * 2
    run.complete(work(inside))
    run = again(flow, run)
    assert sorted(at(run)) == sorted([ASKED, (work(inside), "work")])
    run.repeat("ask", 0)
    assert at(run) == [BEHIND]


def test_a_question_that_nobody_answered_is_over_with_the_last_round(inside):
    run = Run(consulting(several(times="3", foreign=FOREIGN), drawn_inside=inside))
    for _ in range(3):
        run.complete(work(inside))
    assert at(run) == [BEHIND]
    with pytest.raises(NotRunnable, match="TF403"):
        run.repeat("ask", 1)


def test_a_question_is_over_where_an_event_takes_the_rounds_off(inside):
    flow = consulting(several(times="3", foreign=FOREIGN), drawn_inside=inside)
    late = Event(
        id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="ask"
    )
    edges = tuple(evolve(edge, id=f"g{edge.id}") for edge in drawn("late > w > e2").edges)
    end = Event(id="e2", position=EventPosition.END)
    nodes = (*flow.nodes, late, Step(id="w", name="Đôn đốc"), end)
    run = Run(evolve(flow, nodes=nodes, edges=(*flow.edges, *edges)))
    run.complete(work(inside))
    run.deliver("late")
    assert at(run) == [("w", "work")]


def test_a_condition_of_ours_decides_though_a_foreign_one_stands_beside_it(inside):
    for sequential in (False, True):
        loop = several(times="3", until="ok", foreign=FOREIGN, sequential=sequential)
        run = Run(consulting(loop, drawn_inside=inside))
        run.complete(work(inside), {"ok": True})
        assert at(run) == [BEHIND]


def test_a_number_in_a_foreign_language_is_asked_for_once(inside):
    run = Run(consulting(several(printed="${n + 1}", sequential=True), drawn_inside=inside))
    assert at(run) == [ASKED]
    run.repeat("ask", 2)
    for _ in range(2):
        assert at(run) == [(work(inside), "work")]
        run.complete(work(inside))
    assert at(run) == [BEHIND]


@pytest.mark.parametrize("left", [-1, 10**9, "3"])
def test_a_state_whose_rounds_to_come_cannot_be_is_refused(left):
    flow = consulting(several(times="3", foreign=FOREIGN, sequential=True))
    state = Run(flow).state
    (host,) = (token for token in state["tokens"] if "later" in token)
    assert host["later"] == 2
    host["later"] = left
    with pytest.raises(NotRunnable, match="TF409"):
        Run.resumed(flow, state)
