"""The outbox: letters that are due, delivered, or to be tried again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from tthc_flow.store.rows import Letter
from tthc_flow.store.schema import letters

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


def take_letters(connection: Connection, now: str, until: str, most: int) -> list[Letter]:
    """Return up to *most* letters to deliver, oldest first; they come again at *until*."""
    rows = connection.execute(_TAKE, {"now": now, "until": until, "most": most}).mappings()
    return sorted((Letter(**row) for row in rows), key=_in_line)


def letters_of(connection: Connection, *, waiting: bool | None, most: int) -> list[Letter]:
    """Return letters, oldest first: those that still wait, those that do not, or all."""
    asked = select(letters).order_by(letters.c.at, *_IN_LINE).limit(most)
    if waiting is not None:
        asked = asked.where(letters.c.due_at.is_(None) != waiting)
    rows = connection.execute(asked).mappings()
    return sorted((Letter(**row) for row in rows), key=_in_line)


def _in_line(letter: Letter) -> tuple[str, str, list[int]]:
    """Return what sorts letters as they were written: the step and the place are numbers."""
    instance, *numbers = letter.key.split(":")
    return letter.at, instance, [int(each) for each in numbers]


def change_letter(connection: Connection, key: str, **values: Any) -> None:  # noqa: ANN401 - a row
    """Change when a letter is due, how often it was tried and why that failed."""
    connection.execute(update(letters).where(letters.c.key == key).values(**values))


def give_back(connection: Connection, taken: list[Letter], now: str) -> None:
    """Let letters that were taken and not sent be due *now*, unless another has taken them."""
    for letter in taken:
        still_ours = (letters.c.key == letter.key, letters.c.due_at == letter.due_at)
        connection.execute(update(letters).where(*still_ours).values(due_at=now))
