"""Telling the outside what happened, after it was kept, and again until it was heard."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from attrs import define, frozen

from tthc_flow.dossiers.arguments import must_be_count
from tthc_flow.dossiers.steps import in_transaction
from tthc_flow.dossiers.texts import why_of
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store import letters
from tthc_flow.store.database import reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.dossiers.office import Office
    from tthc_flow.store import rows
    from tthc_flow.store.database import Connection

LEASE: Final = timedelta(minutes=5)
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)


@frozen(kw_only=True)
class Letter:
    """Something to be told to the outside. Who has seen *key* before has seen this letter.

    *topic* is ``message``, ``signal``, ``error``, ``escalation`` (events the diagram throws),
    ``near_due``, ``overdue``, ``extended``, ``incident`` or ``ended``; *payload* names the dossier
    and says the rest. *error* is why the last of *tries* failed.
    """

    key: str
    topic: str
    payload: Mapping[str, Any]
    at: datetime
    tries: int = 0
    error: str | None = None


@define
class Outbox:
    """The letters of all dossiers."""

    _office: Office

    def waiting(
        self, *, most: int = 1000, connection: Connection | None = None
    ) -> tuple[Letter, ...]:
        """Return the letters that were not delivered yet, oldest first."""
        must_be_count(most=most)
        with reading(self._office.database, connection) as here:
            return tuple(map(_letter, letters.letters_of(here, waiting=True, most=most)))

    def delivered(
        self, *, most: int = 1000, connection: Connection | None = None
    ) -> tuple[Letter, ...]:
        """Return the letters that were delivered, oldest first."""
        must_be_count(most=most)
        with reading(self._office.database, connection) as here:
            return tuple(map(_letter, letters.letters_of(here, waiting=False, most=most)))

    def deliver(self, send: Callable[[Letter], None], *, most: int = 100) -> int:
        """Give up to *most* letters that are due to *send*; return how many it took.

        It is called outside of any transaction. Where it raises, or its program is killed, the
        letter comes again with the same key: at least once, for the receiver to take once.
        """
        return sum(self.deliver_each(send, most=most))

    def deliver_each(self, send: Callable[[Letter], None], *, most: int = 100) -> Generator[bool]:
        """Deliver as :meth:`deliver`, one letter whenever the next is asked for.

        Yields whether each was taken. What was not tried when the iterator is closed is due again
        at once; what was not tried within its lease is left to others.
        """
        must_be_count(most=most)
        office = self._office
        now = office.now()
        until = text_of(now + LEASE)
        due = in_transaction(
            office.database, lambda here: letters.take_letters(here, text_of(now), until, most)
        )
        for number, row in enumerate(due):
            if office.now() >= now + LEASE:
                return
            try:
                yield self._sent(send, row)
            except GeneratorExit:
                self._given_back(due[number + 1 :])
                raise

    def _given_back(self, left: list[rows.Letter]) -> None:
        office = self._office
        now = text_of(office.now())
        in_transaction(office.database, lambda here: letters.give_back(here, left, now))

    def _sent(self, send: Callable[[Letter], None], row: rows.Letter) -> bool:
        try:
            send(_letter(row))
        except Exception as error:  # noqa: BLE001 - the caller's; it is kept with the letter
            self._again(row, why_of(error))
            return False
        in_transaction(self._office.database, lambda here: letters.was_delivered(here, row.key))
        return True

    def _again(self, row: rows.Letter, why: str) -> None:
        tries = row.tries + 1
        wait = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
        due_at = text_of(self._office.now() + wait)
        in_transaction(
            self._office.database,
            lambda here: letters.try_later(here, row, tries=tries, error=why, due_at=due_at),
        )


def _letter(row: rows.Letter) -> Letter:
    return Letter(
        key=row.key,
        topic=row.topic,
        payload=json.loads(row.payload),
        at=moment_of(row.at),
        tries=row.tries,
        error=row.error,
    )
