"""Whether times fit a family: the largest gap to it, against the gaps that chance alone makes.

The parameters are estimated from the same values, so tables of Kolmogorov and Smirnov would pass
far too much (Lilliefors): samples of the fitted distribution are fitted themselves.
"""

from __future__ import annotations

from functools import lru_cache
from math import erfc, log2, sqrt
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from tthc_flow.calibration.fits import fit, loglikelihood
from tthc_flow.calibration.parameters import parameters
from tthc_flow.chances.cdf import bell_of, fixed_at, number, shape_of
from tthc_flow.chances.quantile import quantiles
from tthc_flow.model.chance import Chance, Spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    from tthc_flow.calibration.intervals import Interval

    Numbers: TypeAlias = npt.NDArray[np.float64]

FAMILIES: Final = (
    Spread.EXPONENTIAL,
    Spread.GAMMA,
    Spread.LOGNORMAL,
    Spread.UNIFORM,
    Spread.TRIANGULAR,
)
FEWEST: Final = 20
"""Fewer values tell no family from another: they stay as they are."""

PASSES: Final = 0.05
_PARAMETERS: Final = {Spread.EXPONENTIAL: 1, Spread.TRIANGULAR: 3}
_SAMPLES: Final = 99
_MOST_TESTED: Final = 400
_MOST_KEPT: Final = 200
_SIZES: Final = (20, 30, 45, 70, 100, 150, 250, 400)
_WIDEST: Final = 10
_SEED: Final = 20_260_302


@frozen(kw_only=True)
class Fitted:
    """The distribution of times that were seen.

    *gap* is the largest distance to the values' own distribution, *p* how often chance alone makes
    one as large; both ``None`` where nothing was tested: equal values, or values as they were seen.
    *tested* is how many values the test used, *parameters* those of the family with the intervals
    in which they lie if it is the right one; empty where :func:`.parameters` knows none.
    """

    chance: Chance
    gap: float | None = None
    p: float | None = None
    tested: int = 0
    parameters: Mapping[str, Interval] = field(factory=dict)


def fitted(values: Sequence[float]) -> Fitted:
    """Return the family that *values* fit, or the values themselves where they fit none.

    Of the families that chance alone explains (p of 0.05 or more) the one with the least AIC. Of
    more than 400 values 400 drawn by a fixed seed are tested: no family is right to the last
    digit, and with enough values every one fails. Of more than 200 values that fit none, 200
    quantiles are kept, moved so that their mean is that of all.

    Args:
        values: Minutes, one at least.

    Example:
        >>> fitted([7.0] * 30).chance.spread.value, fitted([1.0, 2.0]).chance.spread.value
        ('fixed', 'empirical')

    Source: Lilliefors, JASA 62 (1967), 399-402, by parametric bootstrap (Stute et al. 1993, 99
        samples, fixed seed); Akaike 1974.
    """
    found = sorted(values)
    if len(found) >= FEWEST:
        same = fit(found, Spread.FIXED)
        if same is not None:
            return Fitted(chance=same)
        tested = drawn(found)
        passing = [
            (_aic(chance, found), Fitted(chance=chance, gap=gap, p=p, tested=len(tested)))
            for chance in _candidates(found)
            for gap, p in (how_likely(tested, chance.spread),)
            if p >= PASSES
        ]
        if passing:
            best = min(passing, key=lambda each: each[0])[1]
            return evolve(best, parameters=parameters(found, best.chance.spread))
    return Fitted(chance=Chance(spread=Spread.EMPIRICAL, values=tuple(_kept(found))))


def _candidates(values: Sequence[float]) -> list[Chance]:
    made = (fit(values, spread) for spread in FAMILIES)
    return [chance for chance in made if chance is not None]


def _aic(chance: Chance, values: Sequence[float]) -> float:
    return 2 * _PARAMETERS.get(chance.spread, 2) - 2 * loglikelihood(chance, values)


def drawn(values: Sequence[float]) -> list[float]:
    """Return some of *values*, sorted, drawn by a fixed seed."""
    import numpy as np

    if len(values) <= _MOST_TESTED:
        return list(values)
    rng = np.random.default_rng(_SEED)
    places = rng.choice(len(values), _MOST_TESTED, replace=False)
    return sorted(values[int(place)] for place in places)


def _thinned(values: Sequence[float], most: int) -> list[float]:
    count = len(values)
    if count <= most:
        return list(values)
    return [values[int((place + 0.5) * count / most)] for place in range(most)]


