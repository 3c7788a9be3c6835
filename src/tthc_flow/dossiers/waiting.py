"""From a case that has moved to what it waits for: tasks of people, jobs of the engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.dossiers.heard import after_the_first
from tthc_flow.dossiers.timers import again, timer_due
from tthc_flow.engine.instance import For, Waiting
from tthc_flow.engine.values import encode
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.flow import Event, Gateway, Trigger
from tthc_flow.model.step import Step, TaskType
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store.instances import as_text
from tthc_flow.store.rows import Changes, JobRow, TaskRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tthc_flow.calendars.stops import Stop
    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.dossiers.turn import Turn
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow, Node


@frozen(kw_only=True)
class Rules:
    """What decides how a case is waited for; *seals*: tasks do not say what rounds are about."""

    deadlines: Deadlines | None
    functions: Collection[str]
    seals: bool = False


def function_of(node: Node, functions: Collection[str]) -> str | None:
    """Return the registered function that does *node*: the one it names, or that of its id."""
    if not isinstance(node, Step):
        return None
    return node.function or (node.id if node.id in functions else None)


def jobs_after(
    turn: Turn, rules: Rules, waiting: tuple[Waiting, ...]
) -> tuple[Changes[JobRow], dict[tuple[int, str], JobRow]]:
    """Return how the jobs of the dossier change, and all of them afterwards."""
    before = turn.held.jobs
    armed = turn.held.run.armed if turn.deployed.listens else ()
    wanted = [(each.token, each.node) for each in armed]
    moved = turn.deployed is not turn.held.deployed
    works = [
        (w.token, w.node)
        for w in waiting
        if w.what is For.WORK and (moved or not _is_task(turn, w))
    ]
    after: dict[tuple[int, str], JobRow] = {}
    new, changed = list[JobRow](), list[tuple[JobRow, JobRow]]()
    for key in (*wanted, *works):
        if key in after:
            continue
        old = before.get(key)
        row = _job(turn, rules, key, old, moved=moved)
        if row is None:
            continue
        after[key] = row
        if old is None or (moved and old.kind != row.kind):
            new.append(row)
        elif row is not old:
            changed.append((old, row))
    kept = {
        key: turn.jobs.get(key, row)
        for key, row in before.items()
        if row.kind in BESIDE and key not in turn.fired
    }
    changed += [(before[key], row) for key, row in kept.items() if row != before[key]]
    gone = tuple(
        row
        for key, row in before.items()
        if key not in kept and (key not in after or (moved and after[key].kind != row.kind))
    )
    return Changes(gone=gone, new=tuple(new), changed=tuple(changed)), {**kept, **after}


def _job(
    turn: Turn, rules: Rules, key: tuple[int, str], old: JobRow | None, *, moved: bool
) -> JobRow | None:
    """Return the job of *key* as it is after the turn."""
    if moved:
        return _of_version(turn, rules, key)
    row = _new_job(turn, rules, key) if old is None else old
    if row is not None and key in turn.fired:
        row = _fired(turn, row)
    return row if row is None else turn.jobs.get(key, row)


def _of_version(turn: Turn, rules: Rules, key: tuple[int, str]) -> JobRow | None:
    """Return the job of *key* as the version has it that the dossier has come to.

    What the job was there before keeps how far it is; a timer keeps its time, and what was called
    is waited for.
    """
    former, node = turn.jobs.get(key), turn.deployed.flow.by_id[key[1]]
    is_timer = isinstance(node, Event) and node.trigger is Trigger.TIMER
    if former is not None and former.kind == "timer" and is_timer:
        return former
    row = _new_job(turn, rules, key)
    if row is not None and former is not None:
        if (former.kind, row.kind) == ("called", "call"):
            return former
        if former.kind == row.kind:
            return evolve(former, name=row.name)
    if row is not None and turn.held.row.status == "suspended":
        return evolve(row, status="held")
    return row


def _is_task(turn: Turn, waiting: Waiting) -> bool:
    """Return whether it was somebody's task before and no job: it stays what it is."""
    row = turn.held.tasks.get(waiting.token)
    key = (waiting.token, waiting.node)
    return row is not None and row.node == waiting.node and key not in turn.held.jobs


BESIDE: Final = frozenset({"broadcast", "cancel"})
"""Jobs that belong to no token of the case: they go on while it is suspended."""


def _new_job(turn: Turn, rules: Rules, key: tuple[int, str]) -> JobRow | None:
    token, name = key
    node = turn.deployed.flow.by_id[name]
    now = turn.at
    made = JobRow(instance=turn.held.row.id, token=token, node=name, kind="")
    function = function_of(node, rules.functions)
    match node:
        case Step() if function is not None and not _is_caught(turn, key):
            return evolve(made, kind="function", name=function, due_at=now)
        case Step(task=TaskType.CALL) if node.calls is not None:
            return evolve(made, kind="call", name=node.calls, due_at=now)
        case Step(task=TaskType.RECEIVE):
            return evolve(made, kind="message", name=node.name or name)
        case Event(trigger=Trigger.MESSAGE):
            return evolve(made, kind="message", name=node.reference or node.name or name)
        case Event(trigger=Trigger.SIGNAL):
            return evolve(made, kind="signal", name=node.reference or node.name or name)
        case Event(trigger=Trigger.TIMER):
            due = timer_due(node, turn.now, turn.held.run.data, rules.deadlines)
            if due is None:
                return None
            more = as_text({"more": due.more}) if due.more else None
            return evolve(made, kind="timer", due_at=text_of(due.at), payload=more)
        case _:
            return None


