"""The options of the method of `tthc-flow simulate`: how many cases, which luck, which kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.pairs import one_number
from tthc_flow.simulation.run import Kernel

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")


def _years(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    found = one_number(ctx, param, value)
    if found is not None and found <= 0:
        raise click.BadParameter(said("give a number above 0"))
    return None if found is None else float(found)


def _share(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    found = options.share(ctx, param, value)
    return None if found is None else float(found)


_METHOD: Final = (
    click.option(
        "--cases", type=click.IntRange(1), metavar="N", help="Số hồ sơ (mặc định: 20.000)."
    ),
    click.option(
        "--years",
        "horizon",
        metavar="N",
        callback=_years,
        help="Thay cho --cases: mô phỏng mấy năm.",
    ),
    click.option(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="Hạt giống ngẫu nhiên (mặc định: 1); cùng số thì cùng kết quả.",
    ),
    click.option(
        "--warm-up",
        metavar="10%",
        default="10%",
        callback=_share,
        help="Phần hồ sơ đầu không tính, khi cơ quan còn trống (mặc định: 10%).",
    ),
    click.option(
        "--batches",
        type=click.IntRange(2),
        default=30,
        metavar="N",
        help="Số đợt để tính khoảng ± (mặc định: 30).",
    ),
    click.option(
        "--replications",
        type=click.IntRange(1),
        default=1,
        metavar="N",
        help="Chạy N lần độc lập, mỗi lần đủ số hồ sơ; khoảng ± tính theo các lần (mặc định: 1).",
    ),
    click.option(
        "--late",
        "late_share",
        metavar="5%",
        callback=_share,
        help="Tìm số người ít nhất để tỷ lệ quá hạn không vượt mức này.",
    ),
    click.option(
        "--kernel",
        type=click.Choice([each.value for each in Kernel]),
        default=Kernel.PLAIN.value,
        help="Cách chạy: plain, hoặc fast (cần numba); cùng kết quả.",
    ),
)


def method(command: Command) -> Command:
    """Add the options of the method."""
    for option in reversed(_METHOD):
        command = option(command)
    return command
