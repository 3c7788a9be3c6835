"""What a case waits for, as whoever works on it sees it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.engine.listening import asks_for_rounds, events_of
from tthc_flow.engine.places import Leave, Place, Start
from tthc_flow.expressions.expression import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from SpiffWorkflow.task import Task


class For(StrEnum):
    """What a token waits for: work, an event from outside, a decision, or how many rounds."""

    WORK = "work"
    EVENT = "event"
    CHOICE = "choice"
    ROUNDS = "rounds"


@frozen(kw_only=True)
class Waiting:
    """A token that waits at *node*; *token* is its number in the case.

    *options* are the sequence flows of a choice, *events* the boundary events that may happen
    meanwhile, *because* says why the conditions did not decide or how often is not clear.
    *member* is the member of a list that the round is about, where the work is done once for each.
    """

    node: str
    what: For
    token: int
    options: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    because: str = ""
    member: Value | None = None


@frozen
class Armed:
    """An event that may happen now: where it is drawn, and the *token* that listens for it."""

    token: int
    node: str


def armed_of(waiting: Iterable[Task], hosts: Iterable[Task]) -> Iterator[Armed]:
    """Yield the events that *waiting* waits for, then those that *hosts* listen for."""
    for task in waiting:
        place, number = task.task_spec.place, task.internal_data["number"]
        if place.start is Start.EVENT:
            yield Armed(number, place.id)
        elif place.leave is Leave.FIRST_EVENT:
            yield from (Armed(number, arc.target) for arc in place.arcs)
    for task in hosts:
        yield from (Armed(task.internal_data["number"], event) for event in events_of(task))


def what_for(task: Task) -> For:
    """Return what *task* waits for."""
    place: Place = task.task_spec.place
    if place.start is Start.EVENT:
        return For.EVENT
    if "done" in task.internal_data:
        return For.CHOICE
    if place.start is Start.WORK:
        return For.WORK
    return For.ROUNDS if asks_for_rounds(task) else For.CHOICE


def waiting_of(task: Task) -> Waiting:
    """Return *task* as what it waits for; worked out once while that stays the same."""
    said = what_for(task), task.internal_data.get("because", "")
    shown: tuple[tuple[For, str], Waiting] | None = task.internal_data.get("shown")
    if shown is None or shown[0] != said:
        shown = task.internal_data["shown"] = said, _waiting_of(task, *said)
    return shown[1]


def _waiting_of(task: Task, what: For, because: str) -> Waiting:
    place: Place = task.task_spec.place
    chosen = what is For.CHOICE
    host = task.parent.task_spec.place if place.is_round else place
    return Waiting(
        node=place.id,
        what=what,
        token=task.internal_data["number"],
        options=tuple(arc.id for arc in place.arcs if not arc.always) if chosen else (),
        events=() if chosen else host.armed,
        because=because,
        member=_member(task),
    )


def _member(task: Task) -> Value | None:
    """Return the member that the nearest round around *task* is about."""
    around: Task | None = task
    while around is not None:
        if "member" in around.internal_data:
            member: Value = around.internal_data["member"]
            return member
        around = around.parent
    return None
