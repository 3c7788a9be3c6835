"""`tthc-flow compare`: what changed, and how much lighter it became."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.compare_asked import Asked
from tthc_flow.cli.compare_files import compare_files
from tthc_flow.cli.compare_folders import compare_folders
from tthc_flow.cli.gates import leave_by
from tthc_flow.measures.aggregate import AggregateMethod
from tthc_flow.units import Convention


@click.command("compare")
@click.argument("before", metavar="TRƯỚC")
@click.argument("after", metavar="SAU")
@options.process
@options.convention
@options.as_json
@options.as_csv
@options.lang
@options.require_time_cut
@options.require_cost_cut
@click.option(
    "--no-new-findings",
    is_flag=True,
    help="Mã thoát 1 nếu tệp sau có lỗi hay cảnh báo mà tệp trước không có.",
)
@click.option(
    "--aggregate",
    type=click.Choice([each.value for each in AggregateMethod]),
    default=AggregateMethod.POOLED.value,
    help="Khi so sánh hai thư mục: yêu cầu cắt giảm tính theo cách gộp nào (mặc định: pooled).",
)
@click.option(
    "-o",
    "out",
    default="-",
    metavar="NƠI",
    help="Nơi ghi: thư mục cho trang và hình, hoặc tệp .html, .svg, .md, .json, .sarif, .xml.",
)
def command(  # noqa: PLR0913 - one parameter an option
    before: str,
    after: str,
    *,
    process: str | None,
    convention: Convention,
    as_json: bool,
    as_csv: bool,
    lang: str,
    require_time_cut: Fraction | None,
    require_cost_cut: Fraction | None,
    no_new_findings: bool,
    aggregate: str,
    out: str,
) -> None:
    """So sánh hai tệp BPMN (hoặc hai thư mục): khác gì, nhẹ hơn bao nhiêu."""
    if before == after == "-":
        message = said("only one of the two can be standard input")
        raise click.UsageError(message)
    asked = Asked(
        convention=convention,
        lang=lang,
        printed="json" if as_json else "csv" if as_csv else "text",
        time=require_time_cut,
        cost=require_cost_cut,
        no_new_findings=no_new_findings,
        method=AggregateMethod(aggregate),
    )
    folders = [each for each in (before, after) if each != "-" and Path(each).is_dir()]
    if len(folders) == 1:
        message = said("compare two files or two folders")
        raise click.UsageError(message)
    if folders:
        leave_by(compare_folders(before, after, asked, out))
    else:
        leave_by(compare_files(before, after, process, asked, out))
