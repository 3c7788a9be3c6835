"""Many comparisons in one figure, by each of the three named ways; what is unknown is counted."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.aggregate import Aggregate, AggregateMethod, cut, mean, pooled, weighted
from tthc_flow.measures.costs import cost
from tthc_flow.model.procedure import CostMethod
from tthc_flow.units import Convention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.measures.comparison import Comparison


@frozen(kw_only=True)
class Overall:
    """One figure of many pairs: how it was made, the share, and which pairs are not in it.

    *unknown* are the pairs whose cut cannot be known; *weightless* those that a weighted mean
    leaves out because nobody said how many dossiers come in a year.
    """

    of: str
    aggregate: Aggregate
    unknown: tuple[str, ...] = ()
    weightless: tuple[str, ...] = ()


@frozen(kw_only=True)
class Yearly:
    """What all pairs take in a year, before and after: the sum over those where it is known.

    *of* is ``minutes`` (norm time × dossiers) or ``cost`` (đồng, by TT 02/2017/TT-VPCP); *unknown*
    are the pairs that are not in it.
    """

    of: str
    before: Fraction
    after: Fraction
    pairs: int
    unknown: tuple[str, ...] = ()

    @property
    def cut(self) -> Fraction | None:
        """Return the share of *before* that is saved; ``None`` where nothing is known."""
        return cut(self.before, self.after) if self.pairs and self.before else None


def yearly(pairs: Mapping[str, Comparison], of: str) -> Yearly:
    """Return what all *pairs* take in a year.

    Args:
        pairs: The comparisons by their names.
        of: ``minutes`` (norm time × dossiers a year of before) or ``cost`` (compliance cost).

    Example:
        >>> yearly({}, "minutes").cut is None
        True

    Source: domain rule of this project: an unknown is left out and named, never guessed.
    """
    sides = {name: _in_a_year(found, of) for name, found in pairs.items()}
    known = [both for both in sides.values() if both is not None]
    return Yearly(
        of=of,
        before=sum((before for before, _ in known), Fraction(0)),
        after=sum((after for _, after in known), Fraction(0)),
        pairs=len(known),
        unknown=tuple(name for name, both in sides.items() if both is None),
    )


def _in_a_year(found: Comparison, of: str) -> tuple[Fraction, Fraction] | None:
    if of == "cost":
        return _sides(found, "cost")
    times, dossiers = _sides(found, "time"), _dossiers(found)
    return None if times is None or dossiers is None else (times[0] * dossiers, times[1] * dossiers)


def overall(pairs: Mapping[str, Comparison], of: str, method: AggregateMethod) -> Overall:
    """Return the cut of all *pairs* in one figure.

    Args:
        pairs: The comparisons by their names.
        of: ``time`` (norm time) or ``cost`` (yearly, by TT 02/2017/TT-VPCP).
        method: How one figure is made of many: Σ saved / Σ before, the mean of the cuts, or their
            mean weighted by dossiers a year.

    Example:
        >>> overall({}, "time", AggregateMethod.POOLED).aggregate.share is None
        True

    Source: no official formula says how to aggregate, so every figure names its own.
    """
    sides = {name: _sides(found, of) for name, found in pairs.items()}
    known = {name: both for name, both in sides.items() if both is not None}
    unknown = tuple(name for name in pairs if name not in known)
    if method is AggregateMethod.POOLED:
        return Overall(of=of, aggregate=pooled(known.values()), unknown=unknown)
    if method is AggregateMethod.MEAN:
        return Overall(of=of, aggregate=mean(known.values()), unknown=unknown)
    weights = {name: _dossiers(pairs[name]) for name in known}
    heavy = [name for name, weight in weights.items() if weight is not None]
    found = weighted([known[name] for name in heavy], [weights[name] or 0 for name in heavy])
    light = tuple(name for name in known if weights[name] is None)
    return Overall(of=of, aggregate=found, unknown=unknown, weightless=light)


def _sides(found: Comparison, of: str) -> tuple[Fraction, Fraction] | None:
    """Return before and after in minutes or đồng a year; ``None`` where the cut is unknown."""
    if of == "time":
        one, two = found.before.norm_time, found.after.norm_time
        if not (one.complete and two.complete) or one.work is None or two.work is None:
            return None
        return one.work.minutes, two.work.minutes
    convention = Convention.named(found.before.convention)
    costs = [cost(each, CostMethod.TT02_2017, convention).yearly for each in found.procedures]
    before, after = costs
    return None if before is None or after is None else (before.amount, after.amount)


def _dossiers(found: Comparison) -> Fraction | None:
    dossiers = found.procedures[0].volume.dossiers
    return None if dossiers is None else dossiers.value
