"""A small evaluator of the formulas that our workbooks use, so that a test can read their results.

It knows nothing of the library: cells, ranges, arithmetic, comparisons and the few functions below.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

FEW = "chưa đủ dữ liệu"

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)"""
    r"""|(?P<ref>(?:'[^']+'!)?\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)"""
    r"""|(?P<name>[A-Z]+)(?=\()|(?P<mark><>|<=|>=|[-+*/=<>(),]))"""
)


class Range(list[Any]):
    """The values of several cells."""


class Book:
    """The values of a workbook, every formula computed anew."""

    def __init__(self, data: bytes) -> None:
        self.book = load_workbook(io.BytesIO(data))
        self.value = cache(self._value)

    def __getitem__(self, place: tuple[str, str]) -> Any:
        return self.value(*place)

    def _value(self, sheet: str, cell: str) -> Any:
        found = self.book[sheet][cell]
        if found.data_type != "f":
            return found.value
        return Formula(self, sheet, str(found.value)[1:]).result()

    def rows(self, sheet: str) -> list[list[Any]]:
        """Return every row of *sheet*, computed."""
        page = self.book[sheet]
        return [[self[sheet, cell.coordinate] for cell in row] for row in page.iter_rows()]

    def formulas(self) -> list[tuple[str, str]]:
        """Return where there is a formula."""
        return [
            (page.title, cell.coordinate)
            for page in self.book.worksheets
            for row in page.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]


class Formula:
    """One formula; a recursive descent over its tokens."""

    def __init__(self, book: Book, sheet: str, text: str) -> None:
        self.book, self.sheet, self.at, self.tokens = book, sheet, 0, []
        place = 0
        while place < len(text):
            found = TOKEN.match(text, place)
            assert found, f"no formula: {text[place:]!r} in {text!r}"
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()

    def result(self) -> Any:
        value = self.compared()
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return value

    def peek(self) -> str | None:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def compared(self) -> Any:
        left = self.added()
        while self.peek() in {"=", "<>", "<", ">", "<=", ">="}:
            mark = self.take()[1]
            left = each_of(lambda a, b, m=mark: compare(a, b, m), left, self.added())
        return left

    def added(self) -> Any:
        left = self.multiplied()
        while self.peek() in {"+", "-"}:
            sign = 1 if self.take()[1] == "+" else -1
            left = each_of(lambda a, b, s=sign: figure(a) + s * figure(b), left, self.multiplied())
        return left

    def multiplied(self) -> Any:
        left = self.single()
        while self.peek() in {"*", "/"}:
            if self.take()[1] == "*":
                left = each_of(lambda a, b: figure(a) * figure(b), left, self.single())
            else:
                left = each_of(lambda a, b: figure(a) / figure(b), left, self.single())
        return left

    def single(self) -> Any:
        kind, part = self.take()
        if part == "-":
            return -figure(self.single())
        if part == "(":
            value = self.compared()
            assert self.take()[1] == ")"
            return value
        match kind:
            case "text":
                return part[1:-1].replace('""', '"')
            case "number":
                return float(part)
            case "ref":
                return self.cells(part)
            case _:
                return self.called(part)

    def cells(self, part: str) -> Any:
        name, _, place = part.rpartition("!")
        sheet = name.strip("'") or self.sheet
        left, top, right, bottom = range_boundaries(place)
        page = self.book.book[sheet]
        found = [
            self.book[sheet, page.cell(row, column).coordinate]
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return Range(found) if ":" in place else found[0]

    def called(self, name: str) -> Any:
        assert self.take()[1] == "("
        if name == "IF":
            return self.branched()
        given = []
        while self.peek() != ")":
            given.append(self.compared())
            if self.peek() == ",":
                self.take()
        self.take()
        return FUNCTIONS[name](*given)

    def branched(self) -> Any:
        """Compute only the branch that is taken: the other may divide by zero."""
        chosen = self.compared()
        assert self.take()[1] == ","
        ways = [self.argument(), self.argument()]
        start, _ = ways[0 if chosen else 1]
        after, self.at = self.at, start
        value = self.compared()
        self.at = after
        return value

    def argument(self) -> tuple[int, int]:
        start, depth = self.at, 0
        while depth or self.peek() not in {",", ")"}:
            depth += {"(": 1, ")": -1}.get(self.take()[1], 0)
        self.take()
        return start, self.at


def each_of(made: Any, left: Any, right: Any) -> Any:
    if not isinstance(left, Range) and not isinstance(right, Range):
        return made(left, right)
    size = len(left if isinstance(left, Range) else right)
    one = left if isinstance(left, Range) else [left] * size
    two = right if isinstance(right, Range) else [right] * size
    return Range(made(a, b) for a, b in zip(one, two, strict=True))


def figure(value: Any) -> float:
    assert not isinstance(value, str), f"#VALUE!: {value!r} is no number"
    return float(value or 0)


def compare(one: Any, two: Any, mark: str) -> bool:
    blank = "" if isinstance(one, str) or isinstance(two, str) else 0.0
    one, two = (blank if each is None else each for each in (one, two))
    if isinstance(one, str) is not isinstance(two, str):
        return mark == "<>"
    same = {"=": one == two, "<>": one != two}
    return same[mark] if mark in same else bool(
        {"<": one < two, ">": one > two, "<=": one <= two, ">=": one >= two}[mark]
    )  # fmt: skip


def numbers(*given: Any) -> list[float]:
    flat = [x for each in given for x in (each if isinstance(each, Range) else [each])]
    return [float(x) for x in flat if isinstance(x, (int, float)) and not isinstance(x, bool)]


def meets(value: Any, criterion: Any) -> bool:
    if isinstance(criterion, str) and criterion.startswith(">"):
        return isinstance(value, (int, float)) and value > float(criterion[1:])
    return value is not None and compare(value, criterion, "=")


def sum_if(judged: Range, criterion: Any, added: Range | None = None) -> float:
    pairs = zip(judged, judged if added is None else added, strict=True)
    return sum(numbers(Range(two for one, two in pairs if meets(one, criterion))))


def products(*ranges: Range) -> float:
    if len(ranges) == 1:
        return sum(figure(each) for each in ranges[0])
    total = 0.0
    for row in zip(*ranges, strict=True):
        product = 1.0
        for each in row:
            product *= each if isinstance(each, (int, float)) else 0.0
        total += product
    return total


FUNCTIONS: dict[str, Any] = {
    "SUM": lambda *given: sum(numbers(*given)),
    "AVERAGE": lambda *given: sum(numbers(*given)) / len(numbers(*given)),
    "COUNT": lambda *given: float(len(numbers(*given))),
    "COUNTA": lambda cells: float(sum(each is not None for each in cells)),
    "COUNTBLANK": lambda cells: float(sum(each in {None, ""} for each in cells)),
    "COUNTIF": lambda cells, criterion: float(sum(meets(each, criterion) for each in cells)),
    "SUMIF": sum_if,
    "SUMPRODUCT": products,
    "AND": lambda *given: all(given),
    "OR": lambda *given: any(given),
    "N": lambda value: value if isinstance(value, (int, float)) else 0.0,
    "ISNUMBER": lambda value: (
        Range(bool(numbers(each)) for each in value)
        if isinstance(value, Range)
        else bool(numbers(value))
    ),
}


def close(found: Any, expected: Any) -> bool:
    if expected is None:
        return bool(found == FEW)
    return bool(found == pytest.approx(float(expected), rel=1e-9, abs=1e-9))


def labelled(rows: list[list[Any]], column: int, label: str) -> list[list[Any]]:
    return [row for row in rows if row[column] == label]
