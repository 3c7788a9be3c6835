"""Show: every diagram of a file, in its colours or in those of a heat."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import tthc_flow
from picture.drawn import SVG, elements, parsed
from tthc_flow.bpmn.read import read
from tthc_flow.errors import BadQuantity, UnreadableInput
from tthc_flow.picture.style import heat_colour
from tthc_flow.verbs.sheets import sheets
from tthc_flow.verbs.show import show, show_all

ROOT = Path(__file__).resolve().parents[2]
FLOW = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0"'
)


def shape(element: str, x: int, more: str = "") -> str:
    bounds = f'<dc:Bounds x="{x}" y="0" width="100" height="80"/>'
    return f'<di:BPMNShape bpmnElement="{element}" {more}>{bounds}</di:BPMNShape>'


def diagram(identifier: str, plane: str, *shapes: str) -> str:
    inside = f'<di:BPMNPlane bpmnElement="{plane}">{"".join(shapes)}</di:BPMNPlane>'
    return f'<di:BPMNDiagram id="{identifier}">{inside}</di:BPMNDiagram>'


def file(*parts: str) -> bytes:
    return f"<definitions {SPACES}>{''.join(parts)}</definitions>".encode()


DRILLED = file(
    '<process id="P" name="Cấp giấy"><task id="A" name="Nhận"/><subProcess id="S" name="Thẩm định">'
    '<task id="B" name="Xem"/></subProcess></process><process id="Q"><task id="C"/></process>',
    diagram("D1", "P", shape("A", 0), shape("S", 200, 'isExpanded="false"')),
    diagram("D2", "S", shape("B", 0)),
)


def drawn(svg: str) -> set[str]:
    return set(elements(parsed(svg)))


def test_a_collapsed_sub_process_has_a_sheet_of_its_own_and_what_is_not_drawn_too():
    reading = read(DRILLED)
    assert [(each.id, each.shows, each.title) for each in sheets(reading)] == [
        ("D1", "P", "Cấp giấy"),
        ("D2", "S", "Cấp giấy › Thẩm định"),
        ("Q", "Q", ""),
    ]
    pictures = show_all(reading)
    assert [drawn(each) & {"A", "B", "C", "S"} for each in pictures] == [{"A", "S"}, {"B"}, {"C"}]


@pytest.mark.parametrize("name", [2, "2", "D2", "S"])
def test_a_diagram_is_named_by_number_id_or_what_it_shows(name):
    assert show(DRILLED, diagram=name) == show_all(DRILLED)[1]


def test_the_diagram_that_draws_most_is_shown_unless_a_process_is_named():
    assert show(DRILLED) == show_all(DRILLED)[0]
    assert show(DRILLED, process="Q") == show_all(DRILLED)[2]


def test_a_diagram_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnreadableInput, match="TF234") as refused:
        show(DRILLED, diagram="nope")
    assert "1 (D1), 2 (D2), 3 (Q)" in refused.value.hint
    with pytest.raises(BadQuantity, match="TF110"):
        show(DRILLED, heat="beauty")


def test_a_file_without_processes_shows_its_pools_or_says_that_there_is_nothing():
    pools = file(
        '<collaboration id="K"><participant id="X" name="Công dân"/></collaboration>',
        diagram("D", "K", shape("X", 0)),
    )
    assert "Công dân" in show(pools)
    assert "chưa vẽ gì" in show(file())
    assert "draws nothing" in show(file(), lang="en")


def test_all_pools_of_a_diagram_are_drawn_whichever_process_is_meant():
    both = file(
        '<process id="P"><task id="A" name="Một"/></process>'
        '<process id="Q"><userTask id="B" name="Hai"/></process>',
        diagram("D", "P", shape("A", 0), shape("B", 200)),
    )
    picture = show(both)
    assert {"A", "B"} <= drawn(picture)
    assert "Hai</tspan>" in picture


def test_the_processes_of_a_collaboration_without_a_drawing_are_laid_out_on_one_sheet():
    text = file(
        '<collaboration id="K"><participant id="X" processRef="P"/>'
        '<participant id="Y" processRef="Q"/><participant id="Z" name="Công dân"/>'
        '<messageFlow id="M" sourceRef="A" targetRef="B"/></collaboration>'
        '<process id="P"><task id="A"/></process>'
        '<process id="Q"><task id="B"/><task id="B2"/></process>'
        '<process id="R"><task id="C"/></process>',
    )
    together, alone = show_all(text)
    assert {"A", "B", "B2", "X", "Y", "Z", "M"} <= drawn(together)
    assert "C" in drawn(alone)
    assert not {"A", "B", "X"} & drawn(alone)
    assert show(text) == show(text, process="P") == show(text, diagram="P") == together
    assert show(text, diagram="R") == show(text, process="R") == alone


COLOURS = file(
    '<process id="P"><task id="A" name="Nhận"/>',
    '<task id="B"/><task id="C"/><task id="D"/></process>',
    diagram(
        "D1",
        "P",
        shape("A", 0, 'bioc:fill="#112233" bioc:stroke="#445566"'),
        shape("B", 200, 'bioc:fill="#aaaaaa" color:background-color="#bbbbbb"'),
        shape("C", 400, 'bioc:fill="url(http://example.org/x)" bioc:stroke="red;x:y"'),
        shape("D", 600),
    ),
)


def test_the_file_s_own_colours_are_shown_where_no_heat_is():
    groups = elements(parsed(show(COLOURS)))
    fills = {each: groups[each].find(f"{SVG}rect").get("fill") for each in "ABCD"}
    assert fills == {"A": "#112233", "B": "#bbbbbb", "C": "#ffffff", "D": "#ffffff"}
    assert groups["A"].find(f"{SVG}rect").get("stroke") == "#445566"
    assert groups["A"].find(f"{SVG}text").get("fill") == "#ffffff"  # legible on dark
    assert "example.org" not in show(COLOURS)


def test_a_heat_goes_before_the_colours_of_the_file():
    groups = elements(parsed(show(COLOURS, heat="time")))
    assert {groups[each].find(f"{SVG}rect").get("fill") for each in "ABCD"} == {"#eceff3"}


def test_every_heat_has_its_legend_in_both_languages_and_unknown_is_said():
    titles = set()
    for kind in ("time", "work", "wait", "cost", "handoffs", "level", "findings"):
        for lang in ("vi", "en"):
            words = re.findall(
                r"<tspan[^>]*>([^<]*:)</tspan>", tthc_flow.show(FLOW, heat=kind, lang=lang)
            )
            assert len(words) == 1, (kind, lang)
            titles.add(words[0])
    assert len(titles) == 14
    work = show(FLOW, heat="work")
    assert "chưa rõ công làm việc" in work
    assert ">?</tspan>" in work or "· ?</tspan>" in work
    assert "chưa rõ" not in show(FLOW, heat="time")
    assert ":</tspan>" not in show(FLOW, heat="none")


def test_levels_are_told_by_word_as_well_as_by_colour():
    assert "tỉnh</tspan>" in show(FLOW, heat="level")
    assert "province</tspan>" in show(FLOW, heat="level", lang="en")


def test_the_scale_gets_darker_evenly_so_that_it_reads_in_grey():
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [grey(heat_colour(Fraction(part), Fraction(20))) for part in range(21)]
    steps = [one - other for one, other in pairwise(greys)]
    assert min(steps) > 1
    assert grey("#000000") + 100 < greys[-1]  # black letters on the darkest


def test_a_note_of_a_process_that_holds_nothing_else_is_shown_with_its_words():
    text = (
        f'<definitions {SPACES}><process id="notes"><textAnnotation id="N">'
        '<text>Ghi chú</text></textAnnotation></process><process id="P"><task id="A"/></process>'
        f"{diagram('D', 'P', shape('A', 0), shape('N', 200))}</definitions>"
    )
    assert "Ghi chú" in show(text.encode())
