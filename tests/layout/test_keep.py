"""Keep my drawing: what did not change stays exactly where it was."""

from __future__ import annotations

import random
from pathlib import Path

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry import faults, hard
from layout.sample import arrow, licence
from mutating import mutated
from strategies import SEEDS, procedures
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.model.drawing import Drawing, Point
from tthc_flow.model.flow import Event, EventPosition, Flow, Lane, Node, SequenceFlow, SubProcess
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step

PROCESSES = Path(__file__).parents[2] / "processes"


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


def test_a_removed_step_closes_its_gap_and_leaves_all_others_as_they_were() -> None:
    before = licence()
    drawing = lay_out(before)
    after = changed(before, without=frozenset({"stamp"}), edges=(arrow("sign", "return"),))
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    assert set(drawing.shapes) - set(kept.shapes) == {"stamp"}
    gone = drawing.shapes["stamp"].bounds
    shifts = {node.id: shift(drawing, kept, node.id) for node in after.flow.nodes}
    closed = -min(shifts.values())
    assert gone.width < closed < gone.width + 100
    for node, by in shifts.items():
        assert by == (0 if drawing.shapes[node].bounds.x < gone.x else -closed), node
    assert kept.shapes["agency"].bounds.width == drawing.shapes["agency"].bounds.width - closed
    # A line on one side of the gap keeps its course; only the new one is drawn anew.
    assert kept.lines["receive-full"] == drawing.lines["receive-full"]
    moved = [Point(each.x - closed, each.y) for each in drawing.lines["return-end"].points]
    assert list(kept.lines["return-end"].points) == moved


def test_a_gap_is_not_closed_where_another_lane_has_a_step_at_that_height() -> None:
    lanes = (Lane(id="one", name="Một cửa"), Lane(id="two", name="Chuyên viên"))
    steps = tuple(
        Step(id=key, name="Ký", lane=lane)
        for key, lane in (("a", "one"), ("b", "one"), ("c", "one"), ("x", "two"), ("y", "two"))
    )
    edges = (arrow("a", "b"), arrow("b", "c"), arrow("x", "y"))
    before = Procedure(flow=Flow(id="p", nodes=steps, edges=edges, lanes=lanes))
    drawing = lay_out(before)
    after = changed(before, without=frozenset({"b"}), edges=(arrow("a", "c"),))
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    assert all(shift(drawing, kept, each) == 0 for each in ("a", "c", "x", "y"))


def shift(drawing: Drawing, kept: Drawing, node: str) -> float:
    """Return how far right *node* moved; it may not move up or down, nor change its size."""
    old, new = drawing.shapes[node].bounds, kept.shapes[node].bounds
    assert (new.y, new.width, new.height) == (old.y, old.width, old.height), node
    return new.x - old.x


def test_a_post_inspection_gets_room_with_all_its_content() -> None:
    before, after = licence(), post_inspected()
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    assert {"later", "l-start", "sample", "l-end"} <= set(kept.shapes)
    same = [node.id for node in before.flow.nodes if node.id in after.flow.by_id]
    order = sorted(same, key=lambda each: drawing.shapes[each].bounds.x)
    lefts = [kept.shapes[each].bounds.x for each in order]
    assert lefts == sorted(lefts)


def test_a_step_in_another_lane_moves_there_and_only_its_lines_are_drawn_anew() -> None:
    before = licence()
    drawing = lay_out(before)
    nodes = tuple(
        evolve(node, lane="lane2") if node.id == "sign" else node for node in before.flow.nodes
    )
    after = evolve(before, flow=evolve(before.flow, nodes=nodes))
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    differ = {line for line in kept.lines if kept.lines[line] != drawing.lines[line]}
    assert {"agreed-sign", "sign-stamp"} <= differ
    assert len(differ) <= 3


def test_what_a_closed_sub_process_hides_is_not_drawn_into_it() -> None:
    before = licence()
    drawing = lay_out(before)
    content = {node.id for node in before.flow.nodes if node.scope == "consult"}
    inner = {edge.id for edge in before.flow.edges if edge.source in content}
    shapes = {key: shape for key, shape in drawing.shapes.items() if key not in content}
    shapes["consult"] = evolve(shapes["consult"], expanded=False)
    lines = {key: line for key, line in drawing.lines.items() if key not in inner}
    folded = Drawing(shapes=shapes, lines=lines)
    after = changed(before, without=frozenset({"stamp"}), edges=(arrow("sign", "return"),))
    kept = keep(folded, before, after)
    assert not content & set(kept.shapes)
    assert kept.shapes["consult"] == folded.shapes["consult"]
    assert faults(kept, after) == []


