"""The distribution of the time of one dossier alone: mean, quantiles, share late."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, gcd, inf, lcm
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.chances.cdf import fixed_at
from tthc_flow.expected.bounds import Bounds
from tthc_flow.expected.grid import Grid
from tthc_flow.model.chance import Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.chances.gamma import Numbers
    from tthc_flow.expected.moments import Moments
    from tthc_flow.expected.tree import Tree
    from tthc_flow.model.chance import Chance

QUANTILES: Final = (0.5, 0.9, 0.99)
_FEWEST: Final = 2**12
_MOST: Final = 2**18
_LATTICE_POINTS: Final = 2**16
_CLOSE: Final = 1e-3
_TAIL: Final = 1e-3
_DEVIATIONS: Final = 8
_NOISE: Final = 1e-7
"""Shares that are less apart are one: far above what the transforms blur."""
_MOST_DOUBLINGS: Final = 8
_A_LITTLE: Final = 1.01


@frozen(kw_only=True)
class Times:
    """How long one dossier takes in working minutes, nobody being busy with another.

    *p50*, *p90*, *p99*: that share of dossiers takes no longer. *late* is the share that takes
    longer than *limit* (``None``: no limit is known). *error* is by how much the quantiles may be
    off, relative to them (of a quantile of 0 to the mean): by what the last halving of the grid's
    step changed, or by half a step; *width* is the step in minutes.
    """

    mean: float
    deviation: float
    p50: float
    p90: float
    p99: float
    limit: Fraction | None = None
    late: float | None = None
    error: float
    width: float


def times(
    tree: Tree, whole: int, chances: Mapping[str, Chance], limit: Fraction | None = None
) -> Times:
    """Return the distribution of the time of *whole*.

    Args:
        tree: A process tree.
        whole: The number of its root.
        chances: The time of each part.
        limit: Working minutes that should not be passed.

    Returns:
        Mean and deviation, exact but for parallel parts, which the grid compares; the quantiles
        within 0.1 % by halving the grid's step until they hold still, or *error* says by how much
        they do not.

    Example:
        >>> from tthc_flow.expected.tree import Part, Tree
        >>> from tthc_flow.model.chance import Chance
        >>> tree = Tree()
        >>> whole = tree.row(tree.add(Part("a")), tree.add(Part("b")))
        >>> found = times(tree, whole, {"a": Chance.fixed(60), "b": Chance.fixed(30)}, Fraction(80))
        >>> found.mean, found.p99, found.late
        (90.0, 90.0, 1.0)

    Source: Abate & Whitt, Numerical inversion of probability generating functions (1992), and
        Grübel & Hermesmeier, Computation of compound distributions (1999), for the weights.
    """
    lattice = all(_is_discrete(chance) for chance in chances.values())
    bound = tree.value(whole, Bounds(chances))
    end = max(bound.mean + _DEVIATIONS * bound.deviation, 0.0 if limit is None else float(limit))
    found = _on_grid(tree, whole, _grid(end * _A_LITTLE or 1.0, chances))
    for _ in range(_MOST_DOUBLINGS):
        if found.shares[-1] >= 1 - _TAIL:
            break
        end *= 2
        found = _on_grid(tree, whole, _grid(end * _A_LITTLE, chances))
    error, reached = 1.0, found.quantiles()
    while error > _CLOSE and len(found.shares) < _MOST:
        finer = Grid(chances, found.width / 2, len(found.shares) * 2)
        found = _on_grid(tree, whole, finer)
        before, reached = reached, found.quantiles()
        halves = 0.0 if lattice else finer.width / 2
        mean = found.moments.mean
        scale = mean if mean > finer.width * _NOISE else inf  # next to no time: nothing is off
        moved = zip(before, reached, strict=True)
        error = max(max(abs(x - y), halves) / (y or scale) for x, y in moved)
    return Times(
        mean=found.moments.mean,
        deviation=found.moments.deviation,
        p50=reached[0],
        p90=reached[1],
        p99=reached[2],
        limit=limit,
        late=None if limit is None else found.later(float(limit)),
        error=error,
        width=found.width,
    )


@frozen
class _Cumulated:
    """The cumulated shares of the points of a grid, *width* minutes apart."""

    moments: Moments
    shares: Numbers
    width: float

    def quantiles(self) -> list[float]:
        """Return the first points that the shares of :data:`QUANTILES` reach."""
        import numpy as np

        places = np.searchsorted(self.shares, np.array(QUANTILES) - _NOISE)
        return [float(place) for place in places * self.width]

    def later(self, minutes: float) -> float:
        """Return the share that is later than *minutes*."""
        place = min(int(minutes / self.width + _NOISE), len(self.shares) - 1)
        late = float(1 - self.shares[place])
        return float(late > 1 / 2) if min(late, 1 - late) < _NOISE else late


def _on_grid(tree: Tree, whole: int, grid: Grid) -> _Cumulated:
    import numpy as np

    wave = tree.value(whole, grid)
    shares = np.clip(np.cumsum(grid.back(wave.heights)), 0.0, 1.0)
    return _Cumulated(wave.moments, np.maximum.accumulate(shares), grid.width)


def _grid(end: float, chances: Mapping[str, Chance]) -> Grid:
    """Return a grid up to *end* or beyond, on whose points all fixed times lie if that can be."""
    width = end / _FEWEST
    lattice = float(_lattice(chances.values()))
    if lattice >= width:
        width = lattice / ceil(lattice / width)
    elif lattice and end / lattice <= _LATTICE_POINTS:
        width = lattice
    count = _FEWEST
    while count * width < end:
        count *= 2
    return Grid(chances, width, count)


def _is_discrete(chance: Chance) -> bool:
    return chance.spread is Spread.EMPIRICAL or fixed_at(chance) is not None


def _lattice(chances: Iterable[Chance]) -> Fraction:
    """Return the longest time that all fixed and all seen times are multiples of; 0: any is."""
    fixed = {
        value
        for chance in chances
        if _is_discrete(chance)
        for value in (chance.values or (chance.average,))
    }
    unit = lcm(*(value.denominator for value in fixed))
    return Fraction(gcd(*(int(value * unit) for value in fixed)), unit)
