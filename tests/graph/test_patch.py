"""What a patch says of a rewritten flow is what the whole rewritten flow says."""

from __future__ import annotations

import random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import chain, drawn, time_of
from growing import grow_procedure
from mutating import wild
from planting.grow import estate
from rewriting import rewritten
from strategies import SEEDS, flows
from tthc_flow.graph.consultations import Arm, follow_each_other, side_by_side
from tthc_flow.graph.ground import ground
from tthc_flow.graph.patch import patch
from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.rewrite import inserted_on, replaced, without
from tthc_flow.graph.view import view
from tthc_flow.levers import ALL
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    SubProcess,
)
from tthc_flow.model.lever import Lever
from tthc_flow.model.step import Step
from tthc_flow.proof.locally import surely_kept

MANY = settings(max_examples=300, deadline=None)


def wild_flow(size: int, seed: int) -> Flow:
    return wild(random.Random(seed), size)


@MANY
@given(st.one_of(flows(), st.builds(wild_flow, st.integers(3, 12), SEEDS)), SEEDS)
def test_a_patch_tells_every_arrow_and_which_ones_lead_back(flow: Flow, seed: int) -> None:
    after = rewritten(random.Random(seed), flow)
    found = patch(flow, after)
    if found is None:
        return
    seen, way = view(after), acyclic(view(after))
    gone = {node.id for node in found.gone}
    assert set(seen.after) == {*(v for v in view(flow).after if v not in gone), *found.out}
    for vertex in seen.after:
        assert set(found.leads(vertex)) == set(seen.after[vertex])
        assert set(found.follows(vertex)) == set(way.after[vertex])
    for node in after.nodes:
        assert found.node(node.id) == node
    assert set(seen.ends) == set(view(flow).ends)


def test_the_rewrites_of_every_lever_are_told_by_a_part() -> None:
    """Else the search would be exact and slow: what is told in full stays the exception."""
    told, whole = 0, 0
    for seed in range(60):
        procedure = grow_procedure(random.Random(seed), 12)
        for lever in ALL:
            for candidate in lever.find(procedure):
                after = lever.apply(procedure, candidate)
                if patch(procedure.flow, after.flow) is None:
                    whole += 1
                else:
                    told += 1
    assert told > 100 * whole


def test_steps_that_move_as_a_row_are_touched_where_only_its_ends_show_it() -> None:
    flow = drawn("s > a > b > c > d > e")
    first, second = follow_each_other(flow, ("a", "b")), follow_each_other(flow, ("c", "d"))
    arms = tuple(
        Arm(regions=(*one.regions, *two.regions), steps=(*one.steps, *two.steps))
        for one, two in (first, second)
    )
    assert patch(flow, side_by_side(flow, arms)).touched == {"a", "b", "c", "d"}


@pytest.mark.parametrize("lever", ALL, ids=lambda lever: lever.id)
def test_every_rewrite_of_a_lever_in_its_own_field_is_told_by_a_part(lever: Lever) -> None:
    procedure = estate(random.Random(1), lever.id, 30)
    found = tuple(lever.find(procedure))
    assert found
    for candidate in found:
        after = lever.apply(procedure, candidate)
        part = patch(procedure.flow, after.flow)
        assert part is not None
        assert "soundness" in surely_kept(procedure, after, part)


def test_a_flow_is_no_patch_away_from_itself() -> None:
    flow = chain("1 ngày", "2 ngày")
    found = patch(flow, flow)
    assert found is not None
    assert not found.old
    assert not found.now
    assert not found.out


def test_a_step_that_a_loop_leads_back_to_is_not_judged_by_a_part() -> None:
    flow = drawn("s > a > b > x; x > b; x > c > y; y > a; y > e")
    assert ground(flow).heads == {"a", "b"}
    assert patch(flow, without(flow, "a")) is None
    assert patch(flow, without(flow, "b")) is None
    assert patch(flow, without(flow, "c")).touched == {"c"}


def test_a_flow_with_an_element_that_is_never_reached_is_no_ground() -> None:
    assert ground(drawn("s > a > e; b > e")) is None


