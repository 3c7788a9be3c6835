"""Where a dossier changes hands."""

from __future__ import annotations

from attrs import evolve

from by_hand import drawn
from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Lane, SubProcess
from tthc_flow.model.step import Step

ONE = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
SAME = Performer(name="Công chức thụ lý", role=Role.OFFICER, office="SỞ NỘI VỤ")
OTHER = Performer(name="Văn thư", role=Role.CLERICAL_OFFICE, office="Sở Nội vụ")


def flow_of(*performers):
    steps = [Step(id=f"t{n}", name="T", performer=who) for n, who in enumerate(performers)]
    return drawn(f"s > {' > '.join(step.id for step in steps)} > e", *steps)


def test_two_names_of_one_office_and_role_are_one_performer():
    assert hand_overs(flow_of(ONE, SAME)).pairs == ()


def test_another_role_of_the_same_office_is_a_hand_over():
    pairs = hand_overs(flow_of(ONE, SAME, OTHER)).pairs
    assert [(a.id, b.id) for a, b in pairs] == [("t1", "t2")]


def test_an_unknown_performer_is_said_and_not_counted():
    found = hand_overs(flow_of(ONE, None))
    assert found.pairs == ()
    assert len(found.unknown) == 1


def test_a_lane_says_who_does_its_steps():
    flow = flow_of(ONE, None)
    lanes = (Lane(id="outer", performer=OTHER), Lane(id="inner", parent="outer"))
    laned = evolve(
        flow,
        lanes=lanes,
        nodes=tuple(evolve(n, lane="inner") if n.id == "t1" else n for n in flow.nodes),
    )
    assert len(hand_overs(laned).pairs) == 1


def test_what_is_handed_over_after_the_grant_is_passed_over():
    after, inner = SubProcess(id="box", outside_clock=True), SubProcess(id="in", scope="box")
    who = {"a": ONE, "b": OTHER, "c": ONE, "d": OTHER}
    steps = [Step(id=id_, name="T", performer=who[id_]) for id_ in who]
    flow = drawn("s > a > box > d > e; b > in; c", *steps, after, inner)
    scopes = {"b": "box", "c": "in"}
    nodes = tuple(evolve(n, scope=scopes[n.id]) if n.id in scopes else n for n in flow.nodes)
    late = evolve(flow, nodes=nodes)
    assert [(a.id, b.id) for a, b in hand_overs(late).pairs] == [("a", "d")]
    box = evolve(after, outside_clock=False)
    in_time = evolve(late, nodes=tuple(box if n.id == "box" else n for n in nodes))
    assert [(a.id, b.id) for a, b in hand_overs(in_time).pairs] == [
        ("a", "b"),
        ("b", "c"),
        ("c", "d"),
    ]
