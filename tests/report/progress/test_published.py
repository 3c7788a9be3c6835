"""Published figures come out of the same code: tables, progress, page and Word report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from portfolio.kept import portfolio_of
from report.progress.given_portfolios import row
from report.word.paper import Read
from tthc_flow.measures.aggregate import Printed, printed_as
from tthc_flow.model.progress import Cut, Measure
from tthc_flow.report.progress.printed import (
    conclusion,
    over_words,
    share_of,
    share_words,
    verdict,
)
from tthc_flow.verbs.portfolio_report import portfolio_report, standing

DAY = 480.0


@pytest.fixture(scope="module")
def figures(shared: Path) -> Mapping[str, Any]:
    told = json.loads((shared / "domain" / "figures.json").read_text(encoding="utf-8"))
    return {each["id"]: each for each in told}


def test_published_costs_before_and_after(figures: Mapping[str, Any], tmp_path: Path) -> None:
    names = [name for name, each in figures.items() if each["kind"] == "cost"]
    assert names == ["T2", "T3", "T4"]
    rows = [
        row(
            name, agency=name, cost=tuple(figures[name][side] * 1e9 for side in ("before", "after"))
        )
        for name in names
    ]
    out = portfolio_of(tmp_path, procedures=rows)
    cuts = {each.group: each for each in standing(out).agencies.of(Measure.COST_TT02)}
    for name in names:
        given, found = figures[name], cuts[name]
        assert found.before is not None
        assert found.after is not None
        assert found.before == pytest.approx(given["before"] * 1e9)
        saved = Fraction(round((found.before - found.after) / 1e8), 10)
        if "saved" in given:
            assert saved == given["saved"]
        if "saved_printed" in given:
            assert saved // 1 == int(given["saved_printed"])  # 192.4 billion, printed as 192
        if "pct_printed" in given:
            assert share_words(found.pooled, "vi") == f"{given['pct_printed']} %"
            assert verdict(found.pooled, 0.5, "vi") == "đạt"
    read = Read(portfolio_report(out)["word"])
    assert "71,64 %" in read.words


def test_published_days_before_and_after(figures: Mapping[str, Any], tmp_path: Path) -> None:
    pairs = [(figures[name]["before"], figures[name]["after"]) for name in ("T6", "T7")]
    pairs += [tuple(each) for each in figures["T9"]["pairs"]]
    rows = [
        row(str(at), agency=str(at), time=(before * DAY, after * DAY))
        for at, (before, after) in enumerate(pairs)
    ]
    found = standing(portfolio_of(tmp_path, procedures=rows))
    shares = [share_words(each.pooled, "vi") for each in found.agencies.of(Measure.TIME)]
    assert shares == [
        "75,21 %",
        "73,79 %",
        "51,24 %",
        "58,62 %",
    ]  # 182/242, 107/145, 124/242, 85/145
    (whole,) = found.whole.of(Measure.TIME)
    assert whole.pooled == pytest.approx(1 - 276 / 774)
    assert whole.at_50 == 4


def test_a_published_mean_against_its_target(figures: Mapping[str, Any]) -> None:
    given = figures["T8"]
    mean, target = (float(given[key].replace(",", ".")) / 100 for key in ("pct", "target"))
    told = over_words(mean, target, "vi")
    assert told == f"vượt mục tiêu {given['target']} % là {given['over_points']} điểm phần trăm"
    whole = Cut(
        of=Measure.TIME, group=None, procedures=given["n"], known=given["n"], before=None,
        after=None, pooled=mean, mean=mean, weighted=None, with_dossiers=0, at_30=0, at_50=0,
    )  # fmt: skip
    assert "tính trên 1.713/1.713 thủ tục đủ dữ liệu" in conclusion(whole, target, "vi")


def test_published_shares_of_what_is_done(figures: Mapping[str, Any]) -> None:
    for name, how in (
        ("T10", Printed.TRUNCATED),
        ("T13", Printed.ROUNDED),
        ("T14", Printed.TRUNCATED),
    ):
        part, whole = figures[name]["part"]
        share = share_of(part, whole)
        assert share is not None
        assert printed_as(Fraction(part, whole), figures[name]["pct_printed"]) is how
        assert share_words(share, "vi") == {"T10": "88,29 %", "T13": "68,84 %", "T14": "34 %"}[name]
