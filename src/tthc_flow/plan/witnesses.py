"""Counts that no row knows beforehand: performers, and some hand-overs, also between levels.

What is seen on a rewritten flow is there again whenever all that made it is as it was: so a row is
added that counts it then. The figure of the programme can only be too small, never too large.

Source: rows added where the measured flow differs: Benders, Numerische Mathematik 4 (1962),
238-252, in its logic-based form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.plan.figures import Figure
from tthc_flow.plan.programme import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.plan.hands import Counted
    from tthc_flow.plan.programme import Programme, Sum

SEEN: Final = (Figure.HAND_OVERS, Figure.PERFORMERS, Figure.LEVELS)
"""The figures that are counted so."""


@frozen(kw_only=True)
class Witness:
    """One thing that a figure counts once, by its *name*, and how far its causes are *off*.

    Where *joint*, it is what rows count wherever they see one run of steps lead to another.
    """

    figure: Figure
    name: tuple[str, ...]
    off: Sum
    joint: bool = False


def counted_so(
    programme: Programme, seen: Iterable[Witness], beside: Mapping[Figure, Counted]
) -> dict[Figure, Sum]:
    """Return each figure of ``SEEN``, at least: what is *beside*, and what was *seen* besides.

    Args:
        programme: It gets the rows of *seen*.
        seen: What no row counts wherever it is; where one does, it is not counted again.
        beside: What rows count, by figure.
    """
    sums: dict[tuple[Figure, tuple[str, ...]], Sum] = {}
    for each in seen:
        place = each.figure, each.name
        rows = beside.get(each.figure)
        if place not in sums:
            sums[place] = {programme.amount(): 1}
        known: Sum = {} if rows is None or not each.joint else rows.between_steps(*each.name)
        programme.at_most(total((-1, sums[place]), (-1, each.off), (-1, known)), -1)
    parts = {figure: [(1, each.over)] for figure, each in beside.items()}
    for (figure, _), one in sums.items():
        parts.setdefault(figure, []).append((1, one))
    return {figure: total(*parts.get(figure, ())) for figure in SEEN}
