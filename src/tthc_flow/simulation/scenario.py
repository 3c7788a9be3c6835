"""What is simulated: procedures with their facts, the people they share, calendars, arrivals.

Everything is given here; nothing is defaulted. :mod:`tthc_flow.simulation.facts` makes a scenario
of procedures and of what the user states; a test may write one by hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from tthc_flow.simulation.program import Batch, Crowd, Limit, Wait

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.chance import Chance
    from tthc_flow.model.flow import Flow
    from tthc_flow.simulation.clock import Clock, Rate


@frozen(kw_only=True)
class Timed:
    """How long a timer waits: *minutes* on the clock of that number (-1: as time passes)."""

    minutes: float
    clock: int


@frozen(kw_only=True)
class Stream:
    """One procedure's flow and its facts, by the ids of elements and sequence flows.

    *times* are the times of steps and of waiting events, *who* the pool that does a step (a step
    without one needs nobody of ours), *waits* what such a step's time is. *shares* are those of
    sequence flows; *timers* of boundary timers; *never* are boundary events stated not to happen.
    *clock_of* are the clocks of waits that do not pass in office hours of the kernel's own count.
    *paused* are elements during which the legal clock stands. *rates* are đồng a minute (NaN:
    unknown) of the steps done by people of the office for whom nobody waits.
    """

    name: str
    flow: Flow
    times: Mapping[str, Chance]
    who: Mapping[str, int]
    waits: Mapping[str, Wait] = field(factory=dict)
    clock_of: Mapping[str, int] = field(factory=dict)
    shares: Mapping[str, Fraction] = field(factory=dict)
    timers: Mapping[str, Timed] = field(factory=dict)
    never: frozenset[str] = frozenset()
    paused: frozenset[str] = frozenset()
    rates: Mapping[str, float] = field(factory=dict)
    levels: Mapping[str, int] = field(factory=dict)
    batches: Mapping[str, Batch] = field(factory=dict)
    rate: Rate | None = None
    trace: tuple[float, ...] = ()
    limit: Limit | None = None


@frozen(kw_only=True)
class Scenario:
    """Procedures that share pools of people.

    *clocks* are the calendars, the office's first. Where *worked* is true every pool keeps the
    office's hours and nothing passes outside them: the kernels then count worked minutes only.
    """

    streams: tuple[Stream, ...]
    crowds: tuple[Crowd, ...]
    clocks: tuple[Clock, ...] = ()
    worked: bool = True
