"""Many comparisons: a row each, and the three named figures of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.aggregate import AggregateMethod
from tthc_flow.measures.many import Overall, overall
from tthc_flow.report import amounts, figures
from tthc_flow.report.record import Json, figure, of_cut, of_measures
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.measures.comparison import Comparison


def of_pairs(pairs: Mapping[str, Comparison], lang: str) -> Json:
    """Return every pair with its figures, and each figure of all pairs by each named way.

    Example:
        >>> len(of_pairs({}, "en")["overall"])
        6

    Source: no official formula says how to aggregate, so every figure names its own.
    """
    return {
        "pairs": [_of_pair(name, found, lang) for name, found in pairs.items()],
        "overall": [
            of_overall(overall(pairs, of, method))
            for of in ("time", "cost")
            for method in AggregateMethod
        ],
    }


def _of_pair(name: str, found: Comparison, lang: str) -> Json:
    before, after = found.procedures
    return {
        "name": name,
        "code": after.code,
        "before": of_measures(found.before, before, lang),
        "after": of_measures(found.after, after, lang),
        "cut": of_cut(found),
        "changes": len(found.changes),
    }


def of_overall(whole: Overall) -> Json:
    """Return one figure of many pairs."""
    return {
        "of": whole.of,
        "method": whole.aggregate.method.value,
        "share": figure(whole.aggregate.share),
        "pairs": whole.aggregate.count,
        "unknown": list(whole.unknown),
        "weightless": list(whole.weightless),
    }


def pair_rows(record: Json, lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the table of all pairs: name, time before and after, the cut, steps."""
    heading = ("pair-procedure", "before", "after", "cut", "steps-before-after")
    rows = [tuple(text(code, lang) for code in heading)]
    for pair in record["pairs"]:
        one, two = pair["before"], pair["after"]
        rows.append(
            (
                pair["name"],
                figures.norm_time(one, lang),
                figures.norm_time(two, lang),
                amounts.cut_words(pair["cut"]["time"], lang),
                f"{one['steps']} → {two['steps']}",
            )
        )
    return tuple(rows)


def overall_lines(record: Json, lang: str) -> list[str]:
    """Return each figure of all pairs as a sentence, with what it leaves out."""
    lines = []
    for each in record["overall"]:
        values = {
            "of": text(f"overall-{each['of']}", lang),
            "method": text(f"aggregate-{each['method']}", lang),
            "count": each["pairs"],
            "cut": amounts.cut_words(each["share"], lang),
        }
        lines.append(text("overall", lang, **values))
        lines += [
            "  " + text(f"overall-{why}", lang, names=", ".join(each[why]))
            for why in ("unknown", "weightless")
            if each[why]
        ]
    return lines
