"""The page: what was taken on the picture and in words, self-contained, safe, in both languages."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from testing.small import LICENCE
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.testing import Desk, coverage_of, coverage_page, tallied
from tthc_flow.testing.overlay import (
    MISSED,
    TAKEN,
    _along,
    _around,
    _free,
    _hull,
    _meet,
    coverage_pictures,
)

HARM = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def drawn(text: str = LICENCE):
    procedure = read(text.encode()).procedures[0]
    return read(build(procedure, lay_out(procedure)).data)


@pytest.fixture(scope="module")
def reading():
    return drawn()


@pytest.fixture(scope="module")
def coverage(reading):
    """Return what one dossier has taken that was supplemented and then forgotten."""
    with Desk(reading) as desk:
        desk.start()
        desk.do("check")
        desk.choose("full", "no")
        desk.do("more")
        return coverage_of(reading.procedures[0].flow, tallied(desk.engine))


def rows(page: str, section: str) -> list[list[str]]:
    part = page.partition(f'<section id="{section}"')[2] or page.partition(f'id="{section}"')[2]
    table = part.partition("</section>")[0].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            unescape(re.sub("<[^>]*>", "", cell))
            for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", table)
    ]


def test_what_was_never_taken_is_listed_in_words(reading, coverage):
    page = coverage_page(reading, reading.procedures[0], coverage)
    missed = page.partition("<h2")[2]  # the contents name the sections before
    assert rows(missed, "missed-h") == [
        ["Đủ?", "Đủ", "Ký duyệt", "yes"],
        ["Ký duyệt", "", "Đã cấp", "f7"],
        ["Quá hạn", "", "Xin lỗi", "f8"],
        ["Xin lỗi", "", "Không cấp", "f9"],
        ["Thẩm định hồ sơ", "Quá hạn", "Xin lỗi", "late"],
    ]
    assert rows(missed, "taken-h") == [
        ["Nộp hồ sơ", "", "cổng back", "f1", "1"],
        ["cổng back", "", "Thẩm định hồ sơ", "f2", "2"],
        ["Thẩm định hồ sơ", "", "Đủ?", "f3", "1"],
        ["Đủ?", "Không đủ", "Bổ sung hồ sơ", "no", "1"],
        ["Bổ sung hồ sơ", "", "cổng back", "f5", "1"],
    ]
    assert "<b>5 / 10</b>" in page
    assert "50 %" in page


def test_the_picture_shows_each_way_and_node_with_how_often(reading, coverage):
    (sheet,) = coverage_pictures(reading, reading.procedures[0], coverage)
    assert sheet.title == "Cấp giấy phép"
    root = ET.fromstring(sheet.svg)  # noqa: S314 - our own
    lines = [each for each in root.iter() if each.tag.endswith("polyline")]
    colours = [each.get("stroke") for each in lines]
    assert (colours.count(TAKEN), colours.count(MISSED)) == (5 + 1, 4 + 1)  # and the legend's
    assert all(
        (each.get("stroke-dasharray") is None) == (each.get("stroke") == TAKEN) for each in lines
    )
    numbers = [
        "".join(text.itertext())
        for text in root.iter()
        if text.tag.endswith("}text") and "".join(text.itertext()).isdecimal()
    ]
    # Nine flows, ten nodes, two of the legend: 1 was taken once, 2 twice (f2, back).
    assert sorted(numbers) == sorted(
        ["1"] * 4 + ["2"] + ["0"] * 4 + ["1"] * 4 + ["2"] + ["0"] * 5 + ["1", "0"]
    )


def test_a_number_stands_where_it_hides_neither_a_name_nor_another_line(reading, coverage):
    drawing = reading.document.drawings[0]
    yes, no = drawing.lines["yes"], drawing.lines["no"]
    assert no.points[0] == yes.points[0]  # both leave the gateway by the same corner
    (number,) = [each for each in coverage.ways if each.id == "yes"]
    middle = _around(_along(yes, 0.5), number)
    obstacles = [*(_hull(*pair) for pair in pairwise(no.points)), yes.label, no.label]
    assert any(_meet(middle, each) for each in obstacles)
    place = _around(_free(yes, number, obstacles), number)
    assert not any(_meet(place, each) for each in obstacles)
    assert _free(yes, number, [_hull(*yes.points[:2])]) is None


def test_a_file_without_a_drawing_is_laid_out_and_one_with_two_is_shown_twice(coverage):
    bare = read(LICENCE.encode())
    assert len(coverage_pictures(bare, bare.procedures[0], coverage)) == 1
    one = drawn()
    head, _, rest = one.document.data.decode().partition("<bpmndi:BPMNDiagram")
    diagram = "<bpmndi:BPMNDiagram" + rest.partition("</bpmndi:BPMNDiagram>")[0]
    other = re.sub(r'\bid="([^"]+)"', r'id="\1_2"', diagram) + "</bpmndi:BPMNDiagram>"
    twice = read(
        (head + diagram + "</bpmndi:BPMNDiagram>" + other + "</bpmn:definitions>").encode()
    )
    assert len(coverage_pictures(twice, twice.procedures[0], coverage)) == 2
    assert coverage_page(twice, twice.procedures[0], coverage).count("<svg") == 2


def test_the_diagram_of_a_sub_process_is_called_by_its_name_too():
    text = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><process id="P" name="Cấp phép">
    <subProcess id="sub" name="Thẩm định"><task id="a" name="Xem"/></subProcess></process>
    <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="sub"><bpmndi:BPMNShape bpmnElement="a">
    <dc:Bounds x="0" y="0" width="90" height="60"/></bpmndi:BPMNShape></bpmndi:BPMNPlane>
    </bpmndi:BPMNDiagram></definitions>"""
    reading = read(text.encode())
    (procedure,) = reading.procedures
    (sheet,) = coverage_pictures(reading, procedure, coverage_of(procedure.flow))
    assert sheet.title == "Cấp phép › Thẩm định"


