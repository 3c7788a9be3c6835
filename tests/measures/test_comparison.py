"""Before and after side by side: the cut of time and of cost, and when neither is known."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from measures.flows import procedure, step
from tthc_flow.measures.comparison import comparison
from tthc_flow.measures.costs import cost
from tthc_flow.model.procedure import ApplicantWork, CostItem, CostMethod, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import TaskType
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


def test_a_gap_on_both_sides_is_no_cut_of_the_known_part():
    # 10 of at least 10 days would print as 50 %; with 90 days in the gap it is 5 %.
    gap = step("c")
    found = comparison(procedure(step("a", 10), gap), procedure(step("a", 5), gap))
    assert found.time_cut is None


def test_taking_out_the_only_step_without_a_time_leaves_the_share_unknown():
    # After is known to be 5 days; before was 5 days and something.
    found = comparison(procedure(step("a", 5), step("b")), procedure(step("a", 5)))
    assert found.after.norm_time.complete
    assert found.time_cut is None


def test_giving_the_only_step_without_a_time_to_a_machine_leaves_the_share_unknown():
    at_once = evolve(step("b", 0), task=TaskType.SERVICE)
    found = comparison(procedure(step("a", 5), step("b")), procedure(step("a", 5), at_once))
    assert found.after.norm_time.complete
    assert found.time_cut is None


def test_a_gap_outside_the_clock_hides_nothing():
    waits = evolve(step("w"), pauses_clock=True)
    found = comparison(procedure(step("a", 4), waits), procedure(step("a", 3), waits))
    assert found.time_cut == Fraction(1, 4)


def test_the_cost_of_a_norm_time_with_gaps_is_unknown():
    found = cost(
        procedure(step("a"), step("b", 5), volume=VOLUME),
        CostMethod.PROCESSING_TIME,
        DEFAULT_CONVENTION,
    )
    assert (found.yearly, found.missing) == (None, ("time",))
    whole = cost(TEN, CostMethod.PROCESSING_TIME, DEFAULT_CONVENTION)
    assert whole.yearly == Dong(32_000_000)
