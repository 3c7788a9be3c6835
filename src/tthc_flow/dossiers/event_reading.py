"""Reading the events of one dossier in their order: which tasks came up, and how each ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import Factory, define, evolve, field

from tthc_flow.dossiers.clock import ClockStop, clock_of
from tthc_flow.dossiers.log_row import Ended, Kind, LogRow, Wait, WaitKind
from tthc_flow.dossiers.read_task import ReadTask, Version, Whole
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind
from tthc_flow.model.step import Step
from tthc_flow.moments import moment_of

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.store.rows import JobRow

Told: TypeAlias = Mapping[str, Any]
Where: TypeAlias = tuple[int | None, str | None]

_BY_ITSELF: Final = {
    "complete": Kind.WORK,
    "choose": Kind.CHOICE,
    "repeat": Kind.ROUNDS,
    "function": Kind.FUNCTION,
    "error": Kind.FUNCTION,
    "called": Kind.CALL,
    "timer": Kind.TIMER,
    "message": Kind.MESSAGE,
    "signal": Kind.SIGNAL,
    "deliver": Kind.EVENT,
    "resolve": Kind.FUNCTION,
}
"""What an event is a row about that no task of people accounts for.

What people did is among them: events that a program of schema 1 kept tell of no tasks.
"""

_BY_PEOPLE: Final = frozenset({Kind.WORK, Kind.CHOICE, Kind.ROUNDS})
_JOBS: Final = {
    "function": Kind.FUNCTION,
    "call": Kind.CALL,
    "called": Kind.CALL,
    "timer": Kind.TIMER,
}


@define
class EventReading:
    """The tasks of one dossier as its events tell of them, read one by one."""

    _version_of: Callable[[str], Version]
    _here: Version = field(init=False)
    _last: Told = field(init=False)
    _stops: dict[tuple[datetime, str | None], ClockStop] = field(init=False, factory=dict)
    _names: Told = Factory(dict)
    _open: dict[int, ReadTask] = Factory(dict)
    _over: list[ReadTask] = Factory(list)
    _arrived: dict[str, list[datetime]] = Factory(dict)
    _calls: dict[Where, Wait] = Factory(dict)
    _incidents: dict[Where, list[Wait]] = Factory(dict)
    _suspended: list[Wait] = Factory(list)

    def read(self, event: Told) -> None:
        """Read the next *event*, its payload as values."""
        said, at = event["payload"], moment_of(event["at"])
        self._last = event
        clock = clock_of(event["payload"].get("clock"))
        self._stops |= {(stop.since, stop.step): stop for stop in clock.stops}
        if "dossier" in said:
            self._names = said["dossier"]
            self._here = self._version_of(self._names["definition"])
        self._note(event, at)
        accounted = self._tasks(event, at)
        if event["kind"] in _BY_ITSELF and event["node"] is not None and not accounted:
            self._by_itself(event, at)
        self._arrive(said, at)

    def rows(self, jobs: tuple[JobRow, ...], now: datetime | None) -> Iterator[LogRow]:
        """Yield the rows, in the order in which they came up; of *jobs*, those still to be done."""
        tasks = [*self._over, *self._open.values(), *self._to_do(jobs)]
        if not tasks:
            return
        whole = Whole(
            case=self._last["instance"],
            business_key=self._names["business_key"],
            procedure=self._names["key"],
            stops=tuple(self._stops.values()),
            suspended=tuple(self._suspended),
        )
        for task in sorted(tasks, key=lambda each: each.order):
            if task.complete is None:
                task.version = self._here
            yield whole.row(task, now)

    def _note(self, event: Told, at: datetime) -> None:
        """Note what holds the dossier, or the engine's own work, up."""
        said = event["payload"]
        where = said.get("token"), event["node"]
        match event["kind"]:
            case "suspend":
                reason = said.get("reason", "")
                self._suspended.append(Wait(kind=WaitKind.SUSPENDED, since=at, reason=reason))
            case "resume":
                self._suspended[-1] = evolve(self._suspended[-1], until=at)
            case "call":
                code = said["called"]["business_key"]
                self._calls[where] = Wait(kind=WaitKind.CALLED, since=at, reason=code)
            case "incident":
                wait = Wait(kind=WaitKind.INCIDENT, since=at, reason=said["incident"]["error"])
                self._incidents.setdefault(where, []).append(wait)
            case "retry" if where in self._incidents:
                waits = self._incidents[where]
                waits[-1] = evolve(waits[-1], until=at)
            case "cancel" | "withdraw" if self._suspended and self._suspended[-1].until is None:
                self._suspended[-1] = evolve(self._suspended[-1], until=at)

    # Tasks that people see.

    def _tasks(self, event: Told, at: datetime) -> bool:
        """Let tasks end and come up; return whether one accounts for what the event did."""
        said = event["payload"]
        anew = [each for each in said.get("changed", ()) if not self._goes_on(each, event, at)]
        gone = [*said.get("closed", ()), *(each["token"] for each in anew)]
        gone = [token for token in gone if token in self._open]
        own = self._own(event, gone)
        accounted = own is not None and self._open[own].node == event["node"]
        for token in gone:
            self._end(self._open.pop(token), event, at, own=token == own)
        for each in (*said.get("opened", ()), *anew):
            self._open[each["token"]] = self._task(each, at)
        return accounted

    def _goes_on(self, told: Told, event: Told, at: datetime) -> bool:
        """Return whether the changed task is still the same; then note what has changed."""
        task = self._open.get(told["token"])
        if task is None:  # it came up when events did not tell of tasks yet
            self._open[told["token"]] = self._task(told, None)
            return True
        moved = str(event["kind"]).startswith("migrate")
        if not moved and (task.node, task.kind.value) != (told["node"], told["what"]):
            return False
        new = self._task(told, at)
        task.node, task.name, task.due_at = new.node, new.name, new.due_at
        task.office, task.role, task.assignee = new.office, new.role, new.assignee
        task.taken = (task.taken or at) if new.assignee else None
        return True

    def _own(self, event: Told, gone: list[int]) -> int | None:
        """Return which of the tasks that are *gone* the event was done to.

        Events that tell no token were kept by an earlier program, or were delivered to a task
        that no job listens for: then it is the oldest at the node.
        """
        if event["kind"] not in _BY_ITSELF:
            return None
        token, passed = event["payload"].get("token"), event["payload"]["passed"]
        if token is None:
            at_node = (each for each in gone if self._open[each].node == event["node"])
            return min(at_node, default=None)
        if token not in gone:
            return None
        node = self._open[token].node
        return token if node == event["node"] or node in passed else None

    def _end(self, task: ReadTask, event: Told, at: datetime, *, own: bool) -> None:
        """Note how *task* ended: completed, by whom, or taken off."""
        happened = self._comes_by_itself(task) and task.node in event["payload"]["passed"]
        task.complete, task.version = at, self._here
        task.ended = Ended.COMPLETED if own or happened else Ended.WITHDRAWN
        if own:
            task.resource, task.on_behalf_of = event["actor"], event["on_behalf_of"] or ""
        elif not happened:
            task.resource = task.assignee
        self._over.append(task)

    def _comes_by_itself(self, task: ReadTask) -> bool:
        """Return whether data alone may complete *task*: a condition that comes to hold."""
        node = self._here.flow.by_id.get(task.node)
        is_either = isinstance(node, Gateway) and node.kind is GatewayKind.EVENT_BASED
        return task.kind is Kind.EVENT or is_either

    def _task(self, told: Told, at: datetime | None) -> ReadTask:
        due_at = told.get("due_at")
        return ReadTask(
            token=told["token"],
            node=told["node"],
            kind=Kind(told["what"]),
            name=told["name"],
            version=self._here,
            office=told.get("office", ""),
            role=told.get("role", ""),
            created=at,
            due_at=None if due_at is None else moment_of(due_at),
            assignee=told.get("assignee", ""),
        )

    # What the engine does by itself.

    def _arrive(self, said: Told, at: datetime) -> None:
        """Note where tokens wait now; whoever waits for people is told as a task."""
        shown = {each["node"] for name in ("opened", "changed") for each in said.get(name, ())}
        passed = set(said["passed"])
        for taken in said["taken"]:
            node = self._here.waiting_places.get(taken)
            if node is not None and node not in shown and not self._is_event(node, passed):
                self._arrived.setdefault(node, []).append(at)

    def _is_event(self, node: str, among: set[str]) -> bool:
        return node in among and isinstance(self._here.flow.by_id[node], Event)

    def _by_itself(self, event: Told, at: datetime) -> None:
        said, node = event["payload"], event["node"]
        where = said.get("token"), node
        called = self._calls.pop(where, None)
        kind = _BY_ITSELF[event["kind"]]
        if event["kind"] == "resolve":
            kind = self._kind_of(node, called)
        came = [each for each in said["taken"] if self._here.waiting_places.get(each) == node]
        if came and self._is_event(node, set(said["passed"])):
            self._arrived.setdefault(node, [at])
        task = self._own_work(where, kind, called)
        task.waits = () if called is None else (evolve(called, until=at),)
        incidents = self._incidents.pop(where, [])
        task.waits += tuple(evolve(each, until=each.until or at) for each in incidents)
        task.complete, task.ended = at, Ended.COMPLETED
        if event["kind"] == "error":
            task.ended = Ended.WITHDRAWN
        task.resource, task.on_behalf_of = event["actor"], event["on_behalf_of"] or ""
        self._over.append(task)

    def _kind_of(self, node: str, called: Wait | None) -> Kind:
        if called is not None:
            return Kind.CALL
        return Kind.FUNCTION if isinstance(self._here.flow.by_id.get(node), Step) else Kind.TIMER

    def _own_work(self, where: Where, kind: Kind, called: Wait | None) -> ReadTask:
        """Return what the engine does at a node, with what is known of its beginning."""
        token, node = where[0], str(where[1])
        here = self._here.flow.by_id.get(node)
        performer = performer_of(self._here.flow, here) if isinstance(here, Step) else None
        arrived = self._arrived.pop(node, [])
        return ReadTask(
            token=token,
            node=node,
            kind=kind,
            name="" if here is None else " ".join(here.name.split()),
            version=self._here,
            office="" if performer is None else performer.office or "",
            role="" if performer is None or performer.role is None else performer.role.value,
            created=arrived[0] if len(arrived) == 1 else None,
            taken=None if called is None else called.since,
            is_of_people=kind in _BY_PEOPLE and token is not None,
        )

    def _to_do(self, jobs: tuple[JobRow, ...]) -> Iterator[ReadTask]:
        """Yield what the engine still has to do, but for the events at borders and gateways."""
        for job in jobs:
            node, kind = self._here.flow.by_id.get(job.node), _JOBS.get(job.kind)
            caught = isinstance(node, Event) and node.position is EventPosition.CATCH
            if kind is None or job.token in self._open or not (caught or isinstance(node, Step)):
                continue
            called = self._calls.get(job.key)
            task = self._own_work(job.key, kind, called)
            task.waits = () if called is None else (called,)
            task.waits += tuple(self._incidents.get(job.key, ()))
            yield task
