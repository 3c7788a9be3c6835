"""Every published figure comes out of the code that a portfolio is made and added up by.

Each item is told as procedures before and after, these are measured as a run measures them, kept
as Parquet, and added up by ``progress`` and its report. What a source leaves out, or says against
another or itself, is named where it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from measures.flows import step
from report.progress.told_as_procedures import (
    BILLION,
    costing,
    days,
    kept,
    number,
    paid,
    quantity,
    timed,
    whole,
)
from report.word.paper import Read
from tthc_flow.measures.aggregate import Printed, mean, points, printed_as
from tthc_flow.measures.by_role import RoleRow
from tthc_flow.measures.measure import measure
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import ApplicantWork, CostItem, PostCheck, Procedure
from tthc_flow.model.progress import Cut, Measure
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import StepKind
from tthc_flow.report.progress.printed import (
    conclusion,
    over_words,
    share_of,
    share_words,
    sum_words,
    verdict,
)
from tthc_flow.report.role_cuts import of_role_cuts
from tthc_flow.verbs.portfolio_report import portfolio_report, standing

Item = Mapping[str, Any]


@pytest.fixture(scope="module")
def published(shared: Path) -> Mapping[str, Item]:
    told = json.loads((shared / "domain" / "figures.json").read_text(encoding="utf-8"))
    return {each["id"]: each for each in told}


def tax_returns(item: Item, out: Path) -> None:
    before, after = (
        paid(item["unit_cost"], item[side], item["population"])
        for side in ("times_before", "times_after")
    )
    found = whole(kept(out, (before, after)), Measure.COST_TT02)
    assert (found.before, found.after, found.saved) == tuple(
        item[each] for each in ("before", "after", "saved")
    )
    assert share_words(found.pooled, "vi") == "66,67 %"


def yearly_cost(item: Item, out: Path) -> None:
    before, after = (paid(Fraction(str(item[side])) * BILLION) for side in ("before", "after"))
    place = kept(out, (before, after))
    found = whole(place, Measure.COST_TT02)
    assert found.saved is not None
    saved = Fraction(round(found.saved / 1e8), 10)
    if "saved" in item:
        assert saved == item["saved"]
    if "saved_printed" in item:
        assert saved // 1 == int(item["saved_printed"])  # 192.4 billion is printed as 192
    if "pct_printed" in item:
        assert share_words(found.pooled, "vi") == f"{item['pct_printed']} %"
        assert verdict(found.pooled, 0.5, "vi") == "đạt"
        assert f"{item['pct_printed']} %" in Read(portfolio_report(place)["word"]).words
    assert (found.before, found.after) == (item["before"] * 1e9, item["after"] * 1e9)


def pooled_without_a_base(item: Item, out: Path) -> None:
    """What is saved is printed with its share, what there was before is not: see where it lies."""
    saved, printed = item["saved_days"], item["pct_days_printed"]
    bases = [
        base
        for base in range(saved, 2 * saved * 4)
        if printed_as(Fraction(saved, base), printed) is Printed.ROUNDED
    ]
    assert (bases[0], bases[-1]) == (4_093, 4_106)
    for base in (bases[0], bases[-1]):  # in parts: the cut of the sums, not the mean of the cuts
        parts = ((days(1_000), days(900)), (days(base - 1_000), days(base - 1_000 - saved + 100)))
        found = whole(kept(out / f"{base}", *parts), Measure.TIME)
        assert found.saved is not None
        assert sum_words(Measure.TIME, found.saved, "vi") == "1.197"
        assert found.pooled is not None
        assert printed_as(Fraction(found.pooled), printed) is Printed.ROUNDED
        assert found.mean is not None
        assert printed_as(Fraction(found.mean), printed) is Printed.NEITHER
    cost, share = item["saved_cost_ty"], item["pct_cost_printed"]
    base = round(cost / number(share) * 100)
    place = kept(out / "cost", (paid(base * BILLION), paid((base - cost) * BILLION)))
    found = whole(place, Measure.COST_TT02)
    assert found.saved == cost * BILLION
    assert found.pooled is not None
    assert printed_as(Fraction(found.pooled), share) is Printed.ROUNDED


SHARES = {"T6": ["75,21 %"], "T7": ["73,79 %"], "T9": ["51,24 %", "58,62 %"]}
"""182 of 242; 107 of 145; 124 of 242 and 85 of 145."""


def working_days(item: Item, out: Path) -> None:
    pairs = item.get("pairs") or [(item["before"], item["after"])]
    place = kept(out, *((days(before), days(after)) for before, after in pairs))
    cuts = standing(place).agencies.of(Measure.TIME)
    assert [share_words(each.pooled, "vi") for each in cuts] == SHARES[item["id"]]
    found = whole(place, Measure.TIME)
    sums = [sum(side) for side in zip(*pairs, strict=True)]
    assert [found.before, found.after] == [480 * each for each in sums]
    assert found.at_50 == len(pairs)


def mean_against_a_target(item: Item, out: Path) -> None:
    share, target = number(item["pct"]) / 100, number(item["target"]) / 100
    assert points(share, target) == number(item["over_points"])
    one, other = days(10_000), days(10_000 - 10_000 * share)
    found = whole(kept(out, (one, other), (days(10), days(10 - 10 * share))), Measure.TIME)
    assert found.mean is not None
    told = over_words(found.mean, float(target), "vi")
    assert told == f"vượt {item['over_points']} điểm phần trăm so với mục tiêu {item['target']} %"
    count = item["n"]
    every = Cut(
        of=Measure.TIME, group=None, procedures=count, known=count, before=None, after=None,
        pooled=found.mean, mean=found.mean, weighted=None, with_dossiers=0, at_30=0, at_50=0,
    )  # fmt: skip
    assert "tính trên 1.713/1.713 thủ tục đủ dữ liệu" in conclusion(every, float(target), "vi")


ROLES: Mapping[RoleRow, Mapping[str, Any]] = {
    RoleRow.ONE_STOP: {"performer": Performer(name="Một cửa", role=Role.ONE_STOP_SHOP)},
    RoleRow.OFFICER: {"performer": Performer(name="Chuyên viên", role=Role.OFFICER)},
    RoleRow.DIVISION_HEAD: {"performer": Performer(name="Phòng", role=Role.DIVISION_HEAD)},
    RoleRow.AGENCY_HEAD: {"performer": Performer(name="Sở", role=Role.AGENCY_HEAD)},
    RoleRow.OPINION: {"kinds": (StepKind.CONSULT,)},
    RoleRow.FIELD_INSPECTION: {"kinds": (StepKind.INSPECT,)},
    RoleRow.PROVINCIAL_OFFICE: {
        "performer": Performer(name="VP", role=Role.OFFICER, office="Văn phòng UBND tỉnh")
    },
    RoleRow.CLERICAL: {"performer": Performer(name="Văn thư", role=Role.CLERICAL_OFFICE)},
}


def cut_by_role(item: Item, out: Path) -> None:
    """Each role's cut as printed; their mean is another than is printed: its weights are not."""
    del out
    shares = {row: number(item[row.value]) / 100 for row in ROLES}
    sides = [
        [
            step(row.value, str(100 - left * share * 100), **ROLES[row])
            for row, share in shares.items()
        ]
        for left in (0, 1)
    ]
    before, after = (measure(Procedure(flow=Flow(id="p", nodes=tuple(each)))) for each in sides)
    told = {each["role"]: each["cut"] for each in of_role_cuts(before, after)["rows"]}
    assert {row: share_words(told[row], "vi") for row in ROLES} == {
        row: f"{item[row.value]} %" for row in ROLES
    }
    simple = mean((1, 1 - share) for share in shares.values()).share
    assert simple is not None
    assert share_words(float(simple), "vi") == "47,2 %"
    assert printed_as(simple, item["mean"]) is Printed.NEITHER
    assert min(shares.values()) < number(item["mean"]) / 100 < max(shares.values())
    part_of_a_whole(item, Path())


