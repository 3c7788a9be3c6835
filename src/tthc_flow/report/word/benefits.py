"""1.3 of a block of the annex: what is saved in cost, in time and otherwise; never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts, figures
from tthc_flow.report.outcome import estimates, named
from tthc_flow.report.texts import text
from tthc_flow.report.word.blocks import Line, Look
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.reviewed import applied, stages
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_FIRST: Final = 3  # rows of the figures: two times, and a count that the record does not hold


def benefits(one: Reviewed, number: int) -> list[Block]:
    """Return the lines of 1.3; what cannot be known says what is missing.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, Phần II, mục 1.3.
    """
    lines: list[Block] = [Line(text=say("benefits", number=number), look=Look.HEADING)]
    if not one.changed:
        return [*lines, Line(text=say("benefit-none"))]
    plan = one.record["plan"]
    notes = [Line(text=say("benefit-of-all"), look=Look.NOTE)] if _in_parts(one) else []
    return [*lines, *_cost(plan, number), *_time(one), *_others(plan), *notes]


def _in_parts(one: Reviewed) -> bool:
    """Return whether some of it cannot be done as soon as it is approved."""
    every = [each for _, some in stages(one, "within") for each in some]
    return len(every) < len(applied(one)) or any(each["handing"] for each in every)


def missing_times(record: Mapping[str, Any]) -> str:
    """Return which times would have to be known for a cut in time to be told."""
    plan = record["plan"]
    unknown = list(
        dict.fromkeys((*plan["before"]["unknown_times"], *plan["after"]["unknown_times"]))
    )
    if not unknown:
        return say("missing-total")
    if plan["before"]["norm_time"]["minutes"] is None:
        return say("missing-all-times")
    return say("missing-times", steps=named(record["labels"], unknown))


def missing_costs(benefit: Mapping[str, Any]) -> str:
    """Return which inputs a method lacks."""
    return "; ".join(figures.input_words(each, LANG) for each in benefit["missing"])


def _cost(plan: Mapping[str, Any], number: int) -> list[Block]:
    lines: list[Block] = [Line(text=say("benefit-cost"), look=Look.SUBHEADING)]
    sides = zip(plan["costs"]["before"], plan["costs"]["after"], plan["benefits"], strict=True)
    for before, after, benefit in sides:
        method = text(f"method-{benefit['method']}", LANG)
        if before["yearly"] is None and after["yearly"] is None:
            missing = missing_costs(benefit)
            told = say("benefit-cost-missing", method=method, missing=missing, number=number)
            lines.append(Line(text=f"- {told}"))
            continue
        lines.append(Line(text="- " + say("benefit-method", method=method)))
        lines += [Line(text=f"+ {each}") for each in _cost_lines(before, after, benefit)]
    return lines


def _cost_lines(
    before: Mapping[str, Any], after: Mapping[str, Any], benefit: Mapping[str, Any]
) -> list[str]:
    if benefit["missing"]:
        lacking, known = say("not-known"), (before["yearly"], after["yearly"], None)
        codes = ("benefit-cost-before", "benefit-cost-after", "benefit-cost-saved")
        told = [
            say(code, value=lacking if value is None else _yearly(value))
            for code, value in zip(codes, known, strict=True)
        ]
        told.append(say("benefit-cost-rate", value=lacking))
        return [*told, say("benefit-missing", missing=missing_costs(benefit))]
    grew = benefit["saved"] < 0
    lines = [
        say("benefit-cost-before", value=_yearly(before["yearly"])),
        say("benefit-cost-after", value=_yearly(after["yearly"])),
        say(
            "benefit-cost-grew" if grew else "benefit-cost-saved",
            value=_yearly(abs(benefit["saved"])),
        ),
    ]
    if benefit["rate"] is not None:
        code = "benefit-cost-rate-grew" if grew else "benefit-cost-rate"
        lines.append(say(code, value=amounts.share(abs(benefit["rate"]), LANG)))
    if benefit["unlike"]:
        names = "; ".join(figures.input_words(each, LANG) for each in benefit["unlike"])
        lines.append(text("cost-unlike", LANG, names=names))
    return lines


def _yearly(value: float) -> str:
    return say("yearly", money=amounts.money(value, LANG))


def _time(one: Reviewed) -> list[Block]:
    plan = one.record["plan"]
    cut = plan["cut"]
    told = [
        say(f"benefit-time-{side}", value=figures.norm_time(plan[side], LANG))
        for side in ("before", "after")
    ]
    if cut["time"] is None or cut["minutes"] is None:
        lacking = say("not-known")
        told += [say(f"benefit-time-{each}", value=lacking) for each in ("saved", "rate")]
        told.append(say("benefit-missing", missing=missing_times(one.record)))
    else:
        grew = cut["minutes"] < 0
        code = "benefit-time-grew" if grew else "benefit-time-saved"
        told.append(say(code, value=amounts.days(abs(cut["minutes"]), LANG)))
        told.append(say("benefit-time-rate", value=amounts.cut_words(cut["time"], LANG)))
    lines: list[Block] = [Line(text=say("benefit-time"), look=Look.SUBHEADING)]
    lines += [Line(text=f"- {counted(each)}") for each in told]
    notes = [each.text for each in estimates(one.record, LANG)]
    notes.append(figures.convention_line(plan["before"], LANG))
    return [*lines, *(Line(text=each, look=Look.NOTE) for each in notes)]


def _others(plan: Mapping[str, Any]) -> list[Block]:
    """Return what else became less; a figure that is only a lower bound is no benefit."""
    rows = figures.before_after_rows(plan, LANG)[_FIRST:]
    told = [
        say("benefit-other-row", name=name, before=before, after=after)
        for name, before, after, cut in rows
        if cut[:1].isdigit()
    ]
    if not told:
        return []
    heading = Line(text=say("benefit-other"), look=Look.SUBHEADING)
    return [heading, *(Line(text=f"- {each}") for each in told)]
