"""The sheet of sources: each document and place, and what in the workbook rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tthc_flow.report import figures
from tthc_flow.report.excel.cells import number, say, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.excel.sheet import Sheet

COLUMNS: Final = (("number", 6), ("document", 44), ("place", 30), ("dated", 14), ("used", 90))

Key: TypeAlias = tuple[str, str, str]

_NONE: Final = ("", "", "")


def sources(sheet: Sheet, records: Sequence[Mapping[str, Any]]) -> None:
    """Write each source once, in the order of its first use; figures without one come last.

    Source: domain rule of this project: every figure carries its source.
    """
    lang = sheet.lang
    sheet.say(say("sources-title", lang), say("draft", lang))
    sheet.head(COLUMNS, frozen=2)
    found: dict[Key, dict[str, None]] = {}
    for record in records:
        for source, use in _uses(record, lang):
            found.setdefault(_key(source), {})[use] = None
    without = found.pop(_NONE, {})
    for document, at, date in [key for key in found if key[2]]:
        found[document, at, date] |= found.pop((document, at, ""), {})  # the same, without its date
    for place, ((document, at, date), used) in enumerate(found.items(), start=1):
        cells = (words(document), words(at), words(_date(date)), words("; ".join(used)))
        sheet.put([number(place, "count"), *cells])
    if without:
        told = words(say("no-source", lang), strong=True)
        sheet.put([None, told, None, None, words("; ".join(without))])


def _key(source: Mapping[str, Any] | None) -> Key:
    if source is None:
        return _NONE
    return source["document"], source["place"] or "", source["date"] or ""


def _uses(record: Mapping[str, Any], lang: str) -> Iterator[tuple[Mapping[str, Any] | None, str]]:
    plan, name = record["plan"], record["procedure"]["name"]
    yield record["procedure"]["source"], say("used-procedure", lang, name=name)
    for side in ("before", "after"):
        for each in plan["steps"][side]:
            if each["minutes"] is not None and each["source"] is not None:
                yield each["source"], say("used-step", lang, name=each["name"])
        for cost in plan["costs"][side]:
            for each in cost["inputs"]:
                yield each["source"], f"{figures.input_words(each['name'], lang)} – {name}"
    for candidate in record["candidates"]:
        use = say("used-proposal", lang, name=candidate["title"])
        facts = (*candidate["evidence"], *candidate["preconditions"])
        yield from ((each["source"], use) for each in facts if each["source"] is not None)
        for each in candidate["preconditions"]:
            if (rule := each["rule"]) is not None:
                yield {"document": rule["document"], "place": rule["clause"], "date": None}, use


def _date(written: str) -> str:
    """Return a date as it is written here.

    Example:
        >>> _date("2025-11-21"), _date("2025")
        ('21/11/2025', '2025')
    """
    parts = written.split("-")
    return "/".join(reversed(parts)) if len(parts) == len("dmy") else written
