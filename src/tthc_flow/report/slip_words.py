"""The words of a control slip: by their code, with dates as Vietnamese papers write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.moments import in_vietnam
from tthc_flow.report.plain_text import legal
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from datetime import date, datetime

BLANK: Final = "……"


def say(code: str, lang: str, /, **values: str) -> str:
    """Return the words of ``slip-<code>``, its places filled; every value on one line.

    Example:
        >>> say("gives", "vi", party="Sở Tư pháp")
        '1. Giao: Sở Tư pháp'

    Source: Thông tư 01/2018/TT-VPCP, Mẫu số 05.
    """
    shown = {name: " ".join(legal(value).split()) for name, value in values.items()}
    return message(f"slip-{code}", shown, lang).text


def date_parts(day: date | None) -> dict[str, str]:
    """Return day, month and year as papers write them, or blanks.

    Example:
        >>> from datetime import date
        >>> date_parts(date(2026, 3, 2))
        {'day': '02', 'month': '3', 'year': '2026'}

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: a zero before days under 10 and months 1 and 2.
    """
    if day is None:
        return dict.fromkeys(("day", "month", "year"), BLANK)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - January, February
    return {"day": f"{day.day:02}", "month": month, "year": str(day.year)}


def moment_words(moment: datetime | None, lang: str) -> str:
    """Return *moment* in full, or blanks to be filled in.

    Example:
        >>> from datetime import datetime
        >>> moment_words(datetime(2026, 3, 2, 8, 5), "vi").replace("\N{NO-BREAK SPACE}", " ")
        '08 giờ 05 phút, ngày 02 tháng 3 năm 2026'

    Source: Thông tư 01/2018/TT-VPCP, Mẫu số 05.
    """
    if moment is None:
        return say("moment", lang, hour=BLANK, minute=BLANK, **date_parts(None))
    here = in_vietnam(moment)
    return say("moment", lang, hour=f"{here:%H}", minute=f"{here:%M}", **date_parts(here))


def short_words(moment: datetime, lang: str) -> str:
    """Return *moment* as a note says it.

    Example:
        >>> from datetime import datetime
        >>> short_words(datetime(2026, 3, 2, 8, 5), "vi")
        '08:05 ngày 02/3/2026'
    """
    here = in_vietnam(moment)
    return say("short", lang, time=f"{here:%H:%M}", date="/".join(date_parts(here).values()))
