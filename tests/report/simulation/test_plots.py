"""Plots: the figures of the record and no others, told in words, nothing from outside."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.simulation.offices import simulated
from tthc_flow.picture.png import png
from tthc_flow.report.simulation.beams import Beam, Beams, Group, beams
from tthc_flow.report.simulation.histogram import Axis, Histogram, Panel, histogram
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.simulation.sections import plots_of
from tthc_flow.report.simulation.stacks import Stack, Stacks, stacks

SVG = "{http://www.w3.org/2000/svg}"
SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(tuple)


def lengths(svg: str, height: str) -> list[float]:
    return [float(each) for each in re.findall(rf'width="([\d.]+)" height="{height}"', svg)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("changed", [True, False])
def test_every_plot_is_xml_with_a_title_and_its_figures_in_words(lang, changed):
    record = of_simulation(simulated(changed=changed), lang)
    drawn = plots_of(record, lang, 0.05)
    assert set(drawn) == {"plot_times", "plot_waits", "plot_loads", "plot_late"}
    for name, svg in drawn.items():
        root = ET.fromstring(svg)  # noqa: S314 - our own drawing
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{name}-title {name}-desc"
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title.text
        assert len(desc.text) > 40
        assert "script" not in svg
        assert not re.search(r'href|url\(|http(?!://www\.w3\.org/2000/svg")', svg)
        assert png(svg).startswith(b"\x89PNG")


def test_a_late_share_without_a_limit_has_no_plot():
    record = of_simulation(simulated(changed=False, limit=False))
    assert "plot_late" not in plots_of(record, "vi")


def test_the_bars_of_the_waits_are_as_long_as_the_means_of_the_record():
    record = of_simulation(simulated(changed=True))
    before, after = (record[side]["cases"][0]["means"] for side in ("before", "after"))
    found = lengths(plots_of(record, "vi")["plot_waits"], "34")
    parts = [each["mean"] for side in (before, after) for each in (side["work"], side["queue"])]
    whole = before["work"]["mean"] + before["queue"]["mean"]
    assert found == pytest.approx([440 * each / whole for each in parts], abs=0.02)


def test_the_bars_of_the_loads_are_as_long_as_the_loads():
    record = of_simulation(simulated(changed=True))
    loads = {each["role"]: each["load"] for each in record["before"]["roles"]}
    found = lengths(plots_of(record, "vi")["plot_loads"], "18")
    assert found[0] == pytest.approx(340 * loads["Chuyên viên"], abs=0.02)
    assert found[2] == pytest.approx(340 * loads["Lãnh đạo"], abs=0.02)
    assert len(found) == 3  # nobody signs any more


def test_whoever_cannot_keep_up_is_red_and_the_scale_holds_him():
    record = of_simulation(simulated(changed=False, dossiers=3000))
    drawn = plots_of(record, "vi")["plot_loads"]
    assert 'fill="#a3231b"' in drawn
    assert max(lengths(drawn, "18")) == pytest.approx(340)


@given(st.lists(st.floats(-1, 5), min_size=1, max_size=5), st.floats(0.1, 2))
def test_no_beam_leaves_the_scale(values, whole):
    made = tuple(
        Beam(side="s" * 9, value=each, words="w", colour="#000000", ends=(each - 1, each + 1))
        for each in values
    )
    plot = Beams(name="n", title="<&", summary="", groups=(Group(label="x y " * 30, beams=made),),
                 whole=whole)  # fmt: skip
    svg = beams(plot)
    ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert all(0 <= each <= 340 for each in lengths(svg, "18"))
    places = [float(each) for each in re.findall(r'<line x1="([\d.]+)"', svg)]
    assert all(230 <= each <= 570 for each in places)


@given(st.lists(st.lists(st.floats(0, 1e6), min_size=3, max_size=3), min_size=1, max_size=2))
def test_the_longest_stack_fills_the_width_and_no_other_is_longer(sides):
    made = tuple(Stack(label="a", sizes=tuple(each), words="w") for each in sides)
    svg = stacks(Stacks(name="n", title="", summary="", parts=("a", "b", "c"), stacks=made))
    ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert sum(lengths(svg, "34")) <= 440 * len(sides) + 0.1
    if max(map(sum, sides)) > 1:
        assert sum(lengths(svg, "34")) >= 439.9


@given(SHARES, SHARES, st.floats(0, 1000))
def test_a_histogram_keeps_marks_and_limit_inside(one, two, limit):
    axis = Axis(width=60, borders=("0", "1", "2"), words="giờ", longer="lâu hơn")
    panels = tuple(
        Panel(label="Trước", shares=each, colour="#000000", marks=((limit, "50 %"), (5, "9 %")))
        for each in (one, two)
    )
    plot = Histogram(name="n", title="", summary="", panels=panels, axis=axis, highest="",
                     limit=(limit, "thời hạn"))  # fmt: skip
    svg = histogram(plot)
    ET.fromstring(svg)  # noqa: S314 - our own drawing
    assert svg.count('stroke-dasharray="6 4"') == (limit <= 120)
    assert ("thời hạn →" in svg) is (limit > 120)
    places = [float(each) for each in re.findall(r'<line x1="([\d.]+)"', svg)]
    assert all(90 <= each <= 690 for each in places)
