"""drop_second_examination: the committee's office looks again at what the department examined."""

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
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    told_by,
    way,
)
from tthc_flow.levers.drop_second_examination import LEVER
from tthc_flow.model.flow import Outcome
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import TaskType

DOSSIER = papers("Đơn", "Bản vẽ")
EXAMINE = step("examine", "examine draft", AGENCY["officer"], 5, reads=DOSSIER)
AGAIN = step("again", "reexamine", COMMITTEE["officer"], 3, reads=DOSSIER, mandatory=False)
REVIEW = step("review", "review", COMMITTEE["head"], 1)
SIGN = step("sign", "sign", COMMITTEE["chair"], 1)
RETURN = step("return", "return", ONE_STOP, 1)
ROW = (EXAMINE, AGAIN, SIGN, RETURN)

FINDS = {
    "same-documents": case(*ROW),
    "asked-and-answered": case(
        evolve(EXAMINE, reads=None),
        evolve(AGAIN, reads=None, writes=None, mandatory=None, legal_basis=PROVINCIAL),
        SIGN,
        RETURN,
        answers="examines-anything-new=no result-is-used=no",
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
    "the-row-also-signs": (
        case(EXAMINE, evolve(AGAIN, kinds=(*AGAIN.kinds, *SIGN.kinds)), RETURN),
        "does-nothing-else",
        Verdict.FAIL,
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
    "a-machine-examined-first": case(evolve(EXAMINE, task=TaskType.SERVICE), AGAIN, SIGN, RETURN),
    "nobody-examined-first": case(AGAIN, SIGN, RETURN),
}


def test_the_second_look_goes_with_its_three_days():
    given = FINDS["same-documents"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchor) == (("again",), "examine")
    assert passed(candidate) == [
        "does-nothing-else",
        "rule-names-the-step",
        "examines-anything-new",
        "nobody-reads-its-result",
        "decides-no-branch",
        "nobody-sends-back-to-it",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (10, 7)
    assert way(after) == ["start", "examine", "sign", "return", "end"]


def test_a_provincial_basis_is_the_provinces_to_amend():
    candidate = the_one(LEVER, FINDS["asked-and-answered"])
    assert (candidate.authority, candidate.instrument) == (
        Authority.WITHIN,
        "QĐ 12/2025/QĐ-UBND",
    )


def test_a_return_far_before_it_does_not_bar():
    # The chair sends the whole case back to the department: the second look is only passed again.
    given = labelled(
        picture("s > xor1 > examine > again > sign > xor2 > e; xor2 > xor1", EXAMINE, AGAIN, SIGN),
        xor2__xor1=Outcome.REWORK,
    )
    assert the_one(LEVER, given).verdict is Verdict.PASS
