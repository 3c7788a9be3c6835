"""The outbox: letters that are due, delivered, or to be tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, select, update

from tthc_flow.store.prepared import Prepared
from tthc_flow.store.rows import Letter
from tthc_flow.store.schema import letters

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_STEP = func.rtrim(letters.c.key, "0123456789")  # the key but for the letter's place in its step
_IN_LINE = (
    letters.c.instance,
    *(func.length(_STEP), _STEP),  # so numbers sort as numbers
    *(func.length(letters.c.key), letters.c.key),
)
_DUE = (
    select(letters.c.key)
    .where(letters.c.due_at <= bindparam("now"))
    .order_by(letters.c.due_at, letters.c.at, *_IN_LINE)
    .limit(bindparam("most"))
)
_TAKE = (
    update(letters)
    .where(letters.c.key.in_(_DUE.with_for_update(skip_locked=True)))
    .values(due_at=bindparam("until"))
    .returning(*letters.columns)
)
_about = Prepared(select(letters).where(letters.c.instance == bindparam("which")))


def take_letters(connection: Connection, now: str, until: str, most: int) -> list[Letter]:
    """Return up to *most* letters to deliver, oldest first; they come again at *until*."""
    rows = connection.execute(_TAKE, {"now": now, "until": until, "most": most}).mappings()
    return sorted((Letter(**row) for row in rows), key=_in_line)


def letters_of(connection: Connection, *, waiting: bool, most: int) -> list[Letter]:
    """Return letters, oldest first: those that still wait, or those that were delivered."""
    asked = select(letters).where(letters.c.due_at.is_(None) != waiting)
    rows = connection.execute(asked.order_by(letters.c.at, *_IN_LINE).limit(most)).mappings()
    return sorted((Letter(**row) for row in rows), key=_in_line)


def letters_about(connection: Connection, instance: str) -> list[Letter]:
    """Return the letters of a dossier in the order of their keys, delivered or not."""
    rows = _about.rows(connection, {"which": instance})
    return sorted((Letter(**row) for row in rows), key=lambda each: (len(each.key), each.key))


def _in_line(letter: Letter) -> tuple[str, str, list[int]]:
    """Return what sorts letters as they were written: the step and the place are numbers."""
    instance, *numbers = letter.key.split(":")
    return letter.at, instance, [int(each) for each in numbers]


def was_delivered(connection: Connection, key: str) -> None:
    """Note that a letter was taken, whoever else has it now."""
    which = letters.c.key == key
    connection.execute(update(letters).where(which).values(due_at=None, error=None))


def try_later(connection: Connection, letter: Letter, **values: Any) -> None:  # noqa: ANN401 - a row
    """Note when a letter that was taken is due again, how often it was tried and why that failed.

    Where another has taken it since, as our lease was over, it is left to that one.
    """
    connection.execute(update(letters).where(*_is_ours(letter)).values(**values))


def give_back(connection: Connection, taken: list[Letter], now: str) -> None:
    """Let letters that were taken and not sent be due *now*, unless another has taken them."""
    for letter in taken:
        connection.execute(update(letters).where(*_is_ours(letter)).values(due_at=now))


def _is_ours(letter: Letter) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return letters.c.key == letter.key, letters.c.due_at == letter.due_at
