"""A worker: does what the engine is to do by itself, when it is due, until it is stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.dossiers import metrics
from tthc_flow.dossiers.jobs import LEASE
from tthc_flow.dossiers.stopping import stopped_by_signals
from tthc_flow.dossiers.worked import Health, Told, Worked
from tthc_flow.errors import StoreFault, TthcFlowError
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store.backlog import backlog
from tthc_flow.store.database import reading
from tthc_flow.store.jobs import next_due
from tthc_flow.store.listening import Listening, wakes

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.outbox import Letter

IDLE: Final = timedelta(seconds=30)
"""How long a worker sleeps at most where the database wakes it."""

LOOKS: Final = timedelta(seconds=2)
"""The same where it has to look for itself."""

SELDOM: Final = timedelta(hours=1)
"""How often dossiers are looked for that were kept long enough."""


class Worker:
    """Does due jobs, warns, delivers letters, forgets ended dossiers; sleeps in between.

    It sleeps until the next thing is due. On PostgreSQL it is woken as soon as a step makes
    something due (LISTEN and NOTIFY on the channel ``tthc_due``), and any number of workers share
    the work. SQLite has one writer at a time and wakes nobody, so the worker looks every two
    seconds; one worker is enough there, a second is correct and of no use.

    Nothing is lost however it ends: what it had taken comes due again when its *lease* is over, and
    at once where it was stopped in good order.

    Args:
        engine: Its engine; a worker in a thread of its own may share it.
        deliver: Gets each letter of the outbox, and the same again where it raises; without it
            letters stay where they are, for ``engine.outbox``.
        batch: How many jobs, and how many letters, are taken at once.
        lease: How long nobody else does a job that it has taken: longer than the longest function,
            which else may be called by another worker meanwhile.
        idle: How long it sleeps at most: half a minute where it is woken, else two seconds.
        counts: Gets the counts besides :attr:`counters`, e.g.
            :class:`~tthc_flow.dossiers.otel.MeterMetrics`.
        tell: Is told of each round in which something was done, and once of each fault.

    Attributes:
        counters: What it has counted, for Prometheus.

    Example:
        >>> from tthc_flow.dossiers.engine import Engine
        >>> engine = Engine("sqlite://", now=lambda: datetime(2026, 3, 2, 8))
        >>> Worker(engine, deliver=None).run(until_idle=True).is_nothing
        True
    """

    def __init__(  # noqa: PLR0913 - keyword-only settings
        self,
        engine: Engine,
        *,
        deliver: Callable[[Letter], None] | None,
        batch: int = 50,
        lease: timedelta = LEASE,
        idle: timedelta | None = None,
        counts: metrics.Metrics | None = None,
        tell: Callable[[Told], None] | None = None,
    ) -> None:
        """Make a worker that does nothing yet."""
        self.counters = metrics.Counters()
        self._engine = engine
        self._deliver = deliver
        self._batch = batch
        self._lease = lease
        self._idle = idle or (IDLE if wakes(engine.database) else LOOKS)
        self._counts = (self.counters,) if counts is None else (self.counters, counts)
        self._tell = tell
        self._listening: Listening | None = None
        self._stopped = False
        self._in_vain = 0
        self._last_tick: datetime | None = None
        self._forgot: datetime | None = None
        self._fault: str | None = None
        self._wrong: str | None = None

    def run(self, *, until_idle: bool = False) -> Worked:
        """Work until :meth:`stop`, SIGTERM or SIGINT; return what was done.

        The job in hand is finished first. With *until_idle* it returns once nothing is due any
        more: for cron, and for tests. A second signal does what it did without the worker. Once
        stopped, a worker does nothing more: make another.

        Raises:
            StoreFault: TF704 with *until_idle* only; else it waits for the database, longer and
                longer up to *idle*, and says so.
        """
        total, failures = Worked(), 0
        with self._listens() as listening, stopped_by_signals(self.stop):
            while not self._stopped:
                try:
                    if not until_idle:
                        listening.open()
                    done = self._round()
                    total, failures = total + done, 0
                    if done.is_nothing:
                        if until_idle:
                            break
                        listening.wait(self._until_next())
                except StoreFault as error:
                    if until_idle:
                        raise
                    failures += 1
                    self._says(error)
                    listening.rest(self._longer(failures))
        return total

    def stop(self) -> None:
        """Let :meth:`run` return after the job in hand; any thread and signal handler may."""
        self._stopped = True
        listening = self._listening
        if listening is not None:
            listening.wake()

    def health(self) -> Health:
        """Return how it is and how much waits to be done; any thread may ask."""
        last, now = self._last_tick, self._engine.now()
        lately = last is not None and now - last <= self._idle + self._lease
        alive = self._listening is not None and lately
        health = Health(alive=alive, last_tick=last, database=True, fault=self._fault)
        try:
            with reading(self._engine.database) as here:
                found = backlog(here, text_of(now))
                due = next_due(here, text_of(now), letters_too=self._deliver is not None)
        except StoreFault as error:
            return evolve(health, database=False, fault=str(error))
        return evolve(health, backlog=found, next_due=None if due is None else moment_of(due))

    @contextmanager
    def _listens(self) -> Iterator[Listening]:
        with closing(Listening(self._engine.database)) as listening:
            self._listening = listening
            try:
                yield listening
            finally:
                self._listening = None

    def _round(self) -> Worked:
        """Do a batch of each kind of work."""
        self._wrong = None
        done = self._jobs() + self._letters() + self._warnings() + self._forgetting()
        self._beat()
        self._fault = self._wrong
        if self._tell is not None and not done.is_nothing:
            self._tell(done)
        return done

    def _jobs(self) -> Worked:
        ended = Counter[str]()
        each_job = self._engine.jobs.run_each(most=self._batch, lease=self._lease)
        with closing(each_job) as jobs:
            while not self._stopped:
                began = monotonic()
                how = next(jobs, None)
                if how is None:
                    break
                ended[how] += 1
                self._count(metrics.JOBS, how)
                for each in self._counts:
                    each.took(monotonic() - began)
                self._beat()
        return Worked(
            done=ended["done"],
            failed=ended["failed"],
            incidents=ended["incident"],
            dropped=ended["gone"],
        )

    def _letters(self) -> Worked:
        if self._deliver is None or self._stopped:
            return Worked()
        taken = Counter[bool]()
        with closing(self._engine.outbox.deliver_each(self._deliver, most=self._batch)) as letters:
            for each in letters:
                taken[each] += 1
                self._count(metrics.LETTERS, "delivered" if each else "failed")
                self._beat()
                if self._stopped:
                    break
        return Worked(delivered=taken[True], undelivered=taken[False])

    def _warnings(self) -> Worked:
        return Worked(warned=self._several(metrics.WARNINGS, self._engine.warn))

    def _forgetting(self) -> Worked:
        now = self._engine.now()
        if self._forgot is not None and now - self._forgot < SELDOM:
            return Worked()
        number = self._several(metrics.FORGOTTEN, self._engine.forget_ended)
        self._forgot = None if number else now
        return Worked(forgotten=number)

    def _several(self, name: str, act: Callable[[], int]) -> int:
        """Do what is done to several dossiers at once; return to how many."""
        if self._stopped:
            return 0
        try:
            number = act()
        except TthcFlowError as error:
            if error.code == "TF704":
                raise
            self._says(error)
            return 0
        if number:
            self._count(name, number=number)
        return number

    def _count(self, name: str, outcome: str = "", *, number: int = 1) -> None:
        for each in self._counts:
            each.count(name, number, outcome=outcome)

    def _beat(self) -> None:
        self._last_tick = self._engine.now()

    def _says(self, error: TthcFlowError) -> None:
        """Say what keeps it from its work, once while that goes on."""
        self._count(metrics.FAULTS, error.code)
        if self._tell is not None and str(error) != self._fault:
            self._tell(error)
        self._fault = self._wrong = str(error)

    def _until_next(self) -> float:
        """Return how many seconds to sleep; longer and longer where what is due cannot be done."""
        now = self._engine.now()
        with reading(self._engine.database) as here:
            due = next_due(here, text_of(now), letters_too=self._deliver is not None)
        if due is not None and moment_of(due) <= now:
            self._in_vain += 1
            return self._longer(self._in_vain)
        self._in_vain = 0
        rest = self._idle if due is None else min(moment_of(due) - now, self._idle)
        return rest.total_seconds()

    def _longer(self, times: int) -> float:
        return min(2.0 ** min(times, 20) / 8, self._idle.total_seconds())
