"""From a move that was made to the step that is kept, and the dossier as it is afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, frozen

from tthc_flow.dossiers.clock import LegalClock, clock_text
from tthc_flow.dossiers.codec import sealed
from tthc_flow.dossiers.deadlines import MOST_STOPS
from tthc_flow.dossiers.held import state_text
from tthc_flow.dossiers.waiting import Rules, jobs_after, tasks_after
from tthc_flow.engine.values import encode
from tthc_flow.model.flow import Event
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store.audit import hash_of_jobs, hash_of_letters, hash_of_tasks
from tthc_flow.store.instances import Step, as_text
from tthc_flow.store.rows import Changes, InstanceRow, JobRow, TaskRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.dossiers.codec import Codec
    from tthc_flow.dossiers.turn import Turn

_R = TypeVar("_R", TaskRow, JobRow)

OVER = frozenset({"completed", "failed", "cancelled", "withdrawn"})
OPEN = ("running", "suspended")


@frozen(kw_only=True)
class Kept:
    """The step to be written, and what will be open then."""

    step: Step
    tasks: dict[int, TaskRow]
    jobs: dict[tuple[int, str], JobRow]


def kept(turn: Turn, rules: Rules, codec: Codec | None) -> Kept:
    """Return what *turn* comes to."""
    run = turn.held.run
    status = turn.status or _status(turn)
    if status in OVER:
        clock = turn.clock.resumed(turn.now, by_step=True).resumed(turn.now, by_step=False)
        jobs = {key: job for key, job in turn.held.jobs.items() if job.kind == "broadcast"}
        tasks: dict[int, TaskRow] = {}
        over = tuple(job for key, job in turn.held.jobs.items() if key not in jobs)
        job_changes = Changes[JobRow](gone=over)
        task_changes = Changes[TaskRow](gone=tuple(turn.held.tasks.values()))
    else:
        waiting = run.waiting
        clock = turn.clock = _shortened(turn, rules, _by_steps(turn))
        anew = clock_text(clock) != turn.held.row.clock
        job_changes, jobs = jobs_after(turn, rules, waiting)
        task_changes, tasks = tasks_after(turn, rules, waiting, jobs, anew=anew)
    row = _row_after(turn, rules, status, clock, state_text(run, codec))
    sent = tuple(_letters(turn, row))
    step = Step(
        at=turn.at,
        actor=turn.move.by,
        on_behalf_of=turn.move.on_behalf_of,
        kind=turn.move.kind,
        node=turn.node or turn.move.node,
        payload=_said(turn, task_changes, codec) | _hashes(job_changes, sent),
        instance=row,
        tasks=task_changes,
        jobs=job_changes,
        hash_of_tasks=_hash_of_tasks(turn, task_changes),
        sent=sent,
    )
    return Kept(step=step, tasks=tasks, jobs=jobs)


def _hash_of_tasks(turn: Turn, changes: Changes[TaskRow]) -> str:
    return hash_of_tasks(_came(changes), _went(changes), turn.held.hash_of_tasks)


def _hashes(jobs: Changes[JobRow], sent: tuple[tuple[str, dict[str, Any]], ...]) -> dict[str, str]:
    """Return what the event says of the jobs that change and of the letters, if there are any."""
    said: dict[str, str] = {}
    if jobs.new or jobs.gone or jobs.changed:
        said["jobs"] = hash_of_jobs(_came(jobs), _went(jobs))
    if sent:
        said["letters"] = hash_of_letters((topic, as_text(payload)) for topic, payload in sent)
    return said


def _came(changes: Changes[_R]) -> Iterator[_R]:
    yield from changes.new
    for _, new in changes.changed:
        yield new


def _went(changes: Changes[_R]) -> Iterator[_R]:
    yield from changes.gone
    for old, _ in changes.changed:
        yield old


def _status(turn: Turn) -> str:
    run = turn.held.run
    if run.failed:
        return "failed"
    return "completed" if run.finished else turn.held.row.status


def _by_steps(turn: Turn) -> LegalClock:
    """Return the clock, stopped while a step waits that stops it, and going on after that."""
    if not turn.deployed.pausing and not turn.clock.stops:
        return turn.clock
    open_now = (each.node for each in turn.held.run.waiting)
    pausing = next((node for node in open_now if node in turn.deployed.pausing), None)
    stands = turn.clock.stands(by_step=True)
    if pausing is not None and not stands:
        reason = " ".join(turn.deployed.flow.by_id[pausing].name.split())
        return turn.clock.stopped(turn.now, reason, pausing)
    going_on = stands and pausing is None
    return turn.clock.resumed(turn.now, by_step=True) if going_on else turn.clock


def _shortened(turn: Turn, rules: Rules, clock: LegalClock) -> LegalClock:
    if rules.deadlines is None or len(clock.stops) <= MOST_STOPS:
        return clock
    oldest = min((task.created_at for task in turn.held.tasks.values()), default=turn.at)
    since = moment_of(turn.held.row.started_at)
    return rules.deadlines.shortened(since, clock, moment_of(oldest))


def _row_after(turn: Turn, rules: Rules, status: str, clock: LegalClock, state: str) -> InstanceRow:
    row = turn.held.row
    answered = row.answered_at
    if answered is None and (_is_answered(turn) or status in OVER):
        answered = turn.at if status in {"completed", "running", "suspended"} else None
    due_at = None if answered else _due(turn, rules, clock)
    near_at, told = row.near_at, row.told
    if due_at != row.due_at:
        near_at, told = _near(row, due_at, rules), 0
    return evolve(
        row,
        definition=turn.deployed.hash,
        status=status,
        state=state,
        moved_at=turn.at,
        ended_at=turn.at if status in OVER else None,
        answered_at=answered,
        clock=clock_text(clock),
        due_at=due_at,
        near_at=near_at,
        told=told if turn.told is None else turn.told,
    )


def _near(row: InstanceRow, due_at: str | None, rules: Rules) -> str | None:
    if due_at is None or rules.deadlines is None:
        return None
    found = rules.deadlines.nearly(moment_of(row.started_at), moment_of(due_at))
    return None if found is None else text_of(found)


def _due(turn: Turn, rules: Rules, clock: LegalClock) -> str | None:
    row = turn.held.row
    if clock_text(clock) == row.clock:
        return row.due_at
    if rules.deadlines is None:
        return None
    end = rules.deadlines.end(moment_of(row.started_at), clock)
    return None if end is None else text_of(end)


def _is_answered(turn: Turn) -> bool:
    """Return whether all that is still to be done comes after the result."""
    by_id, outside = turn.deployed.flow.by_id, turn.deployed.outside
    if not outside:
        return False
    waiting = turn.held.run.waiting
    return bool(waiting) and all(by_id[each.node].scope in outside for each in waiting)


def _said(turn: Turn, tasks: Changes[TaskRow], codec: Codec | None) -> dict[str, Any]:
    run, move = turn.held.run, turn.move
    data = {name: encode(value) for name, value in move.data.items()}
    said: dict[str, Any] = {
        "passed": list(run.history),
        "taken": list(run.taken),
        "sent": list(run.thrown),
        "data": sealed(data, codec),
        "opened": [_opened(each) for each in tasks.new],
        "closed": [each.token for each in tasks.gone],
    }
    changed = [_opened(new) for _, new in tasks.changed]
    if changed:
        said["changed"] = changed
    if move.reason is not None:
        said["reason"] = move.reason
    return {**said, **turn.said}


def _opened(row: TaskRow) -> dict[str, Any]:
    shown = {
        "token": row.token,
        "node": row.node,
        "what": row.what,
        "name": row.name,
        "office": row.office,
        "role": row.role,
        "assignee": row.assignee,
        "due_at": row.due_at,
    }
    return {name: value for name, value in shown.items() if value is not None}


def _letters(turn: Turn, row: InstanceRow) -> list[tuple[str, dict[str, Any]]]:
    """Return what the outside has to know: events thrown, what the move sends, the end."""
    names = {"dossier": row.id, "key": row.key, "business_key": row.business_key}
    letters: list[tuple[str, dict[str, Any]]] = []
    for each in turn.held.run.thrown:
        node = turn.deployed.flow.by_id[each]
        if isinstance(node, Event):
            name = node.reference or node.name or node.id
            letters.append((node.trigger.value, {**names, "node": each, "name": name}))
    letters += [(topic, {**names, **payload}) for topic, payload in turn.sent]
    if row.status in OVER:
        letters.append(("ended", {**names, "status": row.status}))
    return letters
