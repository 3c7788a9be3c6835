"""Generated drawings: nothing overlaps, no line crosses a shape, every node is in its lane."""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.anything import any_procedure
from layout.geometry import faults, hard
from layout.sample import arrow, licence
from strategies import SEEDS, flows, mutated_flows, procedures, wild_flows
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point
from tthc_flow.model.flow import Event, EventPosition, Flow, Lane, SequenceFlow, SubProcess
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step

SIZES = st.integers(1, 12)
PROCESSES = Path(__file__).parents[2] / "processes"


def chain(size: int) -> Procedure:
    """Return a long chain over five lanes, with loops back and ways that skip ahead."""
    nodes = tuple(
        Step(id=f"n{each}", name="Thẩm định hồ sơ", lane=f"l{each * 7 % 5}") for each in range(size)
    )
    edges = [arrow(f"n{each}", f"n{each + 1}") for each in range(size - 1)]
    edges += [arrow(f"n{each}", f"n{max(0, each - each % 9)}") for each in range(5, size, 5)]
    edges += [
        SequenceFlow(id=f"skip{each}", source=f"n{each}", target=f"n{each + 2 + each % 9}")
        for each in range(3, size - 12, 7)
    ]
    lanes = tuple(Lane(id=f"l{each}", name=f"Phòng {each}") for each in range(5))
    return Procedure(flow=Flow(id="p", nodes=nodes, edges=tuple(edges), lanes=lanes))


@given(procedures())
def test_a_structured_procedure_has_a_drawing_without_faults(procedure: Procedure) -> None:
    assert faults(lay_out(procedure), procedure) == []


@given(flows())
def test_blocks_in_blocks_have_a_drawing_without_faults(flow: Flow) -> None:
    assert faults(lay_out(Procedure(flow=flow), Procedure(flow=flow))) == []


@given(mutated_flows())
def test_a_broken_flow_has_a_drawing_without_faults(flow: Flow) -> None:
    assert faults(lay_out(Procedure(flow=flow), Procedure(flow=flow))) == []


@given(wild_flows())
def test_a_flow_of_any_shape_has_a_drawing_without_faults(flow: Flow) -> None:
    assert faults(lay_out(Procedure(flow=flow), Procedure(flow=flow))) == []


@settings(max_examples=20)  # Drawing twice what the tests above already draw.
@given(procedures())
def test_the_same_procedure_has_the_same_drawing(procedure: Procedure) -> None:
    assert lay_out(procedure) == lay_out(procedure)


@given(SIZES, SEEDS)
def test_all_that_a_file_may_draw_has_a_drawing_without_hard_faults(size: int, seed: int) -> None:
    procedure = any_procedure(random.Random(seed), size)
    assert hard(faults(lay_out(procedure), procedure)) == []


def test_a_thousand_frames_in_frames_are_drawn_without_recursion() -> None:
    frames = [
        SubProcess(id=f"s{each}", scope=f"s{each - 1}" if each else None) for each in range(1_500)
    ]
    nodes = (*frames, Step(id="a", name="Ký", scope="s1499"))
    assert len(lay_out(Procedure(flow=Flow(id="p", nodes=nodes))).shapes) == 1_501


def test_a_licence_with_all_that_occurs_has_a_drawing_without_faults() -> None:
    procedure = licence()
    drawing = lay_out(procedure)
    assert faults(drawing, procedure) == []
    named = {edge.id for edge in (*procedure.flow.edges, *procedure.messages) if edge.name}
    assert {line for line in drawing.lines if drawing.lines[line].label is not None} == named


def test_the_main_way_runs_from_left_to_right() -> None:
    drawing = lay_out(licence())
    way = ("start", "receive", "full", "assign", "examine", "found", "draft", "review", "sign")
    lefts = [drawing.shapes[each].bounds.x for each in way]
    assert lefts == sorted(lefts)


def test_a_boundary_event_sits_on_the_border_of_its_host() -> None:
    drawing = lay_out(licence())
    event, host = drawing.shapes["late"].bounds, drawing.shapes["examine"].bounds
    assert event.centre.y == host.bottom
    assert host.x < event.x < event.right < host.right


def test_a_sub_process_is_open_round_its_content_and_closed_without_any() -> None:
    nodes = (SubProcess(id="full"), Step(id="a", name="Ký", scope="full"), SubProcess(id="empty"))
    drawing = lay_out(Procedure(flow=Flow(id="p", nodes=nodes)))
    assert drawing.shapes["full"].expanded
    assert not drawing.shapes["empty"].expanded


def test_a_task_grows_with_its_name_so_that_it_can_be_read() -> None:
    name = "Thẩm định hồ sơ, kiểm tra thực tế, tổng hợp ý kiến và dự thảo văn bản trả lời" * 2
    nodes = (Step(id="short", name="Ký"), Step(id="long", name=name))
    drawing = lay_out(Procedure(flow=Flow(id="p", nodes=nodes)))
    short, long = drawing.shapes["short"].bounds, drawing.shapes["long"].bounds
    assert (short.width, short.height) == (110, 80)
    assert long.width > short.width
    assert long.height > short.height


