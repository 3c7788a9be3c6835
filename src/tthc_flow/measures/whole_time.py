"""The time of a whole flow as the time of one step: what a call of it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import Event, EventPosition, Flow, Trigger
from tthc_flow.units import (
    MINUTES_OF_HOUR,
    MINUTES_OF_WORKING_DAY,
    Convention,
    Duration,
    TimeUnit,
)

if TYPE_CHECKING:
    from fractions import Fraction

# Only to add up times of one unit: within one, any factor gives the same longest way.
_AS_PRINTED: Final = Convention(
    name="as-printed",
    bare_day=MINUTES_OF_WORKING_DAY,
    calendar_day=MINUTES_OF_WORKING_DAY,
    hour=MINUTES_OF_HOUR,
)
_HOURS: Final = frozenset({TimeUnit.HOUR, TimeUnit.WORKING_HOUR})


def whole_time(flow: Flow) -> Duration | str:
    """Return how long the longest way through *flow* takes, or why that is not known.

    Known where every counted step and waiting timer has a time and all are of one unit, so that
    the sum has that unit, whatever the convention.

    Example:
        >>> from tthc_flow.model.step import Step, StepTime
        >>> day = StepTime(duration=Duration(amount=1, unit="working_day"))
        >>> whole_time(Flow(id="p", nodes=(Step(id="a", name="A", time=day),)))
        Duration(amount=Fraction(1, 1), unit=<TimeUnit.WORKING_DAY: 'working_day'>, at_least=None)
        >>> whole_time(Flow(id="p", nodes=(Step(id="a", name="A"),)))
        'a'

    Source: as the norm time; a call of a procedure lasts as long as the procedure.
    """
    timers = [node for node in flow.nodes if isinstance(node, Event) and _waits(node)]
    open_ = [*norm_time(flow, _AS_PRINTED).unknown]
    open_ += [node.id for node in timers if node.time.duration is None]
    if open_ or not flow.nodes:
        return ", ".join(open_) or "–"
    found = norm_time(flow, _AS_PRINTED)
    units = {node.time.duration.unit for node in timers if node.time.duration is not None}
    units |= found.units
    if len(units) != 1 or found.work is None:
        return " + ".join(sorted(unit.value for unit in units)) or "–"
    unit = units.pop()
    factor: Fraction = MINUTES_OF_HOUR if unit in _HOURS else MINUTES_OF_WORKING_DAY
    return Duration(amount=found.work.minutes / factor, unit=unit)


def _waits(node: Event) -> bool:
    return (
        node.position is EventPosition.CATCH and node.trigger is Trigger.TIMER and node.time.counted
    )
