"""Values as people type them: numbers, đúng/sai, dates, durations, else text.

Where the task has a form, its fields say what a value is; else the value itself does.

Source: Luật Kế toán 88/2015/QH13, Điều 11 for numerals: a point after the thousands, a comma
before the decimals.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.lexemes import Sort, one_name, tokens
from tthc_flow.model.step import FieldKind, FormField
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.expressions.expression import Value

_CODE: Final = re.compile(r"0\d+")
_VIETNAMESE: Final = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_POINTED: Final = re.compile(r"-?\d+\.\d+")
_AMBIGUOUS: Final = re.compile(r"-?[1-9]\d{0,2}(?:[.,]\d{3}|(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)")
"""One point or comma before three digits, and thousands parted by commas: what is meant?"""
_IMPOSSIBLE: Final = "TF505"
_KINDS: Final = {
    FieldKind.NUMBER: (int, float, Fraction),
    FieldKind.DATE: (date,),
    FieldKind.TRUTH: (bool,),
}


def number_of(text: str) -> int | Fraction | None:
    """Return the number that *text* is, as Vietnamese write it; ``None`` where it is none.

    Raises:
        click.UsageError: where it may be one number or another, as ``1.500``.

    Example:
        >>> number_of("1.500.000"), number_of("1500"), number_of("1,5"), number_of("0.5")
        (1500000, 1500, Fraction(3, 2), Fraction(1, 2))
        >>> number_of("H01") is None
        True
    """
    given = text.strip()
    if _AMBIGUOUS.fullmatch(given):
        digits = re.sub(r"[.,]", "", given)
        raise usage("ambiguous", given=given, whole=digits, part=_part(given))
    found = _VIETNAMESE.fullmatch(given)
    if found is not None:
        sign, whole, part = found.groups()
        value = Fraction(f"{sign}{whole.replace('.', '')}.{part or 0}")
    elif _POINTED.fullmatch(given):
        value = Fraction(given)
    else:
        return None
    return int(value) if value.denominator == 1 else value


def _part(given: str) -> str:
    """Return *given*, an ambiguous numeral, as one with a decimal comma."""
    whole, _, part = re.sub(r"[.,](?=.*[.,])", "", given).replace(".", ",").partition(",")
    return ",".join(filter(None, (whole, part.rstrip("0"))))


def value_of(text: str) -> Value:
    """Return the value that *text* is a literal of; where it is none, the text itself.

    A numeral that begins with 0 (a telephone number, a code) stays text; so does what stands in
    quotes.

    Raises:
        click.UsageError: for a numeral that may be one number or another.
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
    number = None if _CODE.fullmatch(given) else number_of(given)
    if number is not None:
        return number
    try:
        found = list(tokens(given, "--set"))
    except BadExpression as error:
        if error.code == _IMPOSSIBLE:
            raise
        return given
    if [each.sort for each in found] != [Sort.LITERAL, Sort.END] or _CODE.fullmatch(given):
        return given
    value = found[0].value
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def pairs_of(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Return what ``--set name=value``, given as often as there are values, says of each name."""
    data: dict[str, str] = {}
    for each in given:
        name, equals, text = each.partition("=")
        name = one_name(name)
        if not equals or not name:
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=each))
        if name in data:
            raise click.BadParameter(said("{name!r} is given twice").format(name=name))
        data[name] = text
    return data


def untyped(pairs: Mapping[str, str]) -> dict[str, Value]:
    """Return the values of *pairs*, each by what it reads as."""
    return {name: _read(text) for name, text in pairs.items()}


def _read(text: str) -> Value:
    try:
        return value_of(text)
    except BadExpression as error:
        raise click.BadParameter(said("{given!r} cannot be").format(given=text)) from error


def _untyped(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[str, Value]:
    return untyped(pairs_of(ctx, param, given))


def typed(pairs: Mapping[str, str], form: tuple[FormField, ...] | None) -> dict[str, Value]:
    """Return the values of *pairs* as the fields of *form* want them; untyped where it is ``None``.

    Text and choices are taken as they are typed.

    Raises:
        click.UsageError: for a name that is no field, a value of another kind, a field that must
            be filled in and is not.

    Example:
        >>> fields = (FormField(name="ghi chú"), FormField(name="phí", kind=FieldKind.NUMBER))
        >>> typed({"ghi chú": "12", "phí": "1.500.000"}, fields)
        {'ghi chú': '12', 'phí': 1500000}
    """
    if form is None:
        return untyped(pairs)
    fields = {one_name(each.name): each for each in form}
    unknown = [name for name in pairs if name not in fields]
    if unknown:
        listed = ", ".join(each.name for each in form) or "–"
        raise usage("no-field", names=", ".join(unknown), fields=listed)
    found = {fields[name].name: _as(fields[name], text) for name, text in pairs.items()}
    missing = [each.name for each in form if each.required and each.name not in found]
    if missing:
        raise usage("missing-fields", names=", ".join(missing))
    return found


def _as(wanted: FormField, text: str) -> Value:
    """Return *text* as the field *wanted* takes it."""
    given = unicodedata.normalize("NFC", text)
    match wanted.kind:
        case FieldKind.TEXT:
            if wanted.required and not given.strip():
                raise usage("missing-fields", names=wanted.name)
            return given
        case FieldKind.CHOICE:
            same = {unicodedata.normalize("NFC", each): each for each in wanted.choices}
            if given not in same:
                raise usage("no-choice", name=wanted.name, choices=" / ".join(wanted.choices))
            return same[given]
        case FieldKind.NUMBER:
            value: Value | None = number_of(given)
        case FieldKind.DATE | FieldKind.TRUTH:
            value = _read(given)
    if not isinstance(value, _KINDS[wanted.kind]):
        raise usage(f"not-{wanted.kind}", name=wanted.name, given=text)
    return value


def duration_of(_ctx: click.Context, _param: click.Parameter, given: str | None) -> Duration | None:
    """Return the time of ``--limit "5 ngày làm việc"``; one of no length is refused."""
    if given is None:
        return None
    try:
        found = value_of(given)
    except BadExpression:
        found = given
    if not isinstance(found, Duration) or not found.amount:
        message = said('write a time such as "5 ngày làm việc", not {given!r}')
        raise click.BadParameter(message.format(given=given))
    return found


_HELP: Final = (
    "Dữ liệu của hồ sơ: số (1500, 1.500.000 hoặc 1,5; 1.500 bị từ chối vì có hai cách hiểu), "
    "đúng/sai, ngày 31/12/2026, “5 ngày làm việc”, còn lại là chữ; ghi nhiều lần được. "
    "Chữ số bắt đầu bằng 0 hoặc trong dấu nháy là chữ."
)
data = click.option(
    "--set", "data", metavar="TÊN=GIÁ_TRỊ", multiple=True, callback=_untyped, help=_HELP
)
pairs = click.option(
    "--set",
    "data",
    metavar="TÊN=GIÁ_TRỊ",
    multiple=True,
    callback=pairs_of,
    help=f"{_HELP} Việc có biểu mẫu thì mỗi trường được đọc đúng kiểu đã khai báo.",
)