def test_the_page_asks_no_network_runs_no_script_and_harmful_names_stay_text():
    reading = drawn(
        LICENCE.replace("Bổ sung hồ sơ", HARM.replace("<", "&lt;").replace('"', "&quot;"))
    )
    assert any(step.name == HARM for step in reading.procedures[0].flow.steps)
    page = coverage_page(reading, reading.procedures[0], coverage_of(reading.procedures[0].flow))
    assert "default-src 'none'" in unescape(page)
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", page)


def test_every_word_is_there_in_both_languages(reading, coverage):
    from tthc_flow.testing.page import _WORDS

    assert _WORDS["vi"].keys() == _WORDS["en"].keys()
    procedure = reading.procedures[0]
    english = coverage_page(reading, procedure, coverage, "en")
    assert 'lang="en"' in english
    assert "Ways never taken" in english
    assert "taken, and how often" in english
    assert "gateway back" in english
    assert "5 of 10" in english


def test_where_every_way_was_taken_the_page_says_so(reading):
    flow = reading.procedures[0].flow
    with Desk(reading) as desk:
        for ways in (("no", "yes"), ()):
            desk.start()
            for way in ways:
                desk.do("check")
                desk.choose("full", way)
                desk.do("more" if way == "no" else "sign")
        desk.report("late")
        desk.do("sorry")
        coverage = coverage_of(flow, tallied(desk.engine))
    assert coverage.missed == ()
    page = coverage_page(reading, reading.procedures[0], coverage)
    assert "mọi nhánh của quy trình" in page
    assert f'stroke="{MISSED}"' in page  # of the legend


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium: make browser")
@pytest.mark.parametrize("wide", [1400, 400])
def test_a_browser_shows_the_page_without_scrolling_sideways(reading, coverage, tmp_path, wide):
    page = tmp_path / "page.html"
    probe = "<script>document.title = document.body.scrollWidth + '/' + innerWidth</script>"
    text = coverage_page(reading, reading.procedures[0], coverage)
    text = re.sub(r"<meta http-equiv[^>]*>", "", text).replace("</body>", probe + "</body>")
    page.write_text(text, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += [
        f"--window-size={wide},900",
        f"--user-data-dir={tmp_path / 'profile'}",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    found = re.search(r"<title>(\d+)/(\d+)</title>", done.stdout)
    assert int(found[1]) <= int(found[2])
