"""How far a reform is: what a group of procedures has cut, added up in three ways."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Measure(StrEnum):
    """What is cut."""

    TIME = "time"
    COST_TT02 = "cost_tt02"
    COST_PROCESSING = "cost_processing"
    STEPS = "steps"


@frozen(kw_only=True)
class Cut:
    """One figure of one group: *known* of its *procedures* have it on both sides.

    *before* and *after* are sums over the known ones, and no aggregate is of any other; *pooled*,
    *mean* and *weighted* (by dossiers a year, of the *with_dossiers* that have them) are shares;
    *at_30* and *at_50* count those that are cut by so many per cent or more.
    """

    of: Measure
    group: str | None
    procedures: int
    known: int
    before: float | None
    after: float | None
    pooled: float | None
    mean: float | None
    weighted: float | None
    with_dossiers: int
    at_30: int
    at_50: int

    @property
    def saved(self) -> float | None:
        """Return what is cut of *before*: in minutes, đồng a year or steps, as both sums are."""
        return None if self.before is None or self.after is None else self.before - self.after
