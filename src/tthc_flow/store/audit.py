"""The chain of events of a dossier: each carries the hash of the one before it.

Who changes, drops or inserts an event breaks the chain at that place; who cuts events off the end
leaves a dossier whose step number and last hash are ahead of its chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

BEGIN: Final = "0" * 64
"""What stands before the first event."""

_LINKED: Final = ("step_no", "at", "actor", "on_behalf_of", "kind", "node", "payload", "previous")


@frozen(kw_only=True)
class Break:
    """The first link of a dossier's chain that does not hold, and why."""

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
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(
    instance: str, events: Iterable[Mapping[str, Any]], step_no: int, last_hash: str
) -> Break | None:
    """Return where the chain of *instance* breaks, or ``None``; linear.

    Args:
        instance: Its id.
        events: Its events in the order of their step numbers.
        step_no: The number of its last step, as the dossier itself says.
        last_hash: The hash of its last event, as the dossier itself says.
    """
    number, previous = 0, BEGIN
    for event in events:
        if event["step_no"] != number:
            return Break(instance=instance, step_no=number, why="missing")
        if event["previous"] != previous:
            return Break(instance=instance, step_no=number, why="unlinked")
        if hash_of(event, instance) != event["hash"]:
            return Break(instance=instance, step_no=number, why="changed")
        previous = event["hash"]
        number += 1
    if number != step_no + 1 or previous != last_hash:
        return Break(instance=instance, step_no=number, why="cut off")
    return None
