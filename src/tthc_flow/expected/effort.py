"""How long people work on one dossier in the mean, by who does it, and what that costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.model.actor import Role
from tthc_flow.units import MINUTES_OF_HOUR, Dong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.expected.alarms import Alarm
    from tthc_flow.expected.timing import Timing
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.chance import Chance
    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class EffortRow:
    """What one performer works on a dossier in the mean (``None``: nobody is named).

    *minutes* is the known part, *missing* the steps of theirs whose time lacks.
    """

    performer: Performer | None
    minutes: Fraction
    missing: tuple[str, ...] = ()


@frozen(kw_only=True)
class Effort:
    """What people of the agencies work on a dossier in the mean, and what others do.

    *rows* are of the agencies, in the order of the flow; *applicant* and *third_party* the minutes
    of these, as far as their times are known. *cost* is what an hour costs times the hours of the
    agencies, ``None`` where the cost of an hour or a time is unknown.
    """

    rows: tuple[EffortRow, ...]
    applicant: Fraction
    third_party: Fraction = Fraction(0)
    cost: Dong | None = None

    @property
    def minutes(self) -> Fraction | None:
        """Return the minutes of all rows; ``None`` where a time lacks."""
        if self.missing:
            return None
        return sum((row.minutes for row in self.rows), Fraction(0))

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the steps whose time lacks."""
        return tuple(step for row in self.rows for step in row.missing)


def effort(
    flow: Flow,
    done: Mapping[str, Fraction],
    timing: Timing,
    rung: Mapping[str, tuple[Alarm, ...]],
    hourly: Dong | None = None,
) -> Effort:
    """Return how long people work on one dossier in the mean.

    A step that people do counts its mean time as often as it is done, whether or not it is the
    applicant's time; automatic steps and waits are nobody's work, nor is the norm of a step that
    stops the clock, which says how long may be waited. A step that a timer breaks off counts up to
    there, one that something else breaks off counts whole. A step that no case comes to lacks
    nothing.

    Args:
        flow: A flow.
        done: How often each step is done in the mean.
        timing: How long each step takes.
        rung: The timers at their borders of which all is known.
        hourly: What an hour of work costs the agency.

    Example:
        >>> from tthc_flow.expected.known import NOTHING, USUAL
        >>> from tthc_flow.expected.timing import timing
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.units import DEFAULT_CONVENTION, Duration
        >>> step = Step(id="a", name="A", work=Duration(amount=2, unit="hour"))
        >>> flow = Flow(id="p", nodes=(step,))
        >>> times = timing(flow, "a", NOTHING, USUAL, DEFAULT_CONVENTION)
        >>> found = effort(flow, {"a": Fraction(3, 2)}, times, {}, Dong(40_000))
        >>> print(found.minutes, found.cost.amount)
        180 120000

    Source: linearity of the mean.
    """
    rows: dict[tuple[str, str] | None, EffortRow] = {}
    others = {Role.APPLICANT: Fraction(0), Role.THIRD_PARTY: Fraction(0)}
    for step in flow.steps:
        times = done.get(step.id, Fraction(0))
        if not times or step.automatic or (step.pauses_clock and step.id in timing.as_one):
            continue
        takes = timing.takes.get(step.id)
        minutes = Fraction(0) if takes is None else _mean(takes, rung.get(step.id, ())) * times
        who = performer_of(flow, step)
        if who is not None and who.role in others:
            others[who.role] += minutes
            continue
        key = None if who is None else identity(who)
        row = rows.get(key, EffortRow(performer=who, minutes=Fraction(0)))
        lacks = (step.id,) if step.id in timing.work_needs else ()
        rows[key] = EffortRow(
            performer=row.performer,
            minutes=row.minutes + minutes,
            missing=row.missing + lacks,
        )
    found = Effort(
        rows=tuple(rows.values()),
        applicant=others[Role.APPLICANT],
        third_party=others[Role.THIRD_PARTY],
    )
    if hourly is None or found.minutes is None:
        return found
    return evolve(found, cost=hourly * (found.minutes / MINUTES_OF_HOUR))


def _mean(chance: Chance, rung: tuple[Alarm, ...]) -> Fraction:
    """Return how long a step is worked on in the mean each time."""
    broken = [each.worked for each in rung if each.worked is not None]
    return min(broken, default=chance.average)
