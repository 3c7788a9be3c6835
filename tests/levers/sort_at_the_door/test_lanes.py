"""sort_at_the_door: what the short lane is, and where its gateway stands."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    arrows,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
)
from levers.sort_at_the_door.test_sort_at_the_door import (
    ALL_FILLED,
    ASK,
    BY_CASE,
    DOOR,
    EASY,
    FINDS,
    FREE,
    LATE,
    LOOK,
    SIGN,
    SITE,
    VERIFY,
    drawn,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.short_lane import only_by
from tthc_flow.levers.sort_at_the_door import LEVER
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind


def test_a_declared_class_goes_by_the_steps_that_the_longest_time_names():
    given = FINDS["declared-and-named"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("verify",), ())
    assert passed(candidate) == [
        "class-known-at-entry",
        "class-needs-the-steps",
        "equal-treatment-rule",
        "decides-no-branch",
        "nobody-reads-its-result",
        "still-examined",
        "rule-names-the-step",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "start>door",
        "door>look",
        "look>Sorted_verify",
        "Sorted_verify>verify",
        "verify>Joined_verify",
        "Sorted_verify>Joined_verify",
        "Joined_verify>sign",
        "sign>end",
    }
    gateway = after.flow.by_id["Sorted_verify"]
    assert gateway.name == "Hồ sơ thuộc trường hợp: cần phải xác minh?"
    assert {edge.name: edge.target for edge in after.flow.outgoing[gateway.id]} == {
        "Có": "verify",
        "Không": "Joined_verify",
    }
    assert found(LEVER, after) == ()


def test_steps_in_a_row_are_gone_by_together():
    given = FINDS["declared-and-not-named"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("site", "ask")
    assert run_every_branch(LEVER.apply(given, candidate)).completed


def test_a_gateway_that_is_drawn_moves_to_the_door():
    given = FINDS["a-gateway-too-late"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("site",), ("xor1",))
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "s>door",
        "door>xor1",
        "xor1>site",
        "site>ask",
        "ask>xor2",
        "xor1>xor2",
        "xor2>sign",
        "sign>e",
    }
    conditions = {edge.target: edge.condition for edge in after.flow.outgoing["xor1"]}
    assert conditions == {"xor2": "mức == 'thấp'", "site": "mức != 'thấp'"}
    assert after.flow.nodes == given.flow.nodes
    assert found(LEVER, after) == ()


def test_the_longest_case_keeps_its_time_and_nothing_is_claimed():
    for given in FINDS.values():
        after = LEVER.apply(given, the_one(LEVER, given))
        assert length(given) == length(after)


def test_data_that_every_step_says_it_does_not_fill_in_are_of_the_entry():
    given = FINDS["nobody-fills-it-in"]
    (known,) = [c for c in the_one(LEVER, given).preconditions if c.name == "class-known-at-entry"]
    assert known.because == (("data-of-entry", "mức == 'thấp'"),)
    barred = evolve(given, answers=case(SIGN, answers="class-known-at-entry=no").answers)
    assert the_one(LEVER, barred).verdict is Verdict.FAIL


def test_a_way_that_sends_back_is_no_class():
    given = FINDS["a-gateway-too-late"]
    edges = tuple(
        evolve(edge, outcome=Outcome.REWORK) if edge.source == "xor1" else edge
        for edge in given.flow.edges
    )
    assert found(LEVER, evolve(given, flow=evolve(given.flow, edges=edges))) == ()


def test_without_times_the_steps_are_counted():
    untimed = [evolve(each, time=step("x", "sign", None, None).time) for each in ALL_FILLED]
    assert the_one(LEVER, drawn(LATE, *untimed, **EASY)).targets == ("site",)


def test_the_reader_on_the_long_way_still_finds_what_it_reads():
    given = drawn(
        LATE,
        DOOR,
        evolve(SITE, writes=papers("Biên bản")),
        evolve(ASK, reads=papers("Biên bản")),
        SIGN,
        **EASY,
    )
    assert the_one(LEVER, given).verdict is Verdict.PASS


def test_what_only_one_way_does_is_summed_over_all_that_it_leads_to():
    flow = picture("s > xor1 > a > b > xor2 > c > e; xor1 > d > xor2").flow
    alone = only_by(flow, {"a": 1, "b": 2, "c": 4, "d": 8})
    leads = {f"{edge.source}>{edge.target}": alone[edge.id] for edge in flow.edges}
    assert (leads["xor1>a"], leads["xor1>d"], leads["b>xor2"]) == (3, 8, 0)
    assert leads["s>xor1"] == 15


def test_a_kind_that_must_stay_is_not_gone_by_even_where_the_case_names_it():
    signed = evolve(VERIFY, kinds=(StepKind.EXAMINE, StepKind.SIGN))
    given = case(DOOR, LOOK, signed, answers=FREE, total_time=BY_CASE)
    assert found(LEVER, given) == ()
