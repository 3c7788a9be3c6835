"""The record of a dossier's numbers as rows for people."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.texts import text
from tthc_flow.units import MINUTES_OF_HOUR, MINUTES_OF_WORKING_DAY
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACES: Final = 100
_UNITS: Final[dict[Fraction | int, str]] = {
    MINUTES_OF_WORKING_DAY: "working-days",
    MINUTES_OF_HOUR: "working-hours",
}
_FINEST: Final = 1e-4  # an error that two places of a percentage would print as none


def _say(code: str, lang: str, **values: str) -> str:
    return message(code, values, lang).text


def length(minutes: float | None, lang: str) -> str:
    """Return working minutes in the largest unit that they fill, with two places.

    Example:
        >>> length(720, "vi"), length(90, "vi"), length(12.5, "en")
        ('1,5 ngày làm việc', '1,5 giờ làm việc', '12.5 minutes')
    """
    if minutes is None:
        return text("unknown", lang)
    return _told(minutes, _unit(minutes), lang)


def length_beside(minutes: float, value: float, lang: str) -> str:
    """Return working minutes in the unit in which *value* is told beside them.

    What would be printed as nothing in that unit is told in its own.

    Example:
        >>> length_beside(96, 720, "vi"), length_beside(1, 720, "vi")
        ('0,2 ngày làm việc', '1 phút')
    """
    own = _told(minutes, _unit(value), lang)
    least = Fraction(_unit(value), 2 * _PLACES)
    return length(minutes, lang) if 0 < minutes <= least else own


def _unit(minutes: float) -> Fraction | int:
    """Return the minutes of the largest unit that *minutes* fill."""
    return next((each for each in _UNITS if minutes >= each), 1)


def _told(minutes: float, unit: Fraction | int, lang: str) -> str:
    value = _number(Fraction(minutes) / unit, lang)
    named = _say("expect-minutes", lang, value=value) if unit == 1 else None
    return amounts.of_one(named or text(_UNITS[unit], lang, value=value), lang)


def _number(value: Fraction, lang: str) -> str:
    return amounts.amount(Fraction(round(value * _PLACES), _PLACES), lang)


def time_rows(record: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Return the times, the work and the cost of a record as rows for people."""
    norm, alone, effort = record["times"]["norm"], record["times"]["alone"], record["effort"]
    by_norm = length(norm["minutes"], lang)
    if norm["minutes"] is not None and not norm["complete"]:
        by_norm = text("at-least", lang, value=by_norm)
    rows = [(_say("expect-norm", lang), by_norm)]
    unknown = _say("expect-not-known", lang)
    if alone is None:
        rows.append((_say("expect-mean", lang), unknown))
    else:
        told = ("mean", "p50", "p90", "p99")
        rows += [(_say(f"expect-{key}", lang), length(alone[key], lang)) for key in told]
        limit = alone["limit"]
        name = _say("expect-late", lang, limit=length(limit, lang))
        late = _say("expect-no-limit", lang) if limit is None else _share(alone["late"], lang)
        error = _say("expect-at-most", lang, value=_share(max(alone["error"], _FINEST), lang))
        rows += [(name, late), (_say("expect-error", lang), error)]
    rows.append((_say("expect-queues", lang), _say("expect-not-here", lang)))
    worked = None if effort is None else effort["minutes"]
    rows.append((_say("expect-work", lang), unknown if worked is None else length(worked, lang)))
    for row in [] if effort is None else effort["rows"]:
        who = row["performer"] or _say("expect-nobody", lang)
        own = length(row["minutes"], lang)
        if row["missing"]:  # at least nothing says no more than unknown
            own = text("at-least", lang, value=own) if row["minutes"] else text("unknown", lang)
        rows.append((f"  – {who}", own))
    if effort is not None and effort["applicant"]:
        rows.append((_say("expect-applicant", lang), length(effort["applicant"], lang)))
    if effort is not None and effort["third_party"]:
        rows.append((_say("expect-third-party", lang), length(effort["third_party"], lang)))
    if effort is not None and effort["cost"] is not None:
        rows.append((_say("expect-cost", lang), amounts.money(effort["cost"], lang)))
    return rows


def _share(value: float, lang: str) -> str:
    return f"{_number(Fraction(value) * 100, lang)} %"


def step_rows(record: Mapping[str, Any], lang: str) -> list[tuple[str, ...]]:
    """Return what takes time: how often, how long each time, and where that is taken from."""
    rows: list[tuple[str, ...]] = [
        tuple(_say(f"expect-{each}", lang) for each in ("steps", "often", "each", "rests-on"))
    ]
    for each in record["elements"]:
        stands = each["waits"] and not each["on_clock"]
        if each["minutes"] is None and not (each["automatic"] or stands):
            continue
        rests = [_say(f"expect-basis-{each['basis']}", lang)] if each["basis"] else []
        rests += [_say("expect-off-clock", lang)] if not each["on_clock"] else []
        rests += [_say("expect-automatic", lang)] if each["automatic"] else []
        often = (
            text("unknown", lang) if each["done"] is None else _number(Fraction(each["done"]), lang)
        )
        name = record["names"].get(each["element"], each["element"])
        rows.append((name, often, length(each["minutes"], lang), "; ".join(rests)))
    return rows
