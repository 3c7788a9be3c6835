"""Repeated activities: how many rounds there are, whom each is about, and when they are enough."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.compile import compile_flow
from tthc_flow.engine.instance import MOST_ROUNDS, Run
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, SubProcess
from tthc_flow.model.step import Step

from .again_drawn import again, at, consulting, in_a_row, several, work


@pytest.fixture(params=[False, True], ids=["a step", "a sub-process"])
def inside(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.mark.parametrize("times", ["3", "n"])
def test_parallel_rounds_wait_all_at_once_and_the_way_goes_on_behind_the_last(times, inside):
    flow = consulting(several(times=times), drawn_inside=inside)
    run = Run(flow, data={"n": 3})
    assert at(run) == [(work(inside), "work")] * 3
    assert len({each.token for each in run.waiting}) == 3
    for left in (2, 1, 0):
        run.complete(work(inside), token=run.waiting[-1].token)
        run = again(flow, run)
        assert at(run) == ([(work(inside), "work")] * left or [("z", "work")])
    assert run.history.count("ask") <= 1


def test_sequential_rounds_wait_one_after_the_other(inside):
    flow = consulting(several(times="3", sequential=True), drawn_inside=inside)
    run = Run(flow)
    for _ in range(3):
        assert at(run) == [(work(inside), "work")]
        run = again(flow, run)
        run.complete(work(inside))
    assert at(run) == [("z", "work")]


@pytest.mark.parametrize("sequential", [False, True])
def test_a_list_gives_one_round_a_member_and_each_says_whom_it_is_about(sequential, inside):
    loop = several(each="các sở", member="sở", sequential=sequential)
    flow = consulting(loop, drawn_inside=inside)
    run = again(flow, Run(flow, data={"các  sở": ("Xây dựng", "Tư pháp", "Nội vụ")}))
    met = []
    while run.waiting[0].node != "z":
        met.append([each.member for each in run.waiting])
        run.complete(work(inside))
        run = again(flow, run)
    names = ["Xây dựng", "Tư pháp", "Nội vụ"]
    assert met == ([[each] for each in names] if sequential else [names, names[1:], names[2:]])
    assert run.waiting[0].member is None


def test_a_list_that_changes_later_changes_nothing():
    flow = consulting(several(each="people", sequential=True))
    run = Run(flow, data={"people": ("A", "B")})
    run.complete("ask", {"people": ("C",)})
    assert [each.member for each in run.waiting] == ["B"]


def test_a_condition_inside_a_round_sees_the_member_of_the_round():
    flow = drawn(
        "s > ask > z > e; in > xor1; xor1 > deep > out; xor1 > out",
        SubProcess(id="ask", loop=several(each="fees", member="fee")),
        *(Event(id=i, position=p, scope="ask") for i, p in (("out", EventPosition.END),)),
        *(Step(id=i, name=i, scope="ask") for i in ("in", "deep")),
    )
    nodes = (evolve(n, scope="ask") if n.id == "xor1" else n for n in flow.nodes)
    conditions = {"deep": "fee > 10", "out": "fee <= 10"}
    edges = (
        evolve(e, condition=conditions[e.target]) if e.source == "xor1" else e for e in flow.edges
    )
    run = Run(evolve(flow, nodes=tuple(nodes), edges=tuple(edges)), data={"fees": (5, 50)})
    run.complete("in")
    assert [(each.node, each.member) for each in run.waiting] == [("in", 50)]
    run.complete("in")
    assert [(each.node, each.member) for each in run.waiting] == [("deep", 50)]


def test_no_round_is_a_way_through(inside):
    for loop, data in ((several(times="0"), {}), (several(each="people"), {"people": ()})):
        run = Run(consulting(loop, drawn_inside=inside), data=data)
        assert at(run) == [("z", "work")]
        assert run.history[:2] == ("s", "ask")


@pytest.mark.parametrize(
    ("loop", "data", "because"),
    [
        (several(), {}, ""),
        (several(printed="${n}"), {}, ""),
        (several(times="n"), {}, "TF506 ask: 'n' has no value"),
        (several(times="n"), {"n": "ba"}, "TF406 ask: 'ba' is no whole number"),
        (several(times="n"), {"n": True}, "TF406 ask: True is no whole number"),
        (several(times="n"), {"n": Fraction(5, 2)}, "TF406"),
        (several(times="n"), {"n": -1}, "TF406 ask: -1 rounds"),
        (several(times="1000000000"), {}, "TF406 ask: 1000000000 rounds"),
        (several(times="-1"), {}, "TF406"),
        (several(times="n > 2"), {"n": 3}, "TF406"),
        (several(times="n"), {"n": (1, 2)}, "TF507"),
        (several(each="people"), {}, "TF506 ask: 'people' has no value"),
        (several(each="people"), {"people": "AB"}, "TF406 ask: 'people' is no list but a str"),
        (several(each="people"), {"people": (0,) * (MOST_ROUNDS + 1)}, "TF406 ask: 1001 rounds"),
    ],
)
def test_what_does_not_say_how_often_is_asked_and_says_why(loop, data, because, inside):
    flow = consulting(loop, drawn_inside=inside)
    run = Run(flow, data=data)
    assert at(run) == [("ask", "rounds")]
    assert run.waiting[0].because.startswith(because)
    assert bool(run.waiting[0].because) == bool(because)
    run = again(flow, run)
    assert run.waiting[0].because.startswith(because)
    run.repeat("ask", 2)
    assert at(run)[0] == (work(inside), "work")
    assert run.waiting[0].because == ""


def test_a_whole_number_counts_however_it_is_typed():
    for three in (3, Fraction(3), 3.0):
        assert len(Run(consulting(several(times="n")), data={"n": three}).waiting) == 3


@pytest.mark.parametrize("until", ["agreed = 'yes'", "numberOfCompletedInstances >= 2"])
@pytest.mark.parametrize("sequential", [False, True])
def test_rounds_that_are_enough_take_the_others_away(until, sequential, inside):
    flow = consulting(several(times="5", until=until, sequential=sequential), drawn_inside=inside)
    run = Run(flow)
    run.complete(work(inside), {"agreed": "no"})
    run = again(flow, run)
    assert at(run) == [(work(inside), "work")] * (1 if sequential else 4)
    run.complete(work(inside), {"agreed": "yes"})
    assert at(run) == [("z", "work")]


def test_a_condition_that_cannot_be_decided_does_not_end_the_rounds():
    run = Run(consulting(several(times="2", until="agreed")))
    run.complete("ask")
    assert at(run) == [("ask", "work")]


def test_the_condition_sees_the_member_whose_round_is_over():
    run = Run(
        consulting(several(each="people", member="who", until="who = 'B'")),
        data={"people": ("A", "B", "C")},
    )
    tokens = {each.member: each.token for each in run.waiting}
    run.complete("ask", token=tokens["C"])
    assert len(run.waiting) == 2
    run.complete("ask", token=tokens["B"])
    assert at(run) == [("z", "work")]


def test_a_loop_asks_after_each_round_where_nothing_says_when_it_ends(inside):
    run = Run(consulting(in_a_row(), drawn_inside=inside))
    assert at(run) == [(work(inside), "work")]
    run.complete(work(inside))
    assert at(run) == [("ask", "rounds")]
    run.repeat("ask", 1)
    run.complete(work(inside))
    run.repeat("ask", 0)
    assert at(run) == [("z", "work")]


@pytest.mark.parametrize(
    ("loop", "answers", "rounds"),
    [
        (in_a_row(until="done"), [False, False, True], 3),
        (in_a_row(until="done", times="2"), [False, False], 2),
        (in_a_row(until="done", times="n"), [False, True], 2),
        (in_a_row(times="3"), [False, False, False], 3),
        (in_a_row(until="loopCounter = 2"), [False, False], 2),
    ],
)
def test_a_loop_goes_on_until_its_condition_holds_or_it_was_done_often_enough(
    loop, answers, rounds, inside
):
    flow = consulting(loop, drawn_inside=inside)
    run, done = Run(flow, data={"n": 9}), 0
    for answer in answers:
        run = again(flow, run)
        assert at(run) == [(work(inside), "work")]
        run.complete(work(inside), {"done": answer})
        done += 1
    assert (at(run), done) == ([("z", "work")], rounds)


@pytest.mark.parametrize(
    ("loop", "because"),
    [
        (in_a_row(until="done"), "TF506"),
        (in_a_row(until="1 = 2", times="n"), "TF506"),
        (in_a_row(foreign="${!ok}"), ""),
        (in_a_row(foreign="${!ok}", times="9"), ""),
        (in_a_row(printed="${n / 2}"), ""),
    ],
)
def test_a_loop_whose_end_cannot_be_decided_asks_and_says_why(loop, because, inside):
    run = Run(consulting(loop, drawn_inside=inside))
    run.complete(work(inside))
    assert at(run) == [("ask", "rounds")]
    assert run.waiting[0].because.startswith(because)


def test_a_loop_in_a_foreign_language_asks_no_more_than_its_maximum():
    run = Run(consulting(in_a_row(foreign="${!ok}", times="2")))
    run.complete("ask")
    run.repeat("ask", 1)
    run.complete("ask")
    assert at(run) == [("z", "work")]


def test_every_branch_is_executed_with_one_round_of_each():
    for loop in (several(times="7"), several(each="x", until="y = 1"), in_a_row(until="y = 1")):
        for inside in (True, False):
            done = run_every_branch(consulting(loop, drawn_inside=inside))
            assert done.completed
            assert len(done.runs) == 1


def test_a_case_stored_when_a_repeated_step_was_one_piece_of_work_goes_on_and_asks():
    flow = consulting(several())
    state = Run(drawn("s > ask > z > e")).state
    run = Run.resumed(compile_flow(flow), state)
    assert at(run) == [("ask", "rounds")]
    run.repeat("ask", 1)
    run.complete("ask")
    assert at(run) == [("z", "work")]


def test_the_tokens_of_rounds_that_are_over_are_gone():
    flow = consulting(several(times="100", sequential=True))
    run = Run(flow)
    for _ in range(99):
        run.complete("ask")
    assert len(run._case.tasks) == 3
    assert len(json.dumps(run.state)) < 600


def test_of_two_members_of_one_name_the_inner_one_is_meant():
    inner = several(each="parts", member="x", until="x = 2")
    block = SubProcess(id="block", loop=several(each="wholes", member="x"))
    flow = drawn("s > block > e", block, Step(id="in", name="Ký", scope="block", loop=inner))
    run = Run(flow, data={"wholes": (2,), "parts": (1, 3)})
    run.complete("in")
    assert [(each.node, each.member) for each in run.waiting] == [("in", 3)]


@pytest.mark.parametrize("left", [-1, 10**9, "3"])
def test_a_state_with_rounds_that_cannot_be_is_refused(left):
    flow = consulting(several(times="2", sequential=True))
    state = Run(flow).state
    (host,) = (token for token in state["tokens"] if "rounds" in token)
    host["rounds"] = left
    with pytest.raises(NotRunnable, match="TF409"):
        Run.resumed(flow, state)
