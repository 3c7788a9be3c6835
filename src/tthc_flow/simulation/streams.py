"""The facts of one procedure as a stream of cases: times, shares, timers, who does what."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from tthc_flow.expected.known import Basis, Need, What
from tthc_flow.expected.shares import complete, known_shares
from tthc_flow.expected.timing import Timing, timing
from tthc_flow.expected.together import together
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.model.actor import Role
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Trigger
from tthc_flow.model.step import Step, StepKind
from tthc_flow.simulation.program import OWN_CLOCK, Wait
from tthc_flow.simulation.reached import alternative_starts, reached
from tthc_flow.simulation.refused import open_borders, refusals, rounds_of
from tthc_flow.simulation.scenario import Stream, Timed
from tthc_flow.simulation.teams import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.flow import Flow
    from tthc_flow.simulation.stated import Stated


@define
class Gathering:
    """What lacks, while the streams are made."""

    needs: list[Need] = field(factory=list)
    nobody: list[str] = field(factory=list)
    dossiers: list[int] = field(factory=list)
    refused: list[Finding] = field(factory=list)


@frozen(kw_only=True)
class Around:
    """What a stream is made in: what is stated, the pools, and the clock that waits pass on.

    *rates* are those of the teams that nobody waits for.
    """

    stated: Stated
    pools: Mapping[tuple[str, str], int | None]
    rates: Mapping[tuple[str, str], float] = field(factory=dict)
    clock: int = OWN_CLOCK


def timers_of(flow: Flow, stated: Stated) -> dict[str, float]:
    """Return the minutes of the timers at borders whose time is known, unless they never go off.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.simulation.stated import Stated
        >>> timers_of(Flow(id="p"), Stated())
        {}
    """
    found = {}
    for node in flow.nodes:
        if not isinstance(node, Event) or node.position is not EventPosition.BOUNDARY:
            continue
        given, duration = stated.given.times.get(node.id), node.time.duration
        minutes = None if duration is None else stated.convention.minutes(duration)
        if given is not None and given.spread is Spread.FIXED:
            minutes = given.average
        never = stated.given.shares.get(node.id) == 0
        if node.trigger is Trigger.TIMER and minutes is not None and not never:
            found[node.id] = float(minutes)
    return found


def overruled(flow: Flow, stated: Stated) -> tuple[str, ...]:
    """Return the timers at borders of which a share is stated, but which go off by their time.

    How often such a timer goes off comes out of the run; a share of 0 leaves it out instead.

    Args:
        flow: A flow.
        stated: What the user states.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.simulation.stated import Stated
        >>> overruled(Flow(id="p"), Stated())
        ()
    """
    return tuple(each for each in timers_of(flow, stated) if each in stated.given.shares)


def stream_of(flow: Flow, name: str, around: Around, at: Gathering) -> Stream:
    """Return *flow* as a stream without arrivals; what lacks is added to *at*.

    Args:
        flow: A flow.
        name: What its random numbers are told apart by: the same before and after a change.
        around: What it is made in.
        at: Where to note what lacks.
    """
    stated = around.stated
    timers = timers_of(flow, stated)
    there = reached(flow, timers.keys())
    taken = timing(flow, there, stated.given, stated.basis, stated.convention)
    at.needs += _untimed(flow, there, taken)
    stream = Stream(
        name=name,
        flow=flow,
        times=_rounds(flow, taken),
        who=_who(flow, there, around, at),
        waits=_waits(flow, taken),
        clock_of=dict.fromkeys(flow.by_id, around.clock),
        shares=_shares(flow, there, stated, at),
        timers={each: Timed(minutes=m, clock=around.clock) for each, m in timers.items()},
        never=frozenset(each for each, share in stated.given.shares.items() if not share),
        paused=taken.off_clock,
        rates=_rates(flow, around),
        levels=stated.ranks,
        batches=stated.batches,
    )
    at.refused += refusals(stream)
    at.needs += [
        Need(each.id, What.WAIT if each.trigger is Trigger.TIMER else What.HAPPENS)
        for each in open_borders(stream)
    ]
    return stream


def _untimed(flow: Flow, there: frozenset[str], taken: Timing) -> list[Need]:
    steps = [step.id for step in flow.steps if step.id in there and step.id not in taken.takes]
    waits = [each for each in taken.waiting if each not in taken.takes]
    return [
        *(Need(each, What.TIME) for each in steps),
        *(Need(e, What.WAIT) for e in sorted(waits)),
    ]


def _rounds(flow: Flow, taken: Timing) -> dict[str, Chance]:
    """Return the times of one round: a norm is of the whole step."""
    found = dict(taken.takes)
    for step in flow.steps:
        times, beside = rounds_of(step) or (1, True)
        if taken.basis.get(step.id) is Basis.NORM and times > 1 and not beside:
            found[step.id] = Chance.fixed(found[step.id].average / times)
    return found


def _who(flow: Flow, there: frozenset[str], around: Around, at: Gathering) -> dict[str, int]:
    """Return the pool of each step that waits for people."""
    found = {}
    for step in flow.steps:
        if step.id not in there or step.automatic:
            continue
        who = performer_of(flow, step)
        if who is None and not _for_applicant(step):
            at.nobody.append(step.id)
        elif who is not None and who.role not in OUTSIDE:
            pool = around.pools.get(identity(who))
            if pool is not None:
                found[step.id] = pool
    return found


def _rates(flow: Flow, around: Around) -> dict[str, float]:
    """Return what a minute costs of each step whose people nobody waits for."""
    people = {s.id: performer_of(flow, s) for s in flow.steps if not s.automatic}
    return {
        step: around.rates[identity(who)]
        for step, who in people.items()
        if who is not None and identity(who) in around.rates
    }


def _for_applicant(step: Step) -> bool:
    return step.kind in {StepKind.SUPPLEMENT, StepKind.SUBMIT} or step.applicant_visit is True


def _waits(flow: Flow, taken: Timing) -> dict[str, Wait]:
    """Return whose time passes at the steps of others and at events."""
    found = {}
    for step in flow.steps:
        who = performer_of(flow, step)
        if who is None and _for_applicant(step):
            found[step.id] = Wait.APPLICANT
        elif who is not None and who.role in OUTSIDE:
            found[step.id] = Wait.APPLICANT if who.role is Role.APPLICANT else Wait.OTHER
    for event in taken.waiting:
        found[event] = Wait.APPLICANT if event in taken.off_clock else Wait.OTHER
    return found


def _shares(
    flow: Flow, there: frozenset[str], stated: Stated, at: Gathering
) -> dict[str, Fraction]:
    """Return the shares of the ways out of every choice, and of the starts where several are."""
    given = stated.given.shares
    found: dict[str, Fraction] = {}
    first = alternative_starts(flow)
    if first:
        known = complete({each: given.get(each) for each in first}, flow.id)
        at.needs += [Need(each, What.SHARE) for each in first if each not in known]
        found |= known
    for node in flow.nodes:
        ways = flow.outgoing[node.id]
        if node.id not in there or not isinstance(node, Gateway) or len(ways) < 2:  # noqa: PLR2004 - a choice is of two
            continue
        if node.kind is GatewayKind.INCLUSIVE:
            some = known_shares(ways, given, several=True)
            known = {each: share for each, share in some.items() if share is not None}
            if len(known) == len(ways):
                together(known, node.default, node.id)
        elif node.kind in {GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED}:
            known = complete(known_shares(ways, given), node.id)
        else:
            continue
        at.needs += [Need(each.id, What.SHARE) for each in ways if each.id not in known]
        found |= known
    return found
