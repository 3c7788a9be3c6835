"""Second examinations that may go, and those that may not, as small procedures."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    LAW,
    ONE_STOP,
    PROVINCIAL,
    case,
    labelled,
    papers,
    picture,
    step,
    told_by,
    within,
)
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind, TaskType

DOSSIER = papers("Đơn", "Bản vẽ")
EXAMINE = step("examine", "examine draft", AGENCY["officer"], 5, reads=DOSSIER)
AGAIN = step("again", "reexamine", COMMITTEE["officer"], 3, reads=DOSSIER, mandatory=False)
REVIEW = step("review", "review", COMMITTEE["head"], 1)
SIGN = step("sign", "sign", COMMITTEE["chair"], 1)
RETURN = step("return", "return", ONE_STOP, 1)
ROW = (EXAMINE, AGAIN, SIGN, RETURN)
ROW_THAT_SIGNS = evolve(
    AGAIN,
    name="Thẩm tra và trình ký",
    kinds=(StepKind.REEXAMINE, StepKind.SIGN),
    performer=COMMITTEE["chair"],
    writes=papers("Giấy phép"),
)

FINDS = {
    "same-documents": case(*ROW),
    "asked-and-answered": case(
        evolve(EXAMINE, reads=None),
        evolve(AGAIN, reads=None, writes=None, mandatory=None, legal_basis=PROVINCIAL),
        SIGN,
        RETURN,
        answers="examines-anything-new=no result-is-used=no",
    ),
    "covered-by-two-together": case(
        evolve(EXAMINE, id="drawings", reads=papers("Bản vẽ")),
        evolve(EXAMINE, id="form", reads=papers("Đơn")),
        AGAIN,
        SIGN,
        RETURN,
    ),
    "covered-by-two-side-by-side": picture(
        "s > and1 > drawings > and2 > again > sign > return > e; and1 > form > and2",
        evolve(EXAMINE, id="drawings", reads=papers("Bản vẽ")),
        evolve(EXAMINE, id="form", reads=papers("Đơn")),
        AGAIN,
        SIGN,
        RETURN,
    ),
    "the-row-also-signs": case(EXAMINE, ROW_THAT_SIGNS, RETURN),
    "the-row-reads-the-submission-to-sign-it": case(
        EXAMINE,
        evolve(ROW_THAT_SIGNS, reads=DOSSIER | {"Tờ trình"}),
        RETURN,
        answers="examines-anything-new=no",
    ),
    "in-one-arm-of-a-choice": picture(
        "s > examine > xor1 > again > xor2 > sign > return > e; xor1 > xor2",
        EXAMINE,
        AGAIN,
        SIGN,
        RETURN,
    ),
    "in-a-sub-process": within(
        "s > examine > box > sign > e", "s2 > again > review > e2", EXAMINE, AGAIN, REVIEW, SIGN
    ),
}
BARRED = {
    "law-names-it": (
        case(EXAMINE, evolve(AGAIN, legal_basis=LAW), SIGN, RETURN),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "mandatory": (
        case(EXAMINE, evolve(AGAIN, mandatory=True, legal_basis=PROVINCIAL), SIGN, RETURN),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "no-basis-typed-in": (
        case(EXAMINE, evolve(AGAIN, mandatory=None), SIGN, RETURN),
        "rule-names-the-step",
        Verdict.UNKNOWN,
    ),
    "reads-something-new": (
        case(EXAMINE, evolve(AGAIN, reads=DOSSIER | {"Quy hoạch"}), SIGN, RETURN),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "another-criterion": (
        case(
            evolve(EXAMINE, criteria=papers("Kỹ thuật")),
            evolve(AGAIN, criteria=papers("Pháp lý")),
            SIGN,
        ),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "nobody-knows-what-it-reads": (
        case(EXAMINE, evolve(AGAIN, reads=None), SIGN, RETURN),
        "examines-anything-new",
        Verdict.UNKNOWN,
    ),
    "its-note-is-read": (
        case(
            EXAMINE,
            evolve(AGAIN, writes=papers("Phiếu trình")),
            evolve(SIGN, reads=papers("Phiếu trình")),
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "nobody-knows-what-it-writes": (
        case(EXAMINE, evolve(AGAIN, writes=None), SIGN, RETURN),
        "result-is-used",
        Verdict.UNKNOWN,
    ),
    "nobody-knows-what-the-signing-row-examines": (
        case(EXAMINE, evolve(ROW_THAT_SIGNS, reads=DOSSIER | {"Tờ trình"}), RETURN),
        "examines-anything-new",
        Verdict.UNKNOWN,
    ),
    "law-names-the-row-that-also-signs": (
        case(EXAMINE, evolve(ROW_THAT_SIGNS, legal_basis=LAW), RETURN),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "a-branch-stands-on-the-row-that-also-signs": (
        picture("s > examine > again > xor1 > return > e; xor1 > e_no", EXAMINE, ROW_THAT_SIGNS),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "two-together-leave-one-document-out": (
        case(
            evolve(EXAMINE, id="drawings", reads=papers("Bản vẽ")),
            evolve(EXAMINE, id="form", reads=papers("Đơn")),
            evolve(AGAIN, reads=DOSSIER | {"Quy hoạch"}),
            SIGN,
        ),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "one-of-two-does-not-say-what-it-reads": (
        case(
            evolve(EXAMINE, id="drawings", reads=papers("Bản vẽ")),
            evolve(EXAMINE, id="form", reads=None),
            AGAIN,
            SIGN,
        ),
        "examines-anything-new",
        Verdict.UNKNOWN,
    ),
    "a-far-one-does-not-say-what-it-reads": (
        case(
            evolve(EXAMINE, id="form", reads=None),
            evolve(EXAMINE, id="drawings", reads=papers("Bản vẽ")),
            AGAIN,
            SIGN,
        ),
        "examines-anything-new",
        Verdict.UNKNOWN,
    ),
    "no-one-saw-both-the-document-and-the-criterion": (
        case(
            evolve(EXAMINE, id="one", reads=papers("Bản vẽ"), criteria=papers("Kỹ thuật")),
            evolve(EXAMINE, id="other", reads=papers("Đơn"), criteria=papers("Pháp lý")),
            evolve(AGAIN, criteria=papers("Kỹ thuật", "Pháp lý")),
            SIGN,
        ),
        "examines-anything-new",
        Verdict.UNKNOWN,
    ),
    "a-branch-stands-on-it-after-the-review": (
        picture(
            "s > examine > again > review > xor1 > sign > e; xor1 > e_no",
            EXAMINE,
            AGAIN,
            REVIEW,
            SIGN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "rejects-three-in-a-hundred": (
        case(EXAMINE, evolve(AGAIN, checked=100, rejected=3), SIGN, RETURN),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "rejected-none-of-twenty": (
        case(EXAMINE, evolve(AGAIN, checked=20, rejected=0), SIGN, RETURN),
        "rejects-almost-nothing",
        Verdict.UNKNOWN,
    ),
    "sent-back-to-it": (
        labelled(
            picture(
                "s > examine > xor1 > again > sign > xor2 > e; xor2 > xor1", EXAMINE, AGAIN, SIGN
            ),
            xor2__xor1=Outcome.REWORK,
        ),
        "nobody-sends-back-to-it",
        Verdict.FAIL,
    ),
    "sent-back-by-an-unlabelled-arrow": (
        picture("s > examine > xor1 > again > sign > xor2 > e; xor2 > xor1", EXAMINE, AGAIN, SIGN),
        "nobody-sends-back-to-it",
        Verdict.FAIL,
    ),
    "two-pairs-of-eyes": (
        case(EXAMINE, evolve(AGAIN, separate_from=papers("examine")), SIGN, RETURN),
        "no-separate-duty",
        Verdict.FAIL,
    ),
    "it-asks-the-applicant": (told_by(case(*ROW), "again"), "does-nothing-else", Verdict.FAIL),
}
ALONE = {
    "two-people-of-one-office": case(EXAMINE, evolve(AGAIN, performer=AGENCY["division"]), SIGN),
    "examined-on-one-way-only": picture(
        "s > xor1 > examine > xor2 > again > sign > e; xor1 > xor2", EXAMINE, AGAIN, SIGN
    ),
    "first-in-another-arm-that-is-not-waited-for": picture(
        "s > and1 > examine > and2 > sign > e; and1 > again > and2", EXAMINE, AGAIN, SIGN
    ),
    "a-machine-examined-first": case(evolve(EXAMINE, task=TaskType.SERVICE), AGAIN, SIGN, RETURN),
    "nobody-examined-first": case(AGAIN, SIGN, RETURN),
}
