"""Random procedures that nobody waits in, for both rooms: exact numbers, and cases one by one.

So many people work that no case ever meets another, and only worked minutes are counted: what is
simulated is then the very thing that is reckoned exactly.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from expected.models import given_of, odds_of, random_model, sets_of
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.expected.expectation import Asked, Expectation, expectation
from tthc_flow.expected.known import Given
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, TaskType
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.program import Program
from tthc_flow.simulation.stated import Staff, Stated, Yearly
from tthc_flow.units import Dong, Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

CLERK = Performer(name="Văn thư", role=Role.CLERICAL_OFFICE)
OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)
APPLICANT = Performer(name="Người dân", role=Role.APPLICANT)
HOURLY = 60_000
CROWD = 100_000
"""People of each role: more than there are tokens at any moment."""
YEAR = Calendar.load(2026)


@frozen
class Alone:
    """A procedure with all its facts: the exact numbers of it, and the program that both run."""

    procedure: Procedure
    given: Given
    exact: Expectation
    program: Program


def random_alone(seed: int, *, stops: bool = False, inclusive: bool = False) -> Alone:
    """Return the model number *seed*: 2 to 16 steps in blocks in blocks.

    Of loops, choices, parallel blocks, repeated steps, sub-processes, waits, links, event-based
    choices, terminate ends, timers that break a step off and border events that do not happen it
    has what its seed gives it.
    The clock stops while the applicant is awaited where *stops*, in flows without parallel parts;
    ``test_stops_agree.py`` has those where it stops beside work. It has inclusive blocks too where
    *inclusive*, some of them with a default way.
    """
    rng = random.Random(seed)
    flow, given, _ = random_model(seed, 2 + seed % 15, inclusive=inclusive)
    flow, given = _defaulted(rng, _staffed(rng, flow), given)
    if stops:
        flow, given = _one_at_a_time(flow, given)
    else:
        flow = evolve(flow, edges=tuple(evolve(each, outcome=None) for each in flow.edges))
    flow = _linked(rng, _waited(rng, _ended(flow)))
    flow, shares, times = _guarded(rng, flow, given.times)
    given = evolve(given, shares={**given.shares, **shares}, times={**given.times, **times})
    return met(Procedure(flow=flow), given, seed)


def met(procedure: Procedure, given: Given, seed: int) -> Alone:
    """Return *procedure* in both rooms; the time not to be passed is not far from the usual."""
    once = sum(given.times[step.id].average for step in procedure.flow.steps)
    limit = Duration(amount=once * (1 + seed % 3) / 3 / 60, unit="working_hour")
    exact = expectation(procedure, Asked(given=given, hourly=Dong(HOURLY), limit=limit))
    assert (exact.needs, exact.barriers) == ((), ())
    stated = Stated(
        given=given,
        people={who.name: Staff(people=CROWD) for who in _teams(procedure.flow)},
        hourly={who.name: HOURLY for who in _teams(procedure.flow)},
        arrivals=(Yearly(dossiers=1_000),),
        limit=limit,
        calendar=YEAR,
    )
    scenario, lack = scenario_of([procedure], stated)
    assert lack.nothing, lack.error()
    return Alone(procedure, given, exact, flatten(scenario))


def _teams(flow: Flow) -> list[Performer]:
    there = {step.performer for step in flow.steps if not step.automatic}
    return [each for each in (CLERK, OFFICER) if each in there]


def _staffed(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow* with somebody, or a machine, for each step."""

    def one(step: Step) -> Step:
        if rng.random() < 0.1:
            return evolve(step, task=TaskType.SERVICE)
        return evolve(step, performer=rng.choice((CLERK, OFFICER, OFFICER, APPLICANT)))

    return evolve(flow, nodes=tuple(one(n) if isinstance(n, Step) else n for n in flow.nodes))


def _defaulted(rng: random.Random, flow: Flow, given: Given) -> tuple[Flow, Given]:
    """Return *flow* with a default way at some of its inclusive choices, taken in a fifth."""
    defaults, shares = {}, dict(given.shares)
    for node in flow.nodes:
        ways = flow.outgoing[node.id]
        inclusive = isinstance(node, Gateway) and node.kind is GatewayKind.INCLUSIVE
        if inclusive and len(ways) > 2 and rng.random() < 0.5:
            defaults[node.id] = ways[0].id
            odds = {each.id: odds_of(rng) for each in ways[1:]}
            others = given_of({node.id: sets_of(odds)}, {}).shares
            shares |= {each: share * Fraction(4, 5) for each, share in others.items()}
            shares[ways[0].id] = Fraction(1, 5)
    nodes = (evolve(n, default=defaults[n.id]) if n.id in defaults else n for n in flow.nodes)
    return evolve(flow, nodes=tuple(nodes)), evolve(given, shares=shares)


