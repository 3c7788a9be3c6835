"""Conditions: a small language of our own, compiled once, with nothing in it that can do harm.

::

    condition   = part { (or | hoặc) part }
    part        = piece { (and | và) piece }
    piece       = (not | không) piece | value [ comparison value | [not] in list ]
    value       = name | number | "text" | date | duration | true | false | ( condition )
    list        = name | ( value { , value } )
    name        = word { word }

A name has one or several words: ``loại hồ sơ``, ``số ngày chờ``. A reserved word (và, hoặc, không,
thuộc, đúng, sai, and, or, not, in, true, false) ends it. A value is found under its name however
its key is spaced, and in both ways of composing Vietnamese letters.

There is no arithmetic, no call, no attribute and no index: no value can grow, and no text is
ever handed to Python. Numbers are exact and have a decimal point; what may be thousands as people
write them (``500.000``) is refused: write ``500000``. A date is ``2025-07-01`` or ``01/07/2025``,
a duration ``5 ngày làm việc``, ``4 giờ làm việc``, ``10 ngày``. Durations of different units do not
compare.
"""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NoReturn, TypeAlias

from attrs import field, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.expressions.lexemes import Sort, Token, one_name, tokens, wrong
from tthc_flow.units import Duration, exact

Value: TypeAlias = (
    bool | int | float | Fraction | str | date | Duration | tuple["Value", ...] | frozenset["Value"]
)
Evaluate: TypeAlias = Callable[[Mapping[str, Value]], Value]

DEEPEST: Final = 32

