"""In which order independent checks cost the least, when each may end the case."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def least_effort(
    efforts: Sequence[Fraction | None], rates: Sequence[Fraction | None]
) -> tuple[int, ...] | None:
    """Return the places of the checks in the order that costs the least; equals stay as they are.

    Ascending effort for each rejected dossier; a check that rejects nothing goes last. ``None``
    where an effort or a rate is not known: no order is guessed.

    Args:
        efforts: What each check takes, in one unit.
        rates: The share of the dossiers that each check ends, 0 to 1.

    Example:
        >>> least_effort([Fraction(480), Fraction(60)], [Fraction(1, 10), Fraction(1, 10)])
        (1, 0)
        >>> least_effort([Fraction(480), Fraction(60)], [Fraction(1, 10), None]) is None
        True

    Source: van der Aalst, Decision Support Systems 30 (2001), 451-468: optimal for independent
        checks one after another.
    """
    ranks = []
    for place, (effort, rate) in enumerate(zip(efforts, rates, strict=True)):
        if effort is None or rate is None:
            return None
        ranks.append((not rate, effort / rate if rate else Fraction(0), place))
    return tuple(place for *_, place in sorted(ranks))


def expected_effort(
    efforts: Sequence[Fraction], rates: Sequence[Fraction], order: Sequence[int]
) -> Fraction:
    """Return what the checks take on average where they are done in *order* until one ends it.

    Example:
        >>> expected_effort([Fraction(8), Fraction(1)], [Fraction(1, 2), Fraction(1, 2)], (1, 0))
        Fraction(5, 1)

    Source: the same; independent rejections.
    """
    left, spent = Fraction(1), Fraction(0)
    for place in order:
        spent += left * efforts[place]
        left *= 1 - rates[place]
    return spent
