"""The heads of chains: the last event of each dossier, to be kept outside of the database.

Who can write the whole database can take a dossier away with all its events, cut its chain and its
row alike, or write another chain of right hashes. The chain does not show that; heads that somebody
else keeps, or has signed, do. They are read out, so that no step waits for another: one chain over
all dossiers would make each step wait for the one before.

Source: Haber & Stornetta, How to time-stamp a digital document (1991): a hash kept by others.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from attrs import asdict, frozen
from sqlalchemy import bindparam, select

from tthc_flow.store.audit import Break
from tthc_flow.store.prepared import Prepared
from tthc_flow.store.schema import events, forgotten, instances

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@frozen(kw_only=True)
class Head:
    """The last event of a dossier: its number and its hash; *ended*: no other will come."""

    dossier: str
    key: str
    business_key: str
    step_no: int
    hash: str
    ended: bool


@frozen(kw_only=True)
class Heads:
    """The heads of all dossiers at one moment, in the order of their ids."""

    at: datetime
    dossiers: tuple[Head, ...]

    @property
    def digest(self) -> str:
        """Return the hash of all of it: what is printed and signed.

        Example:
            >>> from datetime import datetime
            >>> len(Heads(at=datetime(2026, 3, 2), dossiers=()).digest)
            64
        """
        found = hashlib.sha256(self.at.isoformat().encode())
        for each in self.dossiers:
            found.update(b"\n" + _ENCODER.encode(list(asdict(each).values())).encode())
        return found.hexdigest()


_ends: Final = select(
    instances.c.id.label("dossier"),
    instances.c.key,
    instances.c.business_key,
    instances.c.step_no,
    instances.c.last_hash.label("hash"),
    instances.c.ended_at.is_not(None).label("ended"),
).order_by(instances.c.id)
_there: Final = Prepared(select(instances.c.step_no).where(instances.c.id == bindparam("which")))
_hash_there: Final = Prepared(
    select(events.c.hash).where(
        events.c.instance == bindparam("which"), events.c.step_no == bindparam("number")
    )
)
_forgotten: Final = Prepared(select(forgotten).where(forgotten.c.instance == bindparam("which")))


def heads_at(connection: Connection, at: datetime) -> Heads:
    """Return the heads of all dossiers, which are read *at* that moment."""
    rows = connection.execute(_ends).mappings()
    found = tuple(Head(**{**row, "ended": bool(row["ended"])}) for row in rows)
    return Heads(at=at, dossiers=tuple(sorted(found, key=lambda each: each.dossier)))


def breaks_since(connection: Connection, heads: Collection[Head]) -> Iterator[Break]:
    """Yield the dossiers of *heads* that are gone, or whose chain does not go on from its head.

    One that was forgotten in order has left a line that bears its names, and the hash of its head
    where that was its end.
    """
    for head in heads:
        why = _lost(connection, head)
        if why is not None:
            yield Break(instance=head.dossier, step_no=head.step_no, why=why)


def _lost(connection: Connection, head: Head) -> str | None:
    which = {"which": head.dossier}
    there = _there.rows(connection, which)
    if not there:
        return None if _is_left_of(head, _forgotten.rows(connection, which)) else "gone"
    if there[0]["step_no"] < head.step_no:
        return "rewound"
    rows = _hash_there.rows(connection, {**which, "number": head.step_no})
    return None if [row["hash"] for row in rows] == [head.hash] else "rewritten"


def _is_left_of(head: Head, rows: list[dict[str, Any]]) -> bool:
    """Return whether *rows* is the line that a forgotten dossier leaves."""
    return any(
        (row["key"], row["business_key"]) == (head.key, head.business_key)
        and (not head.ended or row["last_hash"] == head.hash)
        for row in rows
    )