_COMPARE: Final[Mapping[str, Callable[..., bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@frozen(kw_only=True)
class Expression:
    """A compiled condition: its text in NFC and the names it asks for."""

    text: str
    names: frozenset[str]
    place: str = field(default="", eq=False)
    _evaluate: Evaluate = field(eq=False, repr=False)

    def holds(self, data: Mapping[str, Value]) -> bool:
        """Return whether the condition holds for *data*.

        Raises:
            BadExpression: TF506 a name without a value, TF507 values that do not compare,
                TF508 a value that is neither true nor false, TF509 two keys for one name.
        """
        return _truth(self._evaluate(self._named(data)), self.place, 1)

    def value(self, data: Mapping[str, Value]) -> Value:
        """Return what the expression gives for *data*: text in NFC, every number exact.

        Raises:
            BadExpression: TF506, TF507, TF508 and TF509 as :meth:`holds`, TF507 also for a value
                of another kind than number, text, date, duration, true and false.

        Example:
            >>> compile_expression("số ngày chờ").value({"số  ngày chờ": 3})
            Fraction(3, 1)
        """
        return plain(self._evaluate(self._named(data)), self.place, 1)

    def _named(self, data: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return *data* by the names that conditions know; a key that is such a name goes first."""
        if all(name in data for name in self.names):
            return data
        known = dict(data)
        for key, value in data.items():
            name = one_name(key)
            if name not in self.names or name in data:
                continue
            if name in known:
                hint = "keep one of them: names do not differ by their spaces"
                wrong("TF509", f"{name!r} is there under two keys", self.place, 1, hint)
            known[name] = value
        return known


def compile_expression(text: str, place: str = "") -> Expression:
    """Return *text* compiled; *place* names the sequence flow in errors. Linear in the text.

    Raises:
        BadExpression: TF501 to TF505, with the character and what to write instead.

    Example:
        >>> large = compile_expression("phí > 500000 và loại thuộc ('A', 'B')")
        >>> large.holds({"phí": 600_000, "loại": "A"}), sorted(large.names)
        (True, ['loại', 'phí'])
        >>> compile_expression("__import__('os')")
        Traceback (most recent call last):
        tthc_flow.errors.BadExpression: TF502 '_' has no meaning here, at character 1
          → use names, numbers, quoted text, comparisons, và, hoặc, không, thuộc, ( )
    """
    normal = unicodedata.normalize("NFC", text)
    parser = _Parser(list(tokens(normal, place)), place)
    evaluate = parser.condition(0)
    if parser.token.sort is not Sort.END:
        parser.unexpected("và, hoặc or the end")
    return Expression(text=normal, names=frozenset(parser.names), place=place, evaluate=evaluate)


class _Parser:
    """Goes through the tokens once; as deep as the brackets, at most :data:`DEEPEST`."""

    def __init__(self, found: list[Token], place: str) -> None:
        self.found = found
        self.place = place
        self.index = 0
        self.names: set[str] = set()

    @property
    def token(self) -> Token:
        return self.found[self.index]

    def unexpected(self, due: str) -> NoReturn:
        token = self.token
        fact = f"{token.text!r} stands where {due} is due" if token.text else f"{due} is missing"
        hint = "e.g. phí > 500000 và (loại = 'A' hoặc không gấp)"
        wrong("TF503", fact, self.place, token.at, hint)

    def accept(self, *signs: str) -> str | None:
        token = self.token
        if token.sort is Sort.SIGN and token.text in signs:
            self.index += 1
            return token.text
        return None

    def condition(self, depth: int) -> Evaluate:
        return self.joined(depth, "or", lambda deeper: self.joined(deeper, "and", self.piece))

    def joined(self, depth: int, sign: str, part: Callable[[int], Evaluate]) -> Evaluate:
        at, place = self.token.at, self.place
        parts = [part(depth)]
        while self.accept(sign):
            parts.append(part(depth))
        if len(parts) == 1:
            return parts[0]
        decisive = sign == "or"
        return lambda data: (
            any(_truth(each(data), place, at) for each in parts)
            if decisive
            else all(_truth(each(data), place, at) for each in parts)
        )

    def piece(self, depth: int) -> Evaluate:
        if depth > DEEPEST:
            hint = "split the decision into several gateways"
            wrong("TF504", f"more than {DEEPEST} levels", self.place, self.token.at, hint)
        at, place = self.token.at, self.place
        if self.accept("not"):
            inner = self.piece(depth + 1)
            return lambda data: not _truth(inner(data), place, at)
        left = self.value(depth)
        sign = self.accept(*_COMPARE)
        if sign is not None:
            right = self.value(depth)
            return lambda data: _compare(sign, left(data), right(data), place, at)
        negated = self.accept("not") is not None
        if self.accept("in"):
            members = self.members(depth)
            return lambda data: _among(left(data), members(data), place, at) is not negated
        if negated:
            self.unexpected("thuộc")
        return left

    def value(self, depth: int) -> Evaluate:
        token = self.token
        if self.accept("("):
            inner = self.condition(depth + 1)
            if not self.accept(")"):
                self.unexpected(")")
            return inner
        if token.sort not in {Sort.LITERAL, Sort.NAME}:
            self.unexpected("a value")
        self.index += 1
        return self.name(token) if token.sort is Sort.NAME else lambda _data: token.value

    def name(self, token: Token) -> Evaluate:
        self.names.add(token.text)
        place = self.place

        def look_up(data: Mapping[str, Value]) -> Value:
            if token.text not in data:
                hint = "give it when a step before is completed"
                wrong("TF506", f"{token.text!r} has no value", place, token.at, hint)
            return data[token.text]

        return look_up

    def members(self, depth: int) -> Evaluate:
        if not self.accept("("):
            return self.value(depth)
        parts = [self.value(depth + 1)]
        while self.accept(","):
            parts.append(self.value(depth + 1))
        if not self.accept(")"):
            self.unexpected(", or )")
        return lambda data: tuple(each(data) for each in parts)


def _truth(value: Value, place: str, at: int) -> bool:
    if not isinstance(value, bool):
        hint = "compare it with something, e.g. = 'có'"
        wrong("TF508", f"{value!r} is neither true nor false", place, at, hint)
    return value


def plain(value: Value, place: str, at: int) -> Value:
    """Return *value* in the form that compares: text in NFC, every number exact.

    Raises:
        BadExpression: TF507 for a value that does not compare.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return exact(value)
        except BadQuantity as error:
            wrong("TF507", error.fact, place, at, error.hint)
    if type(value) not in {bool, Fraction, date, Duration}:
        hint = "give a number, text, date, duration or true/false"
        wrong("TF507", f"a {type(value).__name__} does not compare", place, at, hint)
    return value


def _compare(sign: str, left: Value, right: Value, place: str, at: int) -> bool:
    first, second = plain(left, place, at), plain(right, place, at)
    alike = type(first) is type(second)
    if isinstance(first, Duration) and isinstance(second, Duration) and first.unit is second.unit:
        return _COMPARE[sign](first.amount, second.amount)
    ordered = isinstance(first, Fraction | date | str) or sign in {"==", "!="}
    if not alike or not ordered or isinstance(first, Duration):
        fact = f"{said(first)} does not compare with {said(second)} by {sign}"
        wrong("TF507", fact, place, at, "compare values of one kind and one unit")
    return _COMPARE[sign](first, second)


def said(value: Value) -> str:
    """Return *value* as an error shows it."""
    if isinstance(value, Duration):
        return f"{value.amount} {value.unit}"
    return str(value) if isinstance(value, Fraction | date) else repr(value)


def _among(value: Value, members: Value, place: str, at: int) -> bool:
    if not isinstance(members, tuple | frozenset):
        wrong("TF507", f"{members!r} is no list", place, at, "write thuộc ('A', 'B')")
    return any(_compare("==", value, each, place, at) for each in members)
