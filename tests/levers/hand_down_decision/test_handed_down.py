"""What a signature that was handed down is called, gives and decides; what check says of it."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.hand_down_decision.shapes import (
    EXAMINE,
    FINDS,
    FREE,
    HIGHER,
    HIGHER_STAMP,
    LOWER,
    LOWER_STAMP,
    RETURN,
    SEEN,
    TAKEN,
)
from levers.office import (
    AGENCY,
    COMMITTEE,
    PROVINCIAL,
    case,
    done_by,
    found,
    papers,
    picture,
    the_one,
    way,
)
from tthc_flow.checks import check
from tthc_flow.levers.hand_down_decision import LEVER
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Outcome
from tthc_flow.model.law import Authority, HandingForm
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind, TaskType
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.words.messages import LANGUAGES, message


def test_the_head_of_the_department_decides_and_reports():
    given = FINDS["with-both-registries"]
    after = LEVER.apply(given, the_one(LEVER, given))
    decision, report = after.flow.by_id["lower"], after.flow.by_id["Report_lower"]
    assert decision.name == "Ký quyết định (theo ủy quyền)"
    assert decision.documentation == "Ký tờ trình"
    assert (done_by(after, "lower"), done_by(after, report.id)) == ("Lãnh đạo Sở", "Lãnh đạo Sở")
    assert decision.time == given.flow.by_id["lower"].time
    assert (report.name, report.task) == ("Báo cáo việc thực hiện ủy quyền", TaskType.SEND)
    assert report.time.counted is False


def test_what_numbered_the_submission_numbers_the_result():
    given = FINDS["with-both-registries"]
    stamp = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["numbered"]
    assert (stamp.name, stamp.documentation) == ("Lấy số, phát hành kết quả", "Lấy số, đóng dấu")
    machine = evolve(LOWER_STAMP, task=TaskType.SERVICE)
    given = case(EXAMINE, LOWER, machine, HIGHER, HIGHER_STAMP, RETURN, answers=FREE)
    assert LEVER.apply(given, the_one(LEVER, given)).flow.by_id["numbered"] == machine


@pytest.mark.parametrize("decides", [None, True])
def test_the_decision_decides_what_the_higher_signature_decided(decides):
    given = case(EXAMINE, LOWER, evolve(HIGHER, decides=decides), RETURN, answers=FREE)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["lower"].decides is decides


def test_check_says_nothing_of_the_rewritten_flow_that_it_did_not_say_before():
    given = FINDS["with-both-registries"]
    assert new_findings(given, LEVER.apply(given, the_one(LEVER, given))) == set()


def new_findings(before, after):
    """Return what ``check`` says of *after* and not of *before*, by code and element."""
    was, now = (check(each, DEFAULT_CONVENTION) for each in (before, after))
    return {(f.code, f.element) for f in now} - {(f.code, f.element) for f in was}


def test_the_decision_gives_the_result_of_the_higher_signature():
    given = case(
        EXAMINE,
        evolve(LOWER, result="Tờ trình"),
        evolve(HIGHER, result="Giấy phép"),
        RETURN,
        answers=FREE,
    )
    decision = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["lower"]
    assert decision.result == "Giấy phép"


def test_the_result_is_made_by_the_decision_and_found_by_who_returns_it():
    paper = papers("Giấy phép")
    given = case(
        EXAMINE,
        evolve(LOWER, writes=papers("Tờ trình")),
        evolve(HIGHER, writes=paper, legal_basis=PROVINCIAL),
        evolve(RETURN, reads=paper),
        answers=FREE,
    )
    (offer,) = offers(given, (LEVER,), DEFAULT_CONVENTION)
    assert offer.candidate.verdict is Verdict.PASS
    decision = LEVER.apply(given, offer.candidate).flow.by_id["lower"]
    assert decision.writes == papers("Giấy phép", "Tờ trình")
    assert decision.legal_basis == PROVINCIAL


def test_what_branches_off_between_is_decided_by_the_lower_head():
    given = FINDS["a-choice-after-the-lower-signature"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("taken", "higher")
    after = LEVER.apply(given, candidate)
    assert {(e.target, e.outcome) for e in after.flow.outgoing["xor1"]} == {
        ("return", Outcome.GRANT),
        ("e_no", Outcome.REFUSE),
        ("xor0", Outcome.REWORK),
    }
    assert [e.source for e in after.flow.incoming["xor1"]] == ["lower"]


def test_the_office_between_hands_on_what_the_department_answers_for():
    given = FINDS["two-levels-of-handling"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("taken", "seen", "higher"), ("lower",))
    assert candidate.handing.receiver == AGENCY["head"]
    decision = LEVER.apply(given, candidate).flow.by_id["lower"]
    assert decision.name == "Ký quyết định (theo ủy quyền)"


def test_handling_side_by_side_goes_with_its_gateways():
    given = FINDS["handled-side-by-side"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert way(after) == ["s", "examine", "lower", "return", "Report_lower", "e"]


def test_a_reminder_goes_with_what_it_reminds_of():
    given = FINDS["a-timer-reminds-of-it"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("higher", "late", "remind", "over")
    after = LEVER.apply(given, candidate)
    assert way(after) == ["start", "examine", "lower", "return", "Report_lower", "end"]
    assert not {"late", "remind", "over"} & set(after.flow.by_id)


def test_a_delegation_says_from_whom_to_whom_how_and_what_follows():
    given = FINDS["with-both-registries"]
    candidate = the_one(LEVER, given)
    handed = candidate.handing
    assert (handed.giver, handed.receiver) == (COMMITTEE["chair"], AGENCY["head"])
    assert (handed.form, handed.period) == (HandingForm.DELEGATION, None)
    assert candidate.instrument == "văn bản ủy quyền (Luật 72/2025/QH15 Điều 14)"
    assert candidate.authority is Authority.WITHIN
    assert "handing-giver-answerable" in handed.conditions
    for code in (*handed.conditions, *handed.republish):
        for lang in LANGUAGES:
            assert message(code, {}, lang).text


def test_what_no_delegation_allows_may_be_decentralised_by_a_normative_text():
    given = FINDS["decentralised-to-a-commune"]
    candidate = the_one(LEVER, given)
    assert candidate.handing.form is HandingForm.DECENTRALISATION
    assert candidate.instrument == (
        "văn bản quy phạm pháp luật phân cấp (Luật 72/2025/QH15 Điều 13)"
    )
    after = LEVER.apply(given, candidate).flow
    assert after.by_id["lower"].name == "Ký quyết định (theo phân cấp)"
    assert after.by_id["Report_lower"].name == "Báo cáo việc thực hiện phân cấp"


def test_a_period_that_was_set_is_written_into_the_decision():
    given = FINDS["with-both-registries"]
    candidate = evolve(the_one(LEVER, given), terms=(("period", "đến hết ngày 31/12/2026"),))
    decision = LEVER.apply(given, candidate).flow.by_id["lower"]
    assert decision.documentation == ("Ký tờ trình\nThời hạn ủy quyền: đến hết ngày 31/12/2026.")
    assert the_one(LEVER, given).terms == (("period", ""),)
    lasting = FINDS["decentralised-to-a-commune"]
    assert the_one(LEVER, lasting).terms == ()


def test_a_provincial_text_behind_the_signature_is_amended_too():
    given = case(EXAMINE, LOWER, evolve(HIGHER, legal_basis=PROVINCIAL), RETURN, answers=FREE)
    assert the_one(LEVER, given).instrument == (
        "văn bản ủy quyền (Luật 72/2025/QH15 Điều 14); QĐ 12/2025/QĐ-UBND"
    )


def test_a_choice_whose_ways_only_handled_is_no_choice_any_more():
    given = picture(
        "s > examine > lower > xor1 > taken > xor2 > higher > return > e; xor1 > seen > xor2",
        EXAMINE,
        LOWER,
        TAKEN,
        SEEN,
        HIGHER,
        RETURN,
        answers=FREE,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert way(after) == ["s", "examine", "lower", "return", "Report_lower", "e"]


OFFICE_ROW = evolve(
    HIGHER,
    name="Thẩm tra, trình Chủ tịch UBND tỉnh ký",
    kinds=(StepKind.REEXAMINE, StepKind.SIGN, StepKind.TRANSFER),
    performer=evolve(COMMITTEE["head"], name="Chuyên viên", role=Role.OFFICER),
)


def test_the_office_s_row_holds_the_signature_of_the_committee_that_hands_it_down():
    given = case(
        EXAMINE,
        LOWER,
        OFFICE_ROW,
        RETURN,
        answers=f"{FREE} rule-names-the-step=no examines-anything-new=no",
    )
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("higher",), ("lower",))
    assert (candidate.handing.giver.name, candidate.handing.receiver) == (
        "UBND tỉnh",
        AGENCY["head"],
    )
    after = LEVER.apply(given, candidate)
    assert way(after) == ["start", "examine", "lower", "return", "Report_lower", "end"]
    assert after.flow.by_id["lower"].name == "Ký kết quả (theo ủy quyền)"


def test_a_row_that_hands_up_what_the_chair_signs_himself_is_no_signature_of_his():
    given = case(EXAMINE, LOWER, OFFICE_ROW, evolve(HIGHER, id="chair"), RETURN, answers=FREE)
    candidates = {each.handing.giver.name for each in found(LEVER, given)}
    assert "UBND tỉnh" not in candidates


def test_who_passes_the_result_on_in_the_giver_s_house_goes_with_the_signature():
    passed_on = evolve(HIGHER_STAMP, kinds=(StepKind.TRANSFER,), name="Chuyển kết quả cho một cửa")
    given = case(EXAMINE, LOWER, LOWER_STAMP, HIGHER, passed_on, RETURN, answers=FREE)
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("higher", passed_on.id)
    assert way(LEVER.apply(given, candidate)) == [
        "start", "examine", "lower", "numbered", "return", "Report_lower", "end",
    ]  # fmt: skip
