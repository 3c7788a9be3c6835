"""What a fingerprint tells apart, and what it does not see."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import AGENCY, LAW, PROVINCIAL, case, days, papers, step
from tthc_flow.graph.fingerprint import fingerprint, procedure_fingerprint
from tthc_flow.model.flow import Lane
from tthc_flow.model.step import StepKind

A = step("a", "examine", AGENCY["officer"], legal_basis=(*LAW, *PROVINCIAL))
B = step("b", "sign", AGENCY["head"])


def told(changed):
    given = case(changed, B)
    return fingerprint(given.flow, changed)


@pytest.mark.parametrize(
    "facts",
    [
        {"id": "x9"},
        {"number": "7"},
        {"time": days(9)},
        {"name": f"  {A.name.upper()} "},
        {"documentation": "Bước 3 của quy trình", "checked": 900, "rejected": 0},
        {"legal_basis": (*PROVINCIAL, *LAW)},
        {"performer": evolve(AGENCY["officer"], name="Công chức thụ lý")},
    ],
)
def test_the_same_work_has_the_same_fingerprint(facts):
    assert told(evolve(A, **facts)) == told(A)


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Thẩm định lại hồ sơ"},
        {"kinds": (StepKind.EXAMINE, StepKind.DRAFT)},
        {"performer": AGENCY["head"]},
        {"performer": None},
        {"legal_basis": LAW},
        {"legal_basis": (evolve(LAW[0], clause="Điều 95"), *PROVINCIAL)},
        {"reads": papers("Đơn")},
        {"reads": None},
        {"writes": papers("Tờ trình")},
        {"writes": None},
    ],
)
def test_other_work_has_another(facts):
    assert told(evolve(A, **facts)) != told(A)


def test_who_does_it_may_be_told_by_the_lane():
    lane = Lane(id="l", performer=A.performer)
    moved = evolve(A, performer=None, lane="l")
    flow = evolve(case(moved, B).flow, lanes=(lane,))
    assert fingerprint(flow, moved) == told(A)


def test_a_procedure_is_another_with_another_step_name_code_or_agency():
    given = case(A, B)
    assert procedure_fingerprint(case(B, evolve(A, id="z"))) == procedure_fingerprint(given)
    others = (
        case(A),
        case(A, B, B),
        evolve(given, name="Thủ tục khác"),
        evolve(given, code="1.0"),
        evolve(given, agency="Sở Y tế"),
    )
    prints = {procedure_fingerprint(each) for each in (given, *others)}
    assert len(prints) == len(others) + 1
