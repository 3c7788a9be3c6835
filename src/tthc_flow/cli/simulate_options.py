"""The options that state facts for a simulation: people, cases, times."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from tthc_flow.cli.click_words import fact_of, said
from tthc_flow.cli.pairs import number, numbers, pairs
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.known import Basis
from tthc_flow.simulation.program import Batch
from tthc_flow.simulation.stated import Staff
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.stated_times import duration

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")

_UNLIMITED: Final = frozenset({"unlimited", "không giới hạn", "không hạn chế"})
_BATCH: Final = re.compile(r"(.*?)(?:,\s*(\d{1,9})\s*)?")
"""How often, and behind the last comma how many: the length may have a decimal comma."""
_STAFF: Final = re.compile(r"(\d{1,6})\s*(?:[x×]\s*(\d+(?:[.,]\d+)?\s*%))?")


def _people(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, Staff]:
    """Return the people of each role: 3, 3x50% (half of their hours), or unlimited."""
    return {name: _staff(value) for name, value in pairs(ctx, param, given).items()}


def _staff(value: str) -> Staff:
    if value.lower() in _UNLIMITED:
        return Staff(people=None)
    found = _STAFF.fullmatch(value)
    if found is None:
        raise click.BadParameter(
            said("write 3, 3x50% or unlimited, not {given!r}").format(given=value)
        )
    share = Fraction(1) if found[2] is None else number(found[2].replace(" ", ""))
    return _checked(lambda: Staff(people=int(found[1]), share=share))


def _checked(make: Callable[[], Staff]) -> Staff:
    try:
        return make()
    except BadQuantity as error:
        raise click.BadParameter(fact_of(error)) from error


def _batches(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[str, Batch]:
    """Return how dossiers are gathered before steps: MÃ="1 ngày làm việc", or with ", 10"."""
    found = {}
    for name, value in pairs(ctx, param, given).items():
        parted = _BATCH.fullmatch(value)
        if parted is None:
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=value))
        length = _minutes(name, parted[1].strip())
        found[name] = Batch(every=length, size=int(parted[2]) if parted[2] else None)
    return found


def _minutes(place: str, printed: str) -> float:
    try:
        found = DEFAULT_CONVENTION.minutes(duration(place, printed, DEFAULT_CONVENTION))
    except BadQuantity as error:
        raise click.BadParameter(fact_of(error)) from error
    if not found:
        raise click.BadParameter(said("write name=value, not {given!r}").format(given=printed))
    return float(found)


def _ranks(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, int]:
    """Return how urgent steps are, 0 first."""
    found = pairs(ctx, param, given)
    for value in found.values():
        if not value.isdecimal() or int(value) > MOST_RANKS:
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=value))
    return {name: int(value) for name, value in found.items()}


MOST_RANKS: Final = 99


def _arrivals(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> tuple[Fraction, ...]:
    return tuple(map(number, given))


_KNOWN: Final = (
    click.option(
        "--people",
        multiple=True,
        metavar="'VAI TRÒ=3'",
        callback=_people,
        help="Số người của vai trò: 3; 3x50% (nửa thời gian); unlimited (không phải chờ).",
    ),
    click.option(
        "--arrivals",
        multiple=True,
        metavar="1200",
        callback=_arrivals,
        help="Số hồ sơ một năm của từng quy trình, theo thứ tự tệp.",
    ),
    click.option(
        "--share",
        "shares",
        multiple=True,
        metavar="MÃ=20%",
        callback=numbers,
        help="Tỷ lệ hồ sơ đi theo luồng này; 0 ở sự kiện biên là không tính đến.",
    ),
    click.option(
        "--time",
        "times",
        multiple=True,
        metavar="MÃ='2 giờ làm việc'",
        callback=pairs,
        help="Thời gian của bước hoặc sự kiện chờ này; ghi nhiều lần được.",
    ),
    click.option(
        "--basis",
        type=click.Choice([each.value for each in Basis]),
        multiple=True,
        default=("measured", "work"),
        help="Thời gian mỗi bước lấy từ đâu: số đo, công đã nêu, hay định mức.",
    ),
    click.option("--limit", metavar="'10 ngày làm việc'", help="Thời hạn (mặc định: đã công bố)."),
)
_MORE: Final = (
    click.option(
        "--hourly",
        multiple=True,
        metavar="'VAI TRÒ=90000'",
        callback=numbers,
        help="Chi phí một giờ công của vai trò, tính bằng đồng.",
    ),
    click.option(
        "--gather",
        "gathered",
        multiple=True,
        metavar="MÃ='1 ngày làm việc, 10'",
        callback=_batches,
        help="Gom hồ sơ trước bước này rồi mới giải quyết: bao lâu một lần, hoặc khi đủ số.",
    ),
    click.option(
        "--rank",
        "ranks",
        multiple=True,
        metavar="MÃ=0",
        callback=_ranks,
        help="Thứ tự ưu tiên của bước trong hàng chờ: 0 trước.",
    ),
    click.option(
        "--move",
        "moves",
        multiple=True,
        metavar="'MÃ=VAI TRÒ'",
        callback=pairs,
        help="Giao bước cho vai trò khác, và so sánh trước sau.",
    ),
)


def known(command: Command) -> Command:
    """Add the options that state what a simulation has to know."""
    for option in reversed(_KNOWN):
        command = option(command)
    return command


def facts(command: Command) -> Command:
    """Add these, and the options that state what else may be."""
    for option in reversed(_MORE):
        command = option(command)
    return known(command)
