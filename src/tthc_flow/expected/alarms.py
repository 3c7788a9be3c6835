"""Timers at the border of a step: how often they go off, and how far the step came by then.

Both are known where it is known after how long they go off and how long the step takes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.expected.rounds import always
from tthc_flow.expected.within import least_of, within
from tthc_flow.model.chance import Spread
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.expected.known import Given
    from tthc_flow.expected.timing import Timing
    from tthc_flow.model.chance import Chance
    from tthc_flow.model.flow import Flow
    from tthc_flow.units import Convention

_DIGITS: Final = 10**12


@frozen(kw_only=True)
class Alarm:
    """A timer at the border of a step: it goes off after *minutes* in *share* of the runs.

    *breaks* says that it is the one that breaks the step off, which then is worked on for *worked*
    minutes in the mean; ``None`` for one that goes off beside it.
    """

    event: str
    minutes: Fraction
    share: Fraction
    worked: Fraction | None = None

    @property
    def breaks(self) -> bool:
        """Return whether it breaks the step off."""
        return self.worked is not None


def alarms(
    flow: Flow, timing: Timing, given: Given, convention: Convention
) -> dict[str, tuple[Alarm, ...]]:
    """Return the timers of which all is known, by the step at whose border they are.

    Of a step all border events that may happen have to be such timers, and it is done once. A step
    that takes exactly as long as a timer is done in time: the last moment of a term still counts.

    Args:
        flow: A flow.
        timing: How long its steps take.
        given: What the user states; a share of 0 leaves an event out, another one is kept.
        convention: The rule that turns printed units into working minutes.

    Example:
        >>> from tthc_flow.expected.known import Given, USUAL
        >>> from tthc_flow.expected.timing import timing
        >>> from tthc_flow.model.chance import Chance
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> late = Event(id="t", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER,
        ...              attached_to="a")
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"), late))
        >>> hour = Chance(spread=Spread.UNIFORM, least=0, most=60)
        >>> given = Given(times={"a": hour, "t": Chance.fixed(45)})
        >>> times = timing(flow, "a", given, USUAL, DEFAULT_CONVENTION)
        >>> (found,) = alarms(flow, times, given, DEFAULT_CONVENTION)["a"]
        >>> print(found.share, float(found.worked))
        1/4 28.125

    Source: BPMN 2.0.2, 10.5.4; min(X, T) of a time X and a moment T; Civil Code 2015, art. 148:
        a term ends when its last day or hour is over.
    """
    borders: dict[str, list[Event]] = {}
    for node in flow.nodes:
        at = node.attached_to if isinstance(node, Event) else None
        if isinstance(node, Event) and node.position is EventPosition.BOUNDARY and at is not None:
            borders.setdefault(at, []).append(node)
    found = {}
    for host, events in borders.items():
        step = flow.by_id[host]
        may = [
            each
            for each in events
            if given.shares.get(each.id) != 0 and each.trigger is not Trigger.COMPENSATION
        ]
        times = [_goes_off(each, given, convention) for each in may]
        once = isinstance(step, Step) and (always(step) == 1 or host in timing.as_one)
        if may and once and host in timing.takes and None not in times:
            rung = zip(may, (each for each in times if each is not None), strict=True)
            found[host] = tuple(_ringing(timing.takes[host], list(rung)))
    return found


def _goes_off(event: Event, given: Given, convention: Convention) -> Fraction | None:
    """Return after how many minutes a timer goes off, ``None`` where something else decides."""
    if event.trigger is not Trigger.TIMER or event.id in given.shares:
        return None
    said, duration = given.times.get(event.id), event.time.duration
    if said is not None:
        return said.average if said.spread is Spread.FIXED else None
    return None if duration is None else convention.minutes(duration)


def _ringing(chance: Chance, timers: Sequence[tuple[Event, Fraction]]) -> Iterator[Alarm]:
    """Yield the timers of one step; after the one that breaks it off none goes off."""
    broken = False
    for event, minutes in sorted(timers, key=lambda each: each[1]):
        share = Fraction(0) if broken else 1 - _exactly(within(chance, minutes).share)
        worked = None
        if event.interrupting and not broken:
            broken, worked = True, _exactly(least_of(chance, minutes))
        yield Alarm(event=event.id, minutes=minutes, share=share, worked=worked)


def _exactly(number: float) -> Fraction:
    return Fraction(number).limit_denominator(_DIGITS)
