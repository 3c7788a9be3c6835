"""Whole-number programmes, solved to the proven optimum one objective after the other by HiGHS.

All coefficients are integers and so are the values of the objectives: a value that was reached is
kept by a row, and no tolerance of a solver can be mistaken for a gain. Where the programme without
its whole numbers has whole numbers in its best solution, that is the best with them too.

Source: HiGHS: Huangfu & Hall, Mathematical Programming Computation 10 (2018), 119-142.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

if TYPE_CHECKING:
    from highspy import HighsLp
    from highspy._core import _Highs

Sum: TypeAlias = Mapping[int, int]
"""A linear expression: coefficients by column, the constant under ``CONSTANT``."""

CONSTANT: Final = -1
_NEAR: Final = 1 / 16384
"""How far a whole value may be off: far more than a solver's tolerance, far less than a unit."""
_PRIMAL: Final = 4
_PLACES: Final = 9
_EXACT: Final = 10.0**-_PLACES
"""How far a number may be off and be taken for a whole one: what is left of adding up."""


def total(*parts: tuple[int, Sum]) -> dict[int, int]:
    """Return the sum of *parts*, each times its factor.

    Example:
        >>> total((2, {0: 1, CONSTANT: 3}), (-1, {0: 1}))
        {0: 1, -1: 6}
    """
    summed: dict[int, int] = {}
    for factor, part in parts:
        for column, coefficient in part.items():
            summed[column] = summed.get(column, 0) + factor * coefficient
    return summed


