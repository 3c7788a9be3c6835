"""The figures of one side, or of before and after, as rows of text for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COUNTS: Final = (
    ("steps", "steps"),
    ("automatic", "automatic"),
    ("after-grant", "after_grant"),
    ("hand-offs", "hand_offs"),
    ("performers", "performers"),
    ("levels-crossed", "levels_crossed"),
    ("signatures", "signatures"),
    ("stamps", "stamps"),
    ("consultations", "consultations"),
    ("visits", "applicant_visits"),
    ("documents", "documents"),
)
_RESTS_ON: Final = {
    **dict.fromkeys(("signatures", "stamps", "consultations"), "unclassified"),
    **dict.fromkeys(("hand_offs", "performers", "levels_crossed"), "without_performer"),
}
"""Counts that are a lower bound where some step does not say what is done, or who does it."""
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NEVER_CUT: Final = frozenset({"automatic", "after_grant"})
"""More automatic steps, or more of them after the grant, is no loss: no cut is printed."""


def norm_time(side: Mapping[str, Any], lang: str) -> str:
    """Return the norm time in days; "at least" where some step has no time.

    Example:
        >>> norm_time({"norm_time": {"minutes": 480, "complete": False}}, "vi")
        'ít nhất 1 ngày làm việc'
    """
    found = side["norm_time"]
    printed = amounts.days(found["minutes"], lang)
    if found["complete"] or found["minutes"] is None:
        return printed
    return _at_least(found["minutes"], lang)


def _least(side: Mapping[str, Any], lang: str) -> str:
    """Return the workload; "at least" where some step has no time."""
    minutes = side["workload"]["minutes"]
    printed = amounts.days(minutes, lang)
    gap = not side["workload"]["complete"] and minutes is not None
    return _at_least(minutes, lang) if gap else printed


def _at_least(minutes: float, lang: str) -> str:
    """Return a lower bound; "at least nothing" says no more than unknown."""
    if not minutes:
        return text("unknown", lang)
    return text("at-least", lang, value=amounts.days(minutes, lang))


def _count(side: Mapping[str, Any], key: str, lang: str) -> str:
    """Return a count; "at least" where steps are not understood, unknown where that says nothing.

    Example:
        >>> _count({"signatures": 2, "unclassified": ["a"]}, "signatures", "vi")
        'ít nhất 2'
    """
    printed = amounts.count(side[key], lang)
    if not _bound(side, key):
        return printed
    return text("at-least", lang, value=printed) if side[key] else text("unknown", lang)


def _bound(side: Mapping[str, Any], key: str) -> bool:
    return key in _RESTS_ON and bool(side[_RESTS_ON[key]])


def _stated(side: Mapping[str, Any], lang: str) -> str:
    stated = side["stated_total"]
    agreement = text(f"agreement-{stated['agreement']}", lang)
    if stated["minutes"] is None:
        return agreement
    return f"{amounts.days(stated['minutes'], lang)} ({agreement})"


def evidence(side: Mapping[str, Any], lang: str) -> str:
    """Return how many steps' times rest on which kind of evidence.

    Example:
        >>> evidence({"time_evidence": {"legal_limit": ["a", "b"], "estimate": ["c"]}}, "vi")
        '2 theo quy định, 1 ước tính'
    """
    parts = [
        f"{len(steps)} {text(f'evidence-{kind}', lang)}"
        for kind, steps in side["time_evidence"].items()
        if steps
    ]
    return ", ".join(parts) or text("unknown", lang)


def source_words(source: Mapping[str, Any] | None, lang: str) -> str:
    """Return a source as it is cited: document, date, place in it.

    Example:
        >>> source_words({"document": "QĐ 1", "place": "mục 2", "date": "2025-11-21"}, "vi")
        'QĐ 1, ngày 21/11/2025, mục 2'
    """
    if source is None:
        return text("no-source", lang)
    date = source["date"]
    if date and (written := _DATE.fullmatch(date)):
        date = f"{written[3]}/{written[2]}/{written[1]}"
    dated = date and date not in source["document"]
    parts = (source["document"], text("dated", lang, date=date) if dated else "", source["place"])
    return ", ".join(part for part in parts if part)


def convention(side: Mapping[str, Any], lang: str) -> str:
    """Return the time convention in words."""
    return text(f"convention-{side['convention']}", lang)


def input_words(name: str, lang: str) -> str:
    """Return what an input of the cost formula is called.

    Example:
        >>> input_words("hours:Điền đơn", "vi")
        'giờ công (Điền đơn)'
    """
    head, _, of = name.partition(":")
    return f"{text(f'input-{head}', lang)} ({of})" if of else text(f"input-{head}", lang)


def convention_line(side: Mapping[str, Any], lang: str) -> str:
    """Return the sentence that names the time convention under a table."""
    return text("convention-line", lang, words=convention(side, lang))


def others_line(record: Mapping[str, Any], lang: str) -> str:
    """Return the sentence that names the processes left out; empty where there are none.

    Example:
        >>> others_line({"other_processes": [{"process": "Q", "name": "Thu phí"}]}, "vi")
        'Tệp còn quy trình khác không được tính ở đây: “Thu phí” (Q); chọn bằng --process.'
    """
    names = [
        f"“{each['name']}” ({each['process']})" if each["name"] else each["process"]
        for each in record["other_processes"]
    ]
    return text("other-processes", lang, names=", ".join(names)) if names else ""


def cost_rows(costs: Iterable[Mapping[str, Any]], lang: str) -> tuple[tuple[str, str], ...]:
    """Return the yearly compliance cost by each method, or what is missing for it."""
    return tuple((_method(each, lang), _yearly(each, lang)) for each in costs)


def _method(cost: Mapping[str, Any], lang: str) -> str:
    method = text(f"method-{cost['method']}", lang)
    return f"{text('cost', lang)}: {method}"


def _yearly(cost: Mapping[str, Any], lang: str) -> str:
    if not cost["missing"]:
        return amounts.money(cost["yearly"], lang)
    lacking = "; ".join(input_words(name, lang) for name in cost["missing"])
    return text("cost-missing", lang, names=lacking)


def measure_rows(side: Mapping[str, Any], lang: str) -> tuple[tuple[str, str], ...]:
    """Return every measure of one side with its name, in the order of the report.

    Args:
        side: The measures as ``tthc-flow measure --json`` prints them.
        lang: ``vi`` or ``en``.
    """
    shares = side["handling_share"]
    named = (
        ("norm-time", norm_time(side, lang)),
        ("stated-total", _stated(side, lang)),
        ("workload", _least(side, lang)),
        *((name, _count(side, key, lang)) for name, key in _COUNTS),
        ("handling-steps", amounts.share(shares["steps"], lang)),
        ("handling-time", amounts.share(shares["time"], lang)),
        ("unknown-times", amounts.count(len(side["unknown_times"]), lang)),
        ("times-by-evidence", evidence(side, lang)),
        ("convention", convention(side, lang)),
    )
    return tuple((text(name, lang), value) for name, value in named)


def before_after_rows(plan: Mapping[str, Any], lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the figures of before and after, and what was cut, for a table.

    Args:
        plan: ``before``, ``after`` and ``cut`` as ``compare`` and ``propose`` print them.
        lang: ``vi`` or ``en``.
    """
    one, two = plan["before"], plan["after"]
    time_cut = plan["cut"]["time"]
    rows = [
        (
            text("norm-time", lang),
            norm_time(one, lang),
            norm_time(two, lang),
            amounts.cut_words(time_cut, lang),
        ),
        (text("workload", lang), _least(one, lang), _least(two, lang), _work_cut(one, two, lang)),
        (
            text("by-hand", lang),
            *_pair(one["steps"] - one["automatic"], two["steps"] - two["automatic"], lang),
        ),
    ]
    for name, key in _COUNTS[1:]:
        known = not _bound(one, key) and not _bound(two, key) and key not in _NEVER_CUT
        cut = amounts.cut(one[key], two[key], lang) if known else "–"
        rows.append((text(name, lang), _count(one, key, lang), _count(two, key, lang), cut))
    unknown = _pair(len(one["unknown_times"]), len(two["unknown_times"]), lang)
    rows.append((text("unknown-times", lang), *unknown[:2], "–"))
    rows.append((text("times-by-evidence", lang), evidence(one, lang), evidence(two, lang), "–"))
    return tuple(rows)


def _pair(before: int | None, after: int | None, lang: str) -> tuple[str, str, str]:
    return (
        amounts.count(before, lang),
        amounts.count(after, lang),
        amounts.cut(before, after, lang),
    )


def _work_cut(one: Mapping[str, Any], two: Mapping[str, Any], lang: str) -> str:
    """Return the cut in work; unknown where a step has no time on either side."""
    if not one["workload"]["complete"] or not two["workload"]["complete"]:
        return text("unknown", lang)
    return amounts.cut(one["workload"]["minutes"], two["workload"]["minutes"], lang)
