"""Portfolios whose progress can be worked out by hand, and one with hostile names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portfolio.kept import portfolio_of
from tthc_flow.measures.aggregate import cut
from tthc_flow.report.progress.given import Grouped, Listed, Reach, Standing

HOSTILE = "Sở <b>Đất</b> & \"Nhà\" 'A'"
FORMULA = "=HYPERLINK(1)"
PATTERN = "*"


def row(
    key: str,
    *,
    agency: str | None = None,
    field: str | None = None,
    time: tuple[float | None, float | None] = (None, None),
    cost: tuple[float | None, float | None] = (None, None),
    dossiers: float | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return the row of a procedure as a run writes it: what is cut from what there is."""
    told: dict[str, Any] = {
        "kind": "public",
        "name": f"Thủ tục {key}",
        "steps": 4,
        "after_steps": 3,
    } | more
    return {
        "key": key,
        "agency": agency,
        "field": field,
        "dossiers": dossiers,
        "norm_minutes": time[0],
        "after_norm_minutes": time[1],
        "time_cut": share(*time),
        "cost_tt02": cost[0],
        "after_cost_tt02": cost[1],
        "cost_cut_tt02": share(*cost),
        "steps_cut": share(told["steps"], told["after_steps"]),
        **told,
    }


def share(before: float | None, after: float | None) -> float | None:
    """Return the cut of a pair, where there is one."""
    if before is None or after is None:
        return None
    found = cut(str(before), str(after))
    return None if found is None else float(found)


def by_hand(out: Path) -> Path:
    """Return a portfolio of eight procedures, one of them internal, one that cannot be read.

    Time, in days: A 10 → 5 and 90 → 90 (10 and 30 dossiers), hostile 10 → 7, "*" 4 → ?, none 3 → 4.
    """
    day = 480.0
    rows = [
        row("a", agency="A", field="F", time=(10 * day, 5 * day), cost=(1e6, 4e5), dossiers=10,
            sound=True, runnable=True, proven=True),
        row("b", agency="A", field="G", time=(90 * day, 90 * day), dossiers=30, sound=True),
        row("c", agency=HOSTILE, field="F", time=(10 * day, 7 * day), code="1.000001.H1"),
        row("d", agency=PATTERN, field=FORMULA, time=(4 * day, None), sound=False),
        row("e", time=(3 * day, 4 * day)),
        row("f", agency=FORMULA, time=(0.0, 0.0), steps=0, after_steps=0),
        row("g", agency="A", kind="within_agency", time=(100 * day, 1 * day)),
        {"key": "bad", "agency": None, "kind": None, "error": "TF201"},
    ]  # fmt: skip
    return portfolio_of(out, procedures=rows)


def many(count: int) -> Standing:
    """Return where *count* procedures of 20 agencies and 60 fields stand; one cost is unknown."""
    agencies = [f"Sở {number}" for number in range(20)]
    fields = [f"Lĩnh vực {number}" for number in range(60)]
    listed = tuple(
        Listed(
            key=f"tinh-{number % 34}/thu-tuc-{number:06}.bpmn",
            code=f"1.{number:06}",
            name=f"Cấp giấy phép hoạt động cho cơ sở số {number} trên địa bàn tỉnh",
            agency=agencies[number % 20],
            field=fields[number % 60],
            province=f"Tỉnh {number % 34}",
            dossiers=float(number % 900),
            before=(480.0 * (number % 60), 1e6 * number, None, 8.0),
            after=(336.0 * (number % 60), 5e5 * number, None, 6.0),
            reached=(True, True, None, True, False),
        )
        for number in range(count)
    )
    return Standing(listed=listed, agencies=_groups(agencies), fields=_groups(fields))


def _groups(names: list[str]) -> Grouped:
    return Grouped(reach=tuple(Reach(group=e, procedures=0, counts=(0,) * 5) for e in names))
