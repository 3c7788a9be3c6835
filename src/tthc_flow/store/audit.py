"""The chain of events of a dossier: each carries the hash of the one before it.

Who changes, drops or inserts an event breaks the chain at that place; who cuts events off the end
leaves a dossier whose step number and last hash are ahead of its chain. The first event names the
dossier and its procedure, and each the status, the due date and the hash of the state that it
left, so a dossier that was changed beside its chain differs from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from tthc_flow.store.rows import InstanceRow

BEGIN: Final = "0" * 64
"""What stands before the first event."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NAMES: Final = ("key", "business_key", "definition")
_LINKED: Final = ("step_no", "at", "actor", "on_behalf_of", "kind", "node", "payload", "previous")


@frozen(kw_only=True)
class Break:
    """The first link of a dossier's chain that does not hold, and why.

    *why* is ``missing``, ``unlinked``, ``changed`` or ``cut off`` for an event, and ``differs``
    for a dossier that is not what its events say.
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


def names_of(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the first event says of its *dossier*: whose it is and by which procedure."""
    return {name: dossier[name] for name in _NAMES}


def came_to(dossier: InstanceRow) -> dict[str, str | None]:
    """Return what an event says of what it came to: the status, the times, the state's hash."""
    return {
        "status": dossier.status,
        "due_at": dossier.due_at,
        "clock": dossier.clock,
        "state": hashlib.sha256(dossier.state.encode()).hexdigest(),
    }


def first_break(dossier: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> Break | None:
    """Return where the chain of *dossier* breaks, or ``None``; linear.

    Args:
        dossier: Its row.
        events: The rows of its events in the order of their step numbers.
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
        said |= json.loads(event["payload"])
        previous = event["hash"]
        number += 1
    if number != dossier["step_no"] + 1 or previous != dossier["last_hash"]:
        return Break(instance=dossier["id"], step_no=number, why="cut off")
    is_now = {"dossier": names_of(dossier), **came_to(InstanceRow.of(dossier))}
    if any(said.get(name) != value for name, value in is_now.items()):
        return Break(instance=dossier["id"], step_no=number - 1, why="differs")
    return None
