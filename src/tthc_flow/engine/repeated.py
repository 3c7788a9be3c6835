"""How often a repeated activity is done, as its drawing says it: read once, asked in each case."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from attrs import frozen

from tthc_flow.errors import BadExpression, NotRunnable
from tthc_flow.expressions.expression import Expression, Value, compile_expression
from tthc_flow.expressions.lexemes import one_name
from tthc_flow.model.step import Loop

MOST_ROUNDS: Final = 1_000
"""More rounds of an activity than this are taken for a slip of the pen."""


@frozen(kw_only=True)
class Rounds:
    """What says how often an activity is done.

    *times* is its number, *each* the name of the list that it is done once a member for, *member*
    the name that a round knows its own by; *until* ends it early, *asked* tells that a condition
    which is not ours does: a person is asked. *before* tells a loop that may have no round at all.
    *place* is the activity.
    """

    place: str
    times: Expression | None = None
    each: str | None = None
    member: str | None = None
    until: Expression | None = None
    asked: bool = False
    before: bool = False

    @property
    def counted(self) -> bool:
        """Return whether the drawing says how many rounds there are."""
        return self.times is not None or self.each is not None

    def number(self, data: Mapping[str, Value]) -> int:
        """Return how many rounds there are by :attr:`times`.

        Raises:
            BadExpression: TF506 or TF507, where *data* lack it or hold nothing of the kind.
            NotRunnable: TF406, where it is no whole number from 0 to :data:`MOST_ROUNDS`.
        """
        value = Fraction(0) if self.times is None else self.times.value(data)
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise self._unfit(f"{value!r} is no whole number")
        if not 0 <= value <= MOST_ROUNDS:
            raise self._unfit(f"{value} rounds")
        return int(value)

    def members(self, data: Mapping[str, Value]) -> tuple[Value, ...]:
        """Return the members of the list :attr:`each`, in their order.

        Raises:
            BadExpression: TF506, where *data* lack it.
            NotRunnable: TF406, where it is no list, or too long.
        """
        name = str(self.each)
        found = [value for key, value in data.items() if one_name(key) == name]
        if not found:
            hint = "give it when a step before is completed"
            raise BadExpression("TF506", f"{name!r} has no value", place=self.place, hint=hint)
        match found[0]:
            case tuple() | list() as listed if len(listed) <= MOST_ROUNDS:
                return tuple(listed)
            case tuple() | list() as listed:
                raise self._unfit(f"{len(listed)} rounds")
            case other:
                raise self._unfit(f"{name!r} is no list but a {type(other).__name__}")

    def _unfit(self, fact: str) -> NotRunnable:
        hint = f"give a whole number from 0 to {MOST_ROUNDS}, or a list of at most as many"
        return NotRunnable("TF406", fact, place=self.place, hint=hint)


def rounds_of(loop: Loop, place: str) -> Rounds:
    """Return how often *loop* makes the activity *place* be done.

    Raises:
        BadExpression: TF50x, where one of its texts is outside our language.

    Example:
        >>> rule = rounds_of(Loop(multi_instance=True, times="số người"), "a")
        >>> rule.number({"số người": 3})
        3
        >>> rule.number({"số người": "ba"})
        Traceback (most recent call last):
        tthc_flow.errors.NotRunnable: TF406 a: 'ba' is no whole number
          → give a whole number from 0 to 1000, or a list of at most as many

    Source: BPMN 2.0.2, 10.3.7 (loopMaximum, loopCardinality, loopDataInputRef).
    """
    each = None if loop.each is None else _name(loop.each, place)
    if each is not None and not loop.multi_instance:
        hint = "draw it as multi-instance, or take the list away"
        raise BadExpression("TF503", "a loop has no list of members", place=place, hint=hint)
    return Rounds(
        place=place,
        times=None if loop.times is None else compile_expression(loop.times, place),
        each=each,
        member=None if loop.member is None else _name(loop.member, place),
        until=None if loop.until is None else compile_expression(loop.until, place),
        asked=loop.foreign is not None and loop.until is None,
        before=loop.test_before and not loop.multi_instance,
    )


def _name(text: str, place: str) -> str:
    """Return *text* as the one name that it has to be."""
    name = one_name(text)
    if compile_expression(text, place).names != {name}:
        fact = f"{text!r} stands where a name is due"
        raise BadExpression("TF503", fact, place=place, hint="write the name of a value")
    return name
