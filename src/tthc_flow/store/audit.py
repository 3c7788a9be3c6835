"""The chain of events of a dossier: each carries the hash of the one before it.

Who changes, drops or inserts an event breaks the chain at that place; who cuts events off the end
leaves a dossier whose step number and last hash are ahead of its chain. The first event names the
dossier and its procedure, and each says the status, the due date, the hash of the state and that
of the open tasks it left: a dossier, or a task of it, that was changed beside the chain differs.

The hash of the tasks is the sum of the hashes of each, so that a step counts only what it changes.
Source: Bellare & Micciancio, A new paradigm for collision-free hashing: incrementality at reduced
cost (1997).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from tthc_flow.store.rows import InstanceRow, TaskRow, as_values

BEGIN: Final = "0" * 64
"""What stands before the first event."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NAMES: Final = ("key", "business_key", "definition", "started_at", "parent", "parent_token")
_MODULUS: Final = 2**256
_LINKED: Final = ("step_no", "at", "actor", "on_behalf_of", "kind", "node", "payload", "previous")


@frozen(kw_only=True)
class Break:
    """The first link of a dossier's chain that does not hold, and why.

    *why* is ``missing``, ``unlinked``, ``changed`` or ``cut off`` for an event, ``differs`` for a
    dossier or task that is not what its events say, ``definition`` where the file it follows was
    changed.
    """

    instance: str
    step_no: int
    why: str


def hash_of(event: Mapping[str, Any], instance: str) -> str:
    """Return the hash of an *event* of *instance*, over all it says and the hash before it.

    Example:
        >>> event = dict.fromkeys(("step_no", "at", "actor", "on_behalf_of", "kind", "node"), 1)
        >>> one = hash_of({**event, "payload": "{}", "previous": BEGIN}, "x")
        >>> one == hash_of({**event, "payload": "{}", "previous": BEGIN}, "y")
        False

    Source: Haber & Stornetta, How to time-stamp a digital document (1991): linking by hashes.
    """
    said = [instance, *(event[name] for name in _LINKED)]
    text = _ENCODER.encode(said)
    return hashlib.sha256(text.encode()).hexdigest()


def definition_hash(process: str, content: object) -> str:
    """Return the hash under which *process* of the BPMN *content* is kept; none of what is none."""
    if not isinstance(content, bytes):
        return ""
    return hashlib.sha256(process.encode() + b"\0" + content).hexdigest()


def names_of(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the first event says of its *dossier*: whose it is and by which procedure."""
    return {name: dossier[name] for name in _NAMES}


def came_to(dossier: InstanceRow, tasks: str) -> dict[str, str | None]:
    """Return what an event says of what it came to; *tasks* is the hash of the open ones."""
    return {
        "status": dossier.status,
        "answered_at": dossier.answered_at,
        "due_at": dossier.due_at,
        "clock": dossier.clock,
        "state": hashlib.sha256(dossier.state.encode()).hexdigest(),
        "tasks": tasks,
    }


def hash_of_tasks(rows: Iterable[TaskRow], gone: Iterable[TaskRow] = (), was: str = "") -> str:
    """Return the hash of *rows*, with those before of hash *was* but without those *gone*.

    Example:
        >>> one, two = (
        ...     TaskRow(instance="i", token=n, node="a", what="work", name="A", created_at="")
        ...     for n in (1, 2)
        ... )
        >>> hash_of_tasks([two], gone=[one], was=hash_of_tasks([one])) == hash_of_tasks([two])
        True
    """
    number = int(was or "0", 16) + sum(map(_number, rows)) - sum(map(_number, gone))
    return f"{number % _MODULUS:x}"


@lru_cache(maxsize=4096)
def _number(row: TaskRow) -> int:
    """Return the hash of *row*: the one that goes was counted when it came."""
    text = _ENCODER.encode(list(as_values(row).values()))
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


def first_break(
    dossier: Mapping[str, Any], events: Iterable[Mapping[str, Any]], tasks: Iterable[TaskRow]
) -> Break | None:
    """Return where the chain of *dossier* breaks, or ``None``; linear.

    Args:
        dossier: Its row.
        events: The rows of its events in the order of their step numbers.
        tasks: Its open tasks.
    """
    number, previous = 0, BEGIN
    said: dict[str, Any] = {}
    for event in events:
        if event["step_no"] != number:
            return Break(instance=dossier["id"], step_no=number, why="missing")
        if event["previous"] != previous:
            return Break(instance=dossier["id"], step_no=number, why="unlinked")
        if hash_of(event, dossier["id"]) != event["hash"]:
            return Break(instance=dossier["id"], step_no=number, why="changed")
        said |= {**json.loads(event["payload"]), "at": event["at"]}
        previous = event["hash"]
        number += 1
    if number != dossier["step_no"] + 1 or previous != dossier["last_hash"]:
        return Break(instance=dossier["id"], step_no=number, why="cut off")
    row = InstanceRow.of(dossier)
    if differs(row, said, hash_of_tasks(tasks)):
        return Break(instance=dossier["id"], step_no=number - 1, why="differs")
    return None


def differs(row: InstanceRow, said: Mapping[str, Any], tasks: str) -> bool:
    """Return whether *row*, with open tasks of the hash *tasks*, is not what its events *said*.

    Earlier programs said less; what was not said is not compared.
    """
    names = names_of(as_values(row))
    named = said.get("dossier", {})
    now = came_to(row, tasks)
    ended = row.ended_at == (said["at"] if row.status in _OVER else None)
    return (
        any(names[name] != value for name, value in named.items() if name in names)
        or any(said[name] != value for name, value in now.items() if name in said)
        or ("tasks" in said and not (ended and row.moved_at == said["at"]))
    )


_OVER: Final = frozenset({"completed", "failed", "cancelled", "withdrawn"})
