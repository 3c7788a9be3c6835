"""A task while the events that tell of it are read, and the row that it comes to."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, evolve, frozen

from tthc_flow.dossiers.log_row import Ended, Kind, LogRow, Wait, WaitKind
from tthc_flow.model.flow import Event, EventPosition
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.dossiers.clock import ClockStop
    from tthc_flow.dossiers.deployed import Deployed
    from tthc_flow.model.flow import Flow, Node


@frozen(kw_only=True)
class Version:
    """A deployed procedure and the number of its version."""

    number: int
    deployed: Deployed

    @property
    def flow(self) -> Flow:
        """Return its flow."""
        return self.deployed.flow

    @cached_property
    def waiting_places(self) -> Mapping[str, str]:
        """Return by flow the node it leads to, where that is one at which a token may wait."""
        by_id = self.flow.by_id
        return {
            edge.id: edge.target for edge in self.flow.edges if _may_wait(by_id.get(edge.target))
        }

    def is_outside(self, node: str) -> bool:
        """Return whether *node* comes after the result, so that no stop of the clock holds it."""
        found = self.flow.by_id.get(node)
        return found is not None and found.scope in self.deployed.outside


def _may_wait(node: Node | None) -> bool:
    is_catch = isinstance(node, Event) and node.position is EventPosition.CATCH
    return isinstance(node, Step) or is_catch


@define(kw_only=True)
class ReadTask:
    """What is known of a task; *token* is ``None`` where it is not told.

    *taken* is when whoever has it took it; *waits* are those that are told for itself alone.
    """

    token: int | None
    node: str
    kind: Kind
    name: str
    version: Version
    office: str = ""
    role: str = ""
    created: datetime | None = None
    due_at: datetime | None = None
    assignee: str = ""
    taken: datetime | None = None
    is_of_people: bool = True
    resource: str = ""
    on_behalf_of: str = ""
    complete: datetime | None = None
    ended: Ended = Ended.OPEN
    waits: tuple[Wait, ...] = ()

    @property
    def order(self) -> tuple[bool, datetime | None, int, str]:
        """Return what sorts tasks as they came up."""
        first = self.created or self.taken or self.complete
        return first is None, first, -1 if self.token is None else self.token, self.node


@frozen(kw_only=True)
class Whole:
    """What is known of the dossier as a whole."""

    case: str
    business_key: str
    procedure: str
    stops: tuple[ClockStop, ...]
    suspended: tuple[Wait, ...]

    def row(self, task: ReadTask, now: datetime | None) -> LogRow:
        """Return the row of *task*; an open one is late where *now* is past its due date."""
        end = task.complete or now
        late = None
        if task.due_at is not None and end is not None:
            late = end > task.due_at
            late = None if task.complete is None and not late else late
        return LogRow(
            case=self.case,
            business_key=self.business_key,
            procedure=self.procedure,
            version=task.version.number,
            task=f"{self.case}:{task.token}" if task.is_of_people else "",
            activity=task.node,
            name=task.name,
            kind=task.kind,
            office=task.office,
            role=task.role,
            resource=task.resource if task.complete else task.assignee,
            on_behalf_of=task.on_behalf_of,
            created=task.created,
            start=task.taken or (task.created if task.ended is Ended.COMPLETED else None),
            complete=task.complete,
            ended=task.ended,
            due_at=task.due_at,
            late=late,
            waits=tuple(sorted(self._waits(task), key=lambda wait: wait.since)),
        )

    def _waits(self, task: ReadTask) -> Iterator[Wait]:
        yield from task.waits
        created = task.created
        if created is None:
            return
        if task.is_of_people and task.taken is not None and task.taken > created:
            yield Wait(kind=WaitKind.QUEUE, since=created, until=task.taken)
        for wait in (*self._stops(task), *self.suspended):
            since = max(wait.since, created)
            ends = [each for each in (wait.until, task.complete) if each is not None]
            until = min(ends, default=None)
            if until is None or since < until:
                yield evolve(wait, since=since, until=until)

    def _stops(self, task: ReadTask) -> Iterator[Wait]:
        if task.version.is_outside(task.node):
            return
        for stop in self.stops:
            yield Wait(kind=WaitKind.CLOCK, since=stop.since, until=stop.until, reason=stop.reason)