def _is_caught(turn: Turn, key: tuple[int, str]) -> bool:
    """Return whether *key* is behind an event-based gateway: it comes from outside."""
    return any((each.token, each.node) == key for each in turn.held.run.armed)


def _fired(turn: Turn, row: JobRow) -> JobRow:
    """Return *row*, which has come and still listens: a cycle's next time, the next signal.

    A cycle goes on from when it was due, however late it came: a time that it missed comes too.
    """
    settled = evolve(row, status="due", since=None, tries=0, error=None)
    if row.kind != "timer":
        rest = after_the_first(row)
        return evolve(settled, due_at=turn.at if rest else None, payload=rest)
    node = turn.deployed.flow.by_id[row.node]
    more = 0 if row.payload is None else _more(row.payload)
    planned = row.since or row.due_at
    came = turn.now if planned is None else min(moment_of(planned), turn.now)
    due = again(node, came, more) if isinstance(node, Event) else None
    if due is None:
        return evolve(settled, status="done", due_at=None, payload=None)
    payload = as_text({"more": due.more}) if due.more else None
    return evolve(settled, due_at=text_of(due.at), payload=payload)


def _more(payload: str) -> int:
    return int(json.loads(payload)["more"])


def tasks_after(
    turn: Turn,
    rules: Rules,
    waiting: tuple[Waiting, ...],
    jobs: dict[tuple[int, str], JobRow],
    *,
    anew: bool,
) -> tuple[Changes[TaskRow], dict[int, TaskRow]]:
    """Return how the tasks of the dossier change, and all of them afterwards.

    *anew*: the clock has changed, so every due date is counted anew.
    """
    before, after = turn.held.tasks, dict[int, TaskRow]()
    new, changed = list[TaskRow](), list[tuple[TaskRow, TaskRow]]()
    for each in waiting:
        if _does_itself(jobs.get((each.token, each.node))):
            continue
        old = before.get(each.token)
        same = old is not None and (old.node, old.what) == (each.node, each.what.value)
        if old is None or not same or turn.deployed is not turn.held.deployed:
            row = _new_task(turn, rules, each, old)
        else:
            row = turn.tasks.get(each.token, old)
            row = _counted(turn, rules, row) if anew else row
        after[each.token] = row
        if old is None:
            new.append(row)
        elif row is not old and row != old:
            changed.append((old, row))
    gone = tuple(row for token, row in before.items() if token not in after)
    return Changes(gone=gone, new=tuple(new), changed=tuple(changed)), after


def _does_itself(job: JobRow | None) -> bool:
    return job is not None and job.kind in {"function", "call", "called", "timer"}


def _new_task(turn: Turn, rules: Rules, waiting: Waiting, old: TaskRow | None) -> TaskRow:
    """Return the task of *waiting*; one that was there in another version stays whose it was."""
    flow = turn.deployed.flow
    node = flow.by_id[waiting.node]
    performer = _performer(flow, node)
    candidates = node.candidates if isinstance(node, Step) else ()
    member = None if rules.seals else waiting.member
    row = TaskRow(
        instance=turn.held.row.id,
        token=waiting.token,
        node=waiting.node,
        what=waiting.what.value,
        name=" ".join(node.name.split()),
        office=None if performer is None else performer.office,
        role=None if performer is None or performer.role is None else performer.role.value,
        candidates="\n" + "\n".join(candidates) + "\n" if candidates else None,
        member=None if member is None else as_text(encode(member)),
        created_at=turn.at,
    )
    if old is not None and old.what == row.what:
        row = evolve(
            row,
            created_at=old.created_at,
            assignee=old.assignee,
            owner=old.owner,
            due_at=old.due_at,
            near_at=old.near_at,
            told=old.told,
        )
    return row if rules.deadlines is None else _counted(turn, rules, row)


def _performer(flow: Flow, node: Node) -> Performer | None:
    """Return who is to do *node*; a decision in no lane is for whoever does the step before it."""
    found = performer_of(flow, node)
    if found is not None or not isinstance(node, Gateway):
        return found
    before, gateways = set(), [node.id]
    for gateway in gateways:
        for edge in flow.incoming[gateway]:
            source = flow.by_id[edge.source]
            if not isinstance(source, Gateway):
                before.add(performer_of(flow, source))
            elif source.id not in gateways:
                gateways.append(source.id)
    return before.pop() if len(before) == 1 else None


def _counted(turn: Turn, rules: Rules, row: TaskRow) -> TaskRow:
    """Return *row* with its due date by the clock as it is now; of a new one it is told anew."""
    node, since = turn.deployed.flow.by_id[row.node], moment_of(row.created_at)
    if rules.deadlines is None:
        return row
    due_at = rules.deadlines.due(node, since, _stops_of(turn, node))
    near_at = rules.deadlines.nearly(since, due_at)
    told = row.told if _text(due_at) == row.due_at else 0
    return evolve(row, due_at=_text(due_at), near_at=_text(near_at), told=told)


def _stops_of(turn: Turn, node: Node) -> tuple[Stop, ...]:
    """Return the stops that hold *node* up: not those for the sake of the step itself, nor after.

    Who is to supplement has a time of their own, and the inspection after the result has too.
    """
    own = isinstance(node, Step) and node.pauses_clock
    return () if own or node.scope in turn.deployed.outside else turn.clock.listed


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else text_of(moment)
