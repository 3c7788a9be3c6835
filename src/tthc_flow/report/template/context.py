"""What a Word template can name: the records themselves, and their figures in printed words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.procedure import CostMethod
from tthc_flow.report import amounts, figures
from tthc_flow.report.outcome import change_lines, gained, title_of
from tthc_flow.report.plain_text import legal
from tthc_flow.report.texts import text
from tthc_flow.report.totals import of_totals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tthc_flow.report.word.reviewed import Reviewed

_SIDES: Final = ("before", "after")


def context(
    reviewed: Sequence[Reviewed], picture: Callable[[str], object], lang: str
) -> dict[str, Any]:
    """Return the names of a template.

    ``procedures`` holds each procedure: its record as ``tthc-flow propose --json`` prints it, and
    beside that ``told`` (figures in words), ``applied`` and ``open`` (proposals), ``steps``
    (``before`` and ``after``, in the order of work) and ``diagrams``. The names of the first
    procedure also stand by themselves. ``totals``, ``draft`` and ``convention`` are of all.

    Args:
        reviewed: Records with their diagrams, at least one.
        picture: Makes what is put where a template names a diagram.
        lang: ``vi`` or ``en``.
    """
    every = [_procedure(each, picture, lang) for each in reviewed]
    records = [each.record for each in reviewed]
    side = records[0]["plan"]["before"]
    return {
        **every[0],
        "procedures": every,
        "totals": _legal(of_totals(records)),
        "draft": text("draft", lang),
        "convention": figures.convention(side, lang),
    }


def _procedure(one: Reviewed, picture: Callable[[str], object], lang: str) -> dict[str, Any]:
    record, plan = one.record, one.record["plan"]
    drawn = {"before": one.before, "after": one.after}
    made: dict[str, Any] = _legal(
        {
            **record,
            "told": _told(record, lang),
            "changes": [each.strip(" -") for each in _changes(record, lang)],
            "applied": _proposals(record, "applied", lang),
            "open": _proposals(record, "unknown", lang),
            "steps": {side: _steps(plan, side) for side in _SIDES},
        }
    )
    diagrams = {side: picture(svg) if svg else "" for side, svg in drawn.items()}
    return {**made, "diagrams": diagrams}


def _changes(record: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    return change_lines({**record["plan"], "labels": record["labels"]}, lang)


def _told(record: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the figures of a procedure in words; what is not known is said to be unknown."""
    plan = record["plan"]
    cut = plan["cut"]
    told = {
        "name": record["procedure"]["name"] or record["procedure"]["process"],
        "code": record["procedure"]["code"] or "",
        "time_saved": amounts.days(cut["minutes"], lang),
        "time_cut": amounts.cut_words(cut["time"], lang),
        "source": figures.source_words(record["procedure"]["source"], lang),
    }
    for side in _SIDES:
        found = plan[side]
        told[f"time_{side}"] = figures.norm_time(found, lang)
        told[f"steps_{side}"] = amounts.count(found["steps"], lang)
        told[f"hand_offs_{side}"] = amounts.count(found["hand_offs"], lang)
    for method, key in ((CostMethod.TT02_2017, "cost"), (CostMethod.PROCESSING_TIME, "time_cost")):
        told |= _costs(plan, method, key, lang)
    return told


def _costs(plan: Mapping[str, Any], method: CostMethod, key: str, lang: str) -> dict[str, str]:
    found = {
        side: next(each["yearly"] for each in plan["costs"][side] if each["method"] == method)
        for side in _SIDES
    }
    gain = next(each for each in plan["benefits"] if each["method"] == method)
    return {
        **{f"{key}_{side}": amounts.money(value, lang) for side, value in found.items()},
        f"{key}_saved": amounts.money(gain["saved"], lang),
        f"{key}_cut": amounts.cut_words(gain["rate"], lang),
    }


def _proposals(record: Mapping[str, Any], kind: str, lang: str) -> list[dict[str, Any]]:
    wanted = [
        each
        for each in record["candidates"]
        if (each["applied"] if kind == "applied" else each["verdict"] == kind)
    ]
    return [
        {
            "id": each["id"],
            "title": title_of(each, record["labels"]),
            "authority": text(f"authority-{each['authority']}", lang),
            "instrument": each["instrument"] or "",
            "saves": "" if each["effect"] is None else gained(each["effect"], "time", lang),
            "evidence": [fact["text"] for fact in each["evidence"]],
            "questions": [asked["question"] for asked in each["preconditions"]
                          if asked["question"] and asked["verdict"] == "unknown"],
        }
        for each in wanted
    ]  # fmt: skip


def _steps(plan: Mapping[str, Any], side: str) -> list[dict[str, Any]]:
    known = {each["id"]: each for each in plan["steps"][side]}
    ordered = sorted(plan["workflow"][side], key=lambda row: int(row["position"]))
    return [
        {
            **known[row["step"]],
            "position": row["position"],
            "number": known[row["step"]]["number"] or str(row["position"]),
            "performer": known[row["step"]]["performer"] or "",
            "result": known[row["step"]]["result"] or "",
            "changed": bool(row["changed"]),
        }
        for row in ordered
    ]


def _legal(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return JSON with only characters that a Word file can hold."""
    match value:
        case str():
            return legal(value)
        case dict():
            return {key: _legal(each) for key, each in value.items()}
        case list() | tuple():
            return [_legal(each) for each in value]
        case _:
            return value
