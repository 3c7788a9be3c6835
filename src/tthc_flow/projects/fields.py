"""The fields of an action as they came: plain JSON of which nothing is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from tthc_flow.errors import BadQuantity
from tthc_flow.units import exact

LONGEST: Final = 4_000
"""How long a text that somebody types may be."""

_CONTROLS: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


class Fields:
    """The fields of one action; each is asked for once, by what it must be.

    Every call raises ``BadQuantity`` TF141 where the field is not that.

    Example:
        >>> given = Fields({"kind": "rule", "by": " An "})
        >>> given.maybe("by"), given.maybe("reason")
        ('An', None)
    """

    def __init__(self, given: object) -> None:
        """Take the action."""
        if not isinstance(given, Mapping):
            raise _bad("the action is no object", "action")
        self._given: Mapping[str, Any] = given
        self._asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Return whether the field is there, whatever it holds."""
        return name in self._given

    def refuse_others(self) -> None:
        """Refuse fields that nothing was asked of: what was meant by them would be lost."""
        others = [name for name in self._given if name not in self._asked]
        if others:
            raise _bad(f"unknown field {others[0]!r}", others[0])

    def text(self, name: str) -> str:
        """Return a text that must be there, on one line."""
        found = self.maybe(name)
        if found is None:
            raise _bad(f"{name} is missing", name)
        return found

    def maybe(self, name: str) -> str | None:
        """Return a text on one line, or ``None`` where none is given or it is empty."""
        value = self._value(name)
        return None if value is None else _one_line(value, name) or None

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        """Return a text that must be one of *known*."""
        found = self.text(name)
        if found not in known:
            raise _bad(f"{name} is {found!r}, not one of {', '.join(known)}", name)
        return found

    def texts(self, name: str) -> dict[str, str]:
        """Return an object of texts; a null in it is an empty text."""
        value = self._value(name)
        if not isinstance(value, Mapping):
            raise _bad(f"{name} is no object", name)
        return {
            key: "" if text is None else _one_line(text, f"{name}.{key}")
            for key, text in value.items()
        }

    def listed(self, name: str) -> list[str]:
        """Return a list of texts with at least one in it."""
        value = self._value(name)
        if not isinstance(value, list) or not value:
            raise _bad(f"{name} is no list", name)
        return [_one_line(each, name) for each in value]

    def whole_number(self, name: str) -> int | None:
        """Return a whole number, or ``None`` where none is given."""
        value = self._value(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise _bad(f"{name} is no whole number", name)
        return None if value is None else int(value)

    def whole_text(self, name: str) -> str:
        """Return a text as it is, however long."""
        value = self._value(name)
        if not isinstance(value, str):
            raise _bad(f"{name} is no text", name)
        return value

    def share(self, name: str) -> Fraction | None:
        """Return a number, or ``None``; whether it is a share is said by who takes it."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _bad(f"{name} is no number", name)
        return exact(value)

    def _value(self, name: str) -> Any:  # noqa: ANN401 - plain JSON
        self._asked.add(name)
        return self._given.get(name)


def _one_line(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _bad(f"{name} is no text", name)
    if len(value) > LONGEST:
        raise _bad(f"{name} is longer than {LONGEST} letters", name)
    if _CONTROLS.search(value):
        raise _bad(f"{name} holds control characters", name)
    return " ".join(value.split())


def _bad(fact: str, place: str) -> BadQuantity:
    return BadQuantity("TF141", fact, place=place, hint="send the fields that the action needs")
