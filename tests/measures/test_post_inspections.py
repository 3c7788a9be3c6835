"""Of several inspections with one name, the one that was put off is told as moved, no other."""

from __future__ import annotations

import pytest
from attrs import evolve

from measures.flows import end, flow, procedure, start, step, xor
from tthc_flow.graph.post_inspection import Terms, inspected_after
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.measures.change import ChangeKind
from tthc_flow.measures.differences import differences
from tthc_flow.measures.matching import match_nodes
from tthc_flow.model.actor import Performer
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure

COMMUNE = Performer(name="UBND cấp xã", office="UBND cấp xã")
NAME = "Kiểm tra thực địa"
RECEIVE, SIGN = step("a", 1, name="Tiếp nhận hồ sơ"), step("z", 1, name="Ký quyết định")
NEAR = step("near", 2, name=NAME, performer=COMMUNE)
FAR = step("far", 5, name=NAME, reads=frozenset({"thuyết minh"}))
BEFORE = procedure(RECEIVE, NEAR, FAR, SIGN)


def put_off(flow_: Flow, *ids: str, grants: tuple[str, ...] = ("z-end",)) -> Procedure:
    """The flow with the steps of *ids* done after each grant, as the lever draws them."""
    for each in ids:
        for grant in grants:
            (edge,) = (edge for edge in flow_.edges if edge.id in {grant, f"Flow_{grant}"})
            flow_ = inspected_after(flow_, edge, flow_.by_id[each], Terms(sample="", subject=""))
    return taken_out(Procedure(flow=flow_), *ids)


def as_it_is(given: Procedure) -> Procedure:
    return given


def renumbered(given: Procedure) -> Procedure:
    """The same drawing as another tool saves it: every id new."""
    new = {node.id: f"Activity_{index:03}" for index, node in enumerate(given.flow.nodes)}
    nodes = tuple(
        evolve(node, id=new[node.id], scope=new.get(node.scope)) for node in given.flow.nodes
    )
    edges = tuple(
        evolve(
            edge,
            id=f"Flow_{index}",
            source=new[edge.source],
            target=new[edge.target],
            scope=new.get(edge.scope),
        )
        for index, edge in enumerate(given.flow.edges)
    )
    return evolve(given, flow=evolve(given.flow, nodes=nodes, edges=edges))


def fates(before: Procedure, after: Procedure) -> dict[str, str]:
    """What the differences say about each inspection before: to which name it moved, or removed."""
    gone: dict[str, str] = {}
    for change in differences(before, after):
        for id_ in change.was:
            if change.kind is ChangeKind.REMOVED:
                gone[id_] = "removed"
            elif change.code == "change-moved-after-grant":
                gone[id_] = after.flow.by_id[change.now[0]].name
    return gone


AFTERWARDS = f"Hậu kiểm: {NAME}"


@pytest.mark.parametrize("saved", [as_it_is, renumbered])
@pytest.mark.parametrize(("moved", "dropped"), [("far", "near"), ("near", "far")])
def test_the_inspection_put_off_is_moved_and_the_other_of_its_name_removed(moved, dropped, saved):
    after = saved(taken_out(put_off(BEFORE.flow, moved), dropped))
    assert fates(BEFORE, after) == {moved: AFTERWARDS, dropped: "removed"}


@pytest.mark.parametrize("saved", [as_it_is, renumbered])
def test_two_inspections_put_off_are_each_matched_with_their_own(saved):
    after = saved(put_off(BEFORE.flow, "far", "near"))
    to_after = match_nodes(BEFORE.flow, after.flow).to_after
    times = {each: after.flow.by_id[to_after[each]].time.duration for each in ("near", "far")}
    assert times == {"near": NEAR.time.duration, "far": FAR.time.duration}


@pytest.mark.parametrize(("moved", "dropped"), [("twin", "far"), ("far", "twin")])
def test_of_two_that_are_alike_the_id_tells_which_was_put_off(moved, dropped):
    before = procedure(RECEIVE, FAR, evolve(FAR, id="twin"), SIGN)
    after = taken_out(put_off(before.flow, moved), dropped)
    assert fates(before, after) == {moved: AFTERWARDS, dropped: "removed"}


def test_of_two_that_are_alike_none_is_said_to_have_moved_where_nothing_tells_which():
    before = procedure(RECEIVE, FAR, evolve(FAR, id="twin"), SIGN)
    after = renumbered(taken_out(put_off(before.flow, "far"), "twin"))
    assert fates(before, after) == {"far": "removed", "twin": "removed"}


def test_a_second_post_inspection_of_one_step_is_not_that_of_another():
    nodes = (start(), RECEIVE, FAR, evolve(FAR, id="twin"), xor("g"), SIGN, end())
    granted = step("y", 2, name="Cấp giấy phép")
    before = Procedure(
        flow=flow((*nodes, granted, end("out")), "start a far twin g z end", "g y out")
    )
    after = taken_out(put_off(before.flow, "far", grants=("z-end", "y-out")), "twin")
    assert sum(each.name == AFTERWARDS for each in after.flow.nodes) == 2
    assert fates(before, after) == {"far": AFTERWARDS, "twin": "removed"}


def test_where_the_inspection_stays_and_a_sample_is_added_the_other_one_is_only_removed():
    sampled = inspected_after(BEFORE.flow, BEFORE.flow.edges[-1], FAR, Terms(sample="", subject=""))
    after = renumbered(taken_out(Procedure(flow=sampled), "near"))
    assert fates(BEFORE, after) == {"near": "removed"}


def test_an_inspection_given_to_others_when_it_is_put_off_is_still_told_by_its_name():
    before = procedure(RECEIVE, FAR, SIGN)
    given = put_off(before.flow, "far")
    nodes = tuple(
        evolve(each, performer=COMMUNE) if each.name == AFTERWARDS else each
        for each in given.flow.nodes
    )
    after = renumbered(evolve(given, flow=evolve(given.flow, nodes=nodes)))
    assert fates(before, after) == {"far": AFTERWARDS}
