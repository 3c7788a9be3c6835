"""Conditional events: they happen by themselves, once each time their condition comes to hold."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.instance import For, Run
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.step import Loop, Step

BOUNDARY, CATCH, END = EventPosition.BOUNDARY, EventPosition.CATCH, EventPosition.END


def when(identifier: str, condition: str | None, **said: object) -> Event:
    given = {"position": CATCH, "trigger": Trigger.CONDITIONAL} | said
    return Event(id=identifier, condition=condition, **given)


def at(run: Run) -> list[str]:
    return sorted(each.node for each in run.waiting)


def again(flow: Flow, run: Run) -> Run:
    return Run.resumed(flow, json.loads(json.dumps(run.state)))


BESIDE = drawn("s > and1; and1 > a > a2 > e; and1 > c > b > e2", when("c", "fee > 10"))


def test_a_catching_event_passes_as_soon_as_its_condition_holds():
    run = Run(BESIDE)
    assert at(run) == ["a", "c"]
    run = again(BESIDE, run)
    run.complete("a", {"fee": 5})
    assert at(run) == ["a2", "c"]
    run.complete("a2", {"fee": 20})
    assert at(run) == ["b"]


def test_a_catching_event_whose_condition_holds_already_is_passed_at_once():
    assert at(Run(BESIDE, data={"fee": 11})) == ["a", "b"]


def test_without_a_condition_of_ours_it_waits_to_be_reported():
    flow = evolve(
        BESIDE,
        nodes=tuple(evolve(n, condition=None) if n.id == "c" else n for n in BESIDE.nodes),
    )
    run = Run(flow, data={"fee": 99})
    assert {each.node: each.what for each in run.waiting} == {"a": For.WORK, "c": For.EVENT}
    run.deliver("c")
    assert at(run) == ["a", "b"]


def test_it_may_be_reported_all_the_same():
    run = Run(BESIDE)
    run.deliver("c")
    assert at(run) == ["a", "b"]


@pytest.mark.parametrize("fee", ["?", (1,), None])
def test_a_condition_that_cannot_be_decided_does_not_hold_yet(fee):
    run = Run(BESIDE, data={} if fee is None else {"fee": fee})
    assert at(run) == ["a", "c"]


def test_the_first_condition_that_holds_decides_behind_an_event_based_gateway():
    flow = drawn(
        "s > and1; and1 > x > y > e; and1 > wait1; wait1 > c1 > a > e1; wait1 > c2 > b > e2",
        when("c1", "fee > 10"),
        when("c2", "fee > 5"),
    )
    run = Run(flow)
    assert at(run) == ["wait1", "x"]
    run.complete("x", {"fee": 7})
    assert at(run) == ["b", "y"]
    assert at(Run(flow, data={"fee": 20})) == ["a", "x"]


def guarded(*, interrupting: bool) -> Flow:
    event = when("c", "urgent", position=BOUNDARY, attached_to="a", interrupting=interrupting)
    return drawn("s > and1; and1 > a > e; and1 > x1 > x2 > x3 > x4 > e; c > w > e2", event)


def test_a_boundary_event_takes_its_step_off_when_its_condition_comes_to_hold():
    flow = guarded(interrupting=True)
    run = Run(flow)
    run.complete("x1", {"urgent": False})
    assert at(run) == ["a", "x2"]
    run.complete("x2", {"urgent": True})
    assert at(run) == ["w", "x3"]


def test_one_that_does_not_interrupt_happens_again_only_after_it_ceased_to_hold():
    flow = guarded(interrupting=False)
    run = Run(flow)
    met = []
    for step, urgent in (("x1", True), ("x2", True), ("x3", False), ("x4", True)):
        run = again(flow, run)
        run.complete(step, {"urgent": urgent})
        met.append(at(run).count("w"))
    assert met == [1, 1, 1, 2]


def test_a_condition_that_holds_when_the_step_begins_comes_to_hold_then():
    assert at(Run(guarded(interrupting=True), data={"urgent": True})) == ["w", "x1"]


def test_a_step_that_is_completed_with_the_news_is_not_interrupted_by_it():
    run = Run(guarded(interrupting=True))
    run.complete("a", {"urgent": True})
    assert at(run) == ["x1"]


def test_each_time_the_step_is_begun_its_event_is_new():
    event = when("c", "urgent", position=BOUNDARY, attached_to="a", interrupting=False)
    flow = drawn("s > xor1 > a > xor2; xor2 > xor1; xor2 > e; c > w > e2", event)
    back = flow.outgoing["xor2"][0].id
    run = Run(flow, data={"urgent": True})
    run.complete("a")
    run.choose("xor2", back)
    assert at(run) == ["a", "w", "w"]


def handled(*, interrupting: bool, scope: str | None = None) -> Flow:
    inside = {"c", "heal", "healed"}
    flow = drawn(
        "s > a > b > z > e; c > heal > healed",
        when("c", "hỏng = đúng", position=EventPosition.START, interrupting=interrupting),
        SubProcess(id="handler", kind=SubProcessKind.EVENT, scope=scope),
        Event(id="healed", position=END),
    )
    nodes = (evolve(n, scope="handler") if n.id in inside else n for n in flow.nodes)
    return evolve(flow, nodes=tuple(nodes))


def test_an_event_sub_process_begins_when_its_condition_comes_to_hold():
    run = Run(handled(interrupting=True))
    run.complete("a", {"hỏng": True})
    assert at(run) == ["heal"]
    run.complete("heal")
    assert run.finished


def test_one_that_does_not_interrupt_begins_once_each_time_its_condition_comes_to_hold():
    flow = handled(interrupting=False)
    run = Run(flow)
    run.complete("a", {"hỏng": True})
    run = again(flow, run)
    run.complete("b")
    assert at(run) == ["heal", "z"]
    run.complete("heal", {"hỏng": False})
    run.complete("z", {"hỏng": True})
    assert run.finished


def test_a_condition_in_a_round_sees_the_member_of_the_round():
    flow = drawn(
        "s > block > e; in > c > w > out",
        SubProcess(id="block", loop=Loop(multi_instance=True, each="fees", member="fee")),
        when("c", "fee > 10", scope="block"),
        *(Step(id=i, name=i, scope="block") for i in ("in", "w")),
        Event(id="out", position=END, scope="block"),
    )
    run = Run(flow, data={"fees": (5, 50)})
    for token in [each.token for each in run.waiting]:
        run.complete("in", token=token)
    assert [(each.node, each.member) for each in run.waiting] == [("c", 5), ("w", 50)]


def test_it_is_looked_at_whenever_data_may_have_changed():
    flow = drawn(
        "s > and1; and1 > xor1; xor1 > e3; xor1 > e4; and1 > m > e1; and1 > c > b > e2",
        Event(id="m", position=CATCH, trigger=Trigger.MESSAGE),
        when("c", "come"),
    )
    run = Run(flow)
    run.deliver("m", {"come": True})
    assert "b" in at(run)


def test_a_condition_that_always_sends_the_case_round_is_refused_and_does_not_hang():
    event = when("c", "1 = 1", position=BOUNDARY, attached_to="a")
    flow = drawn("s > xor1 > a > e; c > xor1", event)
    with pytest.raises(NotRunnable, match="TF402"):
        Run(flow)


def test_a_condition_on_another_kind_of_event_is_not_looked_at():
    flow = drawn("s > c > e", when("c", "1 = 1", trigger=Trigger.MESSAGE))
    assert at(Run(flow)) == ["c"]


def test_every_branch_is_executed_by_telling_the_events_to_happen():
    for flow in (BESIDE, guarded(interrupting=True), handled(interrupting=False)):
        assert run_every_branch(flow).completed
