"""Progress against the targets of a reform: by agency, field and province, each figure named.

Three aggregates stand side by side, since no official formula says which is meant: pooled (all that
is saved over all there was), the mean of the cuts, and their mean weighted by dossiers a year.
Internal procedures are in no figure, as their targets are others; they are counted apart. A name
is one group however it is written: see :mod:`tthc_flow.portfolio.spellings`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import AttrsInstance, fields, frozen

from tthc_flow.model.progress import Cut, Measure
from tthc_flow.portfolio.asking import answered, opened
from tthc_flow.portfolio.spellings import SPELLED, spellings

if TYPE_CHECKING:
    import os


PUBLIC: Final = "kind IS NULL OR kind = 'public'"
"""Which procedures the figures are of; of a file that could not be read nobody knows its kind."""


class By(StrEnum):
    """What the procedures are grouped by."""

    ALL = "all"
    AGENCY = "agency"
    FIELD = "field"
    PROVINCE = "province"


_SIDES: Final = {
    Measure.TIME: ("norm_minutes", "after_norm_minutes", "time_cut"),
    Measure.COST_TT02: ("cost_tt02", "after_cost_tt02", "cost_cut_tt02"),
    Measure.COST_PROCESSING: ("cost_processing", "after_cost_processing", "cost_cut_processing"),
    Measure.STEPS: ("steps", "after_steps", "steps_cut"),
}


@frozen(kw_only=True)
class Progress(Cut):
    """One figure of one group, and what the procedures were grouped *by*."""

    by: By


@frozen(kw_only=True)
class Coverage:
    """How many of the *procedures* of a group are as far as all should be (target: 100 %).

    *examined*: the file could be read; *sound*: proven so; *runnable*: every branch was executed;
    *timed*: every step has a time; *planned*: there is a plan, proven to keep every law.
    """

    by: By
    group: str | None
    procedures: int
    examined: int
    sound: int
    runnable: int
    timed: int
    planned: int


def progress(out: str | os.PathLike[str], by: By = By.ALL) -> tuple[Progress, ...]:
    """Return the figures of each group: time, both costs, steps; groups by name, unnamed last.

    Args:
        out: The folder of a portfolio.
        by: What to group by.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: the three aggregates of :mod:`tthc_flow.measures.aggregate`; NQ 66/NQ-CP for 30 % and
        50 %.
    """
    found = []
    with opened(out) as connection:
        for of, sides in _SIDES.items():
            for group, *figures in answered(connection, _question(by, *sides)).rows:
                told = dict(zip(_names(Cut)[2:], figures, strict=True))
                found.append(Progress(by=by, group=group, of=of, **told))
    return tuple(found)


def coverage(out: str | os.PathLike[str], by: By = By.ALL) -> tuple[Coverage, ...]:
    """Return how far the procedures of each group are; groups by name, unnamed last.

    Args:
        out: The folder of a portfolio.
        by: What to group by.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: inventory of plan 949/KH-UBND, task 1.1.
    """
    names = _names(Coverage)[2:]
    with opened(out) as connection:
        rows = answered(connection, _COVERAGE.format(public=PUBLIC, **_groups(by))).rows
    return tuple(
        Coverage(by=by, group=group, **dict(zip(names, counts, strict=True)))
        for group, *counts in rows
    )


def internal(out: str | os.PathLike[str]) -> int:
    """Return how many procedures are internal, and so in no figure.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: QĐ 1085/QĐ-TTg, which sets their targets.
    """
    with opened(out) as connection:
        count: int = answered(connection, _INTERNAL).rows[0][0]
    return count


_INTERNAL: Final = "SELECT count(*) FROM procedures WHERE kind <> 'public'"

_COVERAGE: Final = """
{spelled}SELECT {group} AS the_group, count(*), count(*) FILTER (error IS NULL),
  count(*) FILTER (sound), count(*) FILTER (runnable), count(norm_minutes), count(*) FILTER (proven)
FROM procedures {joined} WHERE {public}
GROUP BY the_group ORDER BY the_group NULLS LAST"""

_FIGURES: Final = """
{spelled}SELECT {group} AS the_group, count(*), count({before}) FILTER ({after} IS NOT NULL),
  sum({before}) FILTER ({after} IS NOT NULL), sum({after}) FILTER ({before} IS NOT NULL),
  1 - sum({after}) FILTER ({before} IS NOT NULL)
    / nullif(sum({before}) FILTER ({after} IS NOT NULL), 0),
  avg({cut}), sum({cut} * dossiers) / nullif(sum(dossiers) FILTER ({cut} IS NOT NULL), 0),
  count(dossiers) FILTER ({cut} IS NOT NULL), count(*) FILTER ({cut} >= 0.3),
  count(*) FILTER ({cut} >= 0.5)
FROM procedures {joined} WHERE {public}
GROUP BY the_group ORDER BY the_group NULLS LAST"""


def _names(row: type[AttrsInstance]) -> list[str]:
    return [each.name for each in fields(row)]


def _question(by: By, before: str, after: str, cut: str) -> str:
    sides = {"before": before, "after": after, "cut": cut}
    return _FIGURES.format(public=PUBLIC, **sides, **_groups(by))


def _groups(by: By) -> dict[str, str]:
    """Return what groups procedures in SQL: by nothing, or by a name in its usual spelling."""
    if by is By.ALL:
        return {"spelled": "", "group": "NULL::VARCHAR", "joined": ""}
    spelled = SPELLED.format(table="procedures", column=by.value, counted=PUBLIC)
    joined = f"LEFT JOIN spelled USING ({by.value})"
    return {"spelled": f"WITH {spelled} ", "group": "shown", "joined": joined}


def respelled(out: str | os.PathLike[str], by: By) -> dict[str, str]:
    """Return what other spellings of a name are counted as, by what the figures are grouped by.

    Args:
        out: The folder of a portfolio.
        by: What is grouped by.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: see :mod:`tthc_flow.portfolio.spellings`.
    """
    return {} if by is By.ALL else spellings(out, by.value, PUBLIC)
