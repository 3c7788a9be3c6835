"""Writing a step of a dossier: all of it is kept or nothing, and none is kept twice."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen
from sqlalchemy import Connection, bindparam, insert, select, update

from tthc_flow.errors import StoreConflict
from tthc_flow.store.audit import BEGIN, came_to, hash_of, names_of
from tthc_flow.store.open_rows import write_jobs, write_tasks
from tthc_flow.store.prepared import Prepared
from tthc_flow.store.rows import Changes, InstanceRow, JobRow, Letter, TaskRow, as_values
from tthc_flow.store.schema import events, instances, jobs, letters, tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@frozen(kw_only=True)
class Step:
    """One step of a dossier: who did what when, and what came of it.

    *instance* is the dossier as it is after the step but for its number and hash, which are the
    store's to give. *sent* are the letters, as topic and payload.
    """

    at: str
    actor: str
    kind: str
    on_behalf_of: str | None = None
    node: str | None = None
    payload: Mapping[str, Any]
    instance: InstanceRow
    tasks: Changes[TaskRow]
    jobs: Changes[JobRow]
    hash_of_tasks: str
    sent: tuple[tuple[str, Mapping[str, Any]], ...] = ()


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_MOVING: Final = (
    *("definition", "step_no", "status", "state", "last_hash", "moved_at", "ended_at"),
    *("answered_at", "clock", "due_at", "near_at", "told"),
)
_EVENT: Final = (
    *("instance", "step_no", "at", "actor", "on_behalf_of", "kind", "node", "payload"),
    *("previous", "hash"),
)
_begun: Final = Prepared(insert(instances), [column.name for column in instances.columns])
_happened: Final = Prepared(insert(events), _EVENT)
_written: Final = Prepared(insert(letters), [column.name for column in letters.columns])
_held: Final = Prepared(select(instances).where(instances.c.id == bindparam("which")))
_known: Final = Prepared(
    select(instances).where(
        instances.c.key == bindparam("wanted"), instances.c.business_key == bindparam("code")
    )
)
_locked: Final = Prepared(
    select(instances).where(instances.c.id == bindparam("which")).with_for_update()
)
_last: Final = Prepared(
    select(events).where(
        events.c.instance == bindparam("which"), events.c.step_no == bindparam("number")
    )
)
_tasks: Final = Prepared(select(tasks).where(tasks.c.instance == bindparam("which")))
_jobs: Final = Prepared(select(jobs).where(jobs.c.instance == bindparam("which")))


def instance_of(connection: Connection, instance: str) -> InstanceRow | None:
    """Return a dossier."""
    rows = _held.rows(connection, {"which": instance})
    return InstanceRow.of(rows[0]) if rows else None


def locked_instance_of(connection: Connection, instance: str) -> InstanceRow | None:
    """Return a dossier, which nobody else changes until the end of the transaction."""
    rows = _locked.rows(connection, {"which": instance})
    return InstanceRow.of(rows[0]) if rows else None


def known_dossier(connection: Connection, key: str, business_key: str) -> InstanceRow | None:
    """Return the dossier that bears *business_key* in the procedure *key*."""
    rows = _known.rows(connection, {"wanted": key, "code": business_key})
    return InstanceRow.of(rows[0]) if rows else None


def instances_where(
    connection: Connection, *, due_before: str | None = None, **wanted: str | None
) -> list[InstanceRow]:
    """Return the dossiers with these values, the oldest first; *due_before*: those at work."""
    asked = select(instances).order_by(instances.c.started_at, instances.c.id)
    if due_before is not None:
        asked = asked.where(instances.c.due_at < due_before, instances.c.ended_at.is_(None))
    for name, value in wanted.items():
        if value is not None:
            asked = asked.where(instances.c[name] == value)
    return [InstanceRow.of(dict(row)) for row in connection.execute(asked).mappings()]


def tasks_at(connection: Connection, instance: str) -> dict[int, TaskRow]:
    """Return the tasks of a dossier by their tokens."""
    rows = _tasks.rows(connection, {"which": instance})
    return {row["token"]: TaskRow(**row) for row in rows}


def jobs_at(connection: Connection, instance: str) -> dict[tuple[int, str], JobRow]:
    """Return the jobs of a dossier by token and node."""
    rows = _jobs.rows(connection, {"which": instance})
    return {(row["token"], row["node"]): JobRow(**row) for row in rows}


def last_event(connection: Connection, row: InstanceRow) -> dict[str, Any]:
    """Return the last event of a dossier as it is kept; empty where it is gone."""
    rows = _last.rows(connection, {"which": row.id, "number": row.step_no})
    return rows[0] if rows else {}


def begin(connection: Connection, step: Step) -> InstanceRow:
    """Keep a new dossier and its first step, number 0; return it as it is now."""
    names = {"dossier": names_of(as_values(step.instance))}
    row, event = _linked(step, 0, BEGIN, names)
    _begun.run_all(connection, [as_values(row)])
    _keep(connection, step, row, event)
    return row


def go_on(connection: Connection, before: InstanceRow, step: Step) -> InstanceRow:
    """Keep the next step of the dossier *before*; return it as it is now.

    Raises:
        StoreConflict: TF703 where somebody else has made that step meanwhile.
    """
    number = before.step_no + 1
    elsewhere = before.definition != step.instance.definition
    names = {"dossier": names_of(as_values(step.instance))} if elsewhere else {}
    row, event = _linked(step, number, before.last_hash, names)
    differ = tuple(name for name in _MOVING if getattr(row, name) != getattr(before, name))
    values = {f"to_{name}": getattr(row, name) for name in differ}
    values |= {"which": before.id, "before": before.step_no, "linked": before.last_hash}
    if _moved(differ).changed(connection, values) != 1:
        raise StoreConflict("TF703", f"step {number} was made by somebody else", place=before.id)
    _keep(connection, step, row, event)
    return row


@cache
def _moved(names: tuple[str, ...]) -> Prepared:
    """Return the statement that sets *names* alone: an index of what stays is not written."""
    which = (
        instances.c.id == bindparam("which"),
        instances.c.step_no == bindparam("before"),
        instances.c.last_hash == bindparam("linked"),
    )
    values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
    return Prepared(update(instances).where(*which).values(values))


def _linked(
    step: Step, number: int, previous: str, more: Mapping[str, Any]
) -> tuple[InstanceRow, dict[str, Any]]:
    """Return the dossier after *step* and the event that says so."""
    said = {**step.payload, **more, **came_to(step.instance, step.hash_of_tasks)}
    event: dict[str, Any] = {
        "instance": step.instance.id,
        "step_no": number,
        "at": step.at,
        "actor": step.actor,
        "on_behalf_of": step.on_behalf_of,
        "kind": step.kind,
        "node": step.node,
        "payload": as_text(said),
        "previous": previous,
    }
    event["hash"] = hash_of(event, step.instance.id)
    return evolve(step.instance, step_no=number, last_hash=event["hash"]), event


def as_text(value: object) -> str:
    """Return *value* as JSON in the one form that is kept and hashed."""
    return _ENCODER.encode(value)


def _keep(connection: Connection, step: Step, row: InstanceRow, event: Mapping[str, Any]) -> None:
    """Write only what has changed."""
    _happened.run_all(connection, [event])
    write_tasks(connection, step.tasks)
    write_jobs(connection, step.jobs)
    _written.run_all(connection, [as_values(each) for each in _letters(step, row)])


def _letters(step: Step, row: InstanceRow) -> Iterable[Letter]:
    for position, (topic, payload) in enumerate(step.sent):
        yield Letter(
            key=f"{row.id}:{row.step_no}:{position}",
            instance=row.id,
            topic=topic,
            payload=as_text(payload),
            at=step.at,
            due_at=step.at,
        )
