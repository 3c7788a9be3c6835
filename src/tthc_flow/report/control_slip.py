"""The processing control slip (phiếu kiểm soát quá trình giải quyết hồ sơ) of a dossier.

The slip records each passage of a dossier from one agency (or unit) to another: who gave it, who
received it, when, whether the receiver was early, on time or late, and what is to be noted. What
the events do not say stays blank, to be filled in by hand.

Source: Thông tư 01/2018/TT-VPCP, Mẫu số 05; in the list of forms of Thông tư 03/2025/TT-VPCP the
same slip is Mẫu số 06. Nghị định 30/2020/NĐ-CP, Phụ lục I for the two-column head.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, frozen

from tthc_flow.dossiers.log_row import Ended, Kind, LogRow
from tthc_flow.moments import in_vietnam
from tthc_flow.report.slip_notes import notes_by_moment, notes_of_row
from tthc_flow.report.slip_parties import Parties, is_of_agency
from tthc_flow.report.slip_words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_OVER: Final = frozenset({"completed", "failed", "cancelled", "withdrawn"})


@frozen(kw_only=True)
class SlipHead:
    """What the agency prints on its slips; what is empty stays blank, to be filled in by hand.

    Attributes:
        parent: The superior agency.
        agency: The agency or unit that keeps the slip.
        number: Number and sign.
        place: Where.
        date: When.
        handled_by: Who handles the dossier; else the offices that the diagram names.
        coordinating: Who is consulted; else the offices that the diagram names as consulted.
        form: The label of the form, e.g. "Mẫu số 05"; none is printed without it.
    """

    parent: str = ""
    agency: str = ""
    number: str = ""
    place: str = ""
    date: date | None = None
    handled_by: str = ""
    coordinating: str = ""
    form: str = ""


@frozen(kw_only=True)
class Passage:
    """One passage of the dossier; what is not known is empty or ``None``, to be filled in by hand.

    *given_by* and *received_by* are the persons whose names stand under the signatures.
    """

    giver: str = ""
    receiver: str = ""
    at: datetime | None = None
    given_by: str = ""
    received_by: str = ""
    result: str = ""
    notes: tuple[str, ...] = ()


@frozen(kw_only=True)
class Slip:
    """A slip as it is printed; *notes* are those that belong to no passage."""

    head: SlipHead
    code: str
    handled_by: str
    coordinating: str
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()
    lang: str = "vi"


def control_slip(
    rows: Iterable[LogRow],
    events: Sequence[Mapping[str, Any]],
    *,
    head: SlipHead | None = None,
    lang: str = "vi",
) -> Slip:
    """Return the control slip of one dossier.

    Agencies are told apart by their office; where the diagram names only one, by the role within
    it. The result is the receiver's: *early* where all its tasks ended on days before they were
    due, *late* where one ended after its due time (or is open after it), *on time* else; blank
    while a task is open or its due time is unknown. A decision has no time of its own: it is in
    time with the work before it, or not known to be. Steps of the applicant are no passage: they
    stand in the notes. A dossier that goes on gets a blank passage at the end.

    Args:
        rows: The rows of the dossier, as ``Engine.audit.log(dossier)`` yields them.
        events: Its events, as ``Engine.audit.history(dossier)`` returns them.
        head: What the agency prints on its slips.
        lang: ``vi``, or ``en`` for a copy to read.

    Example:
        >>> control_slip((), ()).passages
        (Passage(giver='', receiver='', at=None, given_by='', ... notes=()),)

    Source: see the module.
    """
    found, printed = list(rows), head or SlipHead()
    parties = Parties.of(found, events, lang)
    stays = _stays(found, parties)
    loose = _noted(stays, notes_by_moment(found, events, parties, lang))
    first = stays[0].notes if stays else loose
    first += [note for row in _before(stays, found) for note in notes_of_row(row, lang)]
    passages = [_passage(each, lang) for each in stays]
    if not passages or events[-1]["payload"]["status"] not in _OVER:
        passages.append(Passage())
    return Slip(
        head=printed,
        code=found[0].business_key if found else "",
        handled_by=printed.handled_by or "; ".join(parties.handling),
        coordinating=printed.coordinating or "; ".join(parties.consulted),
        passages=tuple(passages),
        notes=tuple(loose),
        lang=lang,
    )


@define(kw_only=True)
class _Stay:
    """A dossier in the hands of one party, from the passage by which it came there."""

    giver: str
    receiver: str
    at: datetime
    given_by: str
    rows: list[LogRow] = Factory(list)
    notes: list[str] = Factory(list)


def _stays(rows: list[LogRow], parties: Parties) -> list[_Stay]:
    """Return the passages in their order, each with the tasks of the receiver that followed."""
    stays: list[_Stay] = []
    for row in rows:
        came_from = parties.giver(row)
        if not is_of_agency(row) or row.created is None or came_from is None:
            continue
        giver, receiver = parties.name(came_from), parties.name(row)
        stay = _stay_of(stays, giver, receiver, row.created)
        if stay is None and giver != receiver:
            by = came_from.resource
            stay = _Stay(giver=giver, receiver=receiver, at=row.created, given_by=by)
            stays.append(stay)
        if stay is not None:
            stay.rows.append(row)
    return stays


def _before(stays: list[_Stay], rows: list[LogRow]) -> list[LogRow]:
    """Return the tasks of agencies that belong to no passage: they came before the first."""
    within = {row for stay in stays for row in stay.rows}
    return [row for row in rows if is_of_agency(row) and row not in within]


def _noted(stays: list[_Stay], notes: list[tuple[datetime, str]]) -> list[str]:
    """Put each note to the last passage before it, or the first of all; return the others."""
    if not stays:
        return [note for _, note in notes]
    begun = [stay.at for stay in stays]
    for at, note in notes:
        stays[max(bisect_right(begun, at) - 1, 0)].notes.append(note)
    return []


def _stay_of(stays: list[_Stay], giver: str, receiver: str, at: datetime) -> _Stay | None:
    """Return the stay that a task belongs to, if it begins none."""
    for stay in reversed(stays):
        if stay.receiver == receiver:
            same = giver == receiver or (stay.giver, stay.at) == (giver, at)
            return stay if same else None
    return None


def _passage(stay: _Stay, lang: str) -> Passage:
    notes = [note for row in stay.rows for note in notes_of_row(row, lang)]
    if any(row.complete is None for row in stay.rows):
        notes.append(say("at-work", lang))
    return Passage(
        giver=stay.giver,
        receiver=stay.receiver,
        at=stay.at,
        given_by=stay.given_by,
        received_by=stay.rows[0].resource,
        result=_result(stay.rows, lang),
        notes=(*stay.notes, *notes),
    )


def _result(rows: list[LogRow], lang: str) -> str:
    """Return how the receiver kept its times; empty where that is not known (yet)."""
    counted = [row for row in rows if row.ended is not Ended.WITHDRAWN]
    if any(row.late for row in counted):
        return say("late", lang)
    spare, due_at = list[bool | None](), None
    for row in counted:
        due_at = due_at if row.kind is Kind.CHOICE else row.due_at
        spare.append(_days_to_spare(row.complete, due_at))
    if not spare or None in spare:
        return ""
    return say("early" if all(spare) else "on-time", lang)


def _days_to_spare(ended: datetime | None, due_at: datetime | None) -> bool | None:
    """Return whether what *ended* in time did so on a day before; ``None`` where it did not."""
    if ended is None or due_at is None or ended > due_at:
        return None
    return in_vietnam(ended).date() < in_vietnam(due_at).date()
