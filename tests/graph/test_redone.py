"""What a rewritten flow knows of itself is what it would find out."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given, settings

from by_hand import drawn
from rewriting import rewritten
from strategies import SEEDS, flows
from tthc_flow.graph.redone import redone
from tthc_flow.graph.relief import bypassed
from tthc_flow.graph.spots import edge_spots, node_spots
from tthc_flow.model.flow import Event, EventPosition, Flow, Lane, SequenceFlow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step

MANY = settings(max_examples=300, deadline=None)


def assert_known(after: Flow) -> None:
    plain = evolve(after)
    assert after == plain
    assert list(after.by_id.items()) == list(plain.by_id.items())
    assert dict(after.outgoing) == dict(plain.outgoing)
    assert dict(after.incoming) == dict(plain.incoming)
    assert dict(after.lane_by_id) == dict(plain.lane_by_id)
    assert (after.guarded, after.undoing) == (plain.guarded, plain.undoing)


@MANY
@given(flows(), SEEDS)
def test_a_rewritten_flow_knows_its_elements_and_arrows(flow: Flow, seed: int) -> None:
    assert_known(rewritten(random.Random(seed), flow))


@MANY
@given(flows(), SEEDS)
def test_a_flow_with_a_part_gone_by_knows_its_arrows(flow: Flow, seed: int) -> None:
    rng = random.Random(seed)
    nodes = [node.id for node in flow.nodes]
    gone = rng.sample(nodes, rng.randint(0, min(3, len(nodes) - 1)))
    target = rng.choice([each for each in nodes if each not in gone])
    assert_known(bypassed(Procedure(flow=flow), gone, target).flow)


def test_elements_come_stand_for_others_and_go_in_their_places() -> None:
    flow = drawn("s > a > b > e")
    new = SequenceFlow(id="new", source="a", target="c")
    after = redone(
        flow,
        {2: (), 1: (Step(id="a", name="A"),)},
        {1: (new, SequenceFlow(id="on", source="c", target="e")), 2: ()},
        (Step(id="c", name="C"),),
        (SequenceFlow(id="last", source="a", target="e"),),
        (Lane(id="lane"),),
    )
    assert [node.id for node in after.nodes] == ["s", "a", "e", "c"]
    assert after.by_id["a"].name == "A"
    assert [edge.id for edge in after.edges] == ["f1", "new", "on", "last"]
    assert [edge.id for edge in after.outgoing["a"]] == ["new", "last"]
    assert "b" not in after.outgoing
    assert_known(after)


def test_a_boundary_event_that_comes_is_known() -> None:
    flow = drawn("s > a > e")
    assert not flow.guarded
    guard = Event(id="g", position=EventPosition.BOUNDARY, attached_to="a", handler="u")
    after = redone(flow, {}, {}, (guard, Step(id="u", name="U")))
    assert (after.guarded, after.undoing) == ({"a"}, {"u"})


def test_ids_that_are_given_twice_are_all_found() -> None:
    step = Step(id="a", name="A")
    arrows = tuple(SequenceFlow(id="f", source="a", target=each) for each in "bc")
    twice = Flow(id="p", nodes=(step, Step(id="b", name="B"), step), edges=arrows)
    assert node_spots(twice, {"a", "x"}) == (0, 2)
    assert edge_spots(twice)["f"] == (0, 1)
    assert_known(redone(twice, {0: ()}, {0: ()}))
