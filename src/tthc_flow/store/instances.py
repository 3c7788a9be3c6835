"""Reading and writing dossiers: one step is one event, and either all of it is kept or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Row, and_, delete, insert, select, tuple_, update

from tthc_flow.errors import StoreConflict
from tthc_flow.store.audit import BEGIN, Break, came_to, first_break, hash_of, names_of
from tthc_flow.store.schema import definitions, events, instances, tasks


@frozen(kw_only=True)
class Waiting:
    """What a dossier waits for, as it is kept."""

    token: int
    node: str
    what: str
    name: str
    office: str | None = None
    role: str | None = None
    due_at: str | None = None


@frozen(kw_only=True)
class Step:
    """One step of a dossier: who did what when, and what came of it."""

    at: str
    actor: str
    kind: str
    on_behalf_of: str | None = None
    node: str | None = None
    payload: Mapping[str, Any]
    state: Mapping[str, Any]
    status: str
    waiting: tuple[Waiting, ...]


def definition_of(connection: Connection, hash_: str) -> Row[Any] | None:
    """Return the row of a definition."""
    return connection.execute(select(definitions).where(definitions.c.hash == hash_)).first()


def newest_of(connection: Connection, key: str) -> Row[Any] | None:
    """Return the row of the newest definition of *key*."""
    asked = select(definitions).where(definitions.c.key == key)
    return connection.execute(asked.order_by(definitions.c.version.desc()).limit(1)).first()


def add_definition(connection: Connection, **values: Any) -> None:  # noqa: ANN401 - a row
    """Keep a definition."""
    connection.execute(insert(definitions).values(**values))


def instance_of(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the row of a dossier."""
    return connection.execute(select(instances).where(instances.c.id == instance)).first()


def locked_instance_of(connection: Connection, instance: str) -> Row[Any] | None:
    """Return the row of a dossier, which nobody else changes until the end of the transaction."""
    asked = select(instances).where(instances.c.id == instance)
    return connection.execute(asked.with_for_update()).first()


def known_dossier(connection: Connection, key: str, business_key: str) -> Row[Any] | None:
    """Return the row of the dossier that bears *business_key* in the procedure *key*."""
    same = and_(instances.c.key == key, instances.c.business_key == business_key)
    return connection.execute(select(instances).where(same)).first()


def begin(connection: Connection, step: Step, **values: Any) -> None:  # noqa: ANN401 - a row
    """Keep a new dossier and its first step, number 0."""
    payload = {"dossier": names_of(values)}
    event = _event(step, 0, BEGIN, values["id"], payload)
    row = {**values, "started_at": step.at, **_now(step, event)}
    connection.execute(insert(instances).values(**row))
    connection.execute(insert(events).values(instance=values["id"], **event))
    _keep_waiting(connection, values["id"], step, ())


def go_on(connection: Connection, row: Row[Any], step: Step, open_before: Iterable[int]) -> None:
    """Keep the next step of the dossier *row*.

    Raises:
        StoreConflict: TF703 where somebody else has made that step meanwhile.
    """
    number = row.step_no + 1
    event = _event(step, number, row.last_hash, row.id, {})
    changed = (
        update(instances)
        .where(instances.c.id == row.id, instances.c.step_no == row.step_no)
        .values(**_now(step, event))
    )
    if connection.execute(changed).rowcount != 1:
        raise StoreConflict("TF703", f"step {number} was made by somebody else", place=row.id)
    connection.execute(insert(events).values(instance=row.id, **event))
    _keep_waiting(connection, row.id, step, tuple(open_before))


def _now(step: Step, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a dossier is after *step*."""
    return {
        "step_no": event["step_no"],
        "status": step.status,
        "state": _text(step.state),
        "last_hash": event["hash"],
        "ended_at": None if step.status == "running" else step.at,
    }


def _event(
    step: Step, number: int, previous: str, instance: str, more: Mapping[str, Any]
) -> dict[str, Any]:
    payload = {**step.payload, **more, **came_to(_text(step.state), step.status)}
    event: dict[str, Any] = {
        "step_no": number,
        "at": step.at,
        "actor": step.actor,
        "on_behalf_of": step.on_behalf_of,
        "kind": step.kind,
        "node": step.node,
        "payload": _text(payload),
        "previous": previous,
    }
    return {**event, "hash": hash_of(event, instance)}


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _keep_waiting(
    connection: Connection, instance: str, step: Step, before: tuple[int, ...]
) -> None:
    """Write only what has changed: what is no longer waited for goes, what is new comes."""
    now = {each.token for each in step.waiting}
    gone = [token for token in before if token not in now]
    if gone:
        which = tuple_(tasks.c.instance, tasks.c.token).in_([(instance, each) for each in gone])
        connection.execute(delete(tasks).where(which))
    new = [each for each in step.waiting if each.token not in set(before)]
    if new:
        connection.execute(
            insert(tasks),
            [
                {
                    "instance": instance,
                    "token": each.token,
                    "node": each.node,
                    "what": each.what,
                    "name": each.name,
                    "office": each.office,
                    "role": each.role,
                    "created_at": step.at,
                    "due_at": each.due_at,
                }
                for each in new
            ],
        )


def tasks_of(connection: Connection, **wanted: str | None) -> list[Row[Any]]:
    """Return the open tasks with these values, the most pressing first; unknown due dates last."""
    asked = select(tasks, instances.c.business_key).join(instances)
    for name, value in wanted.items():
        if value is not None:
            asked = asked.where(tasks.c[name] == value)
    ordered = asked.order_by(
        tasks.c.due_at.is_(None), tasks.c.due_at, tasks.c.created_at, tasks.c.token
    )
    return list(connection.execute(ordered))


def task_of(connection: Connection, instance: str, token: int) -> Row[Any] | None:
    """Return the row of one open task."""
    which = and_(tasks.c.instance == instance, tasks.c.token == token)
    asked = select(tasks, instances.c.business_key).join(instances)
    return connection.execute(asked.where(which)).first()


def assign(connection: Connection, instance: str, token: int, assignee: str | None) -> None:
    """Write down whose task it is."""
    which = and_(tasks.c.instance == instance, tasks.c.token == token)
    connection.execute(update(tasks).where(which).values(assignee=assignee))


def events_of(connection: Connection, instance: str) -> list[dict[str, Any]]:
    """Return the events of a dossier in order."""
    asked = select(events).where(events.c.instance == instance).order_by(events.c.step_no)
    return [dict(row) for row in connection.execute(asked).mappings()]


def breaks(connection: Connection) -> list[Break]:
    """Return the first broken link of every dossier that has one."""
    found = []
    for row in connection.execute(select(instances).order_by(instances.c.id)).mappings():
        broken = first_break(dict(row), events_of(connection, row["id"]))
        found += [broken] if broken else []
    return found
