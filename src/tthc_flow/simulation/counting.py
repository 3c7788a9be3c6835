"""Counting what the reference kernel does: sums by batch, a sample of times, the log."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from tthc_flow.simulation.meter import AT_ONCE, FIELDS, Meter, tally_of
from tthc_flow.simulation.program import Wait
from tthc_flow.simulation.tally import StepSums, Visit

if TYPE_CHECKING:
    from tthc_flow.simulation.moving import Case, Place, Token
    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Length, Tally


ROW: Final = Struct(f"{len(FIELDS)}d")
PACKED: Final = ROW.pack


class Counting:
    """What was seen so far."""

    def __init__(self, program: Program, places: list[Place], length: Length, *, log: bool) -> None:
        """Begin with nothing seen."""
        self.places = places
        self.program, self.length, self.keeps_log = program, length, log
        self.office = program.clocks[0] if program.clocks else None
        self.meter = Meter(program, length)
        self.over = bytearray()
        self.log: list[Visit] = []
        self.observing = False
        self.inside, self.area, self.changed = 0, 0.0, 0.0
        self.window = [0.0, 0.0]

    def comes(self, order: int, now: float) -> None:
        """Note that the case number *order* comes."""
        if self.observing:
            self.area += self.inside * (now - self.changed)
        if order == self.length.warm:
            self.observing, self.window = True, [now, now]
        if order == self.length.cases - 1:
            self.observing, self.window[1] = False, now
        self.inside += 1
        self.changed = now

    def goes(self, case: Case, now: float) -> None:
        """Note that *case* is over."""
        if self.observing:
            self.area += self.inside * (now - self.changed)
        self.inside -= 1
        self.changed = now
        self.over += PACKED(
            case.entry, case.order, case.began, now, case.queue, case.batch, case.applicant,
            case.other, case.work, case.closed, case.diluted, case.stood, case.cost,
        )  # fmt: skip
        if len(self.over) == AT_ONCE * ROW.size:
            self._settle()

    def _settle(self) -> None:
        """Add up what was seen of single cases, so that memory does not grow."""
        import numpy as np

        self.meter.add(np.frombuffer(self.over).reshape(-1, len(FIELDS)))
        self.over = bytearray()

    def worked(self, since: float, until: float) -> float:
        """Return the office's worked minutes between two moments of the kernel's clock."""
        if self.program.worked or self.office is None:
            return until - since
        return self.office.worked(until) - self.office.worked(since)

    def visit(self, token: Token, until: float, *, whole: bool) -> None:
        """Note what a token waited and worked at its place, which it leaves at *until*.

        *whole* is false where the work was broken off, or never begun.
        """
        place, case, begun = token.place, token.case, token.begun
        if place.pool is None:
            self._delay(token, until)
        else:
            queued = self._queued(token, begun)
            minutes = token.minutes
            if not whole:
                minutes = min(minutes, self._pool_time(place, begun, until) / place.stretch)
            spread = minutes * place.stretch
            case.closed += self.worked(token.ready, until) - queued - spread
            case.diluted += spread - minutes
            case.work += minutes
            case.cost += minutes * place.rate
            self._step(token, queued, minutes)
        if self.keeps_log:
            self.log.append(
                Visit(
                    entry=case.entry,
                    case=case.number,
                    instruction=place.number,
                    ready=token.ready,
                    begun=begun,
                    done=until,
                )
            )

    def pause(self, case: Case, now: float) -> None:
        """Let the legal clock of *case* stand."""
        if not case.pausing:
            case.since = now
        case.pausing += 1

    def resume(self, case: Case, now: float) -> None:
        """Let the legal clock of *case* go on, if nothing else holds it."""
        case.pausing -= 1
        if not case.pausing:
            case.stood += self.worked(case.since, now)

    def _queued(self, token: Token, begun: float) -> float:
        queued = self._pool_time(token.place, token.ready, begun)
        token.case.queue += queued
        return queued

    @staticmethod
    def _pool_time(place: Place, since: float, until: float) -> float:
        clock = None if place.pool is None else place.pool.clock
        return until - since if clock is None else clock.worked(until) - clock.worked(since)

    def _delay(self, token: Token, until: float) -> None:
        case, passed = token.case, self.worked(token.ready, until)
        match token.place.found.wait:
            case Wait.WORK:
                case.work += passed
                case.cost += passed * token.place.rate
                self._step(token, 0.0, passed)
            case Wait.APPLICANT:
                case.applicant += passed
                self._step(token, passed, 0.0)
            case _:
                case.other += passed
                self._step(token, passed, 0.0)

    @staticmethod
    def _step(token: Token, queued: float, minutes: float) -> None:
        if token.case.counted:
            place = token.place
            place.queue += queued
            place.visits += 1
            place.work += minutes

    def tally(self, events: int, last: float) -> Tally:
        """Return all that was seen."""
        self._settle()
        return tally_of(
            self.meter,
            steps=tuple(StepSums(visits=p.visits, queue=p.queue, work=p.work) for p in self.places),
            window=(self.window[0], self.window[1]),
            area=self.area,
            events=events,
            last=last,
            log=tuple(self.log),
        )
