"""Bars: as long as their share, never longer than the whole, none for what is unknown."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.model.progress import Cut, Measure
from tthc_flow.picture.png import png
from tthc_flow.report.progress.bars import Bar, Plot, bars
from tthc_flow.report.progress.plots import MOST, cuts_plot

MARKS = ((0.3, "mục tiêu 30 %"), (0.5, "mục tiêu 50 %"))
SHARES = st.none() | st.floats(-3, 3, allow_nan=False)
BARS = st.builds(Bar, label=st.text(max_size=200), share=SHARES, words=st.text(max_size=30))


def plot(*given: Bar) -> Plot:
    return Plot(name="p", title="T", summary="S", bars=given, marks=MARKS)


def lengths(svg: str) -> list[float]:
    return [float(each) for each in re.findall(r'width="([\d.]+)" height="20" rx="2"', svg)]


@given(st.lists(BARS, max_size=8))
def test_every_bar_is_xml_and_no_longer_than_the_whole(given: list[Bar]) -> None:
    svg = bars(plot(*given))
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    (whole,) = lengths(bars(plot(Bar(label="", share=1.0, words=""))))
    found = lengths(svg)
    assert len(found) <= sum((each.share or 0) > 0 for each in given)
    assert all(0 <= each <= whole for each in found)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert root.get("viewBox") == f"0 0 {width:.0f} {height:.0f}"


def test_a_bar_is_as_long_as_its_share_and_coloured_by_the_targets() -> None:
    third = 0.29999999999999993  # three tenths, as doubles may come out
    shares = (1.0, 0.5, 0.3, third, 0.29, 0.0, -0.4, None)
    svg = bars(plot(*(Bar(label="a", share=each, words="w") for each in shares)))
    (whole, *rest) = lengths(svg)
    assert rest == pytest.approx([whole * each for each in (0.5, 0.3, 0.3, 0.29)], abs=0.01)
    colours = re.findall(r'rx="2" fill="(#\w+)"', svg)
    assert colours == ["#176b40"] * 2 + ["#0b4a80"] * 2 + ["#b45309"]


def test_a_plot_becomes_a_picture_for_word() -> None:
    assert png(bars(plot(Bar(label='<&">', share=0.4, words="40 %")))).startswith(b"\x89PNG")


def cut(group: int, pooled: float | None) -> Cut:
    return Cut(
        of=Measure.TIME, group=f"Sở {group}", procedures=group, known=group, before=1, after=1,
        pooled=pooled, mean=None, weighted=None, with_dossiers=0, at_30=0, at_50=0,
    )  # fmt: skip


def test_of_many_groups_those_with_most_procedures_are_drawn_the_largest_cut_first() -> None:
    many = [cut(number, None if number == 50 else number / 100) for number in range(1, 51)]
    drawn = cuts_plot("agency-time", many, "vi")
    assert len(drawn.bars) == MOST
    assert drawn.bars[0].label == "Sở 49"
    assert drawn.bars[-1] == Bar(label="Sở 50", share=None, words="chưa đủ dữ liệu (50/50)")
    assert {each.label for each in drawn.bars} == {f"Sở {number}" for number in range(21, 51)}
