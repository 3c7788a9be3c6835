"""Any edit of any procedure: what is kept stands as it stood, what is new has room of its own."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from layout.anything import any_procedure
from layout.edits import edited
from layout.geometry import faults, hard
from layout.sample import arrow, licence
from strategies import SEEDS
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association
from tthc_flow.model.flow import Event, EventPosition, Flow, Lane, SequenceFlow, SubProcess
from tthc_flow.model.procedure import Pool, Procedure
from tthc_flow.model.step import Step


@given(st.integers(1, 14), st.integers(1, 4), SEEDS)
def test_any_edit_of_any_procedure_makes_no_new_hard_fault(
    size: int, edits: int, seed: int
) -> None:
    rng = random.Random(seed)
    before = any_procedure(rng, size)
    after = edited(rng, before, edits)
    kept = keep(lay_out(before), before, after)
    assert hard(faults(kept, after)) == []
    assert keep(kept, after, after) == kept


def nested() -> Procedure:
    """Return a division in whose lane lie two desks; its head works in the lane itself."""
    lanes = (
        Lane(id="division", name="Phòng"),
        Lane(id="one", name="Bàn 1", parent="division"),
        Lane(id="two", name="Bàn 2", parent="division"),
        Lane(id="stamp", name="Văn thư"),
    )
    steps = tuple(
        Step(id=key, name="Ký", lane=lane)
        for key, lane in (("a", "one"), ("b", "two"), ("c", "stamp"))
    )
    flow = Flow(id="p", nodes=steps, edges=(arrow("a", "b"), arrow("b", "c")), lanes=lanes)
    return Procedure(flow=flow, pools=(Pool(id="office", process="p"),))


def test_a_new_step_of_a_lane_with_lanes_in_it_stands_in_none_of_them() -> None:
    before = nested()
    head = Step(id="head", name="Duyệt", lane="division")
    edges = (*before.flow.edges, arrow("b", "head"))
    flow = evolve(before.flow, nodes=(*before.flow.nodes, head), edges=edges)
    after = evolve(before, flow=flow)
    kept = keep(lay_out(before), before, after)
    assert faults(kept, after) == []
    box, division = kept.shapes["head"].bounds, kept.shapes["division"].bounds
    assert division.y <= box.y < box.bottom <= division.bottom
    for desk in ("one", "two"):
        other = kept.shapes[desk].bounds
        assert box.y >= other.bottom or box.bottom <= other.y
    assert kept.shapes["stamp"].bounds.y == division.bottom


def test_a_new_lane_in_a_lane_makes_that_one_taller_and_moves_what_lies_below() -> None:
    before = nested()
    new = Lane(id="three", name="Bàn 3", parent="division")
    after = evolve(before, flow=evolve(before.flow, lanes=(*before.flow.lanes, new)))
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    desk, division = kept.shapes["three"].bounds, kept.shapes["division"].bounds
    assert desk.bottom == division.bottom == kept.shapes["stamp"].bounds.y
    assert division.height == drawing.shapes["division"].bounds.height + desk.height


def test_the_first_lane_of_a_pool_goes_under_what_is_there() -> None:
    steps = (Step(id="a", name="Ký"), Step(id="b", name="Trả"))
    flow = Flow(id="p", nodes=steps, edges=(arrow("a", "b"),))
    before = Procedure(flow=flow, pools=(Pool(id="office", process="p"),))
    after = evolve(before, flow=evolve(flow, lanes=(Lane(id="new", name="Cơ sở dữ liệu"),)))
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    assert kept.shapes["a"] == drawing.shapes["a"]
    assert kept.shapes["new"].bounds.y == drawing.shapes["office"].bounds.bottom


def test_the_first_step_closes_its_gap_at_the_left_end() -> None:
    before = licence()
    drawing = lay_out(before)
    first = min(before.flow.by_id, key=lambda each: drawing.shapes[each].bounds.x)
    nodes = tuple(node for node in before.flow.nodes if node.id != first)
    edges = tuple(edge for edge in before.flow.edges if first not in {edge.source, edge.target})
    messages = tuple(each for each in before.messages if first not in {each.source, each.target})
    after = evolve(before, flow=evolve(before.flow, nodes=nodes, edges=edges), messages=messages)
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    by = {
        kept.shapes[node.id].bounds.x - drawing.shapes[node.id].bounds.x
        for node in nodes
        if not node.scope
    }
    assert len(by) == 1
    assert by.pop() <= -drawing.shapes[first].bounds.width
    lane = before.flow.lanes[0].id
    assert kept.shapes[lane].bounds.x == drawing.shapes[lane].bounds.x


def test_a_lane_that_goes_with_its_steps_closes_its_strip_whatever_else_stands_in_it() -> None:
    before = nested()
    data = Artifact(id="data", kind=ArtifactKind.DATA_REFERENCE, text="Hồ sơ")
    ties = (
        Association(id="t1", source="data", target="b"),
        Association(id="t2", source="data", target="c"),
    )
    before = evolve(before, artifacts=(data,), associations=ties)
    drawing = lay_out(before)
    flow = before.flow
    after = evolve(
        before,
        flow=evolve(
            flow,
            nodes=tuple(node for node in flow.nodes if node.id != "b"),
            edges=(arrow("a", "c"),),
            lanes=tuple(lane for lane in flow.lanes if lane.id != "two"),
        ),
        associations=ties[1:],
    )
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    lower = drawing.shapes["stamp"].bounds.y - kept.shapes["stamp"].bounds.y
    assert lower == drawing.shapes["two"].bounds.height
    assert kept.shapes["stamp"].bounds.y == kept.shapes["one"].bounds.bottom


def test_a_boundary_event_moves_with_its_host_and_a_new_one_keeps_clear_of_data() -> None:
    nodes = (
        SubProcess(id="frame", name="Thẩm định"),
        Step(id="in", name="Họp", scope="frame"),
        Event(id="late", position=EventPosition.BOUNDARY, attached_to="frame", name="Quá hạn"),
        Step(id="after", name="Báo cáo"),
    )
    edges = (
        SequenceFlow(id="f", source="frame", target="after"),
        SequenceFlow(id="g", source="late", target="after"),
    )
    before = Procedure(flow=Flow(id="p", nodes=nodes, edges=edges))
    deep = (
        SubProcess(id="inner", name="Tổ chuyên gia", scope="frame"),
        Step(id="x", name="Đọc", scope="inner"),
        Step(id="y", name="Ghi ý kiến", scope="inner"),
        Event(id="soon", position=EventPosition.BOUNDARY, attached_to="after", name="Nhắc việc"),
    )
    after = evolve(before, flow=evolve(before.flow, nodes=(*nodes, *deep)))
    kept = keep(lay_out(before), before, after)
    assert faults(kept, after) == []
    assert kept.shapes["late"].bounds.centre.y == kept.shapes["frame"].bounds.bottom
