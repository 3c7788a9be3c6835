"""How the verbs of dossiers refuse: a wrong call, and what a dossier does not allow now."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NoReturn

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.leaving import Code
from tthc_flow.errors import NotRunnable, StoreFault, TthcFlowError
from tthc_flow.report.dossier_words import say
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

_FACT_TELLS: Final = frozenset(
    f"TF{number}" for number in (401, 407, 410, 411, 412, 701, 702, 704, 710, 712, 721, 726, 728)
)
"""Errors whose fact holds what people need. That of the others is their sentence in English."""

_NAMES: Final = "tthc_flow.dossiers"


def language() -> str:
    """Return the language of this call, which also what is wrong with the call is said in."""
    return "en" if said("required") == "required" else "vi"


def usage(code: str, /, **values: object) -> click.UsageError:
    """Return the refusal of a wrong call: the words of ``engine-usage-<code>``.

    Example:
        >>> usage("blank", name="--by").format_message()
        '--by is blank'
    """
    return click.UsageError(say(f"usage-{code}", language(), **values))


def one_form(text: str) -> str:
    """Return *text* with its letters composed: however its signs were typed, it is one name.

    Example:
        >>> one_form("Le\u0302") == "L\u00ea"
        True

    Source: Unicode Standard Annex 15, form C.
    """
    return unicodedata.normalize("NFC", text)


def composed(_ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    """Return what is *given*, in :func:`one_form`."""
    return None if given is None else one_form(given)


def filled(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """Return what is *given*, composed; refuse it where it is blank."""
    if given is not None and not given.strip():
        raise usage("blank", name=param.opts[0] if param.opts[0][0] == "-" else param.metavar)
    return composed(ctx, param, given)


def remember(identifier: str, code: str) -> None:
    """Remember by which code a dossier is known to people, for the place of an error."""
    names: dict[str, str] = click.get_current_context().meta.setdefault(_NAMES, {})
    names[identifier] = code


def refuse(error: TthcFlowError, lang: str, *, as_json: bool) -> NoReturn:
    """Leave with *error* as people read it: its place by the code of the dossier.

    In JSON it stays as it is, and so does an error of a file or of the database.
    """
    if as_json or not isinstance(error, StoreFault | NotRunnable):
        raise error
    names: Mapping[str, str] = click.get_current_context().meta.get(_NAMES, {})
    place = error.place
    for identifier, code in names.items():
        place = place.replace(identifier, code)
    fact, hint = error.fact, error.hint
    if lang != "en":
        said_of = message(f"error-{error.code}", {"choices": ", ".join(error.choices)}, lang)
        fact, hint = said_of.text, said_of.hint
        if error.code in _FACT_TELLS:
            fact += f" ({error.fact})"
    click.echo(str(TthcFlowError(error.code, fact, place=place, hint=hint)), err=True)
    raise click.exceptions.Exit(Code.of(error)) from error