HOW = {
    "T10": (Printed.TRUNCATED, "88,29 %"),
    "T13": (Printed.ROUNDED, "68,84 %"),
    "T14": (Printed.TRUNCATED, "34 %"),
}


def part_of_a_whole(item: Item, out: Path) -> None:
    del out
    part, count = item["part"]
    how, ours = HOW[item["id"]]
    assert printed_as(Fraction(part, count), item["pct_printed"]) is how
    assert share_words(share_of(part, count), "vi") == ours
    if "exact" in item:
        assert round(part / count * 100, 4) == item["exact"]


def days_to_hours(item: Item, out: Path) -> None:
    """Days and hours are compared by the named convention: a bare day is one that is worked."""
    place = kept(out, (timed(item["before"]), timed(item["after"])))
    found = whole(place, Measure.TIME)
    assert found.pooled == item["pct_8h"] / 100
    assert share_words(found.pooled, "vi") == "87,5 %"
    assert (found.before, found.after) == (3 * 480, 3 * 60)  # by the clock, 95,83 % would be cut


def hours_at_a_rate(item: Item, out: Path) -> None:
    row = ApplicantWork(item=CostItem.PREPARE, name="Form", hours=quantity(item["hours"]))
    one = costing(row, subjects=item["population"], times=item["times"], hourly_income=item["rate"])
    assert whole(kept(out, (one, one)), Measure.COST_TT02).before == item["annual"]


