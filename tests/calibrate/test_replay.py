"""Playing cases on diagrams: every run of the engine fits; what was left out or added is found."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from by_hand import drawn
from house.tree import ROOT
from strategies import flows
from tthc_flow.bpmn.read import read
from tthc_flow.calibration.firsts import END, firsts
from tthc_flow.calibration.net import net_of
from tthc_flow.calibration.replay import Replay, Replayed
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import NotRunnable, TthcFlowError
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, Trigger
from tthc_flow.model.step import Loop, Step

SHIPPED = sorted(ROOT.glob("processes/*/*/flow.bpmn"))


def play(flow: Flow, *elements: str, is_open: bool = False) -> Replayed:
    return Replay(flow, net_of(flow)).play(elements, is_open=is_open)


def runs(flow: Flow) -> list[list[str]]:
    """Return what the engine passes on its runs through every branch: the steps and events."""
    try:
        found = run_every_branch(flow)
    except NotRunnable:
        return []
    seen = {node.id for node in flow.nodes if isinstance(node, Step | Event)}
    return [] if found.stopped else [[n for n in run if n in seen] for run in found.runs]


def steps_only(flow: Flow, run: list[str]) -> list[str]:
    return [each for each in run if isinstance(flow.by_id[each], Step)]


@given(flows())
@settings(max_examples=120)  # the engine executes every branch of each
def test_every_run_of_the_engine_fits_and_ends(flow):
    for run in runs(flow):
        for logged in (run, steps_only(flow, run)):
            found = play(flow, *logged)
            assert found.fits, (logged, found)
            assert found.ended or not logged


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_every_run_of_a_shipped_procedure_fits_and_ends(path):
    (flow, *_) = (each.flow for each in read(path).procedures)
    done = runs(flow)
    assert done
    for run in done:
        found = play(flow, *steps_only(flow, run))
        assert found.fits
        assert found.ended


def test_nearly_every_run_of_a_real_diagram_fits(real_files):
    fitting = together = 0
    for file in real_files.read[::3]:
        for procedure in file.reading.procedures:
            try:
                done = runs(procedure.flow)
            except TthcFlowError:
                continue
            for run in done:
                found = play(procedure.flow, *run)
                together += 1
                fitting += found.fits
    assert together > 300
    assert fitting / together > 0.99


@given(flows(), st.data())
@settings(max_examples=120)  # as above
def test_a_step_left_out_is_one_deviation_at_most_and_an_alien_one_is_out_of_place(flow, data):
    done = [found for run in runs(flow) if (found := steps_only(flow, run))]
    assume(done)
    run = data.draw(st.sampled_from(done))
    place = data.draw(st.integers(0, len(run) - 1))
    left_out = play(flow, *run[:place], *run[place + 1 :])
    assert left_out.skipped.total() + left_out.out_of_place.total() <= 1
    twice = play(flow, *run, run[place])
    assert sum(twice.played.values()) >= len(run)


CHAIN = drawn("s > a > b > c > d > e")


@pytest.mark.parametrize(
    ("done", "skipped", "wrong"),
    [
        ("abcd", {}, {}),
        ("acd", {"b": 1}, {}),
        ("ad", {"b": 1, "c": 1}, {}),
        ("aabcd", {}, {"a": 1}),
        ("dabc", {}, {"d": 1}),
        ("abdc", {}, {"d": 1}),
        ("bacd", {}, {"b": 1}),
    ],
)
def test_what_a_chain_tells(done, skipped, wrong):
    found = play(CHAIN, *done)
    assert found.ended
    assert dict(found.skipped) == skipped
    assert dict(found.out_of_place) == wrong


def test_a_case_that_is_open_stands_somewhere_and_lacks_nothing():
    found = play(CHAIN, "a", "b", is_open=True)
    assert (found.fits, found.ended, found.standing) == (True, False, ("c",))


CHOICE = drawn("s > a > xor1; xor1 > b > xor2; xor1 > c > xor2; xor1 > xor2; xor2 > d > e")


@pytest.mark.parametrize(
    ("done", "edge"),
    [("abd", ("xor1", "b")), ("acd", ("xor1", "c")), ("ad", ("xor1", "xor2"))],
)
def test_the_way_that_was_taken_is_known_by_what_came_next(done, edge):
    ways = {each.id: (each.source, each.target) for each in CHOICE.edges}
    found = play(CHOICE, *done)
    assert found.fits
    assert [ways[taken] for (node, taken), _ in found.choices if node == "xor1"] == [edge]


def test_parallel_branches_come_in_any_order_and_both_have_to():
    flow = drawn("s > a > and1; and1 > b > and2; and1 > c > and2; and2 > d > e")
    assert play(flow, *"abcd").fits
    assert play(flow, *"acbd").fits
    assert dict(play(flow, *"abd").skipped) == {"c": 1}


def test_branches_of_an_inclusive_gateway_may_be_taken_one_or_all():
    flow = drawn("s > a > or1; or1 > b > or2; or1 > c > or2; or2 > d > e")
    for done in ("abd", "acd", "abcd", "acbd"):
        found = play(flow, *done)
        assert found.fits, done
        assert found.ended
        assert len(found.choices) == len(done) - 2


def test_a_loop_is_gone_as_often_as_the_case_goes_it():
    flow = drawn("s > xor1 > a > xor2; xor2 > b > xor1; xor2 > c > e")
    found = play(flow, *"ababac")
    assert found.fits
    assert len([each for each in found.choices if each[0][0] == "xor2"]) == 3


def test_a_repeated_step_is_no_deviation():
    flow = drawn("s > a > b > e", Step(id="a", name="a", loop=Loop(multi_instance=True)))
    assert play(flow, *"aaab").fits
    assert not play(CHAIN, *"aaabcd").fits


def test_an_interrupting_event_takes_the_place_of_its_step():
    border = Event(
        id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="b"
    )
    flow = drawn("s > a > b > c > e; late > d > e2", border)
    assert play(flow, *"abc").fits
    assert play(flow, *"ad").fits
    assert play(flow, "a", "late", "d").ended


def test_a_sub_process_is_entered_and_left():
    inside = (
        Event(id="s1", position=EventPosition.START, scope="sub"),
        Step(id="b", name="b", scope="sub"),
        Event(id="e1", position=EventPosition.END, scope="sub"),
    )
    flow = drawn("s > a > sub > c > e; s1 > b > e1", SubProcess(id="sub"), *inside)
    assert play(flow, *"abc").ended
    assert dict(play(flow, *"ac").skipped) == {"b": 1}


def test_a_way_that_ends_unseen_is_told_by_the_end():
    flow = drawn("s > a > xor1; xor1 > e1; xor1 > b > e2")
    found = play(flow, "a")
    assert found.ended
    assert [label for _, label in found.choices] == [END]
    assert firsts(net_of(flow), "@xor1", frozenset()) == {END, "b", "e1"}


def test_a_case_without_end_of_events_is_given_up():
    found = play(CHAIN, *["a"] * 6000)
    assert found.capped
    assert not found.fits


def test_steps_that_no_log_holds_may_be_passed():
    flow = drawn("s > a > b > c > e")
    found = Replay(flow, net_of(flow), frozenset({"b"})).play(["a", "c"])
    assert found.fits