@frozen
class Programme:
    """Columns and rows that are added one by one; an objective may only use what is there."""

    _integer: list[bool] = field(factory=list)
    _upper: list[float] = field(factory=list)
    _lower: list[float] = field(factory=list)
    _rows: list[tuple[Sum, float, float]] = field(factory=list)

    def pick(self) -> int:
        """Add a column that is 0 or 1; return its number."""
        return self._column(0.0, 1.0, integer=True)

    def share(self) -> int:
        """Add a column between 0 and 1."""
        return self._column(0.0, 1.0, integer=False)

    def amount(self, *, signed: bool = False) -> int:
        """Add a column without an upper bound, and where *signed* without a lower one."""
        return self._column(float("-inf") if signed else 0.0, float("inf"), integer=False)

    def _column(self, lower: float, upper: float, *, integer: bool) -> int:
        self._integer.append(integer)
        self._lower.append(lower)
        self._upper.append(upper)
        return len(self._integer) - 1

    def at_most(self, some: Sum, bound: int = 0) -> None:
        """Demand ``some <= bound``."""
        self._rows.append((some, float("-inf"), float(bound)))

    def equal(self, one: Sum, other: Sum) -> None:
        """Demand that two expressions are equal."""
        self._rows.append((total((1, one), (-1, other)), 0.0, 0.0))

    def take(self, other: Programme) -> None:
        """Add the columns of *other* behind those that both begin with, and all of its rows."""
        known = len(self._integer)
        self._integer.extend(other._integer[known:])
        self._lower.extend(other._lower[known:])
        self._upper.extend(other._upper[known:])
        self._rows.extend(other._rows)

    def solved(self, objectives: Iterable[Sum]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Return the values of *objectives* and the columns that are on; ``None``: impossible.

        Each objective is made as small as the ones before it allow. One that is a constant is not
        solved for, nor one that cannot be smaller than what the ones before it led to.

        Example:
            >>> programme = Programme()
            >>> one, other = programme.pick(), programme.pick()
            >>> programme.at_most({one: 1, other: 1}, 1)
            >>> programme.solved([{one: -2, other: -3}])
            ((-3,), (1,))
        """
        solver = _solver()
        solver.passModel(self._model())
        whole = [column for column, integer in enumerate(self._integer) if integer]
        values: list[int] = []
        on: list[float] = []
        for objective in objectives:
            columns = [c for c, factor in objective.items() if c != CONSTANT and factor]
            constant = objective.get(CONSTANT, 0)
            if not columns:
                values.append(constant)
                continue
            least = self._least(objective, columns)
            if not on or sum(objective[column] * on[column] for column in columns) > least + _NEAR:
                costs = [0.0] * len(self._integer)
                for column in columns:
                    costs[column] = float(objective[column])
                solver.changeColsCost(len(costs), list(range(len(costs))), costs)
                best = _best(solver, whole)
                if not best.on:
                    return None
                on, least = best.on, best.value
            reached = round(least)
            values.append(reached + constant)
            factors = [float(objective[column]) for column in columns]
            solver.addRow(float("-inf"), float(reached), len(columns), columns, factors)
        picked = [column for column in whole if round(on[column])] if on else []
        return tuple(values), tuple(picked)

    def _least(self, objective: Sum, columns: Iterable[int]) -> float:
        """Return what no solution falls below, by the bounds of the *columns* alone."""
        factors = ((objective[column], column) for column in columns)
        return sum(
            factor * (self._lower[column] if factor > 0 else self._upper[column])
            for factor, column in factors
        )

    def _model(self) -> HighsLp:
        from highspy import HighsLp, HighsVarType, MatrixFormat

        model = HighsLp()
        model.num_col_, model.num_row_ = len(self._integer), len(self._rows)
        model.col_cost_ = [0.0] * len(self._integer)
        model.col_lower_, model.col_upper_ = self._lower, self._upper
        kinds = {True: HighsVarType.kInteger, False: HighsVarType.kContinuous}
        model.integrality_ = [kinds[whole] for whole in self._integer]
        starts, indices, factors = [0], list[int](), list[float]()
        for some, _, _ in self._rows:
            for column, factor in some.items():
                if column != CONSTANT and factor:
                    indices.append(column)
                    factors.append(float(factor))
            starts.append(len(indices))
        model.row_lower_ = [lower - some.get(CONSTANT, 0) for some, lower, _ in self._rows]
        model.row_upper_ = [upper - some.get(CONSTANT, 0) for some, _, upper in self._rows]
        matrix = model.a_matrix_
        matrix.format_ = MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = starts, indices, factors
        return model


@frozen
class _Solution:
    """The columns and the value of the best solution; *on* is empty where none was found."""

    on: list[float]
    value: float
    possible: bool = True


def _best(solver: _Highs, whole: Sequence[int]) -> _Solution:
    """Return the best solution, in which the columns *whole* are.

    They are left out of account first: often they come out whole by themselves, or lose nothing
    when they are rounded. Else they are searched for, without a solution to start from: HiGHS 1.16
    was seen to give that one back with the value of a better one.
    """
    solver.setOptionValue("solve_relaxation", True)  # noqa: FBT003 - their signature
    found = _run(solver)
    if not found.possible:
        return found
    if found.on:
        if all(abs(found.on[each] - round(found.on[each])) < _EXACT for each in whole):
            return found
        rounded = _rounded(solver, whole, found)
        if rounded is not None:
            return rounded
    solver.setOptionValue("solve_relaxation", False)  # noqa: FBT003 - their signature
    return _run(solver)


def _run(solver: _Highs) -> _Solution:
    from highspy import HighsModelStatus

    solver.run()
    status = solver.getModelStatus()
    if status != HighsModelStatus.kOptimal:
        return _Solution([], 0.0, possible=status != HighsModelStatus.kInfeasible)
    value = solver.getInfo().objective_function_value
    return _Solution(list(solver.getSolution().col_value), value)


def _rounded(solver: _Highs, whole: Sequence[int], relaxed: _Solution) -> _Solution | None:
    """Return *relaxed* with its columns all rounded up, or down, where that is still the best.

    Values of objectives are whole: what reaches the next one from the best without whole columns
    is the best with them.
    """
    columns, many = list(whole), len(whole)
    least = ceil(relaxed.value - _NEAR)
    best = None
    for rounding in (ceil, floor):
        fixed = [float(rounding(round(relaxed.on[each], _PLACES))) for each in whole]
        solver.changeColsBounds(many, columns, fixed, fixed)
        found = _run(solver)
        if found.on and found.value <= least + _NEAR:
            best = found
            break
    solver.changeColsBounds(many, columns, [0.0] * many, [1.0] * many)
    return best


def _solver() -> _Highs:
    # The class on top of this one prints a line of its own before it can be told not to.
    from highspy._core import _Highs

    solver = _Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - their signature
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.4)
    # Looks for a first solution, which is easy to find here: milliseconds, however small it all is.
    solver.setOptionValue("mip_heuristic_run_feasibility_jump", "off")
    # Where other costs are looked at, the last solution is still one, if no more the best.
    solver.setOptionValue("simplex_strategy", _PRIMAL)
    return solver