def with_a_check_afterwards(item: Item, out: Path) -> None:
    def side(told: Mapping[str, Any], check: PostCheck | None = None) -> Procedure:
        parts: dict[str, Any] = {
            part: quantity(told.get(part)) for part in ("hours", "service", "other")
        }
        rows = (
            ApplicantWork(item=CostItem.PREPARE, name="Hồ sơ", **parts),
            ApplicantWork(item=CostItem.FEE, name="Phí", other=quantity(told["fee"])),
        )
        volume = {"subjects": item["population"], "times": item["times"]}
        return costing(*rows, check=check, hourly_income=item["rate"], **volume)

    sample = item["post_check"]
    share, hours, service = (
        Quantity(value=str(sample[part])) for part in ("share", "hours", "service")
    )
    before, after = side(item["before"]), side(item["after"])
    checked = side(item["after"], PostCheck(share=share, hours=hours, service=service))
    found = whole(kept(out / "without", (before, after)), Measure.COST_TT02)
    assert (found.before, found.after) == (item["before"]["annual"], item["after"]["annual"])
    assert share_words(found.pooled, "vi") == "71,45 %"
    found = whole(kept(out / "with", (before, checked)), Measure.COST_TT02)
    assert found.after == sample["annual_after"]
    assert share_words(found.pooled, "vi") == "61,22 %"


ITEMS: Mapping[str, Callable[[Item, Path], None]] = {
    "T1": tax_returns,
    "T2": yearly_cost,
    "T3": yearly_cost,
    "T4": yearly_cost,
    "T5": pooled_without_a_base,
    "T6": working_days,
    "T7": working_days,
    "T8": mean_against_a_target,
    "T9": working_days,
    "T10": cut_by_role,
    "T11": days_to_hours,
    "T12": hours_at_a_rate,
    "T13": part_of_a_whole,
    "T14": part_of_a_whole,
    "S1": with_a_check_afterwards,
}


@pytest.mark.parametrize("name", ITEMS)
def test_a_published_figure_comes_out(
    name: str, published: Mapping[str, Item], tmp_path: Path
) -> None:
    ITEMS[name](published[name], tmp_path)


def test_no_published_figure_is_left_out(published: Mapping[str, Item]) -> None:
    assert published.keys() == ITEMS.keys()


def test_two_sources_print_other_days_of_the_same_procedures(
    published: Mapping[str, Item],
) -> None:
    # 242 and 145 days before in both; after 60 and 38 in one (T6, T7), 118 and 60 in the other.
    one = [(published[each]["before"], published[each]["after"]) for each in ("T6", "T7")]
    other = [tuple(each) for each in published["T9"]["pairs"]]
    assert [each[0] for each in one] == [each[0] for each in other] == [242, 145]
    assert [each[1] for each in one] == [60, 38]
    assert [each[1] for each in other] == [118, 60]
