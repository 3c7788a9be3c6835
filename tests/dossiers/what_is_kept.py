"""All that a database keeps of its dossiers, in a form in which two databases can be compared."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select

from tthc_flow.store import schema
from tthc_flow.store.audit import Break, first_break
from tthc_flow.store.rows import JobRow, Letter, TaskRow

TABLES: Final = (
    *(schema.forgotten, schema.moved, schema.letters, schema.events, schema.jobs, schema.tasks),
    *(schema.instances, schema.migrations),
)
_HASHES: Final = {"hash", "previous", "last_hash"}
_HASHED: Final = ("state", "tasks", "jobs", "letters")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+]+")


def kept(connection: Connection, *, moments: bool = True) -> dict[str, list[Any]]:
    """Return the rows of all tables; made-up ids are told by what they stand for.

    Hashes are left out: the chain of events, which has to hold, is over them.
    """
    rows = {table.name: _rows_of(connection, table) for table in TABLES}
    assert broken(rows) == []
    names = {row["id"]: row["business_key"] for row in rows["tthc_instances"]}
    names |= {row["instance"]: row["business_key"] for row in rows["tthc_forgotten"]}
    names |= {row["id"]: "migration" for row in rows.pop("tthc_migrations")}
    asked = select(schema.definitions.c.key, schema.definitions.c.version)
    rows["tthc_definitions"] = [dict(row) for row in connection.execute(asked).mappings()]
    found = {}
    for table, here in rows.items():
        text = json.dumps([_without_hashes(row) for row in here], ensure_ascii=False)
        for made_up, name in names.items():
            text = text.replace(made_up, name)
        found[table] = sorted(json.loads(text if moments else _MOMENT.sub("", text)), key=str)
    return found


def broken(rows: dict[str, list[Any]]) -> list[Break]:
    """Return the first broken link of each dossier of *rows*."""
    events = sorted(rows["tthc_events"], key=lambda event: event["step_no"])
    open_tasks = [TaskRow(**row) for row in rows["tthc_tasks"]]
    jobs = [JobRow(**row) for row in rows["tthc_jobs"]]
    letters = sorted((Letter(**row) for row in rows["tthc_letters"]), key=_in_line)
    found = [
        first_break(
            row,
            [each for each in events if each["instance"] == row["id"]],
            [each for each in open_tasks if each.instance == row["id"]],
            [each for each in jobs if each.instance == row["id"]],
            [each for each in letters if each.instance == row["id"]],
        )
        for row in rows["tthc_instances"]
    ]
    return [each for each in found if each is not None]


def _in_line(letter: Letter) -> tuple[int, str]:
    return len(letter.key), letter.key


def _rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def _without_hashes(row: dict[str, Any]) -> dict[str, Any]:
    row = {name: value for name, value in row.items() if name not in _HASHES}
    if row.get("payload") is not None:
        row["payload"] = {**json.loads(row["payload"]), **dict.fromkeys(_HASHED)}
    return row


def wipe(connection: Connection, *processes: str) -> None:
    """Take all dossiers away, and the definitions of *processes*."""
    for table in TABLES:
        connection.execute(delete(table))
    which = schema.definitions.c.key.in_(processes)
    connection.execute(delete(schema.definitions).where(which))
