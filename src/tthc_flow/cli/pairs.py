"""Options that give something by name: MÃ=20%, "Vai trò=3", MÃ="2 giờ làm việc"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.click_words import fact_of, said
from tthc_flow.errors import BadQuantity
from tthc_flow.units import exact
from tthc_flow.words.typed_numbers import is_read_two_ways, plain_number

if TYPE_CHECKING:
    from fractions import Fraction


def pairs(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return what is given by name, in the order given."""
    found = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=each))
        if name.strip() in found:
            raise click.BadParameter(said("{name!r} is given twice").format(name=name.strip()))
        found[name.strip()] = value.strip()
    return found


def numbers(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[str, Fraction]:
    """Return the numbers given by name; 20%, 0,2 and 1/5 are the same."""
    return {name: number(value) for name, value in pairs(ctx, param, given).items()}


def one_number(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Fraction | None:
    """Return one number; 20%, 0,2 and 1/5 are the same."""
    return None if value is None else number(value)


def number(value: str) -> Fraction:
    """Return a number as people write it: 1.200.000 and 1.200,5 have marks between thousands.

    Raises:
        click.BadParameter: For what is none, and for what one reads as thousands and another as
            decimals: 60.000.

    Example:
        >>> number("12,5%"), number("1.200,5"), number("1,200.5")
        (Fraction(1, 8), Fraction(2401, 2), Fraction(2401, 2))
    """
    if is_read_two_ways(value):
        raise click.BadParameter(_either(value.strip()))
    plain = plain_number(value)
    try:
        return exact(plain.removesuffix("%").strip()) / (100 if plain.endswith("%") else 1)
    except BadQuantity as error:
        raise click.BadParameter(fact_of(error)) from error


def _either(given: str) -> str:
    """Return what may be meant by *given*, each written so that it is read in one way."""
    whole, _, part = given.replace(",", ".").partition(".")
    decimals = part.rstrip("0") or "0"
    told = {
        "whole": whole + part,
        "part": f"{whole},{decimals}{'0' * (len(decimals) == len(part))}",
    }
    return said("{given} may be {whole} or {part}: write it so").format(given=given, **told)