def _kept(values: Sequence[float]) -> list[float]:
    kept = _thinned(values, _MOST_KEPT)
    moved = sum(values) / len(values) - sum(kept) / len(kept)
    if len(kept) == len(values):
        return kept
    return [max(round(each + moved, 4), 0.0) for each in kept]


def how_likely(values: Sequence[float], spread: Spread) -> tuple[float, float]:
    """Return the gap of *values* to the family, and how often samples of it have one as large."""
    chance = fit(values, spread)
    if chance is None:
        return 1.0, 0.0
    found = gap(values, chance)
    size = min(_SIZES, key=lambda each: abs(each - len(values)))
    gaps = _gaps(spread, size, _form(chance))
    # A gap shrinks by the root of the number of values.
    larger = sum(each * sqrt(size) >= found * sqrt(len(values)) for each in gaps)
    return found, (larger + 1) / (len(gaps) + 1)


def _form(chance: Chance) -> float:
    """Return what the gaps of a family hang on besides the number of values, on a coarse scale."""
    if chance.spread is Spread.GAMMA:
        half_octaves = round(2 * log2(shape_of(chance)[0]))
        return float(2 ** (min(max(half_octaves, -_WIDEST), _WIDEST) / 2))
    return round(_mode_share(chance), 1) if chance.spread is Spread.TRIANGULAR else 0.0


def _mode_share(chance: Chance) -> float:
    low, mode, high = (float(x or 0) for x in (chance.least, chance.mode, chance.most))
    return (mode - low) / (high - low)


@lru_cache(maxsize=512)
def _gaps(spread: Spread, count: int, form: float) -> tuple[float, ...]:
    """Return the gaps of samples of *count* values to their own fits, for one *form* of a family.

    Where it lies and how wide it is does not change the gap: only its form does.
    """
    import numpy as np

    rng = np.random.default_rng(_SEED)
    found = []
    for _ in range(_SAMPLES):
        if spread is Spread.GAMMA:
            sample = sorted(rng.standard_gamma(form, count).tolist())
        else:
            sample = sorted(quantiles(_standard(spread, form), rng.random(count)).tolist())
        chance = fit(sample, spread)
        found.append(1.0 if chance is None else gap(sample, chance))
    return tuple(found)


def _standard(spread: Spread, form: float) -> Chance:
    match spread:
        case Spread.LOGNORMAL:
            return Chance(spread=spread, mean=100, deviation=100)
        case Spread.UNIFORM:
            return Chance(spread=spread, least=0, most=100)
        case Spread.TRIANGULAR:
            return Chance(spread=spread, least=0, mode=100 * form, most=100)
        case _:
            return Chance(spread=spread, mean=100)


def gap(values: Sequence[float], chance: Chance) -> float:
    """Return the largest distance of the distribution of *values* (sorted) to *chance*.

    Example:
        >>> gap([1.0, 2.0], Chance(spread=Spread.UNIFORM, least=0, most=2))
        0.5

    Source: Kolmogorov 1933; Smirnov 1948.
    """
    import numpy as np

    below = _cdfs(np.asarray(values, dtype=float), chance)
    steps = np.arange(len(values) + 1) / len(values)
    return float(max((steps[1:] - below).max(), (below - steps[:-1]).max()))


def _cdfs(values: Numbers, chance: Chance) -> Numbers:
    """Return how likely each of *values* is not passed: :func:`.cdf` for many at once."""
    import numpy as np

    from tthc_flow.chances.gamma import tails

    fixed = fixed_at(chance)
    if fixed is not None:
        return (values >= fixed).astype(float)
    match chance.spread:
        case Spread.GAMMA:
            shape, scale = shape_of(chance)
            return tails(shape, values / scale)[0]
        case Spread.LOGNORMAL:
            middle, deviation = bell_of(chance)
            away = (np.log(values) - middle) / (deviation * sqrt(2))
            return np.array([erfc(-each) / 2 for each in away.tolist()])
        case Spread.EXPONENTIAL:
            return -np.expm1(-values / number(chance.mean))
        case Spread.UNIFORM:
            low, high = number(chance.least), number(chance.most)
            return np.clip((values - low) / (high - low), 0, 1)
        case _:
            low, mode, high = (number(x) for x in (chance.least, chance.mode, chance.most))
            inside = np.clip(values, low, high)
            width = high - low
            rising = (inside - low) ** 2 / (width * (mode - low)) if mode > low else 0 * inside
            falling = 1 - (high - inside) ** 2 / (width * (high - mode)) if high > mode else rising
            return np.where(inside < mode, rising, falling)
