"""What a change saves in the mean of all dossiers, where the norm times show nothing.

A norm is the longest way of one dossier: that fewer dossiers go through a step does not shorten it.
What people work in the mean falls all the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tthc_flow.graph.visits import visits
from tthc_flow.model.lever import Expected
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step
    from tthc_flow.units import Duration


def minutes_of(duration: Duration | None) -> Fraction | None:
    """Return the working minutes of *duration*; ``None`` where they cannot be known.

    Example:
        >>> minutes_of(None) is None
        True
    """
    return None if duration is None else DEFAULT_CONVENTION.minutes(duration)


def effort_of(*steps: Step) -> tuple[Fraction | None, bool]:
    """Return the minutes that *steps* take people, and whether the norm times stand for them.

    By the stated work where every step has it, else by the norm times; ``None`` where one has
    neither.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> effort_of(Step(id="a", name="A"))
        (None, True)

    Source: convention of this project: a norm says how long a dossier may lie, so that figures by
        it are told as such.
    """
    work = [minutes_of(step.work) for step in steps]
    if None not in work:
        return sum((each for each in work if each is not None), Fraction(0)), False
    norms = [minutes_of(step.time.duration) for step in steps]
    if None in norms:
        return None, True
    return sum((each for each in norms if each is not None), Fraction(0)), True


def in_the_mean(flow: Flow, element: str, minutes: Fraction | None, *, by_norm: bool) -> Expected:
    """Return what is saved a dossier where a dossier that comes to *element* saves *minutes*.

    Unknown where it is not known how many come by there.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> in_the_mean(flow, "a", None, by_norm=True).work is None
        True

    Source: linearity of the mean: minutes saved there, times how often a dossier comes by.
    """
    comes = visits(flow)[element]
    known = minutes is not None and comes.least == comes.most
    return Expected(
        work=minutes * comes.least if known and minutes is not None else None, by_norm=by_norm
    )
