"""Answers that are asked for again and again, remembered by the very value they are about.

A proposal asks for the control graph of one flow dozens of times: each law and each measure needs
it. Flows never change, so the first answer holds. Kept are only the last few.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    Asked = TypeVar("Asked")
    Several = TypeVarTuple("Several")
    Answer = TypeVar("Answer")

KEPT: Final = 16
"""Answers of a generation: a search goes back and forth between one flow and a few made from it."""


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
    given to another value meanwhile. Comparing two flows field by field would cost too much.
    """
    young: dict[int, tuple[Asked, Answer]] = {}
    elder = young
    last: tuple[Asked, Answer] | None = None

    @wraps(ask)
    def again(about: Asked) -> Answer:
        nonlocal last, young, elder
        latest = last  # most often the same is asked again
        if latest is not None and latest[0] is about:
            return latest[1]
        # Each step is one of the interpreter, so that another thread at worst asks once more.
        place = id(about)
        known = young.get(place)
        if known is None:
            known = elder.get(place) or (about, ask(about))
            if len(young) >= KEPT:
                young, elder = {}, young
            young[place] = known
        last = known
        return known[1]

    return again


def remembered_with(ask: Callable[[*Several], Answer]) -> Callable[[*Several], Answer]:
    """Return *ask* with a memory of its last answers, for a question about several frozen values.

    Example:
        >>> @remembered_with
        ... def both(one: str, other: str) -> list[str]:
        ...     return [one, other]
        >>> one, other = "a", "b"
        >>> both(one, other) is both(one, other), both(other, one)
        (True, ['b', 'a'])

    Source: memoisation by identity, as :func:`remembered`.
    """
    young: dict[tuple[int, ...], tuple[tuple[object, ...], Answer]] = {}
    elder = young

    @wraps(ask)
    def again(*about: *Several) -> Answer:
        nonlocal young, elder
        place = tuple(map(id, about))
        known = young.get(place)
        if known is None:
            known = elder.get(place) or (about, ask(*about))
            if len(young) >= KEPT:
                young, elder = {}, young
            young[place] = known
        return known[1]

    return again
