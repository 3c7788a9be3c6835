"""The heads of chains as a file that is kept, printed or signed elsewhere, and read again."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from attrs import asdict, fields

from tthc_flow.errors import StoreFault
from tthc_flow.store.heads import Head, Heads

KIND: Final = "tthc-flow-heads-1"
_TYPES: Final = {"step_no": int, "ended": bool}


def text_of_heads(heads: Heads) -> str:
    """Return *heads* as JSON, a dossier a line, with the digest of all of it.

    Example:
        >>> from datetime import datetime
        >>> heads = Heads(at=datetime(2026, 3, 2), dossiers=())
        >>> heads_of(text_of_heads(heads)) == heads
        True
    """
    lines = ",\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in heads.dossiers)
    begin = f'"kind": "{KIND}", "at": "{heads.at.isoformat()}", "digest": "{heads.digest}"'
    return f'{{{begin}, "dossiers": [\n{lines}\n]}}\n'


def heads_of(text: str, place: str = "") -> Heads:
    """Return the heads that *text* says.

    Args:
        text: What :func:`text_of_heads` has made.
        place: Where it comes from, for the error.

    Raises:
        StoreFault: TF730 where it is no such text, or its digest is not that of what it says.

    Example:
        >>> heads_of("{}")
        Traceback (most recent call last):
        tthc_flow.errors.StoreFault: TF730 these are no heads of chains
          → give a file that `engine verify --heads` has written
    """
    try:
        said = json.loads(text)
        dossiers = tuple(map(_head, said["dossiers"])) if said["kind"] == KIND else None
        at, digest = datetime.fromisoformat(said["at"]), said["digest"]
    except (ValueError, TypeError, KeyError, RecursionError):
        dossiers = None
    if dossiers is None:
        raise no_heads("these are no heads of chains", place)
    heads = Heads(at=at, dossiers=dossiers)
    if heads.digest != digest:
        raise no_heads("the heads are not those that the digest was made of", place)
    return heads


def no_heads(fact: str, place: str) -> StoreFault:
    """Return the error of a file of heads that cannot be used."""
    hint = "give a file that `engine verify --heads` has written"
    return StoreFault("TF730", fact, place=place, hint=hint)


def _head(said: dict[str, Any]) -> Head:
    """Return one head; raises ``TypeError`` or ``KeyError`` where *said* is none."""
    values = {each.name: said[each.name] for each in fields(Head)}
    wrong = [name for name, value in values.items() if type(value) is not _TYPES.get(name, str)]
    if wrong or len(said) != len(values):
        raise TypeError(wrong)
    return Head(**values)
