"""Answers that are asked for again and again, remembered by the very value they are about.

A proposal asks for the control graph of one flow dozens of times: each law and each measure needs
it. Flows never change, so the first answer holds. Kept are only the last few.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Asked = TypeVar("Asked")
    Answer = TypeVar("Answer")

KEPT: Final = 16
"""Answers kept: a search goes back and forth between one flow and a few made from it."""


class _Itself:
    """A value that is only equal to itself: comparing two flows field by field costs too much."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def remembered(ask: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Return *ask* with a memory of its last answers; for pure questions about frozen values.

    Example:
        >>> @remembered
        ... def twice(text: str) -> list[str]:
        ...     return [text, text]
        >>> text = "a"
        >>> twice(text) is twice(text)
        True

    Source: memoisation by identity; the value is held as long as its answer, so an id is never
    given to another value meanwhile.
    """

    @lru_cache(maxsize=KEPT)
    def answer(key: _Itself) -> Answer:
        return ask(key.value)  # type: ignore[arg-type]  # what was asked about

    @wraps(ask)
    def again(about: Asked) -> Answer:
        return answer(_Itself(about))

    return again
