"""Random tables as plain data, what they mean said a second time, and every input that matters.

Nothing here is taken from the code under test: a test is a tuple, its meaning a Python comparison,
and the inputs are a crowd of values around all that occur.
"""

from __future__ import annotations

import itertools
import operator
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from tthc_flow.model.decision import (
    DecisionTable,
    HitPolicy,
    InputColumn,
    OutputColumn,
    Rule,
)
from tthc_flow.units import Duration, TimeUnit

DAY = TimeUnit.WORKING_DAY
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
LIKE = {"=": operator.eq, "≠": operator.ne}
MARCH = date(2025, 3, 1)
HALVES = [Fraction(n, 4) for n in range(-12, 29)]

# kind: the values that cells name, and the inputs that are tried
KINDS = {
    "number": ([Fraction(n) for n in (-1, 0, 1, 2)] + [Fraction(5, 2)], HALVES),
    "integer": ([Fraction(n, 2) for n in (-2, 0, 2, 3, 5, 8)], [Fraction(n) for n in range(-4, 8)]),
    "date": (
        [MARCH + timedelta(days=n) for n in (0, 1, 2, 5)],
        [date(2025, 1, 1), *(MARCH + timedelta(days=n) for n in range(-3, 9))],
    ),
    "time": (
        [Fraction(n) for n in (0, 1, 2)] + [Fraction(5, 2)],
        [each for each in HALVES if each >= 0],
    ),
    "string": (["A", "B", "C"], ["A", "B", "C", "D", "khác"]),
    "boolean": ([True, False], [True, False]),
}


def text_of(kind, value):
    """Return a literal of our language."""
    match kind:
        case "string":
            return f"'{value}'"
        case "boolean":
            return "đúng" if value else "false"
        case "date":
            return value.isoformat()
        case "time":
            return f"{float(value)} ngày làm việc"
        case _:
            return str(float(value)) if value.denominator > 1 else str(value)


def value_of(kind, point):
    """Return what the data of a dossier would hold."""
    return Duration(amount=point, unit=DAY) if kind == "time" else point


def tests_of(kind):
    """Return a strategy of tests: a sign and a value, or an interval."""
    values = st.sampled_from(KINDS[kind][0])
    like = st.tuples(st.sampled_from(sorted(LIKE)), values)
    if kind in {"string", "boolean"}:
        return like
    order = st.tuples(st.sampled_from(sorted(SIGNS)), values)
    span = st.tuples(values, values, st.booleans(), st.booleans()).filter(
        lambda each: each[0] < each[1] or (each[0] == each[1] and each[2] and each[3])
    )
    return st.one_of(like, order, span)


def cells_of(kind):
    """Return a strategy of cells: ``None`` for "-", or (negated, tests)."""
    several = st.lists(tests_of(kind), min_size=1, max_size=3)
    return st.one_of(st.none(), st.tuples(st.booleans(), several))


def text_of_test(kind, test):
    """Return the text of a test."""
    if len(test) == 2:
        return f"{test[0]} {text_of(kind, test[1])}"
    low, high, low_in, high_in = test
    ends = f"{text_of(kind, low)}..{text_of(kind, high)}"
    return f"{'[' if low_in else '('}{ends}{']' if high_in else ')'}"


def cell_text(kind, cell):
    """Return the text of a cell."""
    if cell is None:
        return "-"
    text = ", ".join(text_of_test(kind, test) for test in cell[1])
    return f"không({text})" if cell[0] else text


def holds(cell, point):
    """Return whether *cell* admits *point*: the meaning, said a second time."""
    if cell is None:
        return True
    negated, tests = cell
    return any(admits(test, point) for test in tests) != negated


def admits(test, point):
    """Return whether one test admits *point*."""
    if len(test) == 2:
        return (SIGNS | LIKE)[test[0]](point, test[1])
    low, high, low_in, high_in = test
    return (low < point or (low_in and low == point)) and (
        point < high or (high_in and high == point)
    )


class Drawn:
    """A random table and its meaning."""

    def __init__(self, kinds, allowed, cells, outputs):
        """Keep the parts."""
        self.kinds, self.allowed, self.cells, self.outputs = kinds, allowed, cells, outputs

    def __repr__(self):
        """Return the parts as text."""
        return f"Drawn({self.kinds}, {self.allowed}, {self.cells}, {self.outputs})"

    def table(self, policy="UNIQUE"):
        """Return the table with texts in its cells."""
        return DecisionTable(
            id="T",
            inputs=tuple(
                InputColumn(
                    expression=f"cột số {'abc'[n]}",
                    type=kind if kind != "time" else "",
                    allowed="" if allowed is None else cell_text(kind, allowed),
                )
                for n, (kind, allowed) in enumerate(zip(self.kinds, self.allowed, strict=True))
            ),
            outputs=(OutputColumn(name="kết quả"),),
            rules=tuple(
                Rule(
                    inputs=tuple(map(cell_text, self.kinds, row)),
                    outputs=(text_of("integer", Fraction(output)),),
                )
                for row, output in zip(self.cells, self.outputs, strict=True)
            ),
            hit_policy=HitPolicy(policy),
        )

    def sides(self, like=None):
        """Return of each column the points that may come; one that no rule tests is free.

        Where *like* has a point for a column, only that one.
        """
        sides = []
        for n, (kind, allowed) in enumerate(zip(self.kinds, self.allowed, strict=True)):
            asked = any(row[n] is not None for row in self.cells)
            points = KINDS[kind][1]
            side = [point for point in points if holds(allowed, point)] if asked else points
            wanted = None if like is None else like[n]
            sides.append(side if wanted is None else [each for each in side if each == wanted])
        return sides

    def points(self):
        """Return every input that may come, a point a column."""
        return itertools.product(*self.sides())

    def ways(self, like=None):
        """Return what the columns let pass, a set of rules each, over every input that may come.

        Which rules hit is the same for inputs of one way: so it is asked once of them all.
        """
        columns = enumerate(self.sides(like))
        return set(itertools.product(*({self.passing(n, p) for p in side} for n, side in columns)))

    def way(self, point):
        """Return what each column lets pass of one input."""
        return tuple(itertools.starmap(self.passing, enumerate(point)))

    def passing(self, n, point):
        """Return the rules, from 1, whose cell in the column *n* admits *point*."""
        return frozenset(
            number for number, row in enumerate(self.cells, start=1) if holds(row[n], point)
        )

    def hit(self, way):
        """Return the rules that hit: those that every column lets pass."""
        return tuple(sorted(frozenset.intersection(*way)))

    def left(self, way):
        """Return the rules that are left after each column, until none is."""
        left, steps = frozenset(range(1, len(self.cells) + 1)), []
        for some in way:
            if not left:
                break
            left &= some
            steps.append(left)
        return tuple(steps)

    def data(self, point):
        """Return *point* as the data of a dossier."""
        values = map(value_of, self.kinds, point)
        return {f"cột số {'abc'[n]}": value for n, value in enumerate(values)}


@st.composite
def drawn_tables(draw):
    """Return a table of one to three columns and up to five rules."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=3))
    allowed = [draw(st.one_of(st.none(), cells_of(kind))) for kind in kinds]
    cells = draw(st.lists(st.tuples(*map(cells_of, kinds)), max_size=5))
    outputs = [draw(st.integers(0, 2)) for _ in cells]
    return Drawn(tuple(kinds), allowed, cells, outputs)
