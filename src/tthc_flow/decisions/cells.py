"""What an input cell admits: unary tests in our own language, as spans of values.

::

    cell     = - | tests | (not | không) ( tests ) | [not | không] (in | thuộc) ( tests )
    tests    = test { , test }
    test     = literal | comparison literal | interval
    interval = [ literal .. literal ] ; a round or turned bracket leaves its end out

A comma parts tests: ``2,5`` is 2 or 5, two and a half is ``2.5``.
No name, no call and no arithmetic: a cell can be compared with others exactly. What is outside is
refused with its place, never guessed. Source: OMG DMN 1.5, chapter 10 (unary tests), the part of
them that a table needs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final, NoReturn, TypeAlias

from attrs import frozen

from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Value
from tthc_flow.expressions.lexemes import CELL, Literal, Sort, Token, tokens
from tthc_flow.units import Duration, TimeUnit

Point: TypeAlias = bool | Fraction | str | date

_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_HINT: Final = "write e.g. -, 'A', > 5, [1..5], không('A', 'B'), 31/12/2025, 5 ngày làm việc"
_QUOTES: Final = "put text into quotes: 'Cấp lại'; other values cannot be named in an input cell"


@frozen
class Kind:
    """What values are of one kind: number, date, text, truth, or a duration of one unit."""

    name: str
    unit: TimeUnit | None = None

    @property
    def ordered(self) -> bool:
        """Return whether one value can be less than another; text has no order in a table."""
        return self not in {TEXT, TRUTH}

    def __str__(self) -> str:
        """Return the kind as an error shows it."""
        return self.name if self.unit is None else f"{self.name} ({self.unit})"


NUMBER: Final = Kind("number")
DATE: Final = Kind("date")
TEXT: Final = Kind("text")
TRUTH: Final = Kind("true or false")


@frozen
class Span:
    """The points from *low* to *high* (``None``: no end there), or all the others: *outside*."""

    low: Point | None
    high: Point | None
    low_in: bool = True
    high_in: bool = True
    outside: bool = False

    def has(self, point: Point) -> bool:
        """Return whether *point*, of the kind of the ends, is among these."""
        return (self._above(point) and self._below(point)) is not self.outside

    def _above(self, point: Point) -> bool:
        low = self.low
        return low is None or low < point or (self.low_in and low == point)  # type: ignore[operator]

    def _below(self, point: Point) -> bool:
        high = self.high
        return high is None or point < high or (self.high_in and high == point)  # type: ignore[operator]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing can be between the ends."""
        if self.low is None or self.high is None:
            return False
        alike = self.low == self.high
        return self.high < self.low or (alike and not (self.low_in and self.high_in))  # type: ignore[operator]


@frozen
class Cell:
    """An input cell: any of its spans, or with *negated* none of them; *kind* ``None`` for "-"."""

    spans: tuple[Span, ...] = ()
    negated: bool = True
    kind: Kind | None = None

    def has(self, point: Point) -> bool:
        """Return whether the cell admits *point*, a value of its kind."""
        return any(span.has(point) for span in self.spans) is not self.negated

    @property
    def ends(self) -> Iterator[Point]:
        """Return the ends of the spans."""
        for span in self.spans:
            yield from (end for end in (span.low, span.high) if end is not None)


ANY: Final = Cell()


def kind_of(value: Value) -> Kind | None:
    """Return the kind of a plain value, ``None`` for a list.

    Example:
        >>> str(kind_of(Duration(amount=5, unit="working_day")))
        'duration (working_day)'
    """
    match value:
        case bool():
            return TRUTH
        case Fraction():
            return NUMBER
        case str():
            return TEXT
        case date():
            return DATE
        case Duration():
            return Kind("duration", value.unit)
        case _:
            return None


def point_of(value: Value) -> Point:
    """Return what stands for a plain value among others of its kind: of a duration its amount."""
    if isinstance(value, Duration):
        return value.amount
    if isinstance(value, bool | Fraction | str | date):
        return value
    raise BadExpression("TF507", f"{value!r} does not compare", hint="give one plain value")


def differ(one: Value, other: Value) -> bool:
    """Return whether two plain values are not the same; those of two kinds never are.

    Example:
        >>> differ(Fraction(1), Fraction(2, 2)), differ(Fraction(1), True)
        (False, True)
    """
    return one != other or kind_of(one) != kind_of(other)


def value_of(point: Point, kind: Kind) -> Value:
    """Return the value of *kind* that *point* stands for."""
    if kind.unit is not None and isinstance(point, Fraction):
        return Duration(amount=point, unit=kind.unit)
    return point


