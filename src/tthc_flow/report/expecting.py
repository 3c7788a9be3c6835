"""What a change is expected to save in the mean, apart from the norm, as a record and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report import amounts
from tthc_flow.report.record import Json, figure
from tthc_flow.report.texts import text
from tthc_flow.units import MINUTES_OF_HOUR

if TYPE_CHECKING:
    from tthc_flow.model.lever import Expected
    from tthc_flow.model.source import Quantity


def of_expected(expected: Expected | None, dossiers: Quantity | None, lang: str) -> Json | None:
    """Return what is expected of a change; ``None`` where its lever expects nothing so.

    Args:
        expected: As the lever worked it out.
        dossiers: How many there are a year, where that is known.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.model.lever import Expected
        >>> of_expected(Expected(work=30), None, "vi")["text"]
        'Dự kiến bình quân mỗi hồ sơ bớt 30 phút công, ngoài thời hạn.'
    """
    if expected is None:
        return None
    yearly = None
    if expected.work is not None and dossiers is not None:
        yearly = expected.work * dossiers.value
    return {
        "work_minutes": figure(expected.work),
        "by_norm": expected.by_norm,
        "yearly_minutes": figure(yearly),
        "levels": expected.levels,
        "text": " ".join(_sentences(expected, dossiers, lang)),
    }


def _sentences(expected: Expected, dossiers: Quantity | None, lang: str) -> list[str]:
    told = []
    if expected.levels:
        told.append(text("expected-levels", lang, count=expected.levels))
    if expected.work is None:
        told.append(text("expected-unknown", lang))
    elif expected.work:
        told.append(text("expected-work", lang, minutes=amounts.amount(expected.work, lang)))
        if dossiers is not None:
            hours = amounts.amount(expected.work * dossiers.value / MINUTES_OF_HOUR, lang)
            count = amounts.amount(dossiers.value, lang)
            told.append(text("expected-yearly", lang, hours=hours, dossiers=count))
        if expected.by_norm:
            told.append(text("expected-by-norm", lang))
    return told
