"""Pictures: every element drawn, every text escaped and inside its box, heat and marks told."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.sample import licence
from strategies import procedures
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.text import text_width
from tthc_flow.measures.heat import Heat
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.notation import Notation
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step, TaskType
from tthc_flow.picture.before_after import Side, before_after
from tthc_flow.picture.svg import draw

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    """Return the root of a picture."""
    return ET.fromstring(svg)  # noqa: S314 - our own text, just made


def alone(node: Node) -> str:
    """Return the picture of *node* by itself."""
    procedure = Procedure(flow=Flow(id="p", nodes=(node,)))
    return draw(procedure, lay_out(procedure))


def words(svg: str) -> list[str]:
    """Return the lines of text of a picture."""
    return [each.text or "" for each in parsed(svg).iter(f"{SVG}tspan")]


def test_every_node_flow_lane_pool_and_message_is_in_the_picture() -> None:
    procedure = licence()
    svg = draw(procedure, lay_out(procedure))
    drawn = {each.get("data-element") for each in parsed(svg).iter(f"{SVG}g")}
    flow = procedure.flow
    elements = (*flow.nodes, *flow.edges, *flow.lanes, *procedure.pools, *procedure.messages)
    assert {each.id for each in elements} <= drawn


@settings(max_examples=40)  # A picture is a straight fold over what the layout tests draw.
@given(procedures())
def test_the_picture_of_any_procedure_is_well_formed(procedure: Procedure) -> None:
    assert parsed(draw(procedure, lay_out(procedure))).tag == f"{SVG}svg"


@given(st.text(max_size=40))
def test_any_name_is_escaped_and_loses_no_letter(name: str) -> None:
    svg = alone(Step(id="a", name=name))
    parsed(svg)
    assert "<script" not in alone(Step(id="a", name="<script>alert(1)</script>"))


def test_a_picture_reaches_for_nothing_outside() -> None:
    svg = draw(licence(), lay_out(licence()), title="Cấp phép")
    assert re.findall(r"(?:href|src|url\(|@import|<script|<style)", svg) == []
    assert svg.count("http") == 1  # the namespace


def test_a_long_vietnamese_name_is_wrapped_inside_its_task() -> None:
    name = "Thẩm định hồ sơ đề nghị cấp giấy phép, tổng hợp ý kiến và trình lãnh đạo phòng"
    svg = alone(Step(id="a", name=name))
    assert " ".join(words(svg)) == name
    width = lay_out(Procedure(flow=Flow(id="p", nodes=(Step(id="a", name=name),)))).shapes["a"]
    assert all(text_width(line, 12) <= width.bounds.width - 10 for line in words(svg))


def test_a_name_too_long_for_the_file_s_box_is_made_smaller_then_cut_but_kept_as_title() -> None:
    name = "Thẩm định hồ sơ " * 12
    procedure = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name=name.strip()),)))
    drawing = Drawing(shapes={"a": Shape(bounds=Bounds(0, 0, 100, 60))})
    svg = draw(procedure, drawing)
    assert words(svg)[-1].endswith("…")
    assert f"<title>{name.strip()}</title>" in svg


@pytest.mark.parametrize(
    "task", [each for each in TaskType if each not in {"task", "callActivity"}]
)
def test_each_kind_of_task_has_a_sign_of_its_own(task: TaskType) -> None:
    plain = alone(Step(id="a", name="Ký", task=TaskType.TASK))
    assert alone(Step(id="a", name="Ký", task=task)).count("<path") > plain.count("<path")


def test_all_kinds_of_gateways_events_and_sub_processes_look_different() -> None:
    nodes: list[Node] = [Gateway(id="a", kind=kind) for kind in GatewayKind]
    nodes += [
        Event(id="a", position=position, trigger=trigger)
        for position in (EventPosition.START, EventPosition.CATCH, EventPosition.THROW)
        for trigger in Trigger
        if trigger is not Trigger.TERMINATE
    ]
    nodes += [
        Event(id="a", position=EventPosition.END),
        Event(id="a", position=EventPosition.END, trigger=Trigger.TERMINATE),
        Event(id="a", position=EventPosition.START, trigger=Trigger.TIMER, interrupting=False),
    ]
    nodes += [SubProcess(id="a", kind=kind) for kind in SubProcessKind]
    nodes += [SubProcess(id="a", loop=Loop(multi_instance=True))]
    nodes += [SubProcess(id="a", loop=Loop(multi_instance=True, sequential=True))]
    nodes += [SubProcess(id="a", loop=Loop(multi_instance=False))]
    pictures = [alone(node) for node in nodes]
    assert (
        len(set(pictures)) == len(pictures) - 1
    )  # a throw event without trigger looks like a catch


def test_the_default_flow_has_a_slash_and_a_conditional_one_a_diamond() -> None:
    nodes: tuple[Node, ...] = (
        Gateway(id="g", kind=GatewayKind.EXCLUSIVE, default="d"),
        Step(id="a", name="x"),
        Step(id="b", name="y"),
    )
    edges = (
        SequenceFlow(id="d", source="g", target="a"),
        SequenceFlow(id="c", source="a", target="b", condition="x > 1"),
        SequenceFlow(id="n", source="g", target="b"),
    )
    procedure = Procedure(flow=Flow(id="p", nodes=nodes, edges=edges))
    parts = {
        each.get("data-element"): [child.tag.removeprefix(SVG) for child in each]
        for each in parsed(draw(procedure, lay_out(procedure))).iter(f"{SVG}g")
    }
    assert parts["d"] == ["path", "polygon", "path"]
    assert parts["c"] == ["path", "polygon", "polygon"]
    assert parts["n"] == ["path", "polygon"]


def test_heat_colours_tasks_prints_badges_and_says_what_is_unknown() -> None:
    values = {"receive": Fraction(240), "examine": Fraction(2400)}
    heat = Heat(values=values, unknown=frozenset(("draft",)))
    svg = draw(licence(), lay_out(licence()), heat=heat)
    assert {"0,5 ngày", "5 ngày", "chưa rõ thời gian", "Thời gian (ngày làm việc):"} <= set(
        words(svg)
    )
    assert "#f08062" in svg


def test_each_mark_has_a_word_in_the_legend_and_only_used_ones_are_explained() -> None:
    marks = {"receive": "changed", "sign": "added", "stamp": "moved", "stamp-return": "removed"}
    svg = draw(licence(), lay_out(licence()), marks=marks)
    assert {"thêm", "bỏ", "sửa", "chuyển"} <= set(words(svg))
    assert "chuyển" not in words(draw(licence(), lay_out(licence()), marks={"sign": "added"}))


def test_without_a_drawing_the_procedure_is_laid_out() -> None:
    assert draw(licence(), Drawing()) == draw(licence(), lay_out(licence()))


def test_what_the_drawing_holds_beyond_the_procedure_is_still_shown() -> None:
    drawing = lay_out(licence())
    shapes = {**drawing.shapes, "note": Shape(bounds=Bounds(5, 5, 40, 30))}
    lines = {**drawing.lines, "tie": Line(points=(Point(5, 5), Point(90, 90)))}
    svg = draw(licence(), Drawing(shapes=shapes, lines=lines))
    assert 'data-element="note"' in svg
    assert svg.count('stroke-dasharray="2 4"') == 1


def test_a_label_whose_file_gives_no_place_keeps_off_lines_and_shapes() -> None:
    gateway = Gateway(id="g", kind=GatewayKind.EXCLUSIVE, name="Đạt?")
    nodes: tuple[Node, ...] = (gateway, Step(id="a", name="x"))
    flow = Flow(id="p", nodes=nodes, edges=(SequenceFlow(id="f", source="g", target="a"),))
    shapes = {"g": Shape(bounds=Bounds(0, 0, 50, 50)), "a": Shape(bounds=Bounds(0, 200, 100, 80))}
    down = {"f": Line(points=(Point(25, 50), Point(25, 200)))}
    svg = draw(Procedure(flow=flow), Drawing(shapes=shapes, lines=down))
    label = next(each for each in parsed(svg).iter(f"{SVG}tspan") if each.text == "Đạt?")
    assert float(label.get("y", "0")) < 0


def test_before_and_after_stand_under_each_other_with_one_scale() -> None:
    before, after = licence(), evolve(licence(), name="Sau")
    slow, quick = (Heat(values={"examine": Fraction(each)}) for each in (4800, 480))
    one = Side(procedure=before, drawing=lay_out(before), title="Trước", heat=slow)
    two = Side(
        procedure=after, drawing=lay_out(after), title="Sau", heat=quick, marks={"draft": "changed"}
    )
    svg = before_after(one, two, title="Trước và sau")
    assert {"Trước", "Sau", "10", "sửa"} <= set(words(svg))
    assert words(svg).count("Thời gian (ngày làm việc):") == 1
    alone_after = draw(after, lay_out(after), heat=quick)
    assert alone_after.count("#f08062") == svg.count("#f08062")


def test_a_pane_shows_the_other_pools_of_its_sheet_and_their_signs() -> None:
    other = Procedure(flow=Flow(id="q", nodes=(Step(id="z", name="Hoàn tác"),)))
    drawing = lay_out(licence())
    shapes = {**drawing.shapes, "z": Shape(bounds=Bounds(0, 900, 110, 80))}
    side = Side(
        procedure=licence(),
        drawing=Drawing(shapes=shapes, lines=drawing.lines),
        title="Trước",
        others=(other,),
        notation={"z": Notation(compensation=True)},
    )
    svg = before_after(side, side)
    assert svg.count("Hoàn tác</tspan>") == 2
    assert svg.count('d="M-7 0L-.5-5V5ZM-.5 0L6-5V5Z"') == 2


def test_every_reference_diagram_is_drawn_with_all_its_pools(shared: Path) -> None:
    from tthc_flow.bpmn.read import read

    files = sorted((shared / "data/bpmn/files").glob("bpmn-miwg*/Reference/*.bpmn"))
    assert len(files) == 21
    for file in files:
        reading = read(file)
        for drawing in reading.document.drawings:
            first, *others = reading.procedures
            svg = draw(first, drawing, others=tuple(others))
            drawn = {each.get("data-element") for each in parsed(svg).iter(f"{SVG}g")}
            nodes = {each.id for one in reading.procedures for each in one.flow.nodes}
            assert nodes & set(drawing.shapes) <= drawn, file.name
