"""The time that a share of cases does not pass: drawing a random time by inversion."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

from tthc_flow.chances.cdf import bell_of, fixed_at, number, shape_of
from tthc_flow.errors import BadQuantity
from tthc_flow.model.chance import Chance, Spread

if TYPE_CHECKING:
    from tthc_flow.chances.gamma import Numbers


def quantile(chance: Chance, share: float) -> float:
    """Return the shortest time in minutes within which at least *share* of cases are over.

    Args:
        chance: A random time.
        share: 0 to 1; at 1 infinity where there is no longest time.

    Raises:
        BadQuantity: TF109 for a share below 0 or above 1.

    Example:
        >>> quantile(Chance(spread=Spread.UNIFORM, least=10, most=30), 0.25)
        15.0
        >>> quantile(Chance(spread=Spread.EMPIRICAL, values=(4, 5, 9)), 0.5)
        5.0

    Source: the generalised inverse of :func:`~tthc_flow.chances.cdf.cdf`.
    """
    import numpy as np

    return float(quantiles(chance, np.array([share]))[0])


def quantiles(chance: Chance, shares: Numbers) -> Numbers:
    """Return :func:`quantile` of many shares at once: of uniform random numbers, a sample.

    The larger the share, the longer the time: two procedures that draw from the same shares differ
    by what they are, not by luck.

    Args:
        chance: A random time.
        shares: 0 to 1, an array of any length and order.

    Returns:
        Minutes, in the order of *shares*.

    Raises:
        BadQuantity: TF109 for a share below 0 or above 1.

    Example:
        >>> import numpy as np
        >>> draws = np.random.default_rng(1).random(100_000)
        >>> waits = quantiles(Chance(spread=Spread.EXPONENTIAL, mean=40), draws)
        >>> 39.5 < waits.mean() < 40.5
        np.True_

    Source: Law, Simulation Modeling and Analysis (2015), 8.2.1, the inverse-transform method;
        Wichura's AS 241 for the normal distribution (in :mod:`statistics`).
    """
    import numpy as np

    shares = np.asarray(shares, dtype=float)
    if not ((shares >= 0) & (shares <= 1)).all():
        raise BadQuantity.no_share("share", shares[~((shares >= 0) & (shares <= 1))][0])
    fixed = fixed_at(chance)
    if fixed is not None:
        return np.full_like(shares, fixed)
    match chance.spread:
        case Spread.FIXED | Spread.EXPONENTIAL:
            with np.errstate(divide="ignore"):
                found: Numbers = -number(chance.mean) * np.log1p(-shares)
            return found
        case Spread.GAMMA:
            from tthc_flow.chances.gamma import inverse

            shape, scale = shape_of(chance)
            return inverse(shape, shares) * scale
        case Spread.LOGNORMAL:
            middle, spread = bell_of(chance)
            return np.exp(middle + spread * _normal(shares))
        case Spread.UNIFORM:
            low, high = number(chance.least), number(chance.most)
            return low + shares * (high - low)
        case Spread.TRIANGULAR:
            return _triangular(chance, shares)
        case Spread.EMPIRICAL:
            return _empirical(chance, shares)


def _normal(shares: Numbers) -> Numbers:
    import numpy as np

    bell = NormalDist().inv_cdf
    inner = (shares > 0) & (shares < 1)
    found = np.where(shares > 0, np.inf, -np.inf)
    found[inner] = [bell(each) for each in shares[inner].tolist()]
    return found


def _triangular(chance: Chance, shares: Numbers) -> Numbers:
    import numpy as np

    low, mode, high = number(chance.least), number(chance.mode), number(chance.most)
    rising = low + np.sqrt(shares * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - shares) * (high - low) * (high - mode))
    return np.where(shares * (high - low) <= mode - low, rising, falling)


def _empirical(chance: Chance, shares: Numbers) -> Numbers:
    import numpy as np

    values = np.array([float(each) for each in chance.values])
    reached = np.arange(1, len(values) + 1) / len(values)
    return values[np.searchsorted(reached, shares, side="left")]
