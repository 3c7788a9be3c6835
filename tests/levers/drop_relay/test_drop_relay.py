"""drop_relay: who only passes a dossier on goes; who hands the result over stays."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    LAW,
    ONE_STOP,
    case,
    found,
    labelled,
    length,
    papers,
    passed,
    picture,
    reminded,
    step,
    the_one,
    told_by,
    way,
    within,
)
from tthc_flow.levers.drop_relay import LEVER
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict

RECEIVE = step("receive", "receive", ONE_STOP, "0.5")
EXAMINE = step("examine", "examine", AGENCY["officer"], 2)
SIGN = step("sign", "sign", COMMITTEE["chair"], 1)
RETURN = step("return", "return", ONE_STOP, "0.5")
RELAY = step("relay", "transfer receive", COMMITTEE["clerk"], 1, paper=False, mandatory=False)
FREE = "registers-legal-record=no"

FINDS = {
    "between-two-offices": case(RECEIVE, EXAMINE, RELAY, SIGN, RETURN, answers=FREE),
    "two-in-a-row": case(
        RECEIVE,
        EXAMINE,
        step("first", "transfer", AGENCY["clerk"], "0.5", paper=False),
        RELAY,
        SIGN,
        RETURN,
        answers=f"{FREE} rule-names-the-step=no",
    ),
    "in-an-arm-beside-the-examination": picture(
        "s > receive > and1 > relay > and2 > sign > return > e; and1 > examine > and2",
        RECEIVE,
        RELAY,
        EXAMINE,
        SIGN,
        RETURN,
        answers=FREE,
    ),
    "in-a-loop": labelled(
        picture(
            "s > receive > xor1 > examine > relay > sign > xor2 > return > e; xor2 > xor1",
            RECEIVE,
            EXAMINE,
            RELAY,
            SIGN,
            RETURN,
            answers=FREE,
        ),
        xor2__xor1=Outcome.REWORK,
        xor2__return=Outcome.GRANT,
    ),
    "in-a-sub-process": within(
        "s > receive > examine > box > return > e",
        "s2 > relay > sign > e2",
        RECEIVE,
        EXAMINE,
        RELAY,
        SIGN,
        RETURN,
        answers=FREE,
    ),
    "a-reminder-hangs-on-it": reminded(
        case(RECEIVE, EXAMINE, RELAY, SIGN, RETURN, answers=FREE),
        "relay",
        step("remind", "report", COMMITTEE["clerk"], None),
    ),
}
BARRED = {
    "law-names-it": (
        case(EXAMINE, evolve(RELAY, legal_basis=LAW), SIGN, RETURN, answers=FREE),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "a-rule-named-after-all": (
        case(EXAMINE, RELAY, SIGN, RETURN, answers=f"{FREE} rule-names-the-step=yes"),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "keeps-a-register": (
        case(EXAMINE, RELAY, SIGN, RETURN, answers="registers-legal-record=yes"),
        "registers-legal-record",
        Verdict.FAIL,
    ),
    "nobody-asked": (
        case(EXAMINE, RELAY, SIGN, RETURN),
        "registers-legal-record",
        Verdict.UNKNOWN,
    ),
    "the-last-transfer-hands-it-over": (
        case(RECEIVE, EXAMINE, SIGN, RELAY, answers=FREE),
        "result-still-handed-over",
        Verdict.FAIL,
    ),
    "the-counter-receives": (
        case(EXAMINE, evolve(RELAY, performer=ONE_STOP), SIGN, RETURN, answers=FREE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "somebody-reads-its-note": (
        case(
            EXAMINE,
            evolve(RELAY, writes=papers("Phiếu chuyển")),
            evolve(SIGN, reads=papers("Phiếu chuyển")),
            RETURN,
            answers=FREE,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "the-row-hides-the-decision": (
        case(
            EXAMINE,
            evolve(RELAY, name="Trình Chủ tịch UBND tỉnh ban hành quyết định công nhận"),
            RETURN,
            answers=FREE,
        ),
        "does-nothing-else",
        Verdict.UNKNOWN,
    ),
    "must-be-two-people": (
        case(EXAMINE, evolve(RELAY, separate_from=papers("sign")), SIGN, RETURN, answers=FREE),
        "no-separate-duty",
        Verdict.FAIL,
    ),
    "tells-the-applicant": (
        told_by(case(EXAMINE, RELAY, SIGN, RETURN, answers=FREE), "relay"),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "the-first-step-is-the-receipt": case(RELAY, EXAMINE, SIGN, RETURN, answers=FREE),
    "no-relay": case(RECEIVE, EXAMINE, SIGN, RETURN),
}


def test_the_relay_goes_with_its_day_and_its_neighbours_meet():
    given = FINDS["between-two-offices"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("relay",)
    assert passed(candidate) == [
        "does-nothing-else",
        "result-still-handed-over",
        "decides-no-branch",
        "rule-names-the-step",
        "registers-legal-record",
        "paper-original-required",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (5, 4)
    assert way(after) == ["start", "receive", "examine", "sign", "return", "end"]


def test_a_result_returned_after_a_sub_process_is_still_handed_over():
    given = within(
        "s > examine > box > return > e",
        "s_in > a > relay > e_in",
        EXAMINE,
        RELAY,
        RETURN,
        answers=FREE,
    )
    candidate = the_one(LEVER, given)
    assert candidate.verdict is Verdict.PASS
    after = LEVER.apply(given, candidate)
    assert "relay" not in after.flow.by_id
    assert length(after) == length(given) - 1


def test_each_of_two_relays_goes_alone():
    given = FINDS["two-in-a-row"]
    first, second = found(LEVER, given)
    after = LEVER.apply(LEVER.apply(given, first), second)
    assert way(after) == ["start", "receive", "examine", "sign", "return", "end"]


def test_a_message_to_another_agency_goes_with_the_relay():
    given = told_by(FINDS["between-two-offices"], "relay", pool="Sở Tài chính")
    candidate = the_one(LEVER, given)
    assert candidate.verdict is Verdict.PASS
    assert LEVER.apply(given, candidate).messages == ()


def test_a_reminder_of_a_relay_goes_with_it_and_no_check_is_risked():
    given = FINDS["a-reminder-hangs-on-it"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.risk) == (("relay", "late", "remind", "over"), 0)
    after = LEVER.apply(given, candidate)
    assert way(after) == ["start", "receive", "examine", "sign", "return", "end"]
