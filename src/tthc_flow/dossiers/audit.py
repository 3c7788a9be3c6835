"""What has happened to dossiers, as it was kept, and whether the chain of it holds."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define

from tthc_flow.dossiers.arguments import may_be, must_be
from tthc_flow.dossiers.codec import opened
from tthc_flow.dossiers.deployed import MOST_OPEN
from tthc_flow.dossiers.event_log import rows_of
from tthc_flow.dossiers.kept import no_such_dossier
from tthc_flow.dossiers.read_task import Version
from tthc_flow.errors import StoreFault
from tthc_flow.moments import in_vietnam, text_of
from tthc_flow.store import history, instances, verifying
from tthc_flow.store.database import reading
from tthc_flow.store.definitions import definition_of
from tthc_flow.store.heads import Heads, breaks_since, heads_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.dossiers.log_row import LogRow
    from tthc_flow.dossiers.office import Office
    from tthc_flow.store.audit import Break
    from tthc_flow.store.database import Connection

AT_ONCE: Final = 500
"""So many ids of dossiers are asked for at once."""


@define
class Audit:
    """The events of dossiers: append-only, each with the hash of the one before it."""

    _office: Office
    _versions: dict[str, Version] = Factory(dict)

    def history(
        self, dossier: str, *, connection: Connection | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        """Return the events of *dossier* in order, their payload decoded and its data opened.

        An event says ``step_no``, ``at``, ``actor``, ``on_behalf_of``, ``kind``, ``node``, and in
        its ``payload`` the ``token`` at which it happened, the nodes ``passed``, the flows
        ``taken``, the events ``sent``, the ``data`` given, the tasks ``opened``, ``changed`` and
        ``closed``, the ``reason``, and what it came to: ``status``, ``due_at``, ``clock``, the
        hashes of the ``state``, the open ``tasks``, the ``letters`` sent, and by how much that of
        the ``jobs`` has changed.

        Raises:
            StoreFault: TF706 where there is no such dossier, TF713 where data are sealed and
                there is no codec.
        """
        must_be(str, dossier=dossier)
        with reading(self._office.database, connection) as here:
            if instances.instance_of(here, dossier) is None:
                raise no_such_dossier(dossier)
            rows = history.events_of(here, dossier)
        return tuple({**row, "payload": self._payload(row["payload"])} for row in rows)

    def breaks(
        self,
        dossier: str | None = None,
        *,
        since: Heads | None = None,
        connection: Connection | None = None,
    ) -> tuple[Break, ...]:
        """Return the first broken link of *dossier*, or of every one that has one.

        The chain covers the dossier, its open tasks, its jobs as steps have set them, its letters
        but for their delivery, and its definition. Who can write the whole database can take a
        dossier away with its events, cut its end, or write it anew: *since*, heads that were kept
        elsewhere, shows that.

        Args:
            dossier: Only this one; else all that are kept.
            since: What :meth:`heads` has returned before: also those of its dossiers are told that
                are gone, rewound or written anew. What was forgotten in order is not.
            connection: Reads within the caller's own transaction.

        Raises:
            StoreFault: TF725 where *since* is something else, e.g. the text of a file.

        Example:
            >>> from tthc_flow.dossiers.engine import Engine
            >>> audit = Engine("sqlite://", now=lambda: datetime(2026, 3, 2)).audit
            >>> audit.breaks(since=audit.heads())
            ()
        """
        may_be(str, dossier=dossier)
        if not isinstance(since, Heads | None):
            fact = f"a value of type {type(since).__name__}"
            hint = "give what audit.heads() has returned, or heads_of() the text of a file"
            raise StoreFault("TF725", fact, place="since", hint=hint)
        with reading(self._office.database, connection) as here:
            found = {each.instance: each for each in verifying.breaks(here, dossier)}
            kept = () if since is None else since.dossiers
            asked = [each for each in kept if dossier in {None, each.dossier}]
            for each in breaks_since(here, asked):
                found.setdefault(each.instance, each)
        return tuple(found.values())

    def heads(self, *, connection: Connection | None = None) -> Heads:
        """Return the last event of every dossier, and a digest of all to print or to sign.

        Kept where nobody who can write the database can change it, it shows afterwards what the
        chains alone do not: see :meth:`breaks`. :func:`~tthc_flow.dossiers.heads.text_of_heads`
        makes a text of it.

        Example:
            >>> from tthc_flow.dossiers.engine import Engine
            >>> Engine("sqlite://", now=lambda: datetime(2026, 3, 2)).audit.heads().dossiers
            ()

        Source: see :mod:`tthc_flow.store.heads`.
        """
        with reading(self._office.database, connection) as here:
            return heads_at(here, in_vietnam(self._office.now()))

    def log(
        self,
        dossier: str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        connection: Connection | None = None,
    ) -> Iterator[LogRow]:
        """Yield the event log: a row for each task, and for each step the engine did by itself.

        One dossier is read at a time, each as it is at that moment, so that the log of any number
        of dossiers takes little memory and holds nobody up. They come in the order of their ids,
        the rows of one together, in the order in which its tasks came up.

        Args:
            dossier: Only this one; else all that are kept.
            since: Only rows that were open at that moment or came up after it.
            until: Only rows that came up before it.
            connection: Reads within the caller's own transaction.

        Raises:
            StoreFault: TF706 where there is no such dossier, TF710 where a definition is gone.

        Example:
            >>> from tthc_flow.dossiers.engine import Engine
            >>> list(Engine("sqlite://", now=lambda: datetime(2026, 3, 2)).audit.log())
            []

        Source: see :mod:`tthc_flow.dossiers.event_log`.
        """
        may_be(str, dossier=dossier)
        may_be(datetime, since=since, until=until)
        first = None if since is None else in_vietnam(since)
        last = None if until is None else in_vietnam(until)
        if dossier is None:
            wanted = self._between(first, last, connection)
        else:
            with reading(self._office.database, connection) as here:
                if instances.instance_of(here, dossier) is None:
                    raise no_such_dossier(dossier)
            wanted = iter((dossier,))
        return (
            row
            for each in wanted
            for row in self._rows(each, connection)
            if row.touches(first, last)
        )

    def _between(
        self, since: datetime | None, until: datetime | None, connection: Connection | None
    ) -> Iterator[str]:
        """Yield the dossiers of which something may lie in the period."""
        first = None if since is None else text_of(since)
        last = None if until is None else text_of(until)
        found = [""]
        while found:
            with reading(self._office.database, connection) as here:
                found = history.dossiers_after(here, found[-1], first, last, most=AT_ONCE)
            yield from found

    def _rows(self, dossier: str, connection: Connection | None) -> list[LogRow]:
        with reading(self._office.database, connection) as here:
            told = history.events_of(here, dossier)
            jobs = tuple(instances.jobs_at(here, dossier).values())
            events = ({**each, "payload": json.loads(each["payload"])} for each in told)
            version_of = partial(self._version, here)
            return list(rows_of(events, version_of, jobs=jobs, now=self._office.now()))

    def _version(self, here: Connection, hash_: str) -> Version:
        known = self._versions.get(hash_)
        if known is None:
            if len(self._versions) >= MOST_OPEN:
                self._versions.clear()
            row = definition_of(here, hash_)
            shelf = self._office.shelf
            deployed = shelf.get(hash_) or shelf.of_row(row)
            number = 0 if row is None else row.version
            known = self._versions[hash_] = Version(number=number, deployed=deployed)
        return known

    def _payload(self, text: str) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(text)
        return {**payload, "data": opened(payload.get("data", {}), self._office.codec)}
