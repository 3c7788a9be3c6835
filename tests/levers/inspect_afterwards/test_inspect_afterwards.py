"""inspect_afterwards: the grant first, the inspection of a sample later, if every gate is open."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    LAW,
    ONE_STOP,
    arrows,
    case,
    found,
    length,
    not_passed,
    papers,
    passed,
    picture,
    step,
    the_one,
    way,
)
from tthc_flow.levers.inspect_afterwards import COMMITMENT, GATE, LEVER
from tthc_flow.measures.compliance_cost import tt02_2017
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import Event, EventPosition, Outcome, SubProcess, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ApplicantWork, CostItem, Document, PostCheck, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Harm, Severity, StepKind
from tthc_flow.proof.gates.questions import questions
from tthc_flow.units import Dong

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
VISIT = step("visit", "inspect", AGENCY["officer"], 5, number="3")
SIGN = step("sign", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, 1)
OPEN = " ".join(f"{each}={questions()[each].passes_on}" for each in GATE)
ROW = (EXAMINE, VISIT, SIGN, RETURN)


def shut(question):
    """The answers with one that bars."""
    barring = "yes" if questions()[question].passes_on == "no" else "no"
    return OPEN.replace(f"{question}={questions()[question].passes_on}", f"{question}={barring}")


FINDS = {
    "site-visit": case(*ROW, answers=OPEN),
    "a-second-appraisal": case(
        EXAMINE, step("again", "examine", AGENCY["division"], 2), SIGN, RETURN, answers=OPEN
    ),
}
BARRED = {
    **{f"shut-{each}": (case(*ROW, answers=shut(each)), each, Verdict.FAIL) for each in GATE},
    "one-question-open": (
        case(*ROW, answers=OPEN.replace("environment=no", "")),
        "environment",
        Verdict.UNKNOWN,
    ),
    "no-answer-at-all": (case(*ROW), "defence-security", Verdict.UNKNOWN),
    "law-demands-it": (
        case(EXAMINE, evolve(VISIT, legal_basis=LAW), SIGN, answers=OPEN),
        "prior-check-required",
        Verdict.FAIL,
    ),
    "mandatory": (
        case(EXAMINE, evolve(VISIT, mandatory=True), SIGN, answers=OPEN),
        "prior-check-required",
        Verdict.FAIL,
    ),
    "harm-is-for-ever": (
        case(
            EXAMINE,
            evolve(VISIT, harm=Harm(severity=Severity.HIGH, reversible=False)),
            SIGN,
            answers=OPEN,
        ),
        "harm-can-be-undone",
        Verdict.FAIL,
    ),
    "harm-said-to-be-for-ever": (
        case(
            EXAMINE,
            evolve(VISIT, harm=Harm(severity=Severity.LOW, reversible=True)),
            SIGN,
            answers=shut("harm-can-be-undone"),
        ),
        "harm-can-be-undone",
        Verdict.FAIL,
    ),
    "its-minutes-are-read": (
        case(
            EXAMINE,
            evolve(VISIT, writes=papers("Biên bản")),
            evolve(SIGN, reads=papers("Biên bản")),
            answers=OPEN,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "nobody-knows-what-it-writes": (
        case(EXAMINE, evolve(VISIT, writes=None), SIGN, answers=OPEN),
        "result-is-used",
        Verdict.UNKNOWN,
    ),
    "a-refusal-stands-on-it": (
        picture(
            "s > examine > visit > xor1 > sign > e; xor1 > e_no",
            EXAMINE,
            VISIT,
            SIGN,
            answers=OPEN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "the-row-also-drafts": (
        case(EXAMINE, evolve(VISIT, kinds=(StepKind.INSPECT, StepKind.DRAFT)), SIGN, answers=OPEN),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "two-people": (
        case(EXAMINE, VISIT, evolve(SIGN, separate_from=papers("visit")), answers=OPEN),
        "no-separate-duty",
        Verdict.FAIL,
    ),
}
ALONE = {
    "the-only-examination": case(EXAMINE, SIGN, RETURN, answers=OPEN),
    "the-only-examination-with-a-visit": case(
        evolve(VISIT, kinds=(StepKind.INSPECT, StepKind.EXAMINE)), SIGN, answers=OPEN
    ),
    "the-only-examination-on-its-way": picture(
        "s > xor1 > examine > sign > e; xor1 > other > sign",
        EXAMINE,
        step("other", "examine", AGENCY["division"], 2),
        SIGN,
        answers=OPEN,
    ),
    "no-inspection": case(step("receive", "receive", ONE_STOP, 1), SIGN, answers=OPEN),
}


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
        *GATE,
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (10, 5)
    box = "PostInspection_visit"
    assert way(after) == ["start", "examine", "sign", "return", box, "end"]
    assert after.flow.by_id[box].outside_clock


def test_the_inspection_takes_place_after_a_date_on_a_sample_with_four_outcomes():
    given = FINDS["site-visit"]
    after = LEVER.apply(given, the_one(LEVER, given))
    box = "PostInspection_visit"
    inside = {node.id: node for node in after.flow.nodes if node.scope == box}
    names = {id_.removeprefix(f"{box}_"): node.name for id_, node in inside.items()}
    assert names == {
        "Start": "",
        "Due": "Đến kỳ hậu kiểm",
        "Sample": "Thuộc mẫu kiểm tra?",
        "Inspect": "Hậu kiểm: Kiểm tra thực địa",
        "Result": "Kết quả hậu kiểm",
        "NotSampled": "",
        "Keep": "Giữ nguyên kết quả",
        "Correct": "Yêu cầu khắc phục",
        "Suspend": "Đình chỉ kết quả",
        "Revoke": "Thu hồi kết quả",
    }
    assert inside[f"{box}_Due"].trigger is Trigger.TIMER
    visit = inside[f"{box}_Inspect"]
    assert (visit.kinds, visit.number) == ((StepKind.POST_INSPECT,), None)
    assert {a for a in arrows(after) if a.startswith(f"{box}_Sample>")} == {
        f"{box}_Sample>{box}_Inspect",
        f"{box}_Sample>{box}_NotSampled",
    }


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


FEE = ApplicantWork(item=CostItem.FEE, name="Phí", other=Quantity(value=100_000))
VOLUME = Volume(
    subjects=Quantity(value=200), times=Quantity(value=1), hourly_income=Quantity(value=50_000)
)
SAMPLED = PostCheck(share=Quantity(value=Fraction(1, 5)), hours=Quantity(value=8))


def test_the_cost_after_is_unknown_until_the_sample_is_stated():
    given = evolve(FINDS["site-visit"], work=(FEE,), volume=VOLUME)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert tt02_2017(given).yearly == Dong(20_000_000)
    assert (tt02_2017(after).yearly, tt02_2017(after).missing) == (None, ("post_check",))


def test_a_stated_sample_is_paid_for_after_and_not_before():
    # 200 cases × (100,000 fee) before; 20 % of 200 cases × 8 hours × 50,000 more after.
    given = evolve(FINDS["site-visit"], work=(FEE,), volume=VOLUME, post_check=SAMPLED)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert tt02_2017(given).yearly == Dong(20_000_000)
    assert tt02_2017(after).yearly == Dong(20_000_000 + 16_000_000)


def test_the_agencys_own_time_after_the_grant_is_told_apart():
    given = FINDS["site-visit"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert norm_time(after.flow).work.days == 5
    assert not_passed(the_one(LEVER, given)) == {}