def read_cell(text: str, place: str = "") -> Cell:
    """Return what an input cell admits. Linear in the text.

    Raises:
        BadExpression: TF511 outside the language, TF514 values of several kinds.

    Example:
        >>> cell = read_cell("< 0, (5..10], 20")
        >>> [n for n in (-1, 0, 5, 6, 10, 20) if cell.has(Fraction(n))]
        [-1, 6, 10, 20]
    """
    if text.strip() in {"", "-"}:
        return ANY
    try:
        found = list(tokens(unicodedata.normalize("NFC", text), place, CELL))
    except BadExpression as error:
        raise BadExpression("TF511", error.fact, place=place, hint=_HINT) from error
    return _Parser(found, place).cell()


class _Parser:
    """Goes through the tokens of one cell once."""

    def __init__(self, found: list[Token], place: str) -> None:
        self.found = found
        self.place = place
        self.index = 0
        self.kind: Kind | None = None

    @property
    def token(self) -> Token:
        return self.found[self.index]

    def refuse(self, fact: str, code: str = "TF511", hint: str = _HINT) -> NoReturn:
        raise BadExpression(
            code, f"{fact}, at character {self.token.at}", place=self.place, hint=hint
        )

    def unexpected(self, due: str) -> NoReturn:
        text = self.token.text
        self.refuse(f"{text!r} stands where {due} is due" if text else f"{due} is missing")

    def accept(self, *signs: str) -> str | None:
        token = self.token
        if token.sort is Sort.SIGN and token.text in signs:
            self.index += 1
            return token.text
        return None

    def cell(self) -> Cell:
        negated = self.accept("not") is not None
        if self.accept("in"):
            spans = [self.test()] if self.at_interval() else self.listed()
        else:
            spans = self.listed() if negated else self.tests()
        if self.token.sort is not Sort.END:
            self.unexpected("the end")
        return Cell(tuple(spans), negated, self.kind)

    def at_interval(self) -> bool:
        """Return whether what comes is one interval: "thuộc (1..5)" is no list."""
        behind = [token.text for token in self.found[self.index : self.index + 3]]
        return behind[0] in {"[", "]"} or (behind[0] == "(" and behind[2:] == [".."])

    def listed(self) -> list[Span]:
        if not self.accept("("):
            self.unexpected("(")
        spans = self.tests()
        if not self.accept(")"):
            self.unexpected(", or )")
        return spans

    def tests(self) -> list[Span]:
        spans = [self.test()]
        while self.accept(","):
            spans.append(self.test())
        return spans

    def test(self) -> Span:
        sign = self.accept(*_COMPARISONS)
        if sign is not None:
            return self.compared(sign)
        opening = self.accept("[", "(", "]")
        if opening is not None:
            return self.interval(opening)
        point = self.literal()
        return Span(point, point)

    def compared(self, sign: str) -> Span:
        point = self.literal(ordered=sign not in {"==", "!="})
        match sign:
            case "==" | "!=":
                return Span(point, point, outside=sign == "!=")
            case "<" | "<=":
                return Span(None, point, high_in=sign == "<=")
            case _:
                return Span(point, None, low_in=sign == ">=")

    def interval(self, opening: str) -> Span:
        low = self.literal(ordered=True)
        if not self.accept(".."):
            self.unexpected("..")
        high = self.literal(ordered=True)
        closing = self.accept("]", ")", "[")
        if closing is None:
            self.unexpected("] or )")
        span = Span(low, high, low_in=opening == "[", high_in=closing == "]")
        if span.is_empty:
            self.refuse("an interval holds nothing", hint="write the smaller end first: [1..5]")
        return span

    def literal(self, *, ordered: bool = False) -> Point:
        token = self.token
        if token.sort is Sort.NAME:
            self.refuse(f"{token.text!r} is no value", hint=_QUOTES)
        if token.sort is not Sort.LITERAL:
            self.unexpected("a value")
        kind = kind_of(token.value)
        if self.kind is not None and kind != self.kind:
            hint = "use one kind of value and one unit in a column"
            self.refuse(f"a {kind} stands among values of kind {self.kind}", "TF514", hint)
        if ordered and kind is not None and not kind.ordered:
            self.refuse(f"{kind} has no order", hint="list the values: 'A', 'B'")
        self.kind = kind
        self.index += 1
        return _point(token.value)


def _point(literal: Literal) -> Point:
    return literal.amount if isinstance(literal, Duration) else literal
