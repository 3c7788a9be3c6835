"""Compliance cost: worked figures come out exactly, to the đồng."""

from __future__ import annotations

import pytest

from measures.flows import procedure
from tthc_flow.errors import BadQuantity
from tthc_flow.measures.compliance_cost import benefit, processing_time, tt02_2017
from tthc_flow.model.procedure import ApplicantWork, CostItem, PostCheck, Volume
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.units import MINUTES_OF_WORKING_DAY, Dong, WorkTime


def number(value, evidence=EvidenceKind.ASSUMED, document=None):
    source = None if document is None else Source(document=document)
    return Quantity(value=value, evidence=evidence, source=source)


def given(rows, subjects, times, income=None, check=None):
    return procedure(
        work=tuple(rows),
        volume=Volume(
            subjects=None if subjects is None else number(subjects),
            times=None if times is None else number(times),
            hourly_income=None if income is None else number(income),
        ),
        post_check=check,
    )


def row(name, hours=None, service=None, other=None, item=CostItem.OTHER):
    parts = [None if each is None else number(each) for each in (hours, service, other)]
    return ApplicantWork(item=item, name=name, hours=parts[0], service=parts[1], other=parts[2])


FEE = row("Phí", other=500_000, item=CostItem.FEE)
BEFORE = given((row("Hồ sơ", "23.5", 1_000_000, 30_000), FEE), 200, 1, 54_000)
ROWS_AFTER = (row("Hồ sơ", "4.5", None, 56_000), FEE)
AFTER = given(ROWS_AFTER, 200, 1, 54_000)
CHECK = PostCheck(share=number("0.2"), hours=number(8), service=number(1_000_000))
CHECKED = given(ROWS_AFTER, 200, 1, 54_000, CHECK)


def test_fewer_tax_returns_of_325_000_firms():
    # T1, plo.vn 224427: 325,000 firms × 250,000 đồng × 12 → 4 returns a year.
    before = tt02_2017(given((row("Tờ khai", other=250_000),), 325_000, 12))
    after = tt02_2017(given((row("Tờ khai", other=250_000),), 325_000, 4))
    assert (before.yearly, after.yearly) == (Dong(975_000_000_000), Dong(325_000_000_000))
    saved = benefit(before, after)
    assert (saved.saved, saved.rate) == (Dong(650_000_000_000), 1 - Dong(1).amount / 3)


def test_the_standard_cost_model_example():
    # T12, productivitycalculator.net: 1,000 firms × 12 a year × 2 hours × 50.
    assert tt02_2017(given((row("Form", 2),), 1_000, 12, 50)).yearly == Dong(1_200_000)


def test_a_post_check_is_counted_in_after():
    # S1, hand-checked, not official.
    assert tt02_2017(BEFORE).yearly == Dong(559_800_000)
    assert tt02_2017(AFTER).yearly == Dong(159_800_000)
    checked = tt02_2017(CHECKED)
    assert (checked.post_check, checked.yearly) == (Dong(57_280_000), Dong(217_080_000))
    without, with_check = (
        benefit(tt02_2017(BEFORE), tt02_2017(AFTER)),
        benefit(tt02_2017(BEFORE), checked),
    )
    assert (f"{float(without.rate):.4f}", f"{float(with_check.rate):.4f}") == ("0.7145", "0.6122")


@pytest.mark.parametrize(
    ("code", "before", "after", "cost_before", "cost_after", "per_cent"),
    [
        # QĐ 2816/QĐ-UBND Đồng Nai, 20/11/2025: each 10 dossiers a year.
        ("2.000286", 10, 9, 32_000_000, 28_800_000, 10),
        ("1.001699", 25, 23, 80_000_000, 73_600_000, 8),
        ("1.014027", 10, 9, 32_000_000, 28_800_000, 10),
        ("2.001088", 10, 9, 32_000_000, 28_800_000, 10),
    ],
)
def test_the_printed_costs_by_processing_time(
    code, before, after, cost_before, cost_after, per_cent
):
    ten, income = number(10), number(40_000, document="Tổng cục Thống kê, 2024")
    costs = [
        processing_time(WorkTime(days * MINUTES_OF_WORKING_DAY), ten, income)
        for days in (before, after)
    ]
    assert [each.yearly for each in costs] == [Dong(cost_before), Dong(cost_after)]
    assert benefit(*costs).rate * 100 == per_cent, code


def test_every_input_comes_back_with_its_source():
    income = number(40_000, document="QĐ 2816/QĐ-UBND")
    found = processing_time(WorkTime(480), number(10), income)
    assert [(each.name, each.quantity) for each in found.inputs] == [
        ("dossiers", number(10)),
        ("hourly_income", income),
    ]


def test_a_missing_input_is_named_and_gives_no_figure():
    found = processing_time(None, None, number(40_000))
    assert (found.once, found.yearly, found.missing) == (None, None, ("time", "dossiers"))
    found = tt02_2017(given((row("Hồ sơ", 2), row("Đi lại")), None, 1))
    assert (found.yearly, found.missing) == (None, ("work:Đi lại", "hourly_income", "subjects"))


def test_no_sheet_is_no_cost_and_not_zero():
    found = tt02_2017(given((), 200, 1, 54_000))
    assert (found.once, found.yearly, found.missing) == (None, None, ("work",))


def test_without_hours_no_income_is_needed():
    assert tt02_2017(given((FEE,), 10, 1)).yearly == Dong(5_000_000)


def test_an_unknown_post_check_makes_after_unknown():
    found = tt02_2017(given((FEE,), 200, 1, None, CHECK))
    assert (found.yearly, found.missing) == (None, ("hourly_income",))


def test_a_given_income_goes_before_that_of_the_procedure():
    assert tt02_2017(BEFORE, number(0)).once == Dong(1_530_000)


def test_benefit_of_an_unknown_side_is_unknown():
    found = benefit(tt02_2017(BEFORE), tt02_2017(given((), 200, 1, 54_000)))
    assert (found.saved, found.rate, found.missing) == (None, None, ("work",))


def test_a_cost_cut_to_nothing_saves_everything():
    nothing = tt02_2017(given((row("Miễn", other=0),), 200, 1, 54_000))
    assert benefit(tt02_2017(BEFORE), nothing).rate == 1


def test_the_two_methods_are_never_mixed():
    by_time = processing_time(WorkTime(480), number(10), number(40_000))
    with pytest.raises(BadQuantity, match="TF104"):
        benefit(tt02_2017(BEFORE), by_time)


def test_unlike_inputs_are_named():
    measured = number(40_000, EvidenceKind.MEASURED)
    before = processing_time(WorkTime(480), number(10), number(40_000))
    after = processing_time(WorkTime(240), number(10), measured)
    assert benefit(before, after).unlike == ("hourly_income",)
    dearer = processing_time(WorkTime(240), number(10), number(54_000))
    assert benefit(before, dearer).unlike == ("hourly_income",)
