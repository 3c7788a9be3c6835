"""The rows of a dossier as values: itself, its tasks, its jobs; and what has changed in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from attrs import fields, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen(kw_only=True)
class InstanceRow:
    """A dossier; moments are text in one form, so that they sort as they follow each other."""

    id: str
    key: str
    business_key: str
    definition: str
    step_no: int
    status: str
    state: str
    last_hash: str
    started_at: str
    moved_at: str | None = None
    ended_at: str | None = None
    answered_at: str | None = None
    clock: str | None = None
    due_at: str | None = None
    near_at: str | None = None
    told: int = 0
    parent: str | None = None
    parent_token: int | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the value of a row of the table."""
        return cls(**row)


@frozen(kw_only=True)
class TaskRow:
    """What somebody has to do for a dossier."""

    instance: str
    token: int
    node: str
    what: str
    name: str
    created_at: str
    office: str | None = None
    role: str | None = None
    assignee: str | None = None
    owner: str | None = None
    candidates: str | None = None
    member: str | None = None
    due_at: str | None = None
    near_at: str | None = None
    told: int = 0

    @property
    def key(self) -> int:
        """Return what tells it from the other tasks of its dossier."""
        return self.token


@frozen(kw_only=True)
class JobRow:
    """What the engine does for a dossier when it is due, or what the dossier listens for.

    *status* is ``due``, ``held`` (the dossier is suspended), ``done`` (it will not come again
    while its host is at work) or ``incident``; without *due_at* it comes from outside. While it is
    taken or put off, *due_at* says until when, and *since* when it was due at first.
    """

    instance: str
    token: int
    node: str
    kind: str
    name: str | None = None
    due_at: str | None = None
    since: str | None = None
    status: str = "due"
    tries: int = 0
    error: str | None = None
    payload: str | None = None

    @property
    def key(self) -> tuple[int, str]:
        """Return what tells it from the other jobs of its dossier."""
        return self.token, self.node


@frozen(kw_only=True)
class Letter:
    """What has to be told to the outside; *key* is the same however often it is told."""

    key: str
    instance: str
    topic: str
    payload: str
    at: str
    due_at: str | None
    tries: int = 0
    error: str | None = None


_R = TypeVar("_R", TaskRow, JobRow)


@frozen(kw_only=True)
class Changes(Generic[_R]):
    """How the tasks or jobs of a dossier change; *changed* as they were and as they are."""

    gone: tuple[_R, ...] = ()
    new: tuple[_R, ...] = ()
    changed: tuple[tuple[_R, _R], ...] = ()


_NAMES: Final = {
    kind: tuple(column.name for column in fields(kind))
    for kind in (InstanceRow, TaskRow, JobRow, Letter)
}


def as_values(row: InstanceRow | TaskRow | JobRow | Letter) -> dict[str, Any]:
    """Return *row* by its columns.

    Example:
        >>> job = JobRow(instance="i", token=1, node="n", kind="timer")
        >>> as_values(job)["kind"]
        'timer'
    """
    return {name: getattr(row, name) for name in _NAMES[type(row)]}


def differing(old: TaskRow | JobRow, new: TaskRow | JobRow) -> dict[str, Any]:
    """Return the columns of *new* that are not as in *old*.

    Example:
        >>> job = JobRow(instance="i", token=1, node="n", kind="timer")
        >>> differing(job, JobRow(instance="i", token=1, node="n", kind="timer", status="held"))
        {'status': 'held'}
    """
    return {
        name: value
        for name in _NAMES[type(new)]
        if (value := getattr(new, name)) != getattr(old, name)
    }
