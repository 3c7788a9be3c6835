"""Writing what is open in a dossier, its tasks and jobs: only the rows and columns that change.

Where one task goes as another comes, as from one step to the next, the one becomes the other: what
both share (often the office, the role) is not written again, nor are the indexes of it.
"""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, bindparam, delete, insert, update

from tthc_flow.store.prepared import Prepared
from tthc_flow.store.rows import Changes, JobRow, TaskRow, as_values, differing
from tthc_flow.store.schema import jobs, tasks

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEY: Final = "at_"
_TO: Final = "to_"


def write_tasks(connection: Connection, changes: Changes[TaskRow]) -> None:
    """Write how the tasks of a dossier change."""
    for old, new in (*changes.changed, *zip_longest(changes.gone, changes.new)):
        if new is None:
            _gone(tasks).run_all(connection, [_key(tasks, old)])
        elif old is None:
            _new(tasks).run_all(connection, [as_values(new)])
        else:
            _become(connection, tasks, old, differing(old, new))


def write_jobs(connection: Connection, changes: Changes[JobRow]) -> None:
    """Write how the jobs of a dossier change: of a row only what differs.

    What only stands still or goes on keeps the rest of its row, which whoever took it, or a signal,
    may have written meanwhile; who changes more has read it in the same transaction.
    """
    _gone(jobs).run_all(connection, [_key(jobs, each) for each in changes.gone])
    _new(jobs).run_all(connection, [as_values(each) for each in changes.new])
    for old, new in changes.changed:
        _become(connection, jobs, old, differing(old, new))


def _become(
    connection: Connection, table: Table, old: TaskRow | JobRow, values: dict[str, Any]
) -> None:
    if values:
        named = {f"{_TO}{name}": value for name, value in values.items()}
        _becoming(table, tuple(values)).run_all(connection, [_key(table, old) | named])


def _key(table: Table, row: TaskRow | JobRow) -> dict[str, Any]:
    return {f"{_KEY}{column.name}": getattr(row, column.name) for column in table.primary_key}


@cache
def _new(table: Table) -> Prepared:
    return Prepared(insert(table), [column.name for column in table.columns])


@cache
def _gone(table: Table) -> Prepared:
    return Prepared(delete(table).where(*_which(table)))


@cache
def _becoming(table: Table, names: tuple[str, ...]) -> Prepared:
    values: dict[str, Any] = {name: bindparam(f"{_TO}{name}") for name in names}
    return Prepared(update(table).where(*_which(table)).values(values))


def _which(table: Table) -> tuple[Any, ...]:
    return tuple(column == bindparam(f"{_KEY}{column.name}") for column in table.primary_key)