def test_a_loop_with_two_ways_in_is_no_ground_at_all() -> None:
    flow = drawn("s > x; x > a; x > b; a > b; b > y; y > a; y > e")
    assert ground(flow) is None


def led(flow: Flow, source: str, target: str, to: str | None) -> Flow:
    """Return *flow* whose arrow from *source* to *target* leads *to* somewhere else, or is gone."""
    edges = [
        evolve(edge, target=to or target)
        if (edge.source, edge.target) == (source, target)
        else edge
        for edge in flow.edges
        if to is not None or (edge.source, edge.target) != (source, target)
    ]
    return evolve(flow, edges=tuple(edges))


ARMS = drawn("s > xor1; xor1 > a > xor2; xor1 > b > xor2; xor2 > c > e")


def test_an_arrow_that_leaps_over_what_stays_is_not_judged_by_a_part() -> None:
    assert patch(ARMS, led(ARMS, "a", "xor2", "c")) is None


def test_a_step_that_leads_nowhere_any_more_is_not_judged_by_a_part() -> None:
    assert patch(ARMS, led(ARMS, "a", "xor2", None)) is None


def test_a_step_that_nothing_leads_to_any_more_is_not_judged_by_a_part() -> None:
    assert patch(ARMS, led(ARMS, "xor1", "a", None)) is None


@pytest.mark.parametrize("gone", ["s", "e"])
def test_an_event_that_goes_is_not_judged_by_a_part(gone: str) -> None:
    flow = drawn("s > a > e")
    assert patch(flow, without(flow, gone)) is None


def boxed(flow: Flow, inside: str) -> Flow:
    """Return *flow* with a sub-process before its end, from whose start an arrow leads *inside*."""
    inner = (
        Event(id="in", position=EventPosition.START, scope="box"),
        Event(id="out", position=EventPosition.END, scope="box"),
    )
    edge = next(edge for edge in flow.edges if edge.target == "e")
    let_in = inserted_on(flow, edge, SubProcess(id="box"))
    arrow = evolve(edge, id="inside", source="in", target=inside, scope="box")
    return evolve(let_in, nodes=(*let_in.nodes, *inner), edges=(*let_in.edges, arrow))


def test_a_new_sub_process_is_told_with_all_that_is_in_it() -> None:
    flow = drawn("s > a > e")
    found = patch(flow, boxed(flow, "out"))
    assert found.follows("a") == ("box",)
    assert found.follows("box") == ("in",)
    assert found.crossed["a"] == {"e"}


def test_an_arrow_out_of_a_new_sub_process_is_not_judged_by_a_part() -> None:
    flow = drawn("s > a > e")
    whole = boxed(flow, "out")
    out_of_it = SequenceFlow(id="out_of_it", source="in", target="e", scope="box")
    assert patch(flow, evolve(whole, edges=(*whole.edges, out_of_it))) is None


def test_a_wait_that_goes_or_takes_another_time_is_told() -> None:
    flow = drawn("s > a > catch > e")
    assert patch(flow, without(flow, "catch")).touched == {"catch"}
    wait = flow.by_id["catch"]
    longer = replaced(flow, evolve(wait, time=time_of("2 ngày")))
    assert [other.time for _, other in patch(flow, longer).changed] == [time_of("2 ngày")]
    thrown = replaced(flow, evolve(wait, position=EventPosition.THROW))
    assert patch(flow, thrown) is None


def test_a_gateway_of_another_kind_is_not_judged_by_a_part() -> None:
    flow = drawn("s > xor; xor > a; xor > b; a > j; b > j; j > e")
    kind = Gateway(id="xor", kind=GatewayKind.INCLUSIVE)
    assert patch(flow, replaced(flow, kind)) is None


def test_a_step_with_other_facts_only_changes() -> None:
    flow = drawn("s > a > e")
    found = patch(flow, replaced(flow, Step(id="a", name="Ký")))
    assert [(one.id, other.name) for one, other in found.changed] == [("a", "Ký")]
    assert not found.gone
    assert not found.touched
