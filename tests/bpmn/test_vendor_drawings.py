"""Drawings as other tools write them: lanes without members, odd places, labels and lines."""

from __future__ import annotations

import pytest
from attrs import evolve

import tthc_flow
from bpmn.test_read import only, text
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.model.drawing import Bounds, Drawing, Point
from tthc_flow.model.flow import Node

DRAWN = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def drawn(*shapes: tuple[str, int, int, int, int]) -> str:
    each = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{of}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/></bpmndi:BPMNShape>'
        for of, x, y, w, h in shapes
    )
    plane = f"<bpmndi:BPMNPlane>{each}</bpmndi:BPMNPlane>"
    return f"<bpmndi:BPMNDiagram {DRAWN}>{plane}</bpmndi:BPMNDiagram>"


LANES = (
    '<laneSet><lane id="L" name="Văn thư"><childLaneSet><lane id="I" name="Lãnh đạo"/>'
    '</childLaneSet></lane><lane id="M" name="Kế toán"><flowNodeRef>C</flowNodeRef></lane>'
    '</laneSet><task id="A"/><task id="B"/><task id="C"/><task id="D"/>'
    '<subProcess id="S"><task id="E"/></subProcess>'
)


def test_a_node_that_no_lane_lists_lies_in_the_innermost_lane_that_it_is_drawn_in():
    shapes = drawn(
        ("L", 0, 0, 600, 200), ("I", 0, 100, 600, 100), ("M", 0, 200, 600, 100),
        ("A", 50, 10, 100, 80), ("B", 50, 110, 100, 80), ("C", 50, 10, 100, 80),
        ("D", 50, 900, 100, 80), ("S", 300, 210, 100, 80), ("E", 310, 10, 9, 9),
    )  # fmt: skip
    reading = read(text(LANES, shapes))
    nodes: dict[str, Node] = dict(reading.procedures[0].flow.by_id)
    lanes = {name: node.lane for name, node in nodes.items()}
    assert lanes == {"A": "L", "B": "I", "C": "M", "D": None, "S": "M", "E": None}
    who = {
        each.id: each.performer and each.performer.name for each in reading.procedures[0].flow.steps
    }
    assert who == {"A": "Văn thư", "B": "Lãnh đạo", "C": "Kế toán", "D": None, "E": "Kế toán"}
    told = [
        (each.element, dict(each.values))
        for each in reading.findings
        if each.code == "read-lane-drawn"
    ]
    assert told == [
        ("L", {"count": "1", "first": "A"}),
        ("I", {"count": "1", "first": "B"}),
        ("M", {"count": "1", "first": "S"}),
    ]
    assert write(reading.document, reading.procedures) == reading.document.data


def test_lanes_that_overlap_on_the_sheet_place_nothing():
    shapes = drawn(("L", 0, 0, 600, 200), ("M", 0, 0, 600, 200), ("A", 50, 10, 100, 80))
    assert only(LANES, shapes).flow.by_id["A"].lane is None


PLAIN = (
    '<startEvent id="S"/><task id="A" name="Nhận"/><endEvent id="E"/>'
    '<sequenceFlow id="F" sourceRef="S" targetRef="A"/>'
    '<sequenceFlow id="G" sourceRef="A" targetRef="E"/>'
)
LABEL = '<bpmndi:BPMNLabel><dc:Bounds x="{}" y="5" width="{}" height="{}"/></bpmndi:BPMNLabel>'
PLACES = {
    "a label without bounds": ("<bpmndi:BPMNLabel/>", "0", "100"),
    "a label that is nowhere": (LABEL.format("NaN", "-1", "1e300"), "0", "100"),
    "a label of negative size": (LABEL.format("5", "-9", "-9"), "0", "100"),
    "no size": ("", "0", "0"),
    "a negative size": ("", "0", "-100"),
    "a decimal comma": ("", "0,5", "100"),
    "a unit": ("", "0px", "100"),
}
LINES = {
    "no point": (),
    "one point": ((0, 0),),
    "two equal points": ((0, 0), (0, 0)),
    "typed points": ((0, 0), (50, 50)),
}


@pytest.mark.parametrize(("inside", "x", "width"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("points", LINES.values(), ids=LINES)
def test_odd_places_end_in_a_picture(inside, x, width, points):
    way = "".join(f'<di:waypoint xsi:type="dc:Point" x="{a}" y="{b}"/>' for a, b in points)
    drawing = (
        f"<bpmndi:BPMNDiagram {DRAWN}><bpmndi:BPMNPlane>"
        f'<bpmndi:BPMNShape bpmnElement="A"><dc:Bounds x="{x}" y="9" width="{width}" height="80"/>'
        f'{inside}</bpmndi:BPMNShape><bpmndi:BPMNEdge bpmnElement="F">{way}</bpmndi:BPMNEdge>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    reading = read(text(PLAIN, drawing))
    assert tthc_flow.png(tthc_flow.show(reading)).startswith(b"\x89PNG")
    assert tthc_flow.compare(reading, reading).changes == ()
    assert tthc_flow.prepare(reading).runnable


def test_an_element_that_is_drawn_twice_is_moved_where_it_was_read():
    edge = '<bpmndi:BPMNEdge id="{}" bpmnElement="F">{}</bpmndi:BPMNEdge>'
    shape = '<bpmndi:BPMNShape id="{}" bpmnElement="A">{}</bpmndi:BPMNShape>'
    way = '<di:waypoint x="1" y="1"/><di:waypoint x="9" y="1"/>'
    box = '<dc:Bounds x="10" y="20" width="100" height="80"/>'
    edges = edge.format("e", "") + edge.format("f", way)
    shapes = shape.format("a", "") + shape.format("b", box)
    plane = f"<bpmndi:BPMNPlane>{edges}{shapes}</bpmndi:BPMNPlane>"
    reading = read(text(PLAIN, f"<bpmndi:BPMNDiagram {DRAWN}>{plane}</bpmndi:BPMNDiagram>"))
    [before] = reading.document.drawings
    moved = Drawing(
        shapes={"A": evolve(before.shapes["A"], bounds=Bounds(30, 40, 100, 80))},
        lines={"F": evolve(before.lines["F"], points=(Point(3, 3), Point(5, 3), Point(5, 8)))},
    )
    after = read(write(reading.document, reading.procedures, moved))
    assert after.document.drawings == (moved,)


def test_what_goes_out_of_a_sub_process_that_moves_is_drawn_no_more():
    inner = '<subProcess id="T"><subProcess id="S"><task id="A"/><task id="B"/></subProcess>'
    shapes = drawn(
        ("T", 0, 0, 400, 300), ("S", 10, 10, 300, 200), ("A", 20, 20, 9, 9), ("B", 50, 20, 9, 9)
    )  # fmt: skip
    reading = read(text(inner + "</subProcess>", shapes))
    flow = reading.procedures[0].flow
    kept = (node for node in flow.nodes if node.id != "A")
    nodes = tuple(evolve(node, scope=None) if node.id == "S" else node for node in kept)
    moved = evolve(reading.procedures[0], flow=evolve(flow, nodes=nodes))
    [drawing] = read(write(reading.document, [moved])).document.drawings
    assert set(drawing.shapes) == {"T", "S", "B"}