def test_nested_lanes_lie_in_their_parent() -> None:
    lanes = (Lane(id="out", name="Sở"), Lane(id="in1", parent="out"), Lane(id="in2", parent="out"))
    nodes = (Step(id="a", name="Ký", lane="in1"), Step(id="b", name="Gửi", lane="in2"))
    flow = Flow(id="p", nodes=nodes, edges=(arrow("a", "b"),), lanes=lanes)
    drawing = lay_out(Procedure(flow=flow))
    outer = drawing.shapes["out"].bounds
    for lane in ("in1", "in2"):
        inner = drawing.shapes[lane].bounds
        assert outer.x < inner.x
        assert outer.y <= inner.y < inner.bottom <= outer.bottom
    assert faults(drawing, Procedure(flow=flow)) == []


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        pytest.param((), (), id="nothing at all"),
        pytest.param((Step(id="a", name=""),), (arrow("a", "a"),), id="a loop on one step"),
        pytest.param((Step(id="a", name=""),), (arrow("a", "gone"),), id="an end that is missing"),
        pytest.param((SubProcess(id="a", scope="a"),), (), id="a scope inside itself"),
        pytest.param(
            (SubProcess(id="a", scope="b"), SubProcess(id="b", scope="a")), (), id="a scope circle"
        ),
        pytest.param(
            (Event(id="a", position=EventPosition.BOUNDARY, attached_to="gone"),), (), id="no host"
        ),
        pytest.param((Step(id="a", name="x", lane="gone"),), (), id="no such lane"),
    ],
)
def test_a_flow_that_makes_no_sense_is_drawn_all_the_same(
    nodes: tuple[Step, ...], edges: tuple[SequenceFlow, ...]
) -> None:
    drawing = lay_out(Procedure(flow=Flow(id="p", nodes=nodes, edges=edges)))
    assert set(drawing.shapes) == {node.id for node in nodes}


def test_time_grows_about_linearly_with_the_number_of_nodes() -> None:
    lay_out(chain(50))
    short, long = _time(250), _time(1_000)
    # Four times the nodes; twice the linear ratio leaves room for a busy machine.
    assert long / short < 8


def _time(size: int) -> float:
    procedure = chain(size)
    best = float("inf")
    for _ in range(5):
        start = process_time()
        lay_out(procedure)
        best = min(best, process_time() - start)
    return best


def test_a_chain_of_2000_nodes_is_drawn_without_recursion() -> None:
    assert len(lay_out(chain(2_000)).shapes) == 2_005


def test_every_real_table_has_a_drawing_without_faults(shared: Path) -> None:
    from tthc_flow.tables.procedure import to_procedure
    from tthc_flow.tables.read import read_table

    tables = sorted((shared / "data").glob("procedures*/*.yaml"))
    assert len(tables) >= 148
    for table in tables:
        procedure, _ = to_procedure(read_table(table).table)
        assert faults(lay_out(procedure), procedure) == [], table.name


def test_the_geometric_check_finds_what_it_is_made_for() -> None:
    procedure = licence()
    drawing = lay_out(procedure)
    moved = evolve(drawing.shapes["draft"], bounds=drawing.shapes["examine"].bounds)
    broken = Drawing(shapes={**drawing.shapes, "draft": moved}, lines=drawing.lines)
    found = faults(broken, procedure)
    assert ("shapes overlap", "draft", "examine") in found
    assert ("loose end", "draft-review", "draft") in found
    corner = drawing.lines["stamp-return"].points[1]
    inside = evolve(moved, bounds=Bounds(corner.x - 5, corner.y - 5, 20, 20))
    crossed = Drawing(shapes={**drawing.shapes, "draft": inside}, lines=drawing.lines)
    assert ("through a shape", "stamp-return", "draft") in faults(crossed, procedure)
    high = evolve(drawing.shapes["stamp"], bounds=Bounds(100, -500, 110, 80))
    lost = Drawing(shapes={**drawing.shapes, "stamp": high}, lines=drawing.lines)
    assert ("outside its frame", "stamp", "lane4") in faults(lost, procedure)
    twice = {**drawing.lines, "sign-stamp": drawing.lines["start-receive"]}
    doubled = Drawing(shapes=drawing.shapes, lines=twice)
    assert ("lines on each other", "sign-stamp", "start-receive") in faults(doubled, procedure)
    off = evolve(drawing.shapes["late"], bounds=drawing.shapes["start"].bounds)
    strayed = Drawing(shapes={**drawing.shapes, "late": off}, lines=drawing.lines)
    assert ("off its host", "late", "examine") in faults(strayed, procedure)
    bent = Line(points=(Point(0, 0), Point(9, 9)))
    skewed = Drawing(shapes=drawing.shapes, lines={**drawing.lines, "sign-stamp": bent})
    assert ("slanted", "sign-stamp") in faults(skewed, procedure)


def test_an_event_attached_to_the_sub_process_that_it_lies_in_is_drawn_inside():
    frame = SubProcess(id="S", name="Xác minh")
    lost = Event(id="E", position=EventPosition.BOUNDARY, attached_to="S", scope="S")
    ends = Event(id="Z", position=EventPosition.END, scope="S")
    edge = SequenceFlow(id="F", source="E", target="Z", scope="S")
    flow = Flow(id="P", nodes=(frame, lost, ends), edges=(edge,))
    drawing = lay_out(Procedure(flow=flow))
    assert {"S", "E", "Z"} <= set(drawing.shapes)
    assert drawing.shapes["E"].bounds.right < drawing.shapes["S"].bounds.right