def test_a_new_lane_is_added_at_the_bottom_and_a_removed_one_closes_its_gap() -> None:
    before = licence()
    drawing = lay_out(before)
    lanes = (*before.flow.lanes, Lane(id="new", name="Cơ sở dữ liệu"))
    flow = evolve(before.flow, lanes=lanes)
    taller = keep(drawing, before, evolve(before, flow=flow))
    assert faults(taller, evolve(before, flow=flow)) == []
    pool = drawing.shapes["agency"].bounds
    assert taller.shapes["new"].bounds.y == pool.bottom
    assert taller.shapes["agency"].bounds.bottom == taller.shapes["new"].bounds.bottom
    without = frozenset({"sign"})
    after = changed(before, without=without, edges=(arrow("agreed", "stamp"),))
    fewer = tuple(lane for lane in after.flow.lanes if lane.id != "lane3")
    after = evolve(after, flow=evolve(after.flow, lanes=fewer))
    closed = keep(drawing, before, after)
    assert faults(closed, after) == []
    assert closed.shapes["lane4"].bounds.y == drawing.shapes["lane3"].bounds.y


def test_a_lane_that_is_too_low_for_a_new_sub_process_grows() -> None:
    before = licence()
    nodes: tuple[Node, ...] = (SubProcess(id="big", name="Hội đồng", lane="lane4"),)
    nodes += tuple(Step(id=f"m{each}", name="Họp", scope="big") for each in range(4))
    after = changed(before, nodes=nodes, edges=(arrow("stamp", "big"),))
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    assert kept.shapes["lane4"].bounds.height > drawing.shapes["lane4"].bounds.height


def test_a_procedure_without_a_drawing_is_laid_out_anew() -> None:
    assert keep(Drawing(), licence(), licence()) == lay_out(licence())


def test_what_no_procedure_holds_stays_in_the_drawing() -> None:
    drawing = lay_out(licence())
    note = drawing.shapes["start"]
    noted = Drawing(shapes={**drawing.shapes, "note": note}, lines=drawing.lines)
    assert keep(noted, licence(), post_inspected()).shapes["note"] == note


@settings(max_examples=80)  # Each example draws twice; the nightly profile is for the layout.
@given(procedures(10), st.integers(1, 3), SEEDS)
def test_any_edit_makes_no_new_hard_fault_and_keeps_the_order_of_columns(
    before: Procedure, edits: int, seed: int
) -> None:
    after = evolve(before, flow=mutated(random.Random(seed), before.flow, edits))
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert hard(faults(kept, after)) == []
    assert keep(kept, after, after) == kept
    same = [node.id for node in after.flow.nodes if before.flow.by_id.get(node.id) == node]
    order = sorted(same, key=lambda each: (drawing.shapes[each].bounds.x, each))
    lefts = [kept.shapes[each].bounds.x for each in order]
    assert lefts == sorted(lefts)


def test_every_lever_on_every_shipped_process_keeps_a_drawing_without_faults() -> None:
    from tthc_flow.bpmn.read import read
    from tthc_flow.levers import ALL

    pairs = 0
    for path in sorted(PROCESSES.rglob("flow.bpmn")):
        before = read(path).procedures[0]
        drawing = lay_out(before)
        for lever in ALL:
            for candidate in tuple(lever.find(before))[:2]:
                after = lever.apply(before, candidate)
                kept = keep(drawing, before, after)
                assert faults(kept, after) == [], (path.parent.name, candidate)
                assert keep(kept, after, after) == kept
                pairs += 1
    assert pairs >= 40


def test_a_sub_process_that_gets_a_new_step_grows_and_pushes_what_lies_right_of_it() -> None:
    before = licence()
    new = Step(id="extra", name="Tổng hợp ý kiến", scope="consult")
    edges = (arrow("c-join", "extra"), arrow("extra", "c-end"))
    after = changed(before, without=frozenset({"c-join-c-end"}), nodes=(new,), edges=edges)
    drawing = lay_out(before)
    kept = keep(drawing, before, after)
    assert faults(kept, after) == []
    assert kept.shapes["found"] == drawing.shapes["found"]
    pushed = kept.shapes["draft"].bounds.x - drawing.shapes["draft"].bounds.x
    grown = kept.shapes["consult"].bounds.width - drawing.shapes["consult"].bounds.width
    assert pushed == grown > 0
