"""What is to be noted on a control slip: stops of the clock, extensions, deputies, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.dossiers.clock import stops_told
from tthc_flow.dossiers.log_row import Ended
from tthc_flow.moments import moment_of
from tthc_flow.report.slip_parties import is_of_agency, is_of_people
from tthc_flow.report.slip_words import say, short_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from tthc_flow.dossiers.clock import ClockStop
    from tthc_flow.dossiers.log_row import LogRow
    from tthc_flow.report.slip_parties import Parties


def notes_of_row(row: LogRow, lang: str) -> Iterator[str]:
    """Yield what is to be noted of one task: who did it on whose behalf."""
    if row.on_behalf_of and row.ended is Ended.COMPLETED:
        step = row.name or row.activity
        yield say("behalf", lang, person=row.resource, owner=row.on_behalf_of, step=step)


def notes_by_moment(
    rows: list[LogRow], events: Sequence[Mapping[str, Any]], parties: Parties, lang: str
) -> list[tuple[datetime, str]]:
    """Return what is to be noted of the dossier as a whole, each with when it began, in order."""
    stops = stops_told(events)
    told = {(stop.step, stop.since) for stop in stops}
    notes = [(stop.since, _stop(stop, lang)) for stop in stops]
    notes += [
        (row.created, _applicant(row, parties, lang))
        for row in rows
        if is_of_people(row) and not is_of_agency(row) and row.created is not None
        if (row.activity, row.created) not in told
    ]
    notes += _suspensions(events, lang)
    for event in events:
        at = moment_of(event["at"])
        notes += [(at, text) for text in _told(event, at, lang)]
    return sorted(notes, key=lambda note: note[0])


def _stop(stop: ClockStop, lang: str) -> str:
    since = short_words(stop.since, lang)
    if stop.until is None:
        return say("clock-stands", lang, since=since, reason=stop.reason)
    return say("clock", lang, since=since, until=short_words(stop.until, lang), reason=stop.reason)


def _applicant(row: LogRow, parties: Parties, lang: str) -> str:
    party, step = parties.name(row), row.name or row.activity
    party = party[:1].lower() + party[1:]
    since = "" if row.created is None else short_words(row.created, lang)
    if row.complete is None:
        return say("supplement-open", lang, party=party, step=step, since=since)
    until = short_words(row.complete, lang)
    return say("supplement", lang, party=party, step=step, since=since, until=until)


def _suspensions(events: Sequence[Mapping[str, Any]], lang: str) -> Iterator[tuple[datetime, str]]:
    begun: tuple[datetime, str] | None = None
    for event in events:
        at = moment_of(event["at"])
        if event["kind"] == "suspend":
            begun = at, event["payload"].get("reason", "")
        elif begun is not None and event["kind"] in {"resume", "cancel", "withdraw"}:
            since, reason = begun
            words = {"since": short_words(since, lang), "until": short_words(at, lang)}
            yield since, say("suspended", lang, reason=reason, **words)
            begun = None
    if begun is not None:
        since, reason = begun
        yield since, say("suspended-still", lang, since=short_words(since, lang), reason=reason)


def _told(event: Mapping[str, Any], at: datetime, lang: str) -> Iterator[str]:
    said, reason = event["payload"], event["payload"].get("reason", "")
    match event["kind"]:
        case "withdraw":
            yield say("withdrawn", lang, at=short_words(at, lang), reason=reason)
        case "cancel":
            yield say("cancelled", lang, at=short_words(at, lang), reason=reason)
        case "migrate" | "migrate_back":
            yield say("migrated", lang, at=short_words(at, lang))
        case "extend":
            yield from _extended(said["extended"], lang)


def _extended(said: Mapping[str, Any], lang: str) -> Iterator[str]:
    before, after = said["due_before"], said["due_after"]
    words = {
        name: short_words(moment_of(moment), lang)
        for name, moment in (("before", before), ("after", after))
        if moment is not None
    }
    yield say("extended", lang, reason=said["reason"], **words)
    if said["apology"] is not None:
        yield say("apology", lang, apology=said["apology"])
