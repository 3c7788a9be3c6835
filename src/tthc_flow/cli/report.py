"""`tthc-flow report`: the joint papers of several proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli import options
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.report import amounts
from tthc_flow.report.texts import text
from tthc_flow.units import Convention
from tthc_flow.verbs.report import report, report_record, save_report
from tthc_flow.verbs.report_sources import report_sources

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("report")
@click.argument("sources", metavar="TỆP|THƯ_MỤC…", nargs=-1, required=True)
@click.option(
    "-o", "out", required=True, metavar="THƯ_MỤC", help="Nơi ghi hồ sơ chung của các thủ tục."
)
@click.option(
    "--template",
    metavar="TỆP.docx",
    help="Mẫu Word riêng của cơ quan, có tên đặt trong {{ }}; ghi ra thêm tệp theo-mau.docx.",
)
@options.convention
@options.as_json
@options.lang
def command(
    sources: tuple[str, ...],
    *,
    out: str,
    template: str | None,
    convention: Convention,
    as_json: bool,
    lang: str,
) -> None:
    """Lập hồ sơ chung (Word, Excel, trang tổng hợp) từ nhiều phương án hoặc sơ đồ."""
    reviewed = report_sources(sources, convention=convention, lang=lang)
    files = save_report(report(reviewed, template=template, lang=lang), out)
    record = report_record(reviewed)
    if as_json:
        print_json("report", {**record, "files": files})
        return
    heading = tuple(text(code, lang) for code in ("pair-procedure", "applied", "cut"))
    print_table((heading, *(_row(each, lang) for each in record["procedures"])))
    click.echo()
    for path in files.values():
        click.echo(path)


def _row(member: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    name = member["name"] or member["process"]
    called = f"{name} ({member['code']})" if member["code"] else name
    cut = amounts.cut_words(member["cut"]["time"], lang)
    return called, amounts.count(member["applied"], lang), cut
