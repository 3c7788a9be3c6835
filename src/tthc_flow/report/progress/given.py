"""What the progress reports are made from: figures of groups, procedures, twins, as plain values.

Whoever has a portfolio fills them in; this room reads no tables. Minutes are working minutes, costs
đồng a year, shares 0 to 1; ``None`` is unknown and stays so on paper.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from tthc_flow.model.progress import Cut, Measure
    from tthc_flow.report.progress.period import Period


class Stage(StrEnum):
    """What all procedures should have reached (target: 100 %)."""

    EXAMINED = "examined"
    SOUND = "sound"
    RUNNABLE = "runnable"
    TIMED = "timed"
    PLANNED = "planned"


AGGREGATES: Final = ("pooled", "mean", "weighted")
"""The ways to put many cuts into one figure; no official formula says which is meant."""


@frozen(kw_only=True)
class Reach:
    """How many of the *procedures* of a group have reached each stage, in the order of Stage."""

    group: str | None
    procedures: int
    counts: tuple[int, ...]


@frozen(kw_only=True)
class Grouped:
    """The figures of every group of one kind, groups in one order, the unnamed one last."""

    cuts: tuple[Cut, ...] = ()
    reach: tuple[Reach, ...] = ()

    def of(self, measure: Measure) -> tuple[Cut, ...]:
        """Return the figures of *measure*, one a group."""
        return tuple(each for each in self.cuts if each.of is measure)


@frozen(kw_only=True)
class Listed:
    """One procedure: its two sides in the order of Measure, what it reached in that of Stage."""

    key: str
    code: str | None
    name: str | None
    agency: str | None
    field: str | None
    province: str | None
    dossiers: float | None
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    reached: tuple[bool | None, ...]


@frozen(kw_only=True)
class Doer:
    """Who does one of several procedures that are the same, and how heavy it is there."""

    key: str
    agency: str | None
    province: str | None
    minutes: float | None
    steps: int
    hand_offs: int


@frozen(kw_only=True)
class Alike:
    """Procedures for the same work; *same* tells by what: ``code`` or ``flow``.

    *saved* are the minutes, each dossier once, if all took as long as the lightest.
    """

    same: str
    name: str | None
    code: str | None
    count: int
    lightest: Doer
    heaviest: Doer
    saved: float | None


@frozen(kw_only=True)
class Standing:
    """Where a portfolio stands.

    *internal* procedures are in none of the figures, as their targets are others; *respelled* is
    how many other spellings of names of agencies and fields count with the usual one; *alike* are
    the first of *alike_count* groups; *finished* tells whether every file was examined;
    *convention* is the code of the rule that turned printed times into minutes, if it is known.
    """

    period: Period | None = None
    whole: Grouped = field(factory=Grouped)
    agencies: Grouped = field(factory=Grouped)
    fields: Grouped = field(factory=Grouped)
    listed: tuple[Listed, ...] = ()
    alike: tuple[Alike, ...] = ()
    alike_count: int = 0
    internal: int = 0
    respelled: int = 0
    finished: bool = True
    convention: str | None = None
