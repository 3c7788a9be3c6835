"""Texts that every database can keep: what callers give is refused, what went wrong is cleaned.

A text may hold half of a surrogate pair, which no encoding knows, or the character NUL, which
PostgreSQL has no place for. What one database keeps the other must keep too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tthc_flow.dossiers.arguments import may_be, must_be_by_names
from tthc_flow.errors import StoreFault
from tthc_flow.store.schema import instances

if TYPE_CHECKING:
    from tthc_flow.dossiers.turn import Move

LONGEST_REASON: Final = 2000
LONGEST_CODE: Final = int(instances.c.business_key.type.length)  # type: ignore[attr-defined]


def cleaned(text: str) -> str:
    r"""Return *text* as it can be kept, at most 2,000 characters of it.

    Example:
        >>> cleaned("a\udc80b\x00")
        'a\\udc80b\\x00'
    """
    some = text[:LONGEST_REASON].encode("utf-8", "backslashreplace").decode()
    return some.replace("\0", "\\x00")[:LONGEST_REASON]


def why_of(error: BaseException) -> str:
    """Return what *error* is and says, as it can be kept; one that cannot say it is only named.

    Example:
        >>> why_of(ValueError("no such parcel"))
        'ValueError: no such parcel'
    """
    kind = type(error).__name__
    try:
        return cleaned(f"{kind}: {error}")
    except Exception:  # noqa: BLE001 - the caller's own class, whose text may raise anything
        return cleaned(kind)


def must_be_kept(place: str, value: object) -> None:
    r"""Refuse *value*, or whatever it is made of, where it is a text that cannot be kept.

    Raises:
        StoreFault: TF721.

    Example:
        >>> must_be_kept("by", "an")
        >>> must_be_kept("by", "an\x00")
        Traceback (most recent call last):
        tthc_flow.errors.StoreFault: TF721 by: a text with the character '\x00'
          → leave that character out
    """
    match value:
        case str() if not value.isascii() or "\0" in value:
            _look_at(place, value)
        case Mapping():
            for name, each in value.items():
                must_be_kept(place, name)
                must_be_kept(f"{place} {name}" if isinstance(name, str) else place, each)
        case tuple() | frozenset():
            for each in value:
                must_be_kept(place, each)
        case _:
            pass


def move_must_be_kept(move: Move) -> None:
    """Refuse *move* where it says what cannot be kept; raises ``StoreFault`` TF721, TF725."""
    may_be(str, node=move.node, reason=move.reason)
    must_be_by_names(data=move.data)
    must_be_kept("by", move.by)
    must_be_kept("on_behalf_of", move.on_behalf_of)
    must_be_kept("node", move.node)
    must_be_kept("reason", move.reason)
    must_be_kept("data", move.data)


def code_must_be_kept(business_key: str) -> None:
    """Refuse the code of a dossier where it cannot be kept, or is too long for it.

    Raises:
        StoreFault: TF721.
    """
    must_be_kept("business_key", business_key)
    if len(business_key) > LONGEST_CODE:
        hint = f"give a code of at most {LONGEST_CODE} characters"
        fact = f"a code of {len(business_key)} characters"
        raise StoreFault("TF721", fact, place="business_key", hint=hint)


def _look_at(place: str, text: str) -> None:
    for each in text:
        if each == "\0" or "\ud800" <= each <= "\udfff":
            fact = f"a text with the character {each!r}"
            hint = "leave that character out"
            raise StoreFault("TF721", fact, place=cleaned(place), hint=hint)
