"""How far the plans come: with what the province may decide itself, and with everything."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from tools.real_tables_plans import TARGET, Known, standing

from tthc_flow.model.law import Authority
from tthc_flow.words.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from tools.real_tables_plans import Planned, Reach


def reaches(plans: Sequence[Planned]) -> list[str]:
    """Return the table of reaches: what is known by whose changes are counted."""
    heads = (
        *("what is known", "whose changes", "plans that change something", "changes"),
        *("cut known for", "above nothing", "median of these", "most"),
        f"at least {percent(TARGET)}",
    )
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for known in Known:
        for whose, found in (
            ("the province's own", [each.province[known] for each in plans]),
            ("all", [each.everybody[known] for each in plans]),
        ):
            cells = (known.value, whose, *_figures(found))
            lines.append("| " + " | ".join(cells) + " |")
    return lines


def _figures(found: Sequence[Reach]) -> tuple[str, ...]:
    known = [each.cut for each in found if each.cut is not None]
    some = [cut for cut in known if cut > 0]
    return (
        str(sum(bool(each.applied) for each in found)),
        str(sum(len(each.applied) for each in found)),
        str(len(known)),
        str(len(some)),
        _share(median(some) if some else None),
        _share(max(some, default=None)),
        str(sum(cut >= TARGET for cut in known)),
    )


def _share(share: Fraction | None) -> str:
    return "–" if share is None else percent(share)


def powers(plans: Sequence[Planned]) -> list[str]:
    """Return who may amend what the candidates change that pass or are open."""
    whose = Counter(
        offer.candidate.authority
        for each in plans
        for offer in each.plan.offers
        if standing(offer.candidate) in {"pass", "open"}
    )
    told = (
        f"Of {whose.total()} candidates that pass or are open, {whose[Authority.WITHIN]} are known "
        f"to be in the province's own power, {whose[Authority.OUTSIDE]} in that of a body above it;"
        f" of {whose[Authority.UNKNOWN]} nobody has said: no legal basis is typed in for their "
        "steps, and that may only mean that nobody typed one in."
    )
    return [told]
