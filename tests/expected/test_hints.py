"""What is told where a number is not exact: a simulation is named where one can be run, only there.

Each reason is met at a small flow that raises it; the very same flow is then simulated.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from tthc_flow.errors import NotRunnable
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Given, What, Why
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Loop, Step
from tthc_flow.units import Duration
from tthc_flow.verbs.simulate import simulate
from tthc_flow.words.messages import message

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)
COMMAND = "tthc-flow simulate"
HOUR = Duration(amount=1, unit="hour")


def within(inner, flow, scope="sub"):
    """Return *flow* with the nodes named in *inner* inside a sub-process."""
    names = set(inner.split())
    nodes = (evolve(n, scope=scope) if n.id in names else n for n in flow.nodes)
    edges = (evolve(e, scope=scope) if e.source in names else e for e in flow.edges)
    return evolve(flow, nodes=tuple(nodes), edges=tuple(edges))


def guard(trigger, host="a", **more):
    return Event(id="t", position=EventPosition.BOUNDARY, trigger=trigger, attached_to=host, **more)


def end(trigger, name="e2", position=EventPosition.END):
    return Event(id=name, position=position, trigger=trigger)


def on_two_conditions(flow):
    edges = (evolve(e, condition="x") if e.source == "a" else e for e in flow.edges)
    return evolve(flow, edges=tuple(edges))


SUB = SubProcess(id="sub")
BOX = "s > sub > e; s1 > a > e1; t > b > e2"
THROWING = "s > sub > e; s1 > xor1 > a > e1; xor1 > err; t > b > e2"
PARTED = "s > and1 > a > e; and1 > b > e2"
CASES = {
    Why.COMPLEX: [
        drawn("s > g > a > xor1 > e; g > b > xor1", Gateway(id="g", kind=GatewayKind.COMPLEX))
    ],
    Why.EVENTS_TOGETHER: [
        drawn(
            "s > wait1 > a > e; wait1 > b > e2",
            Gateway(id="wait1", kind=GatewayKind.EVENT_BASED, parallel=True),
        )
    ],
    Why.AD_HOC: [
        within("a", drawn("s > sub > e; a", SubProcess(id="sub", kind=SubProcessKind.AD_HOC)))
    ],
    Why.QUANTITY: [drawn("s > a > e", Step(id="a", name="a", start_quantity=2))],
    Why.ABRUPT: [
        drawn(PARTED, end(Trigger.TERMINATE)),
        within(
            "s1 xor1 a e1 err",
            drawn(THROWING, SUB, guard(Trigger.ERROR, "sub"), end(Trigger.ERROR, "err")),
        ),
    ],
    Why.THROWN: [
        drawn(PARTED, end(Trigger.ESCALATION)),
        within(
            "s1 xor1 a e1 err",
            drawn(
                "s > sub > e; s1 > xor1 > a > e1; xor1 > err",
                SUB, end(Trigger.ERROR, "err"),
            ),
        ),
    ],
    Why.CUT_SHORT: [within("s1 a e1", drawn(BOX, SUB, guard(Trigger.TIMER, "sub")))],
    Why.SOMETIME: [
        drawn("s > a > e; t > b > e2", guard(Trigger.MESSAGE)),
        drawn("s > a > e; t > b > e2", guard(Trigger.ERROR)),
        within("s1 a e1", drawn(BOX, SUB, guard(Trigger.SIGNAL, "sub"))),
    ],
    Why.SEVERAL_WAYS: [on_two_conditions(drawn("s > a > b > e; a > c > e2"))],
    Why.HAPPENING: [drawn("s > a > e; t > b > e2", guard(Trigger.TIMER, interrupting=False))],
    Why.MEAN_ROUNDS: [
        drawn("s > a > e", Step(id="a", name="a", loop=Loop(multi_instance=False)))
    ],
    Why.LOOSE_JOIN: [
        drawn("s > or1 > a > xor1 > or2 > e; or1 > b > or2; xor1 > c > e2"),
    ],
    Why.COMPENSATION: [
        drawn(
            "s > a > e2; undo", guard(Trigger.COMPENSATION, handler="undo"),
            end(Trigger.COMPENSATION),
        )
    ],
    Why.ASIDE: [
        within(
            "s1 b e1",
            drawn("s > a > e; s1 > b > e1", SubProcess(id="sub", kind=SubProcessKind.EVENT)),
        )
    ],
    Why.STOPS_BESIDE: [
        drawn(
            "s > and1 > a > b > and2 > e; and1 > c > d > and2",
            *(Step(id=each, name=each, pauses_clock=True, work=HOUR) for each in "bc"),
        )
    ],
    Why.TANGLE: [
        drawn("s > and1 > a > and2 > b > and3 > e; and1 > c > and4 > d > and3; and2 > and4")
    ],
}  # fmt: skip
LEFT_OUT = {Why.ASIDE, Why.QUANTITY}
"""What a simulation passes over without a word: reported, and none of this room."""


def given_for(flow, needs):
    """Return what lacks: an hour for each time, even shares, two rounds."""
    what = {kind: {each.element for each in needs if each.what is kind} for kind in What}
    hour = Chance.fixed(60)
    times = dict.fromkeys(what[What.TIME] | what[What.WAIT], hour)
    shares = dict.fromkeys(what[What.HAPPENS], Fraction(1, 5))
    for ways in flow.outgoing.values():
        if any(way.id in what[What.SHARE] for way in ways):
            shares |= {way.id: Fraction(1, len(ways)) for way in ways}
    return Given(shares=shares, times=times, rounds=dict.fromkeys(what[What.ROUNDS], 2))


def is_simulated(procedure, given):
    """Return whether a simulation takes *procedure*, where timers wait for half an hour."""
    timers = {
        n.id: Chance.fixed(30)
        for n in procedure.flow.nodes
        if isinstance(n, Event) and n.attached_to and n.trigger is Trigger.TIMER
    }
    try:
        simulate(
            procedure,
            cases=100,
            shares=given.shares,
            times={**given.times, **timers},
            people={OFFICER.name: 9},
            arrivals=100,
        )
    except NotRunnable:
        return False
    return True


def test_there_is_a_flow_for_each_reason():
    assert CASES.keys() == set(Why)


@pytest.mark.parametrize("why", [each for each in Why if each not in LEFT_OUT])
def test_a_simulation_is_named_where_one_can_be_run_and_only_there(why):
    hints = [message(f"expect-why-{why}", {"name": "x", "element": "x"}, lang).hint
             for lang in ("vi", "en")]  # fmt: skip
    named = COMMAND in hints[0]
    assert all((COMMAND in hint) == named for hint in hints)
    for flow in CASES[why]:
        steps = (evolve(n, performer=OFFICER) if isinstance(n, Step) else n for n in flow.nodes)
        procedure = procedure_of(evolve(flow, nodes=tuple(steps)))
        first = expectation(procedure, Asked())
        given = given_for(procedure.flow, first.needs)
        found = expectation(procedure, Asked(given=given))
        assert found.needs == ()
        assert why in {each.why for each in found.barriers}, flow
        assert is_simulated(procedure, given) == named, flow
