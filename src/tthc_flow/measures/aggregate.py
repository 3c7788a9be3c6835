"""Cuts as shares, and three named ways to put many cuts into one figure.

No official formula says how to aggregate, and published practice mixes pooled sums with means;
so every aggregate carries its name. Exact rationals; rounding happens where a figure is printed.

Source: domain rule of this project; the published figures in the tests.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.units import Exact, exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class AggregateMethod(StrEnum):
    """How one figure was made from many: Σ saved / Σ before, mean of ratios, or weighted mean."""

    POOLED = "pooled"
    MEAN = "mean"
    WEIGHTED = "weighted"


class Printed(StrEnum):
    """How a printed percentage came from the exact share."""

    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    NEITHER = "neither"


@frozen(kw_only=True)
class Aggregate:
    """A cut over *count* procedures; *share* is ``None`` where there was nothing to divide by."""

    method: AggregateMethod
    share: Fraction | None
    count: int


def cut(before: Exact, after: Exact) -> Fraction | None:
    """Return what share of *before* was cut; negative where it grew, ``None`` if it was zero.

    Example:
        >>> cut(8, 6)
        Fraction(1, 4)

    Source: rate = (before − after) / before, TT 02/2017/TT-VPCP Điều 27.
    """
    base = exact(before)
    return (base - exact(after)) / base if base else None


def points(one: Exact, other: Exact) -> Fraction:
    """Return the difference of two shares in percentage points (điểm phần trăm).

    Example:
        >>> points("0.5515", "0.3")
        Fraction(503, 20)

    Source: differences of percentages are "điểm phần trăm", never per cent.
    """
    return (exact(one) - exact(other)) * 100


def pooled(pairs: Iterable[tuple[Exact, Exact]]) -> Aggregate:
    """Return Σ saved / Σ before: large procedures count for more.

    Example:
        >>> pooled([(10, 5), (90, 90)]).share
        Fraction(1, 20)

    Source: used by published programmes ("tổng chi phí cắt giảm").
    """
    exactly = [(exact(before), exact(after)) for before, after in pairs]
    base = sum((before for before, _ in exactly), Fraction(0))
    rest = sum((after for _, after in exactly), Fraction(0))
    return Aggregate(method=AggregateMethod.POOLED, share=cut(base, rest), count=len(exactly))


def mean(pairs: Iterable[tuple[Exact, Exact]]) -> Aggregate:
    """Return the mean of the cuts: every procedure counts the same; a zero before is left out.

    Example:
        >>> mean([(10, 5), (90, 90)]).share
        Fraction(1, 4)

    Source: used by published plans ("trung bình").
    """
    shares = [share for before, after in pairs if (share := cut(before, after)) is not None]
    total = sum(shares, Fraction(0)) / len(shares) if shares else None
    return Aggregate(method=AggregateMethod.MEAN, share=total, count=len(shares))


def weighted(pairs: Sequence[tuple[Exact, Exact]], weights: Sequence[Exact]) -> Aggregate:
    """Return the mean of the cuts weighted by *weights* (dossiers a year), one a pair.

    Raises:
        BadQuantity: TF105 where pairs and weights are not of one number.

    Example:
        >>> weighted([(10, 5), (90, 90)], [1, 3]).share
        Fraction(1, 8)

    Source: domain rule of this project.
    """
    if len(pairs) != len(weights):
        raise BadQuantity.weights_missing(len(pairs), len(weights))
    known = [
        (share, exact(weight))
        for (before, after), weight in zip(pairs, weights, strict=True)
        if (share := cut(before, after)) is not None
    ]
    base = sum((weight for _, weight in known), Fraction(0))
    total = sum((share * weight for share, weight in known), Fraction(0))
    return Aggregate(
        method=AggregateMethod.WEIGHTED, share=total / base if base else None, count=len(known)
    )


def lower_middle(figures: Iterable[Exact]) -> Fraction | None:
    """Return the lower-middle of figures that sources state differently; ``None`` of none.

    Example:
        >>> lower_middle([30, 10, 20, 40])
        Fraction(20, 1)

    Source: TT 02/2017/TT-VPCP Điều 27: if sources differ take the lower-middle figure.
    """
    ranked = sorted(map(exact, figures))
    return ranked[(len(ranked) - 1) // 2] if ranked else None


def printed_as(share: Fraction, printed: str) -> Printed:
    """Return whether *printed* ("88,2", in per cent) is *share* rounded, cut off, or neither.

    Example:
        >>> printed_as(Fraction(407, 461), "88,2")
        <Printed.TRUNCATED: 'truncated'>

    Source: published figures do both; 407/461 is printed as 88,2.
    """
    whole, _, decimals = printed.strip().partition(",")
    scale = 10 ** len(decimals)
    shown = exact(f"{whole}.{decimals or 0}") * scale
    scaled = share * 100 * scale
    if (scaled + Fraction(1, 2)) // 1 == shown:
        return Printed.ROUNDED
    return Printed.TRUNCATED if scaled // 1 == shown else Printed.NEITHER
