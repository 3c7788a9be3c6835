"""The published before/after items: every computed cut and every cost comes out again."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml

from tthc_flow.measures.aggregate import cut
from tthc_flow.measures.compliance_cost import benefit, processing_time
from tthc_flow.model.source import Quantity
from tthc_flow.units import Convention, Dong, Duration, TimeUnit, WorkTime, exact


@pytest.fixture(scope="module")
def items(shared):
    text = (shared / "data" / "before_after.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["items"]


def time_of(side):
    time = (side or {}).get("time")
    return None if time is None else Duration(amount=time["value"], unit=TimeUnit(time["unit"]))


def test_every_computed_cut_comes_out_by_the_figures_as_printed(items):
    checked = 0
    for item in items:
        before, after = time_of(item.get("before")), time_of(item.get("after"))
        if before is None or after is None or "computed" not in item:
            continue
        share = cut(before.amount, after.amount)
        assert abs(share * 100 - exact(item["computed"]["pct"])) <= Fraction(1, 200), item["id"]
        checked += 1
    assert checked >= 40


def test_where_units_are_mixed_the_convention_decides_the_cut(items):
    working = Convention.named("bare-day-is-working-day")
    calendar = Convention.named("bare-day-is-calendar-day")
    strict = Convention.named("strict")
    mixed = [item for item in items if item.get("unit_mixed")]
    assert mixed
    for item in mixed:
        before, after = time_of(item.get("before")), time_of(item.get("after"))
        if before is None or after is None or before.unit is after.unit:
            continue
        generous = cut(working.minutes(before), working.minutes(after))
        sober = cut(calendar.minutes(before), calendar.minutes(after))
        assert sober < generous
        assert strict.minutes(before) is None


def test_the_five_costs_come_out_to_the_dong(items):
    costed = [item for item in items if "compliance_cost_vnd_year" in (item.get("before") or {})]
    assert len(costed) == 5
    by_formula = 0
    for item in costed:
        stated = [item[side]["compliance_cost_vnd_year"] for side in ("before", "after")]
        if "formula" not in item:
            assert round(float(cut(*stated) * 100), 2) == item["computed"]["pct"]
            continue
        rate = Quantity(value=item["formula"]["hourly_rate_vnd"])
        dossiers = Quantity(value=item["formula"]["dossiers_per_year"])
        costs = [
            processing_time(WorkTime(time_of(item[side]).amount * 480), dossiers, rate)
            for side in ("before", "after")
        ]
        assert [each.yearly for each in costs] == [Dong(each) for each in stated]
        saved = benefit(*costs)
        assert saved.saved == Dong(item["stated_cut"]["saved_vnd_year"])
        assert saved.rate * 100 == item["stated_cut"]["pct"]
        by_formula += 1
    assert by_formula == 4
