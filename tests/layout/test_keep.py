"""Keep my drawing: what did not change stays exactly where it was."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry import faults
from layout.sample import arrow, licence
from mutating import mutated
from strategies import procedures
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.flow import Event, EventPosition, Lane, Node, SequenceFlow, SubProcess
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step


def changed(
    procedure: Procedure,
    *,
    without: frozenset[str] = frozenset(),
    nodes: tuple[Node, ...] = (),
    edges: tuple[SequenceFlow, ...] = (),
) -> Procedure:
    """Return *procedure* without some nodes and flows, with others added."""
    flow = procedure.flow
    left = tuple(node for node in flow.nodes if node.id not in without)
    ids = {node.id for node in (*left, *nodes)}
    kept = tuple(
        edge for edge in flow.edges if edge.id not in without and {edge.source, edge.target} <= ids
    )
    return evolve(procedure, flow=evolve(flow, nodes=left + nodes, edges=kept + edges))


def post_inspected() -> Procedure:
    """Return the licence with a review dropped and a post-inspection added after the return."""
    nodes = (
        SubProcess(id="later", name="Hậu kiểm theo rủi ro", lane="lane2", outside_clock=True),
        Event(id="l-start", position=EventPosition.START, scope="later"),
        Step(id="sample", name="Kiểm tra chọn mẫu tại cơ sở", scope="later"),
        Event(id="l-end", position=EventPosition.END, scope="later"),
    )
    edges = (
        arrow("draft", "sign"),
        arrow("return", "later"),
        arrow("later", "end"),
        arrow("l-start", "sample"),
        arrow("sample", "l-end"),
    )
    without = frozenset({"review", "agreed", "return-end"})
    return changed(licence(), without=without, nodes=nodes, edges=edges)


def test_nothing_changed_keeps_the_whole_drawing() -> None:
    drawing = lay_out(licence())
    assert keep(drawing, licence(), licence()) == drawing


def test_a_removed_step_leaves_all_others_where_they_were() -> None:
    before = licence()
    drawing = lay_out(before)
    after = changed(before, without=frozenset({"stamp"}), edges=(arrow("sign", "return"),))
    kept = keep(drawing, before, after)
    assert faults(after, kept) == []
    assert set(drawing.shapes) - set(kept.shapes) == {"stamp"}
    assert all(kept.shapes[each] == drawing.shapes[each] for each in kept.shapes)
    untouched = {edge.id for edge in after.flow.edges} - {"sign-return"}
    assert all(kept.lines[each] == drawing.lines[each] for each in untouched)


def test_a_post_inspection_gets_room_with_all_its_content() -> None:
    before, after = licence(), post_inspected()
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(after, kept) == []
    assert {"later", "l-start", "sample", "l-end"} <= set(kept.shapes)
    same = set(after.flow.by_id) & set(before.flow.by_id)
    assert all(kept.shapes[each] == drawing.shapes[each] for each in same)


def test_a_step_in_another_lane_moves_there_and_only_its_lines_are_drawn_anew() -> None:
    before = licence()
    drawing = lay_out(before)
    nodes = tuple(
        evolve(node, lane="lane2") if node.id == "sign" else node for node in before.flow.nodes
    )
    after = evolve(before, flow=evolve(before.flow, nodes=nodes))
    kept = keep(drawing, before, after)
    assert faults(after, kept) == []
    differ = {line for line in kept.lines if kept.lines[line] != drawing.lines[line]}
    assert {"agreed-sign", "sign-stamp"} <= differ
    assert len(differ) <= 3


def test_a_new_lane_is_added_at_the_bottom_and_a_removed_one_closes_its_gap() -> None:
    before = licence()
    drawing = lay_out(before)
    lanes = (*before.flow.lanes, Lane(id="new", name="Cơ sở dữ liệu"))
    flow = evolve(before.flow, lanes=lanes)
    taller = keep(drawing, before, evolve(before, flow=flow))
    assert faults(evolve(before, flow=flow), taller) == []
    pool = drawing.shapes["agency"].bounds
    assert taller.shapes["new"].bounds.y == pool.bottom
    assert taller.shapes["agency"].bounds.bottom == taller.shapes["new"].bounds.bottom
    without = frozenset({"sign"})
    after = changed(before, without=without, edges=(arrow("agreed", "stamp"),))
    fewer = tuple(lane for lane in after.flow.lanes if lane.id != "lane3")
    after = evolve(after, flow=evolve(after.flow, lanes=fewer))
    closed = keep(drawing, before, after)
    assert faults(after, closed) == []
    assert closed.shapes["lane4"].bounds.y == drawing.shapes["lane3"].bounds.y


def test_a_lane_that_is_too_low_for_a_new_sub_process_grows() -> None:
    before = licence()
    nodes: tuple[Node, ...] = (SubProcess(id="big", name="Hội đồng", lane="lane4"),)
    nodes += tuple(Step(id=f"m{each}", name="Họp", scope="big") for each in range(4))
    after = changed(before, nodes=nodes, edges=(arrow("stamp", "big"),))
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(after, kept) == []
    assert kept.shapes["lane4"].bounds.height > drawing.shapes["lane4"].bounds.height


def test_a_procedure_without_a_drawing_is_laid_out_anew() -> None:
    assert keep(Drawing(), licence(), licence()) == lay_out(licence())


def test_what_no_procedure_holds_stays_in_the_drawing() -> None:
    drawing = lay_out(licence())
    note = drawing.shapes["start"]
    noted = Drawing(shapes={**drawing.shapes, "note": note}, lines=drawing.lines)
    assert keep(noted, licence(), post_inspected()).shapes["note"] == note


@settings(max_examples=80)  # Each example draws twice; the nightly profile is for the layout.
@given(procedures(10), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_any_edit_keeps_unchanged_nodes_and_crosses_no_shape(
    before: Procedure, edits: int, seed: int
) -> None:
    after = evolve(before, flow=mutated(random.Random(seed), before.flow, edits))
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    found = [each for each in faults(after, kept) if "through" in each or "overlaps" in each]
    assert found == []
    same = [node.id for node in after.flow.nodes if before.flow.by_id.get(node.id) == node]
    lefts = [(kept.shapes[each].bounds.x, drawing.shapes[each].bounds.x) for each in same]
    # Only a sub-process that gets something new may push what lies right of it.
    settled = all(node.scope is None or node.id in same for node in after.flow.nodes)
    assert all(new == old if settled else new >= old for new, old in lefts)


def test_a_sub_process_that_gets_a_new_step_grows_and_pushes_what_lies_right_of_it() -> None:
    before = licence()
    new = Step(id="extra", name="Tổng hợp ý kiến", scope="consult")
    edges = (arrow("c-join", "extra"), arrow("extra", "c-end"))
    after = changed(before, without=frozenset({"c-join-c-end"}), nodes=(new,), edges=edges)
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(after, kept) == []
    assert kept.shapes["found"] == drawing.shapes["found"]
    pushed = kept.shapes["draft"].bounds.x - drawing.shapes["draft"].bounds.x
    grown = kept.shapes["consult"].bounds.width - drawing.shapes["consult"].bounds.width
    assert pushed == grown > 0
