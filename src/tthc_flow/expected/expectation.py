"""The numbers of one dossier alone, together with what they rest on and what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.expected.abrupt import abrupt_ends
from tthc_flow.expected.alarms import alarms
from tthc_flow.expected.distribution import times
from tthc_flow.expected.effort import effort
from tthc_flow.expected.known import NOTHING, USUAL, Barrier, Basis, Need, What
from tthc_flow.expected.reduction import reduced
from tthc_flow.expected.routes import chains
from tthc_flow.expected.timing import timing
from tthc_flow.expected.visits import Passing, passing
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import SubProcess
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.units import DEFAULT_CONVENTION, Convention, Dong

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from fractions import Fraction

    from tthc_flow.expected.distribution import Times
    from tthc_flow.expected.effort import Effort
    from tthc_flow.expected.known import Given
    from tthc_flow.expected.routes import Chains
    from tthc_flow.expected.timing import Timing
    from tthc_flow.measures.norm_time import NormTime
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Duration


@frozen(kw_only=True)
class Asked:
    """How the numbers of a dossier are asked for.

    *basis* says where to look for the time of a step, one after the other; *given* is what the
    user states; *limit* the time not to be passed (``None``: the declared total); *hourly* what an
    hour of the agency's work costs (``None``: of a procedure within or between agencies its hourly
    income, else unknown).

    Raises:
        BadQuantity: TF102 for a cost below zero.
    """

    basis: tuple[Basis, ...] = USUAL
    given: Given = NOTHING
    limit: Duration | None = None
    hourly: Dong | None = None
    convention: Convention = DEFAULT_CONVENTION

    def __attrs_post_init__(self) -> None:
        """Refuse what no cost is."""
        if self.hourly is not None and self.hourly.amount < 0:
            raise BadQuantity.negative("hourly", self.hourly.amount)


@frozen(kw_only=True)
class Expectation:
    """The numbers of one dossier of *procedure* alone; nobody is busy with another one.

    *passing* says how often a dossier comes by, *effort* what people work on it (``None`` where
    the ways are not known), *times* how long it takes (``None`` where something lacks or stands in
    the way). *needs* are the facts that lack for any of these, *barriers* what keeps the time from
    being exact, though nothing lacks: there it can be simulated. *norm* is the time by the norms,
    another figure. *broken* are the steps that may be broken off, nobody knows when: their work
    counts whole, which is too much.
    """

    procedure: Procedure
    asked: Asked
    passing: Passing
    timing: Timing
    effort: Effort | None
    times: Times | None
    needs: tuple[Need, ...]
    barriers: tuple[Barrier, ...]
    norm: NormTime
    broken: tuple[str, ...] = ()


def expectation(procedure: Procedure, asked: Asked) -> Expectation:
    """Return how often, how much work and how long: one dossier of a sound *procedure* alone.

    Args:
        procedure: Its flow has to be sound: no mean is defined else.
        asked: What to rest on.

    Returns:
        What can be computed. It rests on shares that do not depend on how the dossier came there,
        and on times that do not depend on each other.

    Raises:
        BadQuantity: TF117 for what is given for no element, TF118 for shares of a choice that
            contradict each other.
        UnsoundFlow: TF331 where the shares never let a case leave a loop.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.units import Duration
        >>> step = Step(id="a", name="A", work=Duration(amount=2, unit="hour"))
        >>> found = expectation(Procedure(flow=Flow(id="p", nodes=(step,))), Asked())
        >>> str(found.effort.minutes), found.times.p90
        ('120', 120.0)

    Source: Kemeny & Snell (1960) for the means; van der Aalst et al. (2000) for the blocks.
    """
    flow, given = procedure.flow, asked.given
    given.check(flow)
    ways = chains(flow, given)
    inside = {node for routes in ways.routes for node in routes.leaving}
    taken = timing(flow, inside, given, asked.basis, asked.convention)
    rung = alarms(flow, taken, given, asked.convention)
    if rung:
        often = {each.event: each.share for found in rung.values() for each in found}
        ways = chains(flow, evolve(given, shares={**given.shares, **often}))
    passed = passing(flow, ways, given, taken.as_one)
    barred = (*passed.barriers, *abrupt_ends(flow, ways.routes))
    passed = evolve(passed, comes={}, done={}, barriers=barred) if barred else passed
    lacking = [*passed.needs, *(n for n in taken.needs if passed.comes.get(n.element) != 0)]
    worked = long = None
    if not (passed.needs or barred):
        worked = effort(flow, passed.done, taken, rung, _hourly(procedure, asked))
        if not lacking:
            whole = reduced(flow, ways, taken, rung)
            barred = whole.barriers
            lacking += whole.needs
            if not (barred or lacking):
                limit = _limit(procedure, asked)
                long = times(whole.tree, whole.whole, whole.takes, limit)
        lacking += [Need(step, What.TIME) for step in worked.missing]
    return Expectation(
        procedure=procedure,
        asked=asked,
        passing=passed,
        timing=taken,
        effort=worked,
        times=long,
        needs=tuple(dict.fromkeys(lacking)),
        barriers=barred,
        norm=norm_time(flow, asked.convention),
        broken=() if worked is None else tuple(_broken(flow, ways, rung)),
    )


def _broken(flow: Flow, ways: Chains, rung: Collection[str]) -> Iterator[str]:
    """Yield the steps that something breaks off of which it is not known when."""
    for routes in ways.routes:
        for host, events in routes.guards.items():
            known = host in rung or isinstance(flow.by_id[host], SubProcess)
            if not known and any(event.interrupting for event, _ in events):
                yield host


def _limit(procedure: Procedure, asked: Asked) -> Fraction | None:
    duration = asked.limit or procedure.total_time.duration
    return None if duration is None else asked.convention.minutes(duration)


def _hourly(procedure: Procedure, asked: Asked) -> Dong | None:
    income = procedure.volume.hourly_income
    if asked.hourly is None and income is not None and procedure.kind is not ProcedureKind.PUBLIC:
        return Dong(income.value)
    return asked.hourly
