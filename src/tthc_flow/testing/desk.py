"""A desk to rehearse a procedure at: an engine in memory, a clock that moves, steps by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.office import Retries
from tthc_flow.engine.instance import NO_DATA, Data, For
from tthc_flow.errors import NotRunnable
from tthc_flow.moments import VIETNAM
from tthc_flow.testing.clock import Clock, length
from tthc_flow.testing.finding import events_meant, nothing_waits, open_task
from tthc_flow.testing.naming import ways_named
from tthc_flow.testing.sources import Source, opened
from tthc_flow.testing.stubs import NO_STUBS, Stub, as_functions
from tthc_flow.testing.worker import Worker

if TYPE_CHECKING:
    from tthc_flow.dossiers.codec import Codec
    from tthc_flow.dossiers.kept import Dossier, Incident, UserTask
    from tthc_flow.dossiers.outbox import Letter
    from tthc_flow.dossiers.sampling import Sampling
    from tthc_flow.model.flow import Flow
    from tthc_flow.units import Duration

MORNING: Final = datetime(2026, 3, 2, 8, tzinfo=VIETNAM)
"""When a desk opens unless it is told otherwise: a Monday, in a week without a day off."""

APPLICANT: Final = "người nộp hồ sơ"
OFFICER: Final = "cán bộ"


class Desk:
    """A procedure set up to be tested: dossiers go through it by short steps, by name or by id.

    The engine behind it (*engine*) is the one that runs dossiers for weeks, on a database in
    memory. After every step the desk does what a worker would do: jobs that are due, warnings,
    letters (kept in *letters*). Steps are about the dossier that was begun last, and what it
    called.

    Args:
        source: A BPMN file, its bytes, or a procedure or flow; procedures that it calls are taken
            from the same file.
        process: Which process of the file; by default the one with most steps.
        called: Further files, of procedures that it calls.
        clock: Stands at a Monday morning where none is given.
        functions: What automatic steps do, by the name of the function or the id of the step: a
            function, or a mapping of what it would find. A failing one is an incident at once.
        deadlines: By default those of the shipped calendars, a bare "ngày" being unknown.
        sampling: Which dossiers are inspected after the grant.
        retries: How often a failing function is tried again.
        codec: Seals the data of dossiers.
        closing: Called with the engine before it is closed, once.

    Raises:
        UnreadableInput: TF2xx where a file cannot be read.
        NotRunnable: TF401, TF412 where it cannot be run as drawn.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><userTask id="a" name="Ky"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="a"/>
        ... <sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>'''
        >>> with Desk(text) as desk:
        ...     desk.start({"phi": 1}).status
        ...     desk.do("Ky", {"so": 12}).status
        ...     dict(desk.data)
        'running'
        'completed'
        {'phi': 1, 'so': 12}
    """

    def __init__(  # noqa: PLR0913 - everything an engine may be given, by name
        self,
        source: Source,
        *,
        process: str | None = None,
        called: tuple[Source, ...] = (),
        clock: Clock | None = None,
        functions: Mapping[str, Stub] = NO_STUBS,
        deadlines: Deadlines | None = None,
        sampling: Sampling | None = None,
        retries: Retries | None = None,
        codec: Codec | None = None,
        closing: Callable[[Engine], None] | None = None,
    ) -> None:
        """Open the files, deploy them to an engine in memory."""
        every = (*opened(source, process), *(one for each in called for one in opened(each)))
        self.clock = clock or Clock(MORNING)
        self.deadlines = deadlines or Deadlines(calendar=Calendar.load())
        self.procedure = every[0].procedure
        self._closing = closing
        self._open = True
        self._begun = 0
        self._current: str | None = None
        self.engine = Engine(
            "sqlite://",
            now=self.clock,
            deadlines=self.deadlines,
            functions=as_functions(functions),
            codec=codec,
            sampling=sampling,
            retries=retries or Retries(most=1),
        )
        self._worker = Worker(self.engine, self.clock, self.deadlines)
        try:
            for each in every:
                self.engine.deploy(each.content, process=each.procedure.flow.id)
        except BaseException:
            self.engine.close()
            raise

    def __enter__(self) -> Self:
        """Use the desk for the length of a ``with``."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the database back, once; what was on the desk is gone."""
        if self._open:
            self._open = False
            if self._closing is not None:
                self._closing(self.engine)
            self.engine.close()

    @property
    def dossier(self) -> Dossier:
        """Return the dossier at hand as it is now; raises ``NotRunnable`` TF424 without one."""
        if self._current is None:
            hint = "begin one with desk.start()"
            raise NotRunnable(
                "TF424", "no dossier was begun", place=self.procedure.flow.id, hint=hint
            )
        return self.engine.dossier(self._current)

    @property
    def family(self) -> tuple[Dossier, ...]:
        """Return the dossier at hand, then those that it called, and what they called."""
        found = [self.dossier]
        for each in found:
            found += [self.engine.dossier(one.id) for one in self.engine.dossiers(parent=each.id)]
        return tuple(found)

    @property
    def waiting(self) -> tuple[UserTask, ...]:
        """Return what the dossier waits for, and what it called waits for; oldest first."""
        return tuple(task for each in self.family for task in each.tasks)

    @property
    def data(self) -> Data:
        """Return the data of the dossier as they are now."""
        return self.engine.data(self.dossier.id)

    @property
    def history(self) -> tuple[Mapping[str, Any], ...]:
        """Return the events of the dossier, as ``engine.audit.history`` does."""
        return self.engine.audit.history(self.dossier.id)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Return what the outside was told, of all dossiers, oldest first."""
        return tuple(self._worker.letters)

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Return what could not be done by itself, of the dossier and those that it called."""
        return tuple(
            found for each in self.family for found in self.engine.jobs.incidents(dossier=each.id)
        )

    def flow_of(self, dossier: Dossier) -> Flow:
        """Return the flow of the definition that *dossier* runs by."""
        return self.engine.procedure(dossier.definition).flow

    def start(
        self,
        data: Data = NO_DATA,
        *,
        business_key: str | None = None,
        by: str = APPLICANT,
        limit: Duration | str | None = None,
    ) -> Dossier:
        """Begin a dossier with *data*, and take it to hand; ``HS-1``, ``HS-2`` … unless named.

        *limit* is its legal time; without it the declared time of the procedure counts.

        Raises:
            BadQuantity: TF121 where *limit* is a text that says no length.
        """
        self._begun += 1
        code = business_key or f"HS-{self._begun}"
        time = None if limit is None else length(limit)
        made = self.engine.start(self.procedure.flow.id, code, by=by, data=data, limit=time)
        self._current = made.id
        return self._settled()

    def take_up(self, dossier: Dossier) -> Dossier:
        """Take another dossier of the desk to hand: the next steps are about that one."""
        self._current = dossier.id
        return self.dossier

    def do(self, task: str, data: Data = NO_DATA, *, by: str | None = None) -> Dossier:
        """Complete the work *task*, by name or id, adding *data*; the oldest of several rounds.

        *by* is whoever has claimed it, or an officer, unless it is said.

        Raises:
            NotRunnable: TF421 where no such work waits, TF422 where several things of that name
                do, TF411 where *data* do not fit the form.
        """
        found = open_task(self, task, For.WORK)
        self.engine.work.complete(found.id, data, by=by or found.assignee or OFFICER)
        return self._settled()

    def choose(self, decision: str, *ways: str, by: str | None = None) -> Dossier:
        """Decide *decision*, by name or id: the dossier leaves over *ways*.

        A way is the name or id of a sequence flow, what taking it means (``refuse``), or the name
        of where it leads.

        Raises:
            NotRunnable: TF421 where no such decision waits, TF422 where a name means several,
                TF423 where there is no such way.
        """
        found = open_task(self, decision, For.CHOICE)
        flow = self.flow_of(self.engine.dossier(found.dossier))
        flows = [ways_named(flow, found.node, way) for way in ways]
        self.engine.work.choose(found.id, *flows, by=by or found.assignee or OFFICER)
        return self._settled()

    def repeat(self, task: str, times: int, *, by: str | None = None) -> Dossier:
        """Say how many (more) rounds *task* has; raises ``NotRunnable`` TF421, TF422, TF406."""
        found = open_task(self, task, For.ROUNDS)
        self.engine.work.repeat(found.id, times, by=by or found.assignee or OFFICER)
        return self._settled()

    def report(self, event: str, data: Data = NO_DATA, *, by: str = APPLICANT) -> Dossier:
        """Let *event* happen, by its name, its id or what it listens for.

        It may be one that is waited for, one at the border of what is at work, or one that starts
        an event sub-process.

        Raises:
            NotRunnable: TF423 where the procedure has no such event, TF421 where nothing listens
                for it now.
        """
        deliver = self.engine.happening.deliver
        for dossier, node in events_meant(self, event):
            try:
                deliver(dossier.id, node, data, by=by)
            except NotRunnable as error:
                if error.code != "TF403":
                    raise
            else:
                return self._settled()
        raise nothing_waits(self, event, For.EVENT)

    def pass_time(self, by: str | Duration | timedelta | datetime) -> None:
        """Let time pass, and do what comes due meanwhile at the very moment when it does.

        Args:
            by: A period that begins now and is counted by the desk's calendar ("3 ngày làm việc"
                ends at the end of the third working day after today), a plain length of time, or
                the moment to go on to.

        Raises:
            BadQuantity: TF121 for a text that says no length, TF122 for a moment that is over.
            NotRunnable: TF425 where what is due brings what is due, without an end.
        """
        self._worker.pass_time(by)

    def _settled(self) -> Dossier:
        self._worker.settle()
        return self.dossier
