"""Published cuts: each comes out as printed, or what contradicts what is named."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml

from tthc_flow.measures.claims import Claim, contradictions
from tthc_flow.units import Dong, Duration, TimeUnit
from tthc_flow.words.messages import message

MIXED = {
    *("hcm-2843-06", "hcm-2843-08", "hcm-2843-12", "hcm-2842-14", "hcm-2842-23", "hcm-2842-25"),
}
"""Read one by one in the file: the printed units of before and after are not the same."""


def days(amount: object, unit: str = "day") -> Duration:
    return Duration(amount=str(amount), unit=TimeUnit(unit))


def time_of(side: dict | None) -> Duration | None:
    time = (side or {}).get("time")
    return None if time is None else days(time["value"], time["unit"])


def percent(value: object) -> str | None:
    return None if value is None else f"{Decimal(str(value)).normalize():f}".replace(".", ",")


def dong(side: dict | None) -> Dong | None:
    amount = (side or {}).get("compliance_cost_vnd_year")
    return None if amount is None else Dong(amount)


def claims(item: dict) -> list[Claim]:
    """Return what *item* publishes: itself, or each of its cases."""
    stated = item.get("stated_cut") or {}
    before, after = time_of(item.get("before")), time_of(item.get("after"))
    saved = stated.get("days")
    cost = stated.get("saved_vnd_year")
    whole = Claim(
        id=item["id"],
        before=before,
        after=after,
        saved=None if saved is None or before is None else days(saved, before.unit.value),
        share=percent(stated.get("pct")) if before is not None else None,
        cost_before=dong(item.get("before")),
        cost_after=dong(item.get("after")),
        saved_cost=None if cost is None else Dong(cost),
        cost_share=percent(stated.get("pct")) if dong(item.get("before")) else None,
    )
    parts = [
        Claim(
            id=f"{item['id']}:{number}",
            before=days(case["before"]["value"], case["before"]["unit"]),
            after=days(case["after"]["value"], case["after"]["unit"]),
            share=percent(case.get("pct")),
        )
        for number, case in enumerate(item.get("cases", ()))
    ]
    return [whole, *parts]


def test_the_published_items_come_out_as_printed_or_their_contradiction_is_named(shared):
    text = (shared / "data" / "before_after.yaml").read_text(encoding="utf-8")
    items = yaml.safe_load(text)["items"]
    found = {
        claim.id: [each.code for each in contradictions(claim)]
        for item in items
        for claim in claims(item)
    }
    assert len(found) >= 67
    named = {id_: codes for id_, codes in found.items() if codes}
    assert named == {id_: ["claim-units-mixed"] for id_ in MIXED}


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        (Claim(id="x", before=days(17), after=days(10), saved=days(5)), ["claim-saved-differs"]),
        (Claim(id="x", before=days(17), after=days(10), saved=days(7)), []),
        (Claim(id="x", before=days(17), after=days(10), share="41,2"), []),  # 41,176 rounded
        (Claim(id="x", before=days(17), after=days(10), share="41,1"), []),  # and cut off
        (Claim(id="x", before=days(17), after=days(10), share="41,3"), ["claim-share-differs"]),
        (Claim(id="x", before=days(17), saved=days(5)), []),  # nothing to hold it against
        (
            Claim(id="x", cost_before=Dong(100), cost_after=Dong(90), saved_cost=Dong(20)),
            ["claim-cost-saved-differs"],
        ),
        (
            Claim(
                id="x",
                cost_before=Dong(393_400_000_000),
                cost_after=Dong(201_000_000_000),
                saved_cost=Dong(192_000_000_000),  # 192.4, printed without the rest
            ),
            [],
        ),
        (
            Claim(
                id="x",
                cost_before=Dong(393_400_000_000),
                cost_after=Dong(201_000_000_000),
                saved_cost=Dong(193_000_000_000),
            ),
            ["claim-cost-saved-differs"],
        ),
        (
            Claim(id="x", cost_before=Dong(100), cost_after=Dong(90), cost_share="12"),
            ["claim-cost-share-differs"],
        ),
        (
            Claim(id="x", before=days(3), after=days(3, "hour"), share="87,5"),
            ["claim-units-mixed"],
        ),
    ],
)
def test_a_claim_is_held_against_its_own_figures(claim, codes):
    assert [each.code for each in contradictions(claim)] == codes


def test_mixed_units_give_the_cut_under_each_convention():
    [found] = contradictions(Claim(id="x", before=days(3), after=days(3, "hour")))
    told = message(found.code, dict(found.values), "vi").text
    assert "bare-day-is-working-day: 87,50 %" in told  # 3 hours of 3 days of 8 hours
    assert "bare-day-is-calendar-day: 82,50 %" in told  # 3 hours of 3 sevenths of 40 hours


def test_the_sentence_says_both_figures():
    [found] = contradictions(Claim(id="QĐ 1", before=days(17), after=days(10), saved=days(5)))
    told = message(found.code, dict(found.values), "vi").text
    assert told == "“QĐ 1”: ghi giảm 5 ngày, nhưng thời gian trước trừ sau là 7"
