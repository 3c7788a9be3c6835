"""The formulas of the cost sheets give the official cost, or say what is missing."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from report.costed import FEE, FULL, VISIT, number, with_costs, work
from report.excel_values import FEW, Book, close, labelled
from tthc_flow.measures.compliance_cost import benefit, tt02_2017
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import PostCheck, Procedure, Volume
from tthc_flow.report.excel.cells import say
from tthc_flow.report.excel.workbook import workbook

COSTS, HANDLING = say("costs", "vi"), say("handling", "vi")


def results(made: dict[str, Any]) -> tuple[Any, ...]:
    rows = Book(workbook([made])).rows(COSTS)
    sums = [row[12] for row in labelled(rows, 2, say("cost-total", "vi"))]
    (saving,) = labelled(rows, 2, say("cost-saving", "vi"))
    (share,) = labelled(rows, 2, say("cost-cut", "vi"))
    return (*sums, saving[12], share[12])


def test_the_hand_checked_cost_of_a_check_that_moves_behind_the_grant():
    # S1 of the published figures: 559,800,000 đồng; with a sample of 20 % 217,080,000.
    before = Procedure(
        flow=Flow(id="p"), volume=FULL, work=(work("Hồ sơ", "23.5", 10**6, 30_000), FEE)
    )
    check = PostCheck(share=number("0.2"), hours=number(8), service=number(10**6))
    after = Procedure(
        flow=VISIT, volume=FULL, work=(work("Hồ sơ", "4.5", None, 56_000), FEE), post_check=check
    )
    found = results(with_costs(before, after))
    assert found[:3] == (559_800_000, 217_080_000, 342_720_000)
    assert f"{found[3]:.4f}" == "0.6122"


def test_where_an_input_is_missing_every_sum_over_it_says_so():
    whole = Procedure(flow=Flow(id="p"), volume=FULL, work=(FEE,))
    part = Procedure(flow=Flow(id="p"), volume=Volume(subjects=number(200)), work=(FEE,))
    assert results(with_costs(whole, part)) == (100_000_000, FEW, FEW, FEW)
    without = Procedure(flow=VISIT, volume=FULL, work=(FEE,))  # a check afterwards nobody stated
    assert results(with_costs(whole, without)) == (100_000_000, FEW, FEW, FEW)
    nothing = Procedure(flow=Flow(id="p"), volume=FULL)
    assert results(with_costs(nothing, nothing)) == (FEW, FEW, FEW, FEW)


def test_a_blank_form_is_computed_once_it_is_filled_in():
    nothing = Procedure(flow=Flow(id="p"), volume=FULL)
    page = load_workbook(io.BytesIO(workbook([with_costs(nothing, nothing)])))
    sheet = page[COSTS]
    fees = [row[0].row for row in sheet.iter_rows() if row[2].value == say("item-fee", "vi")]
    for row, fee in zip(fees, (300_000, 200_000), strict=True):
        sheet[f"D{row}"], sheet[f"H{row}"] = "Lệ phí", fee
    out = io.BytesIO()
    page.save(out)
    rows = Book(out.getvalue()).rows(COSTS)
    (saving,) = labelled(rows, 2, say("cost-saving", "vi"))
    assert saving[12] == 100_000 * 200


amounts = st.none() | st.fractions(0, 10**6, max_denominator=8)
quantities = amounts.map(lambda value: None if value is None else number(value))
works = st.builds(work, st.sampled_from(("Đơn", "Nộp")), amounts, amounts, amounts)
checks = st.none() | st.builds(
    PostCheck,
    share=st.fractions(0, 1, max_denominator=20).map(number),
    hours=st.fractions(0, 40, max_denominator=4).map(number),
    service=quantities,
)
procedures = st.builds(
    Procedure,
    flow=st.sampled_from((Flow(id="p"), VISIT)),
    volume=st.builds(
        Volume,
        subjects=quantities,
        times=quantities,
        dossiers=quantities,
        hourly_income=quantities,
    ),
    work=st.lists(works, max_size=3).map(tuple),
    post_check=checks,
)


@settings(max_examples=25, deadline=None)
@given(procedures, procedures)
def test_whatever_is_known_the_formulas_give_the_official_cost(before, after):
    found = results(with_costs(before, after))
    saved = benefit(tt02_2017(before), tt02_2017(after))
    expected = [tt02_2017(each).yearly for each in (before, after)] + [saved.saved]
    for value, exact in zip(found, expected, strict=False):
        assert close(value, None if exact is None else exact.amount)
    if saved.rate is not None:
        assert close(found[3], saved.rate)
    else:
        assert found[3] == (FEW if saved.saved is None else "–")


def test_the_second_method_is_computed_apart():
    # QĐ 2816/QĐ-UBND Đồng Nai: 10 → 9 days, 10 dossiers, 40,000 đồng an hour.
    volume = Volume(dossiers=number(10), hourly_income=number(40_000))
    given_ = Procedure(flow=Flow(id="p"), volume=volume)
    made = with_costs(given_, given_)
    for side, minutes in (("before", 4800), ("after", 4320)):
        made["plan"][side]["norm_time"].update(minutes=minutes, complete=True)
    rows = Book(workbook([made])).rows(HANDLING)
    assert rows[4][9:13] == [32_000_000, 28_800_000, 3_200_000, 0.1]
