"""What each role does before and after, and what is saved: the table of cuts by role."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tthc_flow.measures.aggregate import cut
from tthc_flow.report.record import Json, figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.measures.by_role import RoleTime
    from tthc_flow.measures.measure import Measures


def of_role_cuts(before: Measures, after: Measures) -> Json:
    """Return the ten roles in printing order with both sides and the cut, and the total of all.

    A side's ``minutes`` are ``None`` where no time of it is known; what is saved is ``None`` where
    any of its steps has no time.

    Source: Bình Định's approved plan, which prints the cut by role.
    """
    pairs = list(zip(before.by_role, after.by_role, strict=True))
    rows = [{"role": one.row.value, **_cut((one,), (two,))} for one, two in pairs]
    return {"rows": rows, "total": _cut(before.by_role, after.by_role)}


def _cut(before: Sequence[RoleTime], after: Sequence[RoleTime]) -> Json:
    one, two = _side(before), _side(after)
    known = not one["unknown"] and not two["unknown"]
    saved = None
    if known:
        saved = (one["minutes"] or Fraction(0)) - (two["minutes"] or Fraction(0))
    share = cut(one["minutes"], two["minutes"] or 0) if known and one["minutes"] else None
    return {
        "before": _printed(one),
        "after": _printed(two),
        "saved": figure(saved),
        "cut": figure(share),
    }


def _side(rows: Sequence[RoleTime]) -> dict[str, Any]:
    known = [each.work.minutes for each in rows if each.work is not None]
    return {
        "steps": sum(each.steps for each in rows),
        "minutes": sum(known, Fraction(0)) if known else None,
        "unknown": sum(each.unknown for each in rows),
    }


def _printed(side: Mapping[str, Any]) -> Json:
    return {**side, "minutes": figure(side["minutes"])}
