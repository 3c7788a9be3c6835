"""inspect_afterwards: the grant first, the inspection of a sample later, if every gate is open."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.inspect_afterwards.cases import (
    ALONE,
    BARRED,
    BOX,
    EXAMINE,
    FINDS,
    OPEN,
    ROW,
    SIGN,
    VISIT,
    applied,
    conditions,
)
from levers.office import (
    AGENCY,
    CONSULTED,
    arrows,
    case,
    done_by,
    found,
    length,
    passed,
    picture,
    step,
    the_one,
    way,
)
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers.inspect_afterwards import COMMITMENT, GATE, LEVER
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Outcome,
    SubProcess,
    Timer,
    TimerKind,
    Trigger,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Harm, Severity, StepKind
from tthc_flow.proof.soundness import soundness

__all__ = ["ALONE", "BARRED", "FINDS"]


def test_the_grant_no_longer_waits_five_days():
    given = FINDS["site-visit"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("visit",)
    assert passed(candidate) == [
        "does-nothing-else",
        "decides-no-branch",
        "nobody-sends-back-to-it",
        "nobody-reads-its-result",
        "no-separate-duty",
        "somebody-commits",
        *GATE,
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (10, 5)
    box = "PostInspection_visit"
    assert way(after) == ["start", "examine", "sign", "return", box, "end"]
    assert after.flow.by_id[box].outside_clock


def test_the_inspection_takes_place_after_a_date_on_a_sample_and_is_followed_up():
    after = applied(FINDS["site-visit"])
    inside = {node.id: node for node in after.flow.nodes if node.scope == BOX}
    assert {id_.removeprefix(f"{BOX}_"): node.name for id_, node in inside.items()} == {
        "Start": "",
        "Due": "Đến kỳ hậu kiểm",
        "Sample": "Thuộc mẫu kiểm tra?",
        "Inspect": "Hậu kiểm: Kiểm tra thực địa",
        "Result": "Kết quả hậu kiểm",
        "Correct": "Theo dõi việc khắc phục",
        "Corrected": "Đã khắc phục?",
        "Suspend": "Quyết định đình chỉ, theo dõi việc khắc phục",
        "Restored": "Đã khắc phục?",
        "Revoke": "Quyết định thu hồi kết quả",
        "NotSampled": "Không thuộc mẫu kiểm tra",
        "Keep": "Giữ nguyên kết quả",
        "Restore": "Giữ nguyên kết quả sau khắc phục",
        "Revoked": "Thu hồi kết quả",
    }
    visit = inside[f"{BOX}_Inspect"]
    assert (visit.kinds, visit.number) == ((StepKind.POST_INSPECT,), None)
    ways = {a.replace(f"{BOX}_", "") for a in arrows(after) if a.startswith(f"{BOX}_")}
    assert ways == {
        "Start>Due",
        "Due>Sample",
        "Sample>Inspect",
        "Sample>NotSampled",
        "Inspect>Result",
        "Result>Keep",
        "Result>Correct",
        "Result>Suspend",
        "Result>Revoke",
        "Correct>Corrected",
        "Corrected>Restore",
        "Corrected>Suspend",
        "Suspend>Restored",
        "Restored>Restore",
        "Restored>Revoke",
        "Revoke>Revoked",
    }


def test_whoever_signs_the_grant_suspends_and_revokes_it():
    after = applied(FINDS["site-visit"])
    who = {name: done_by(after, f"{BOX}_{name}") for name in ("Correct", "Suspend", "Revoke")}
    assert who == {
        "Correct": AGENCY["officer"].name,
        "Suspend": AGENCY["head"].name,
        "Revoke": AGENCY["head"].name,
    }


def test_what_nobody_has_fixed_is_asked_of_the_case():
    after = applied(FINDS["site-visit"])
    due = after.flow.by_id[f"{BOX}_Due"]
    assert (due.trigger, due.time.duration) == (Trigger.TIMER, None)
    assert due.timer == Timer(kind=TimerKind.DATE, text="ngày hậu kiểm")
    assert conditions(after, "Sample") == {
        "Inspect": "số rút thăm < tỷ lệ theo mức rủi ro",
        "NotSampled": None,
    }
    assert after.flow.by_id[f"{BOX}_Sample"].default == f"{BOX}_Sample_NotSampled"
    assert dict(the_one(LEVER, FINDS["site-visit"]).terms) == {"share": "", "wait": ""}


def test_what_staff_fix_stands_in_the_drawing():
    after = applied(FINDS["site-visit"], ("share", "20 %"), ("wait", "90 ngày"))
    due = after.flow.by_id[f"{BOX}_Due"]
    assert (due.time.duration.amount, due.time.printed, due.timer) == (90, "90 ngày", None)
    assert conditions(after, "Sample")["Inspect"] == "số rút thăm < 0.2"
    months = applied(FINDS["site-visit"], ("wait", "6 tháng"))
    assert months.flow.by_id[f"{BOX}_Due"].timer == Timer(kind=TimerKind.DURATION, text="P6M")


def test_the_outcome_of_the_inspection_decides_by_itself():
    after = applied(FINDS["site-visit"])
    said = {
        name: compile_expression(text).holds for name, text in conditions(after, "Result").items()
    }
    for name, words in (
        ("Keep", "giữ nguyên"),
        ("Correct", "yêu cầu khắc phục"),
        ("Suspend", "đình chỉ"),
        ("Revoke", "thu hồi"),
    ):
        assert [each for each in said if said[each]({"kết quả hậu kiểm": words})] == [name]
    (form,) = after.flow.by_id[f"{BOX}_Inspect"].fields
    assert form.required
    assert all(any(said[n]({form.name: c}) for n in said) for c in form.choices)


@pytest.mark.parametrize("name", FINDS)
def test_what_is_emitted_is_read_again_sound_and_runs_on_every_branch(name):
    after = applied(FINDS[name])
    (again,) = read(build(after, lay_out(after)).data).procedures
    assert same(again.flow, after.flow)
    assert soundness(again.flow).verdict is Verdict.PASS
    assert run_every_branch(again).completed


def test_an_inspection_on_one_branch_is_asked_for_afterwards_only_there():
    given = FINDS["on-one-branch"]
    after = applied(given)
    assert after.flow.by_id[f"{BOX}_Subject"].name == "Thuộc diện phải kiểm tra?"
    assert conditions(after, "Subject") == {"Sample": None, "NotSampled": None}
    edges = tuple(
        evolve(e, condition="diện tích > 100") if (e.source, e.target) == ("xor1", "visit") else e
        for e in given.flow.edges
    )
    default = next(e.id for e in edges if (e.source, e.target) == ("xor1", "xor2"))
    nodes = tuple(evolve(n, default=default) if n.id == "xor1" else n for n in given.flow.nodes)
    by_data = applied(evolve(given, flow=evolve(given.flow, nodes=nodes, edges=edges)))
    assert conditions(by_data, "Subject") == {"Sample": "(diện tích > 100)", "NotSampled": None}
    assert f"{BOX}_Subject" not in applied(FINDS["side-by-side"]).flow.by_id


def test_the_request_goes_with_the_opinion_that_is_put_off():
    given = FINDS["an-opinion-with-its-request"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("ask", "opinion")
    after = LEVER.apply(given, candidate)
    box = "PostInspection_opinion"
    assert way(after) == ["start", "examine", "sign", "return", box, "end"]
    assert done_by(after, f"{box}_Inspect") == CONSULTED[0].name
    assert (length(given), length(after)) == (13, 5)


def test_the_candidate_rests_on_the_examination_that_stays():
    assert the_one(LEVER, FINDS["site-visit"]).anchors == ("examine",)
    assert the_one(LEVER, FINDS["the-examination-comes-later"]).anchors == ("examine",)
    assert the_one(LEVER, FINDS["a-declaration-suffices"]).anchors == ()


def test_an_inspection_right_before_the_end_is_put_off_too():
    after = applied(FINDS["right-before-the-end"])
    assert way(after) == ["start", "examine", "sign", BOX, "end"]


@pytest.mark.parametrize(
    ("harm", "points"),
    [(None, None), (Harm(severity=Severity.MEDIUM, reversible=True), 2)],
)
def test_the_risk_is_that_of_the_harm(harm, points):
    given = case(EXAMINE, evolve(VISIT, harm=harm), SIGN, answers=OPEN)
    assert the_one(LEVER, given).risk == points


@pytest.mark.parametrize("documents", [None, (Document(name="Đơn"),)])
def test_the_commitment_joins_a_known_dossier_once(documents):
    given = evolve(FINDS["site-visit"], documents=documents)
    after = LEVER.apply(given, the_one(LEVER, given))
    names = None if after.documents is None else [each.name for each in after.documents]
    assert names == (None if documents is None else ["Đơn", COMMITMENT])
    two = step("two", "inspect", AGENCY["officer"], 1)
    given = case(EXAMINE, VISIT, two, SIGN, answers=OPEN, documents=documents)
    first, second = found(LEVER, given)
    both = LEVER.apply(LEVER.apply(given, first), second).documents or ()
    assert [each.name for each in both].count(COMMITMENT) == (0 if documents is None else 1)


def test_two_inspections_follow_the_grant_and_the_first_examination_stays():
    two = step("two", "examine", AGENCY["division"], 2)
    given = case(EXAMINE, VISIT, two, SIGN, answers=OPEN)
    after = given
    for candidate in found(LEVER, given):
        after = LEVER.apply(after, candidate)
    assert (length(given), length(after)) == (11, 4)
    assert "examine" in after.flow.by_id
    assert sum(isinstance(node, SubProcess) for node in after.flow.nodes) == 2


def test_a_refusal_gets_no_inspection_and_every_grant_does():
    given = picture(
        "s > examine > visit > sign > xor1 > e_one; xor1 > e_two; xor1 > e_no",
        EXAMINE,
        VISIT,
        SIGN,
        Event(id="e_silent", position=EventPosition.END),
        answers=OPEN,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    into = {a.split(">")[1]: a.split(">")[0] for a in arrows(after) if a.split(">")[1][:2] == "e_"}
    assert into == {
        "e_one": "PostInspection_visit",
        "e_two": "PostInspection_visit_2",
        "e_no": "xor1",
    }


def test_an_end_that_says_nothing_is_no_grant_where_another_grants():
    given = FINDS["site-visit"]
    silent = Event(id="silent", position=EventPosition.END)
    flow = picture("s > examine > visit > sign > xor1 > e; xor1 > silent", *ROW[:3], silent).flow
    ends = tuple(evolve(n, outcome=None) if n.id == "silent" else n for n in flow.nodes)
    given = evolve(given, flow=evolve(flow, nodes=ends))
    after = LEVER.apply(given, the_one(LEVER, given))
    assert "xor1>silent" in set(arrows(after))
    assert after.flow.by_id["e"].outcome is Outcome.GRANT
