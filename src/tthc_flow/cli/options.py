"""Options that several verbs share, in one wording."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from tthc_flow.cli.click_words import fact_of, said
from tthc_flow.errors import BadQuantity
from tthc_flow.report.texts import LANGUAGES
from tthc_flow.units import CONVENTIONS, DEFAULT_CONVENTION, Convention, exact

if TYPE_CHECKING:
    from pathlib import Path

source = click.argument("source", metavar="TỆP", type=str)
process = click.option("--process", metavar="ID", help="Quá trình cần xem, nếu tệp có nhiều.")
called = click.option(
    "--with",
    "called",
    metavar="TỆP",
    multiple=True,
    help="Tệp (hoặc thư mục) chứa quy trình được gọi; ghi nhiều lần được.",
)
answers = click.option(
    "--answers",
    metavar="TỆP",
    help="Tệp câu trả lời; bỏ trống thì lấy tệp TÊN.answers.yaml cạnh TỆP, nếu có.",
)
decisions = click.option(
    "--decisions",
    metavar="TỆP",
    help="Tệp quyết định về từng phương án (mặc định: <tên>.decisions.yaml cạnh TỆP, nếu có).",
)
lang = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="vi", help="Ngôn ngữ (mặc định: vi)."
)


def _alone(ctx: click.Context, param: click.Parameter, value: bool) -> bool:  # noqa: FBT001 - click's
    """Refuse two formats at once: which of them would be printed?"""
    given = ctx.meta.setdefault("tthc_flow.format", [])
    if value:
        given.append(param.opts[0])
    if len(given) > 1:
        message = said("choose one of {formats}").format(formats=said(" and ").join(sorted(given)))
        raise click.UsageError(message, ctx)
    return value


as_json = click.option(
    "--json", "as_json", is_flag=True, callback=_alone, help="In kết quả dạng JSON."
)
as_csv = click.option(
    "--csv", "as_csv", is_flag=True, callback=_alone, help="In bảng dạng CSV (UTF-8)."
)


def _convention(_ctx: click.Context, _param: click.Parameter, value: str) -> Convention:
    return Convention.named(value)


convention = click.option(
    "--convention",
    type=click.Choice([each.name for each in CONVENTIONS]),
    default=DEFAULT_CONVENTION.name,
    callback=_convention,
    help="Quy ước đổi “ngày” ra giờ làm việc; luôn được in kèm số liệu.",
)


def share(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Fraction | None:
    """Return a share: 0.3, 30 %; nothing where none was given."""
    if value is None:
        return None
    text = value.strip().replace(",", ".")
    try:
        found = exact(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except BadQuantity as error:
        raise click.BadParameter(fact_of(error)) from error
    if not 0 <= found <= 1:
        raise click.BadParameter(said("give a share from 0% to 100%"))
    return found


require_time_cut = click.option(
    "--require-time-cut",
    metavar="30%",
    callback=share,
    help="Mã thoát 1 nếu thời gian cắt ít hơn, hoặc không biết cắt bao nhiêu.",
)
require_cost_cut = click.option(
    "--require-cost-cut",
    metavar="30%",
    callback=share,
    help="Mã thoát 1 nếu chi phí tuân thủ cắt ít hơn, hoặc không biết cắt bao nhiêu.",
)


def read_input(source: str) -> str | bytes | Path:
    """Return the path as given, or the bytes of standard input for ``-``."""
    return sys.stdin.buffer.read() if source == "-" else source
