"""Published figures told as procedures before and after, kept as a portfolio keeps them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from by_hand import chain
from portfolio.kept import portfolio_of
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import ApplicantWork, CostItem, PostCheck, Procedure, Volume
from tthc_flow.model.progress import Cut, Measure
from tthc_flow.model.source import Quantity
from tthc_flow.portfolio.figures import after_figures, figures
from tthc_flow.portfolio.progress import progress
from tthc_flow.units import DEFAULT_CONVENTION

Pair = tuple[Procedure, Procedure]
BILLION = 10**9


def kept(out: Path, *pairs: Pair) -> Path:
    """Return a portfolio of procedures before and after, their figures as a run writes them."""
    rows = []
    for number, (before, after) in enumerate(pairs):
        was, now = (figures(each, DEFAULT_CONVENTION) for each in (before, after))
        told = {"key": f"{number}", "agency": f"{number}", "kind": before.kind.value}
        rows.append({**told, **was.row, **after_figures(was, now)})
    return portfolio_of(out, procedures=rows)


def whole(out: Path, of: Measure) -> Cut:
    return next(each for each in progress(out) if each.of is of)


def timed(printed: str) -> Procedure:
    return Procedure(flow=chain(printed))


def days(number: object) -> Procedure:
    return timed(f"{number} ngày làm việc")


def quantity(value: Any) -> Quantity | None:
    return None if value is None else Quantity(value=str(value))


def costing(*rows: ApplicantWork, check: PostCheck | None = None, **volume: Any) -> Procedure:
    """Return a procedure with a cost sheet; amounts that are left out are not incurred."""
    told: dict[str, Any] = {name: quantity(value) for name, value in volume.items()}
    return Procedure(flow=Flow(id="p"), work=rows, volume=Volume(**told), post_check=check)


def paid(amount: object, times: object = 1, subjects: object = 1) -> Procedure:
    """Return a procedure that costs each subject *amount* đồng each time."""
    row = ApplicantWork(item=CostItem.OTHER, name="Hồ sơ", other=quantity(amount))
    return costing(row, times=times, subjects=subjects)


def number(printed: str) -> Fraction:
    return Fraction(printed.replace(",", "."))
