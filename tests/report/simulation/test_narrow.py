"""The plots on a telephone: nothing is cut at 375 pixels, and no letter is small."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from report.simulation.offices import simulated
from tthc_flow.layout.text import text_width
from tthc_flow.report.simulation.beams import Beam, Beams, Group
from tthc_flow.report.simulation.histogram import NARROW, Axis, Histogram, Panel, histogram
from tthc_flow.report.simulation.narrow import WIDTH, narrow_beams, within
from tthc_flow.report.simulation.page import simulation_page
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.simulation.sections import narrow_plots_of, plots_of

SVG = "{http://www.w3.org/2000/svg}"
SCREEN = 375 - 2 * 10 - 2 * 12 - 4
"""What a telephone of 375 pixels leaves a picture: the page and its box have edges."""


def reaches(drawn: str) -> list[tuple[float, float, float]]:
    """Return of each text where it begins and ends, and its size in pixels of the telephone."""
    tree = ET.fromstring(drawn)  # noqa: S314 - our own
    scale = SCREEN / float(tree.get("viewBox").split()[2])
    found = []
    for each in tree.iter(f"{SVG}text"):
        words = "".join(each.itertext())
        size = float(each.get("font-size"))
        long = text_width(words, size, bold=each.get("font-weight") == "bold")
        x = float(next(each.iter(f"{SVG}tspan"), each).get("x"))
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[each.get("text-anchor", "start")]
        found.append((x - long * before, x + long * (1 - before), size * scale))
    assert found
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("changed", [False, True])
def test_every_letter_is_inside_and_large_enough(changed, lang):
    record = of_simulation(simulated(changed=changed), lang)
    drawn = narrow_plots_of(record, lang, 0.05)
    assert {f"{name}_narrow" for name in plots_of(record, lang, 0.05)} == set(drawn)
    for name, each in drawn.items():
        for begins, ends, size in reaches(each):
            assert begins >= -1, name
            assert ends <= WIDTH + 1, name
            assert size >= 10.5, name


@pytest.mark.parametrize("minutes", [0.0, 30.0, 300.0, 590.0, 6_000.0])
def test_the_limit_and_the_marks_stay_inside_wherever_they_are(minutes):
    panel = Panel(label="Trước", shares=(0.1,) * 10, colour="#000000",
                  marks=((minutes, "99 %"),))  # fmt: skip
    axis = Axis(width=60, borders=tuple(map(str, range(10))), words="giờ", longer="lâu hơn")
    plot = Histogram(name="a", title="", summary="", panels=(panel,), axis=axis, highest="10 %",
                     limit=(minutes, "thời hạn: 12,5 ngày làm việc"), place=NARROW)  # fmt: skip
    for begins, ends, _ in reaches(histogram(plot)):
        assert -1 <= begins <= ends <= NARROW.width + 1


def test_a_long_role_takes_more_lines():
    role = "Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính của huyện"
    one = Beam(side="", value=0.5, words="50 %", colour="#000000")
    drawn = narrow_beams(Beams(name="a", title="", summary="", whole=1.0,
                               groups=(Group(label=role, beams=(one,)),)))  # fmt: skip
    assert all(begins >= -1 and ends <= WIDTH + 1 for begins, ends, _ in reaches(drawn))
    assert 'width="168"' in drawn  # half of 336


def test_words_stay_where_they_are_meant_unless_they_would_be_cut():
    assert within("mm", 180, 12) == 180
    assert within("mm", 0, 12) == pytest.approx(text_width("mm", 12) / 2 + 4)
    assert within("mm", 360, 12) == pytest.approx(360 - text_width("mm", 12) / 2 - 4)


def test_a_page_shows_one_of_both_on_each_screen():
    page = simulation_page(of_simulation(simulated(changed=True), "vi"), "vi")
    assert page.count('class="picture wide"') == page.count('class="picture narrow"') == 4
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "@media screen and (max-width: 640px) { .picture.wide { display: none; }" in page
    assert ".picture.narrow { display: none; }" in page
