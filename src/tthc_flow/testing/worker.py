"""What a desk does by itself, as the worker of a real office: at the very moment it is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.errors import NotRunnable
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store.database import reading
from tthc_flow.store.jobs import next_due
from tthc_flow.testing.clock import Clock, ending, length

if TYPE_CHECKING:
    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.outbox import Letter
    from tthc_flow.units import Duration

MOST_TURNS: Final = 200


@define
class Worker:
    """Does what is due by the *clock* of an engine, and takes its letters."""

    engine: Engine
    clock: Clock
    deadlines: Deadlines
    letters: list[Letter] = field(factory=list)

    def settle(self) -> None:
        """Do what is due now, until nothing is.

        Raises:
            NotRunnable: TF425 where what is due brings what is due, without an end.
        """
        for _ in range(MOST_TURNS):
            due_at = self._next_due()
            if due_at is None or due_at > self.clock():
                return
            self.engine.jobs.run_due()
            self.engine.warn()
            self.engine.outbox.deliver(self.letters.append)
        now = text_of(self.clock())
        fact = f"something is due {MOST_TURNS} times in the same moment, {now}"
        raise NotRunnable("TF425", fact, hint="give the timer or the retries a time to wait")

    def pass_time(self, by: str | Duration | timedelta | datetime) -> None:
        """Let time pass; see :meth:`.desk.Desk.pass_time`."""
        end = self._end_of(by)
        while (due_at := self._next_due()) is not None and due_at <= end:
            self.clock.to(max(due_at, self.clock()))
            self.settle()
        self.clock.to(end)
        self.settle()

    def _end_of(self, by: str | Duration | timedelta | datetime) -> datetime:
        match by:
            case datetime():
                return Clock(self.clock()).to(by)
            case timedelta():
                return Clock(self.clock()).tick(seconds=by.total_seconds())
            case _:
                rules = self.deadlines
                return ending(self.clock(), length(by), rules.calendar, rules.bare_day)

    def _next_due(self) -> datetime | None:
        with reading(self.engine.database) as here:
            found = next_due(here, text_of(self.clock()))
        return None if found is None else moment_of(found)
