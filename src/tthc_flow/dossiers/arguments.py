"""What callers give, held against what is asked for: one rule for every call of the engine.

The annotations are the contract, and a type checker is its first guard. What comes past it, from
a form or a script, is refused at the door and by code: deep inside it would be taken for a fault
of the database, or be kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tthc_flow.dossiers.kept import Definition, Dossier, Incident, UserTask
from tthc_flow.errors import BadQuantity, StoreFault
from tthc_flow.units import Duration

_ASKED: Final[Mapping[type, str]] = {
    bytes: "the bytes of a file, e.g. path.read_bytes()",
    datetime: "a datetime",
    Duration: 'a Duration, e.g. Duration(amount=5, unit="working_day")',
    int: "a whole number",
    Mapping: "a mapping by names, e.g. {'số trang': 24}",
    str: "a text",
    tuple: "a tuple",
}


def must_be(kind: type, **given: object) -> None:
    """Refuse what of *given*, by the names of the arguments, is not of *kind*.

    Raises:
        StoreFault: TF725.

    Example:
        >>> must_be(str, by="an", reason="")
        >>> must_be(bytes, content="flow.bpmn")
        Traceback (most recent call last):
        tthc_flow.errors.StoreFault: TF725 content: a value of type str
          → give the bytes of a file, e.g. path.read_bytes()
    """
    for place, value in given.items():
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            fact = f"a value of type {type(value).__name__}"
            hint = f"give {_instead(value, kind)}"
            raise StoreFault("TF725", fact, place=place, hint=hint)


def may_be(kind: type, **given: object) -> None:
    """Refuse as :func:`must_be`, where something is given at all; raises ``StoreFault`` TF725.

    Example:
        >>> may_be(int, keep_days=None)
    """
    must_be(kind, **{place: value for place, value in given.items() if value is not None})


def must_be_count(**given: int | None) -> None:
    """Refuse what of *given* is no number of things, where something is given.

    Raises:
        StoreFault: TF725.
        BadQuantity: TF102 for less than none.

    Example:
        >>> must_be_count(most=0)
    """
    may_be(int, **given)
    for place, number in given.items():
        if number is not None and number < 0:
            raise BadQuantity.negative(place, number)


def must_be_by_names(**given: object) -> None:
    """Refuse what of *given* is no mapping by names, such as data; raises ``StoreFault`` TF725.

    Example:
        >>> must_be_by_names(data={1: "trang"})
        Traceback (most recent call last):
        tthc_flow.errors.StoreFault: TF725 a name in data: a value of type int
          → give a text
    """
    must_be(Mapping, **given)
    for place, value in given.items():
        if isinstance(value, Mapping):
            for name in value:
                must_be(str, **{f"a name in {place}": name})


def _instead(value: object, kind: type) -> str:
    match value:
        case UserTask() | Dossier() | Incident() if kind is str:
            return "its id: .id"
        case Definition() if kind is str:
            return "its key, or where a version is asked for its hash: .key, .hash"
        case _:
            return _ASKED[kind]
