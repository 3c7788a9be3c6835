"""Dossiers that have been kept long enough after their end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tthc_flow.dossiers.steps import in_transaction
from tthc_flow.moments import text_of
from tthc_flow.store import forgetting
from tthc_flow.store.database import reading

if TYPE_CHECKING:
    from tthc_flow.dossiers.office import Office


def forget_ended(office: Office, most: int) -> int:
    """Take up to *most* dossiers away whose time is over; return how many.

    Several programs may do so at once: each dossier is taken away, and counted, by one.
    """
    now = office.now()
    found: list[str] = []
    with reading(office.database) as here:
        for definition, days in sorted(forgetting.keeping_times(here).items()):
            before = text_of(now - timedelta(days=days))
            room = most - len(found)
            found += forgetting.to_be_forgotten(here, definition, before, room)
    return sum(_forgotten(office, each, text_of(now)) for each in found)


def _forgotten(office: Office, instance: str, at: str) -> bool:
    return in_transaction(office.database, lambda here: forgetting.forget(here, instance, at))