def _one_at_a_time(flow: Flow, given: Given) -> tuple[Flow, Given]:
    """Return *flow* with choices for its parallel blocks, and rounds in a row for those at once."""
    parallel = {
        n.id for n in flow.nodes if isinstance(n, Gateway) and n.kind is GatewayKind.PARALLEL
    }

    def one(node: object) -> object:
        if isinstance(node, Gateway):
            return evolve(node, kind=GatewayKind.EXCLUSIVE)
        loop = node.loop if isinstance(node, Step) else None
        return node if loop is None else evolve(node, loop=evolve(loop, sequential=True))

    even = {
        edge.id: Fraction(1, len(flow.outgoing[each]))
        for each in parallel
        for edge in flow.outgoing[each]
    }
    flow = evolve(flow, nodes=tuple(map(one, flow.nodes)))
    return flow, evolve(given, shares={**even, **given.shares})


def _ended(flow: Flow) -> Flow:
    """Return *flow* with a terminate event for each end, where one token is all there is."""
    if any(isinstance(n, Gateway) and n.kind is not GatewayKind.EXCLUSIVE for n in flow.nodes):
        return flow
    ends = (
        evolve(n, trigger=Trigger.TERMINATE)
        if isinstance(n, Event) and n.position is EventPosition.END
        else n
        for n in flow.nodes
    )
    return evolve(flow, nodes=tuple(ends))


def _waited(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow* with events to wait for in place of some of its choices."""
    nodes = (
        evolve(n, kind=GatewayKind.EVENT_BASED)
        if isinstance(n, Gateway)
        and n.kind is GatewayKind.EXCLUSIVE
        and len(flow.outgoing[n.id]) > 1
        and rng.random() < 0.2
        else n
        for n in flow.nodes
    )
    return evolve(flow, nodes=tuple(nodes))


def _linked(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow* with a link in place of one of the arrows between two steps."""
    steps = {step.id for step in flow.steps}
    plain = [each for each in flow.edges if {each.source, each.target} <= steps]
    if not plain or rng.random() < 0.7:
        return flow
    edge = rng.choice(plain)
    ends = tuple(
        Event(id=each, name="A", position=position, trigger=Trigger.LINK, scope=edge.scope)
        for each, position in (("off", EventPosition.THROW), ("on", EventPosition.CATCH))
    )
    ways = (
        SequenceFlow(id="to", source=edge.source, target="off", scope=edge.scope),
        SequenceFlow(id="from", source="on", target=edge.target, scope=edge.scope),
    )
    edges = tuple(each for each in flow.edges if each is not edge)
    return evolve(flow, nodes=(*flow.nodes, *ends), edges=(*edges, *ways))


def _guarded(
    rng: random.Random, flow: Flow, takes: Mapping[str, Chance]
) -> tuple[Flow, dict[str, int], dict[str, Chance]]:
    """Return *flow* with events at the borders of some steps.

    Messages do not happen (their shares of 0 are returned). Timers do (their times are returned):
    they break the step off, and lead past it, or out of a step behind it that is done for longer.
    """
    nodes, edges = list(flow.nodes), list(flow.edges)
    shares: dict[str, int] = {}
    times: dict[str, Chance] = {}

    def way(source: str, target: str, scope: str | None) -> SequenceFlow:
        return SequenceFlow(id=f"{source}-{target}", source=source, target=target, scope=scope)

    for host in flow.steps:
        (out,) = flow.outgoing[host.id]
        luck = rng.random()
        if luck > 0.25 or host.loop is not None or host.automatic:
            continue
        guard, scope = f"On_{host.id}", host.scope
        event = Event(
            id=guard, position=EventPosition.BOUNDARY, attached_to=host.id, scope=scope,
            trigger=Trigger.MESSAGE if luck < 0.05 else Trigger.TIMER,
        )  # fmt: skip
        past = f"Past_{host.id}"
        if event.trigger is Trigger.MESSAGE:
            shares[guard] = 0
            after = Event(id=past, position=EventPosition.END, scope=scope)
            nodes += [event, after]
            edges.append(way(guard, past, scope))
            continue
        mean = takes[host.id].average
        minutes = round(mean * rng.choice((Fraction(1, 2), 1, 2)))
        times[guard] = Chance.fixed(minutes)
        late = evolve(host, id=f"Late_{host.id}")
        times[late.id] = takes[host.id]
        nodes += [event, late, Gateway(id=past, kind=GatewayKind.EXCLUSIVE, scope=scope)]
        edges[edges.index(out)] = evolve(out, source=past)
        edges += [way(host.id, past, scope), way(late.id, past, scope), way(guard, late.id, scope)]
    return evolve(flow, nodes=tuple(nodes), edges=tuple(edges)), shares, times
