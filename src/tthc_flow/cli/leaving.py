"""How a command leaves: its exit code, and what it prints when it cannot go on."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Final, Self

import click

from tthc_flow.cli.click_words import told_of
from tthc_flow.errors import CannotWrite, NotRunnable, StoreFault, TthcFlowError, UnsoundFlow
from tthc_flow.words.messages import message

_NO_CHOICE: Final = {"vi": "(không có)", "en": "(none)"}
_REFUSED: Final = frozenset(
    f"TF{number}" for number in (703, 705, 706, 707, 708, 709, 711, 714, 715, 717, 718, 727)
)
"""A step that a dossier does not allow now: nothing is wrong with the call or the database."""

_WRONG_CALL: Final = frozenset({"TF721", "TF724", "TF725", "TF726", "TF728"})
"""What was given to a step cannot be kept, is missing, or does not go together."""

_DEFECTS: Final = frozenset({"TF603", "TF613", "TF614"})
"""Refusals to write that no file of a user's can bring about: the library broke its own flow."""


class Code(IntEnum):
    """Exit codes: a script can tell a failed gate from a bad call and from a bad file."""

    OK = 0
    GATE_FAILED = 1
    USAGE = 2
    UNREADABLE = 3
    INTERNAL = 4

    @classmethod
    def of(cls, error: TthcFlowError) -> Self:
        """Return the code of an error.

        An unsound flow or one that cannot be run fails a gate, and so does a step that a dossier
        does not allow; a bad file or database is unreadable, and so is a folder that cannot be
        written.

        Example:
            >>> Code.of(UnsoundFlow("TF310", "a branch never ends")).name
            'GATE_FAILED'
        """
        match error:
            case UnsoundFlow() | NotRunnable():
                return cls(cls.GATE_FAILED)
            case StoreFault(code=code) if code in _REFUSED:
                return cls(cls.GATE_FAILED)
            case StoreFault(code=code) if code in _WRONG_CALL:
                return cls(cls.USAGE)
            case CannotWrite(code=code) if code in _DEFECTS:
                return cls(cls.INTERNAL)
            case _:
                return cls(cls.UNREADABLE)


def report_error(error: TthcFlowError, lang: str, *, as_json: bool) -> None:
    """Print an error: as JSON on standard output where JSON was asked for, and on stderr."""
    known = ", ".join(error.choices) or _NO_CHOICE[lang]
    said = message(f"error-{error.code}", {"choices": known}, lang)
    if as_json:
        parts = {name: getattr(error, name) for name in ("code", "place", "fact", "hint")}
        parts |= {"text": said.text, "advice": said.hint}
        click.echo(json.dumps({"schema_version": 1, "error": parts}, ensure_ascii=False))
    if lang != "en":  # the fact holds the values
        fact = told_of(error, lang)
        error = TthcFlowError(error.code, fact, place=error.place, hint=said.hint)
    click.echo(str(error), err=True)
