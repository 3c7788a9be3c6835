"""A scenario from procedures and what the user states; what lacks is listed, never made up."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.model.step import Step
from tthc_flow.simulation.arrivals import moments_of, rate_of
from tthc_flow.simulation.clock import clock_of
from tthc_flow.simulation.lacking import Lacking
from tthc_flow.simulation.people import pools_of
from tthc_flow.simulation.program import OWN_CLOCK, Limit
from tthc_flow.simulation.reached import reached
from tthc_flow.simulation.scenario import Scenario
from tthc_flow.simulation.stated import Yearly
from tthc_flow.simulation.streams import Around, Gathering, stream_of, timers_of
from tthc_flow.simulation.teams import by_name, teams_of
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.clock import Clock
    from tthc_flow.simulation.people import Pools
    from tthc_flow.simulation.scenario import Stream
    from tthc_flow.simulation.stated import Stated


_DAYS = frozenset({TimeUnit.WORKING_DAY, TimeUnit.DAY})


def scenario_of(procedures: Sequence[Procedure], stated: Stated) -> tuple[Scenario, Lacking]:
    """Return what is simulated of *procedures* that share their people, and what lacks for it.

    Where something lacks the scenario has holes and must not be run.

    Raises:
        BadQuantity: TF117 for an id that no procedure has, TF118 for shares that contradict each
            other, TF153 for a role that no team has.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.simulation.stated import Stated
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> _, lack = scenario_of([Procedure(flow=flow)], Stated())
        >>> lack.nobody, lack.dossiers, [need.what.value for need in lack.needs]
        (('a',), (0,), ['time'])

    Source: contract of this project: facts are known, stated, or asked for.
    """
    _refuse_unknown(procedures, stated)
    office = clock_of(stated.calendar)
    there = [reached(each.flow, timers_of(each.flow, stated)) for each in procedures]
    teams = teams_of(procedures, there)
    pools = pools_of(teams, stated, office.total / len(stated.calendar.years))
    worked = not stated.calendars
    clock = OWN_CLOCK if worked else 0
    around = Around(stated=stated, pools=pools.spots, rates=pools.rates, clock=clock)
    at, streams = Gathering(), []
    for number, procedure in enumerate(procedures):
        stream = stream_of(procedure.flow, str(number + 1), around, at)
        streams.append(_coming(stream, procedure, number, stated, (office, worked, at)))
    moved = [_moved(each, stated, pools, by_name(teams, _roles(stated))) for each in streams]
    scenario = Scenario(
        streams=tuple(moved), crowds=pools.crowds, clocks=(office, *pools.clocks), worked=worked
    )
    return scenario, Lacking(
        needs=tuple(dict.fromkeys(at.needs)),
        teams=pools.unknown,
        nobody=tuple(at.nobody),
        dossiers=tuple(at.dossiers),
        refused=tuple(at.refused),
    )


def _refuse_unknown(procedures: Sequence[Procedure], stated: Stated) -> None:
    given = stated.given
    known = {
        each.id
        for procedure in procedures
        for each in (*procedure.flow.nodes, *procedure.flow.edges)
    }
    for element in (*given.shares, *given.times, *stated.batches, *stated.ranks, *stated.moves):
        if element not in known:
            hint = "give the id of a step, an event or a sequence flow"
            fact = f"there is no element {element!r}"
            raise BadQuantity("TF117", fact, hint=hint, fact_vi=repr(element))


def _coming(
    stream: Stream,
    procedure: Procedure,
    number: int,
    stated: Stated,
    on: tuple[Clock, bool, Gathering],
) -> Stream:
    """Return *stream* with its arrivals and its limit; what lacks is noted."""
    office, worked, at = on
    said = stated.arrivals[number] if number < len(stated.arrivals) else None
    if said is None and procedure.volume.dossiers is not None:
        said = Yearly(dossiers=procedure.volume.dossiers.value)
    stream = evolve(stream, limit=_limit(procedure, stated))
    if said is None:
        at.dossiers.append(number)
        return stream
    if isinstance(said, Yearly):
        return evolve(stream, rate=rate_of(said, stated.calendar, office, worked=worked))
    return evolve(stream, trace=moments_of(said, stated.calendar, office, worked=worked))


def _limit(procedure: Procedure, stated: Stated) -> Limit | None:
    """Return how long a case may take: whole working days as the Code counts them, else minutes.

    A bare day is a working day where the convention takes it for one.
    """
    duration = stated.limit or procedure.total_time.duration
    minutes = None if duration is None else stated.convention.minutes(duration)
    if duration is None or minutes is None:
        return None
    days = Duration(amount=duration.amount, unit=TimeUnit.WORKING_DAY)
    by_days = duration.unit in _DAYS and minutes == stated.convention.minutes(days)
    whole = by_days and duration.amount.denominator == 1
    return Limit(minutes=float(minutes), days=int(duration.amount) if whole else None)


def _roles(stated: Stated) -> dict[str, None]:
    return dict.fromkeys(stated.moves.values())


def _moved(
    stream: Stream,
    stated: Stated,
    pools: Pools,
    names: dict[tuple[str, str], str],
) -> Stream:
    """Return *stream* with the steps that another role is to do."""
    who, rates, waits = dict(stream.who), dict(stream.rates), dict(stream.waits)
    for step, role in stated.moves.items():
        if isinstance(stream.flow.by_id.get(step), Step):
            (team,) = (each for each, name in names.items() if name == role)
            spot = pools.spots[team]
            if spot is not None:
                who[step] = spot
                continue
            who.pop(step, None)
            waits.pop(step, None)
            rates[step] = pools.rates.get(team, nan)
    return evolve(stream, who=who, rates=rates, waits=waits)
