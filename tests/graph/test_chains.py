"""Steps that come one after another, and what hangs on a step and goes with it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from by_hand import drawn
from levers.office import AGENCY, case, reminded, step, within
from strategies import flows
from tthc_flow.graph.chains import approach, detachable, places, reminders
from tthc_flow.graph.passed import passed
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.relief import bypassed, relieved
from tthc_flow.graph.rewrite import without
from tthc_flow.graph.signers import later_signers
from tthc_flow.graph.view import reached, view
from tthc_flow.model.artifact import Association
from tthc_flow.model.flow import Event, EventPosition, Flow, Outcome, SequenceFlow, Trigger
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, TaskType

WHO = AGENCY["officer"]
NOTICE = step("notice", "report", WHO, None)


def approached(flow: Flow, last: str = "z", first: str = "a") -> tuple[str, list[str]] | None:
    """Return where cases come to *last* from and what lies between, where *first* may begin."""
    found = approach(
        flow,
        flow.by_id[last],
        lambda each: each.id.startswith(first),
        lambda each: each.id.startswith("b"),
    )
    return None if found is None else (found[0].id, [each.id for each in found[1]])


@pytest.mark.parametrize(
    ("picture", "found"),
    [
        ("s > a > b1 > b2 > z > e", ("a", ["b1", "b2"])),
        ("s > a > xor1 > b1 > z > e; xor1 > e_no", ("a", ["b1"])),
        ("s > a > and1 > b1 > and2 > z > e; and1 > and2", ("a", ["b1"])),
        ("s > xor0 > a > b1 > z > xor1 > e; xor1 > xor0", ("a", ["b1"])),
        ("s > a > c > z > e", None),
        ("s > b1 > z > e", None),
        ("s > xor1 > a > xor2 > z > e; xor1 > b1 > xor2", None),
        ("s > xor1 > a > xor2 > z > e; xor1 > a2 > xor2", None),
        ("s > a > xor1 > b1 > z > xor2 > e; xor2 > xor1", None),
        ("s > a > catch1 > z > e", None),
        ("s > a > wait1 > b1 > z > e", None),
    ],
)
def test_an_approach_begins_at_one_step_that_every_case_comes_from(picture, found):
    assert approached(drawn(picture)) == found


def test_what_lies_side_by_side_lies_between():
    first, between = approached(drawn("s > a > and1 > b1 > and2 > z > e; and1 > b2 > and2"))
    assert (first, set(between)) == ("a", {"b1", "b2"})


def test_an_approach_leads_out_of_a_sub_process_and_not_through_one():
    steps = [step(name, "transfer", WHO) for name in ("a", "b1", "z")]
    inside = within("s > box > z > e", "s2 > a > b1 > e2", *steps)
    assert approached(inside.flow) == ("a", ["b1"])
    through = within("s > a > box > z > e", "s2 > b1 > e2", *steps)
    assert approached(through.flow) is None
    late = Event(
        id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="box"
    )
    flow = inside.flow
    left = evolve(flow, nodes=(*flow.nodes, late))
    assert approached(left) is None


def test_places_are_an_order_in_which_cases_pass():
    order = places(drawn("s > xor0 > a > b > xor1 > e; xor1 > xor0"))
    assert sorted(order, key=order.get) == ["s", "xor0", "a", "b", "xor1", "e"]


@given(flows())
def test_places_respect_what_always_comes_before(flow: Flow) -> None:
    order, before = places(flow), passed(flow, flow.by_id)
    for node in flow.nodes:
        for earlier in before.before(node.id):
            assert order[earlier] < order[node.id]


def test_only_a_timer_that_tells_somebody_is_a_reminder():
    row = step("a", "transfer", WHO)
    given = reminded(case(row), "a", NOTICE).flow
    assert reminders(given, row) == ("late", "notice", "over")
    assert detachable(given, row) == ("a", "late", "notice", "over")
    gone = without(given, *detachable(given, row))
    assert [node.id for node in gone.nodes] == ["start", "end"]


@pytest.mark.parametrize(
    ("node", "facts"),
    [
        ("late", {"interrupting": True}),
        ("late", {"trigger": Trigger.MESSAGE}),
        ("notice", {"kinds": (StepKind.EXAMINE,)}),
        ("notice", {"kinds": ()}),
        ("over", {"outcome": Outcome.REFUSE}),
        ("over", {"trigger": Trigger.TERMINATE}),
    ],
)
def test_what_does_more_than_remind_keeps_its_step(node, facts):
    row = step("a", "transfer", WHO)
    flow = reminded(case(row), "a", NOTICE).flow
    nodes = tuple(evolve(n, **facts) if n.id == node else n for n in flow.nodes)
    changed = evolve(flow, nodes=nodes)
    assert reminders(changed, row) is None
    assert detachable(changed, row) is None


def test_an_unread_notice_is_one_only_where_it_is_sent():
    row = step("a", "transfer", WHO)
    sent = evolve(NOTICE, kinds=(), task=TaskType.SEND)
    assert reminders(reminded(case(row), "a", sent).flow, row) == ("late", "notice", "over")


def test_a_notice_that_something_else_leads_to_stays():
    row = step("a", "transfer", WHO)
    flow = reminded(case(row), "a", NOTICE).flow
    joined = SequenceFlow(id="more", source="start", target="notice")
    assert reminders(evolve(flow, edges=(*flow.edges, joined)), row) is None


def test_after_a_parallel_join_all_its_arms_have_been_passed():
    flow = drawn("s > and1 > a > and2 > c > xor1 > d > xor2 > e; and1 > b > and2; xor1 > xor2")
    before = passed(flow, "abcd")
    assert set(before.before("c")) == {"a", "b"}
    assert next(before.before("e")) == "c"
    assert list(before.before("a")) == []
    assert before.nearest("e", before.marks["a"] | before.marks["d"]) == "a"
    assert before.nearest("a", before.marks["b"]) is None
    assert before.always("b", "c")
    assert not before.always("d", "e")


@given(flows())
def test_another_bodys_later_signature_is_known_if_there_is_one(flow: Flow) -> None:
    known = later_signers(flow)
    for node in flow.nodes:
        later = reached(view(flow), node.id)
        signing = [s for s in flow.steps if s.id in later and StepKind.SIGN in s.kinds]
        bodies = {office(flow, each) for each in signing}
        told = [office(flow, each) for each in known.get(node.id, ())]
        assert len(set(told)) == len(told) == min(2, len(bodies))
        assert set(told) <= bodies


def office(flow: Flow, each: Step) -> str | None:
    who = performer_of(flow, each)
    return None if who is None else identity(who)[0]


def test_what_is_bypassed_goes_with_its_messages_and_ties():
    flow = drawn("s > a > wait1 > catch1 > xor1 > b > e; wait1 > catch2 > xor1")
    tie = Association(id="tie", source="catch1", target="note")
    given = Procedure(flow=flow, associations=(tie,))
    after = bypassed(given, ("wait1", "catch1", "catch2", "xor1"), "b")
    assert [(e.source, e.target) for e in after.flow.edges] == [("s", "a"), ("a", "b"), ("b", "e")]
    assert after.associations == ()


def test_what_is_left_of_a_row_keeps_its_work_and_knows_no_figure():
    row = step("a", "reexamine sign", WHO, 3, checked=9, rejected=1, criteria=frozenset({"Đủ"}))
    rest = relieved(row, StepKind.REEXAMINE)
    assert rest.kinds == (StepKind.SIGN,)
    assert (rest.time.duration, rest.checked, rest.rejected, rest.criteria) == (None,) * 4
    assert (rest.reads, rest.writes, rest.performer) == (row.reads, row.writes, row.performer)


def test_a_choice_without_work_on_any_way_is_none():
    flow = drawn("s > a > xor1 > b > xor2 > c > e; xor1 > d > xor2")
    assert [n.id for n in without(flow, "b").nodes] == ["s", "a", "xor1", "xor2", "c", "e", "d"]
    assert [n.id for n in without(flow, "b", "d").nodes] == ["s", "a", "c", "e"]


def test_a_choice_that_says_what_it_means_or_was_drawn_empty_stays():
    flow = drawn("s > a > xor1 > b > xor2 > c > e; xor1 > xor2")
    meant = evolve(
        flow,
        edges=tuple(
            evolve(e, outcome=Outcome.OTHER) if e.source == "xor1" else e for e in flow.edges
        ),
    )
    assert {"xor1", "xor2"} <= set(without(meant, "b").by_id)
    empty = drawn("s > a > xor1 > xor2 > c > e")
    twice = evolve(
        empty, edges=(*empty.edges, SequenceFlow(id="second", source="xor1", target="xor2"))
    )
    assert {"xor1", "xor2"} <= set(without(twice, "c").by_id)
