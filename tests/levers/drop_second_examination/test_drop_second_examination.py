"""drop_second_examination: the committee's office looks again at what the department examined."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from levers.drop_second_examination.cases import (
    AGAIN,
    ALONE,
    BARRED,
    EXAMINE,
    FINDS,
    RETURN,
    ROW,
    ROW_THAT_SIGNS,
    SIGN,
)
from levers.office import (
    case,
    labelled,
    length,
    passed,
    picture,
    the_one,
    way,
)
from tthc_flow.errors import BadQuantity
from tthc_flow.levers.drop_second_examination import LEVER
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import Outcome
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Confidence, Verdict
from tthc_flow.model.step import Harm, Severity, StepKind
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION

__all__ = ["ALONE", "BARRED", "FINDS"]


def test_the_second_look_goes_with_its_three_days():
    given = FINDS["same-documents"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("again",), ("examine",))
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


def test_a_row_that_also_signs_keeps_its_signature_and_loses_its_time():
    given = FINDS["the-row-also-signs"]
    candidate = the_one(LEVER, given)
    after = LEVER.apply(given, candidate)
    row, was = after.flow.by_id["again"], given.flow.by_id["again"]
    assert row.kinds == (StepKind.SIGN,)
    assert (row.name, row.documentation) == ("Trình ký", "Thẩm tra và trình ký")
    assert row.time.duration is None
    assert (row.performer, row.reads, row.writes) == (was.performer, was.reads, was.writes)
    assert norm_time(after.flow).unknown == ("again",)
    (offer,) = offers(given, (LEVER,), DEFAULT_CONVENTION)
    assert offer.effect.minutes is None
    stays = {each.name: each.value for each in candidate.evidence}["stays-in-the-row"]
    assert stays == "sign"
    assert list(LEVER.find(after)) == []


def test_a_name_that_does_not_begin_with_the_look_says_that_it_is_gone():
    row = evolve(ROW_THAT_SIGNS, name="Xem xét hồ sơ trình ký")
    given = case(EXAMINE, row, RETURN)
    after = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["again"]
    assert after.name == "Xem xét hồ sơ trình ký (không thẩm tra lại)"


def test_what_the_signing_row_decides_its_signature_decides():
    given = case(EXAMINE, evolve(ROW_THAT_SIGNS, decides=True), RETURN)
    candidate = the_one(LEVER, given)
    assert candidate.verdict is Verdict.PASS
    assert LEVER.apply(given, candidate).flow.by_id["again"].decides is True


def test_the_anchors_are_the_first_examinations_that_cover_it():
    together = the_one(LEVER, FINDS["covered-by-two-together"])
    assert together.anchors == ("form", "drawings")
    given = case(evolve(EXAMINE, id="far"), *ROW)
    assert the_one(LEVER, given).anchors == ("examine",)


def test_the_risk_is_that_of_the_look_that_goes():
    assert the_one(LEVER, case(*ROW)).risk is None
    harm = Harm(severity=Severity.MEDIUM, reversible=False)
    candidate = the_one(LEVER, case(EXAMINE, evolve(AGAIN, harm=harm), SIGN))
    assert (candidate.risk, candidate.confidence) == (4, Confidence.STATED)
    unsaid = the_one(LEVER, FINDS["asked-and-answered"])
    assert unsaid.confidence is Confidence.READ


def test_a_time_that_staff_set_is_that_of_the_rest_of_the_row():
    given = FINDS["the-row-also-signs"]
    candidate = the_one(LEVER, given)
    assert candidate.terms == (("time", ""),)
    after = LEVER.apply(given, evolve(candidate, terms=(("time", "0,5 ngày làm việc"),)))
    assert (length(given), length(after)) == (9, Fraction(13, 2))
    with pytest.raises(BadQuantity, match="TF101"):
        LEVER.apply(given, evolve(candidate, terms=(("time", "nhanh"),)))
