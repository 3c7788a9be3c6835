"""Before and after side by side: the cut of time and of cost, and when neither is known."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from measures.flows import procedure, step
from tthc_flow.measures.comparison import comparison
from tthc_flow.measures.compliance_cost import CostMethod
from tthc_flow.measures.costs import cost
from tthc_flow.model.procedure import ApplicantWork, CostItem, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.units import DEFAULT_CONVENTION, Dong

VOLUME = Volume(dossiers=Quantity(value=10), hourly_income=Quantity(value=40_000))
TEN = procedure(step("a", 4), step("b", 6), volume=VOLUME)
NINE = procedure(step("a", 4), step("b", 5), volume=VOLUME)


def test_the_cut_of_time_and_of_cost_by_processing_time():
    # QĐ 2816/QĐ-UBND Đồng Nai: 10 → 9 working days, 10 dossiers, 40,000 đồng an hour.
    found = comparison(TEN, NINE)
    assert found.time_cut == Fraction(1, 10)
    assert found.cost_cut(CostMethod.PROCESSING_TIME) == Fraction(1, 10)
    assert [change.kind.value for change in found.changes] == ["retimed"]


def test_shortening_a_step_saves_nothing_by_the_official_method():
    fee = ApplicantWork(item=CostItem.FEE, name="Phí", other=Quantity(value=500_000))
    volume = evolve(VOLUME, subjects=Quantity(value=10), times=Quantity(value=1))
    found = comparison(*(evolve(each, work=(fee,), volume=volume) for each in (TEN, NINE)))
    assert found.cost_cut(CostMethod.TT02_2017) == 0
    assert found.time_cut == Fraction(1, 10)


def test_without_a_cost_sheet_the_official_method_gives_no_cut():
    assert comparison(TEN, NINE).cost_cut(CostMethod.TT02_2017) is None


def test_a_time_that_one_side_does_not_know_is_no_cut():
    assert comparison(TEN, procedure(step("a"), step("b", 5))).time_cut is None


def test_the_cost_of_a_norm_time_with_gaps_is_unknown():
    found = cost(
        procedure(step("a"), step("b", 5), volume=VOLUME),
        CostMethod.PROCESSING_TIME,
        DEFAULT_CONVENTION,
    )
    assert (found.yearly, found.missing) == (None, ("time",))
    whole = cost(TEN, CostMethod.PROCESSING_TIME, DEFAULT_CONVENTION)
    assert whole.yearly == Dong(32_000_000)
