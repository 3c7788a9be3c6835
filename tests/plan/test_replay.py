"""Rulings on the next version of a file: they hold where the work is the same, else are told."""

from __future__ import annotations

import pytest
from attrs import evolve

from tthc_flow.model.flow import Flow
from tthc_flow.model.lever import Candidate, Precondition, Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.model.step import Step, StepKind
from tthc_flow.plan.replay import carried_out, replayed, seen_in

A = Step(id="a", name="Chuyển hồ sơ", kinds=(StepKind.TRANSFER,))
B = Step(id="b", name="Thẩm định", kinds=(StepKind.EXAMINE,))


def case(*steps: Step) -> Procedure:
    return Procedure(flow=Flow(id="p", nodes=steps))


def candidate(*targets: str, verdict: Verdict = Verdict.PASS, **more: object) -> Candidate:
    condition = Precondition(name="x", verdict=verdict)
    return Candidate(lever="drop_relay", targets=targets, preconditions=(condition,), **more)


def ruling(stand: Stand = Stand.ACCEPT, **more: object) -> Ruling:
    seen = seen_in(case(A, B), candidate("a", anchors=("b",)))
    return Ruling(lever="drop_relay", targets=("a",), stand=stand, seen=seen, **more)


def codes(found) -> list[str]:
    return [each.code for each in found.findings]


def test_a_ruling_holds_where_the_work_is_the_same_under_another_id_and_time():
    now = case(evolve(A, id="x1", number="7"), evolve(B, id="x2"))
    found = replayed([ruling()], now, [candidate("x1", anchors=("x2",))])
    assert (found.pinned, codes(found)) == (("drop_relay:x1",), [])
    rejected = ruling(Stand.REJECT, reason="cần giữ")
    found = replayed([rejected], now, [candidate("x1")])
    assert (found.pinned, found.forbidden) == ((), ("drop_relay:x1",))


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (case(evolve(A, kinds=(StepKind.EXAMINE,)), B), "ruling-stale"),
        (case(evolve(A, name="Chuyển và thẩm tra"), B), "ruling-stale"),
        (case(A, evolve(B, reads=frozenset({"Đơn"}))), "ruling-stale"),  # what it rests on
        (case(B), "ruling-lost"),
        (case(A, evolve(A, id="c")), "ruling-lost"),  # the examination is gone
    ],
)
def test_nobody_has_ruled_on_other_work(now, code):
    found = replayed([ruling()], now, [candidate("a")])
    assert (found.pinned, found.forbidden, codes(found)) == ((), (), [code])


def test_two_steps_alike_under_new_ids_are_not_guessed_between():
    now = case(evolve(A, id="x1"), evolve(A, id="x2"), B)
    assert codes(replayed([ruling()], now, [candidate("x1"), candidate("x2")])) == ["ruling-lost"]


@pytest.mark.parametrize(
    ("verdict", "code"), [(Verdict.FAIL, "ruling-barred"), (Verdict.UNKNOWN, "ruling-open")]
)
def test_a_gate_goes_before_an_acceptance_and_never_before_a_rejection(verdict, code):
    there = [candidate("a", verdict=verdict)]
    found = replayed([ruling()], case(A, B), there)
    assert (found.pinned, codes(found)) == ((), [code])
    found = replayed([ruling(Stand.REJECT, reason="x")], case(A, B), there)
    assert (found.forbidden, codes(found)) == (("drop_relay:a",), [])


def test_two_rulings_that_differ_count_for_nothing_and_two_alike_are_one():
    there = [candidate("a")]
    found = replayed([ruling(), ruling(Stand.REJECT, reason="x")], case(A, B), there)
    assert (found.pinned, found.forbidden, codes(found)) == ((), (), ["ruling-twice"])
    found = replayed([ruling(), ruling()], case(A, B), there)
    assert (found.pinned, codes(found)) == (("drop_relay:a",), [])


def test_an_edit_sets_only_what_the_candidate_lets_one_set():
    there = [candidate("a", terms=(("share", ""),))]
    edit = ruling(Stand.EDIT, terms=(("share", "0.2"), ("speed", "9")))
    found = replayed([edit], case(A, B), there)
    assert found.pinned == ("drop_relay:a",)
    assert dict(found.terms) == {"drop_relay:a": (("share", "0.2"),)}
    assert codes(found) == ["ruling-unknown-term"]


def test_where_nothing_is_found_any_more_that_is_told():
    assert codes(replayed([ruling()], case(A, B), [])) == ["ruling-no-candidate"]


def test_rulings_on_procedures_keep_their_reasons_wherever_the_procedures_stand_now():
    candidate = Candidate(lever="merge_procedures", targets=("c.bpmn", "z.bpmn"))
    seen = (
        Seen(id="a.bpmn", name="A", fingerprint="1"),
        Seen(id="b.bpmn", name="B", fingerprint="2"),
    )
    ruling = Ruling(
        lever="merge_procedures",
        targets=("a.bpmn", "b.bpmn"),
        stand=Stand.REJECT,
        reason="hai việc khác nhau",
        seen=seen,
    )
    moved = {"z.bpmn": "1", "c.bpmn": "2"}
    found = carried_out([ruling], [candidate], moved, about="procedure")
    assert found.forbidden == (candidate.id,)
    assert found.reasons == ((candidate.id, "hai việc khác nhau"),)
    (stale,) = carried_out([ruling], [candidate], {"a.bpmn": "3"}, about="procedure").findings
    assert stale.code == "ruling-procedure-stale"
