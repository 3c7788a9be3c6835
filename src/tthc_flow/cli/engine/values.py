"""Values as people type them: numbers, đúng/sai, dates, durations, else text."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import click

from tthc_flow.cli.click_words import said
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.lexemes import Sort, one_name, tokens
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from tthc_flow.expressions.expression import Value

_NUMERAL: Final = re.compile(r"0\d+")
_IMPOSSIBLE: Final = "TF505"


def value_of(text: str) -> Value:
    """Return the value that *text* is a literal of; where it is none, the text itself.

    A numeral that begins with 0 (a telephone number, a code) stays text; so does what stands in
    quotes.

    Raises:
        BadExpression: TF505 for what can only be meant as a value and cannot be, as 31/02/2026.

    Example:
        >>> value_of("12"), value_of("0.5"), value_of("đúng"), value_of("0912"), value_of("'12'")
        (12, Fraction(1, 2), True, '0912', '12')
        >>> value_of("31/12/2026").isoformat(), value_of("5 ngày làm việc").unit.value
        ('2026-12-31', 'working_day')
        >>> value_of("Nguyễn Văn A")
        'Nguyễn Văn A'
    """
    given = unicodedata.normalize("NFC", text)
    try:
        found = list(tokens(given, "--set"))
    except BadExpression as error:
        if error.code == _IMPOSSIBLE:
            raise
        return given
    if [each.sort for each in found] != [Sort.LITERAL, Sort.END] or _NUMERAL.fullmatch(given):
        return given
    value = found[0].value
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def data_of(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> dict[str, Value]:
    """Return the data of ``--set name=value``, given as often as there are values."""
    data: dict[str, Value] = {}
    for each in given:
        name, equals, text = each.partition("=")
        name = one_name(name)
        if not equals or not name:
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=each))
        if name in data:
            raise click.BadParameter(said("{name!r} is given twice").format(name=name))
        try:
            data[name] = value_of(text)
        except BadExpression as error:
            raise click.BadParameter(said("{given!r} cannot be").format(given=text)) from error
    return data


def duration_of(_ctx: click.Context, _param: click.Parameter, given: str | None) -> Duration | None:
    """Return the time of ``--limit "5 ngày làm việc"``."""
    if given is None:
        return None
    found = value_of(given)
    if not isinstance(found, Duration):
        message = said('write a time such as "5 ngày làm việc", not {given!r}')
        raise click.BadParameter(message.format(given=given))
    return found


data = click.option(
    "--set",
    "data",
    metavar="TÊN=GIÁ_TRỊ",
    multiple=True,
    callback=data_of,
    help="Dữ liệu của hồ sơ: số, đúng/sai, ngày 31/12/2026, “5 ngày làm việc”, còn lại là chữ; "
    "ghi nhiều lần được. Chữ số bắt đầu bằng 0 hoặc trong dấu nháy là chữ.",
)
