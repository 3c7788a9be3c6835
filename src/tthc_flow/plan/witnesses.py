"""Counts that no row knows beforehand: performers, and hand-overs between levels of government.

What is seen on a rewritten flow is there again whenever all that made it is as it was: so a row is
added that counts it then. The figure of the programme can only be too small, never too large.

Source: rows added where the measured flow differs: Benders, Numerische Mathematik 4 (1962),
238-252, in its logic-based form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.plan.figures import Figure
from tthc_flow.plan.programme import CONSTANT, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.plan.programme import Programme, Sum

SEEN: Final = (Figure.PERFORMERS, Figure.LEVELS)
"""The figures that are counted so."""


@frozen(kw_only=True)
class Witness:
    """One thing that a figure counts once, by its *name*, and how far its causes are *off*."""

    figure: Figure
    name: tuple[str, ...]
    off: Sum


def counted_so(
    programme: Programme, seen: Iterable[Witness], wanted: Iterable[Figure]
) -> dict[Figure, Sum]:
    """Add the rows of *seen* to *programme*; return each of the *wanted* figures, at least."""
    always: dict[tuple[Figure, tuple[str, ...]], None] = {}
    columns: dict[tuple[Figure, tuple[str, ...]], int] = {}
    some = tuple(seen)
    for each in some:
        if set(each.off) <= {CONSTANT} and not each.off.get(CONSTANT, 0):
            always[each.figure, each.name] = None
    for each in some:
        place = each.figure, each.name
        if place in always:
            continue
        if place not in columns:
            columns[place] = programme.amount()
        programme.at_most(total((-1, {columns[place]: 1}), (-1, each.off)), -1)
    return {
        figure: total(
            (1, {CONSTANT: sum(1 for counted, _ in always if counted is figure)}),
            *((1, {column: 1}) for (counted, _), column in columns.items() if counted is figure),
        )
        for figure in wanted
        if figure in SEEN
    }
