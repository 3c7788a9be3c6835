"""What changed about a procedure as a whole: its limit, its dossier, its cost sheet.

Source: domain rule of this project: every change that staff submit has its sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.wording import time_words
from tthc_flow.words.numbers import number, percent
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import ApplicantWork, PostCheck, Procedure, TotalTime
    from tthc_flow.model.source import Quantity


def procedure_changes(before: Procedure, after: Procedure) -> Iterator[Change]:
    """Yield the changes that no element of the flow carries."""
    if before.total_time != after.total_time:
        was, now = total_words(before.total_time), total_words(after.total_time)
        code = "change-total" if _is_declared(after.total_time) else "change-total-open"
        yield _told(ChangeKind.RETIMED, code, before.name, was, now)
    yield from _documents(before, after)
    yield from _work(before, after)
    if before.post_check != after.post_check:
        yield _post_check(before.post_check, after.post_check)


def _told(
    kind: ChangeKind,
    code: str,
    name: str,
    before: str | None,
    after: str | None,
    fact: str = "",
) -> Change:
    values = (("name", name), ("before", before or ""), ("after", after or ""), ("fact", fact))
    return Change(kind=kind, code=code, name=name, before=before, after=after, values=values)


def _is_declared(total: TotalTime) -> bool:
    return total.duration is not None or bool(total.alternatives) or total.none_prescribed


def total_words(total: TotalTime) -> str:
    """Return a declared total as a table prints it, each case with its own.

    Example:
        >>> from tthc_flow.model.procedure import TotalTime
        >>> from tthc_flow.units import Duration
        >>> total_words(TotalTime(duration=Duration(amount=3, unit="working_day")))
        '3 ngày làm việc'

    Source: number style of published tables.
    """
    if total.none_prescribed:
        return "không quy định"
    if total.alternatives:
        told = (
            f"{case}: {time_words(each)}" if case else time_words(each)
            for case, each in total.alternatives
        )
        return "; ".join(told)
    return time_words(total.duration)


def _documents(before: Procedure, after: Procedure) -> Iterator[Change]:
    old = {key(each.name): each for each in before.documents or ()}
    new = {key(each.name): each for each in after.documents or ()}
    for mark, document in old.items():
        if mark not in new:
            yield _told(
                ChangeKind.REMOVED, "change-document-removed", document.name, document.name, None
            )
    for mark, document in new.items():
        if mark not in old:
            yield _told(
                ChangeKind.ADDED, "change-document-added", document.name, None, document.name
            )
            continue
        was, now = old[mark].known_in or "", document.known_in or ""
        if was != now:
            yield _told(
                ChangeKind.RESTATED, "change-document-known", document.name, was, now or "không có"
            )


def _work(before: Procedure, after: Procedure) -> Iterator[Change]:
    old = {(each.item, key(each.name)): each for each in before.work}
    new = {(each.item, key(each.name)): each for each in after.work}
    for mark, row in old.items():
        if mark not in new:
            yield _told(ChangeKind.REMOVED, "change-cost-removed", row.name, _cost(row), None)
    for mark, row in new.items():
        if mark not in old:
            yield _told(ChangeKind.ADDED, "change-cost-added", row.name, None, _cost(row))
        elif _cost(old[mark]) != _cost(row):
            yield _told(
                ChangeKind.RECOSTED, "change-recosted", row.name, _cost(old[mark]), _cost(row)
            )


def _cost(row: ApplicantWork) -> str:
    """Return the amounts of a row of the cost sheet in words."""
    parts = [
        f"{label}{_amount(quantity)}{unit}"
        for label, quantity, unit in (
            ("", row.hours, " giờ"),
            ("thuê dịch vụ ", row.service, " đồng"),
            ("chi phí khác ", row.other, " đồng"),
        )
        if quantity is not None
    ]
    return ", ".join(parts) or "chưa rõ"


def _amount(quantity: Quantity) -> str:
    return number(quantity.value)


def _post_check(before: PostCheck | None, after: PostCheck | None) -> Change:
    was, now = _sample(before), _sample(after)
    if before is None:
        return _told(ChangeKind.ADDED, "change-post-check-added", "", None, now)
    if after is None:
        return _told(ChangeKind.REMOVED, "change-post-check-removed", "", was, None)
    return _told(ChangeKind.RECOSTED, "change-post-check", "", was, now)


def _sample(check: PostCheck | None) -> str:
    if check is None:
        return "không có"
    return f"kiểm tra {percent(check.share.value)} số hồ sơ, {_amount(check.hours)} giờ một lần"
