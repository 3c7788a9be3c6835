"""The chain of events of a dossier: each carries the hash of the one before it.

Who changes, drops or inserts an event breaks the chain at that place; who cuts events off the end
leaves a dossier whose step number and last hash are ahead of its chain. The first event names the
dossier and its procedure, and each says the status, the due date, the hash of the state and that
of the open tasks it left: a dossier, or a task of it, that was changed beside the chain differs.
An event also says by how much the hash of the jobs has changed, and the hash of the letters that it
sent: of both only what nobody changes afterwards.

The hash of several rows is the sum of the hashes of each, so that a step counts only what it
changes. The changes of the jobs add up to the jobs that are there: who goes on from a job that was
changed beside the chain does not mend it.
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

from tthc_flow.store.rows import InstanceRow, JobRow, Letter, TaskRow, as_values

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
    dossier or task that is not what its events say, ``jobs`` and ``letters`` where those are not,
    ``definition`` where the file it follows was changed. Against heads that were kept elsewhere it
    is ``gone`` for a dossier that is not there, ``rewound`` for one that ends before its head, and
    ``rewritten`` for one that has another event there.
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
    return _digest(list(as_values(row).values()))


def _digest(said: list[Any]) -> int:
    return int.from_bytes(hashlib.sha256(_ENCODER.encode(said).encode()).digest())


_PLANNED: Final = frozenset({"timer", "function", "call"})
"""Kinds of jobs that are due when their step has said."""

_ON_THEIR_WAY: Final = frozenset({"broadcast", "cancel"})
"""Kinds of jobs that are for other dossiers: they go without a step of the one that they are at."""


def hash_of_jobs(came: Iterable[JobRow], went: Iterable[JobRow] = ()) -> str:
    """Return by how much the jobs that *came*, and those that *went*, change the hash of all.

    It covers what a step sets: what has to be done where, whether it stands, and when it was due at
    first; not how often it was tried and when it is again, nor the signals that were given to it
    and are not heard yet, nor what is on its way to other dossiers.

    Example:
        >>> from attrs import evolve
        >>> due = JobRow(instance="i", token=1, node="t", kind="timer", due_at="08:00")
        >>> hash_of_jobs([due], [evolve(due, due_at="08:05", since="08:00", tries=1)])
        '0'
    """
    return f"{(_sum_of(came) - _sum_of(went)) % _MODULUS:x}"


def _sum_of(rows: Iterable[JobRow]) -> int:
    return sum(_digest(_set_by_steps(row)) for row in rows if row.kind not in _ON_THEIR_WAY)


def _set_by_steps(row: JobRow) -> list[Any]:
    planned = row.since or row.due_at if row.kind in _PLANNED else None
    payload = None if row.kind == "signal" else row.payload
    where = [row.instance, row.token, row.node]
    return [*where, row.kind, row.name, row.status, planned, payload]


def hash_of_letters(sent: Iterable[tuple[str, str]]) -> str:
    """Return the hash of the letters that a step has *sent*: the topic and payload of each.

    Example:
        >>> hash_of_letters([("ended", "{}")]) == hash_of_letters([("overdue", "{}")])
        False
    """
    return f"{_digest([*map(list, sent)]):x}"


def first_break(
    dossier: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]],
    tasks: Iterable[TaskRow],
    jobs: Iterable[JobRow] | None = None,
    letters: Iterable[Letter] | None = None,
) -> Break | None:
    """Return where the chain of *dossier* breaks, or ``None``; linear.

    Args:
        dossier: Its row.
        events: The rows of its events in the order of their step numbers.
        tasks: Its open tasks.
        jobs: Its jobs; not looked at where they are not given.
        letters: Its letters in the order in which they were sent; not looked at likewise.
    """
    number, previous, change_of_jobs = 0, BEGIN, 0
    said: dict[str, Any] = {}
    sent = None if letters is None else _by_step(letters)
    for event in events:
        why = _broken_link(event, dossier["id"], number, previous)
        if why is not None:
            return Break(instance=dossier["id"], step_no=number, why=why)
        payload = json.loads(event["payload"])
        letters_of_step = sent.pop(f"{dossier['id']}:{number}", []) if sent is not None else None
        if letters_of_step is not None and not _is_as_sent(event, payload, letters_of_step):
            return Break(instance=dossier["id"], step_no=number, why="letters")
        change_of_jobs += int(payload.get("jobs", "0"), 16)
        said |= {**payload, "at": event["at"]}
        previous = event["hash"]
        number += 1
    if number != dossier["step_no"] + 1 or previous != dossier["last_hash"]:
        return Break(instance=dossier["id"], step_no=number, why="cut off")
    why = None
    if differs(InstanceRow.of(dossier), said, hash_of_tasks(tasks)):
        why = "differs"
    elif jobs is not None and hash_of_jobs(jobs) != f"{change_of_jobs % _MODULUS:x}":
        why = "jobs"
    elif sent:
        why = "letters"
    return None if why is None else Break(instance=dossier["id"], step_no=number - 1, why=why)


def _broken_link(event: Mapping[str, Any], instance: str, number: int, previous: str) -> str | None:
    if event["step_no"] != number:
        return "missing"
    if event["previous"] != previous:
        return "unlinked"
    return "changed" if hash_of(event, instance) != event["hash"] else None


def _by_step(letters: Iterable[Letter]) -> dict[str, list[Letter]]:
    """Return *letters* by their keys but for the place in their step."""
    found: dict[str, list[Letter]] = {}
    for each in letters:
        found.setdefault(each.key.rpartition(":")[0], []).append(each)
    return found


def _is_as_sent(event: Mapping[str, Any], payload: Mapping[str, Any], there: list[Letter]) -> bool:
    """Return whether the letters of *event* are those that it says."""
    places = [each.key.rpartition(":")[2] for each in there]
    is_then = all(each.at == event["at"] for each in there)
    now = hash_of_letters((each.topic, each.payload) for each in there) if there else None
    return places == [*map(str, range(len(there)))] and is_then and now == payload.get("letters")


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
