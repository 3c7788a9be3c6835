"""`tthc-flow portfolio`: thousands of procedures at once, kept as tables that can be asked."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from attrs import asdict

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.groups import Verbs
from tthc_flow.cli.portfolio_lines import (
    cell,
    cell_words,
    coverage_rows,
    group_lines,
    progress_rows,
    say,
    shared_lines,
    spelling_lines,
    value,
)
from tthc_flow.cli.printing import print_csv, print_json, print_table
from tthc_flow.portfolio.progress import By, respelled
from tthc_flow.portfolio.settings import TIME_LIMIT, ProvinceFrom
from tthc_flow.report import amounts
from tthc_flow.report.progress import words
from tthc_flow.verbs import portfolio as verb
from tthc_flow.verbs.portfolio_report import portfolio_report, save_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from tthc_flow.units import Convention

out_argument = click.argument("out", metavar="KẾT_QUẢ")


@click.group("portfolio", cls=Verbs)
def command() -> None:
    """Xử lý hàng loạt TỆP .bpmn (thư mục, zip, tar.gz, Parquet), lưu thành bảng và hỏi các bảng."""


@command.command("run")
@click.argument("source", metavar="NGUỒN")
@click.option("-o", "out", required=True, metavar="THƯ_MỤC", help="Nơi ghi các bảng Parquet.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Số tiến trình làm cùng lúc (mặc định: số bộ xử lý của máy).",
)
@click.option("--dask", metavar="tcp://…", help="Địa chỉ bộ điều phối của cụm máy Dask.")
@click.option(
    "--province-from",
    type=click.Choice([each.value for each in ProvinceFrom]),
    default=ProvinceFrom.FACT.value,
    help="Tỉnh lấy từ dữ kiện trong tệp (fact), hay từ thư mục đầu tiên (folder).",
)
@click.option(
    "--potential",
    is_flag=True,
    help="Tính thêm phần mà các phương án chưa đạt điều kiện sẽ cắt được (chậm hơn khoảng 1/8).",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=TIME_LIMIT,
    metavar="GIÂY",
    help="Số giây tối đa để xử lý một tệp (mặc định: 60); quá hạn thì tệp đó có mã lỗi TF629.",
)
@options.convention
@options.as_json
@options.lang
def run(  # noqa: PLR0913 - one parameter an option
    source: str,
    *,
    out: str,
    workers: int | None,
    dask: str | None,
    province_from: str,
    potential: bool,
    time_limit: float,
    convention: Convention,
    as_json: bool,
    lang: str,
) -> None:
    """Kiểm tra, đo, lập phương án cho mọi thủ tục của NGUỒN; gọi lại thì làm tiếp phần còn lại."""
    bar = _bar(lang, hidden=as_json)
    settings: dict[str, Any] = {
        "convention": convention,
        "province": ProvinceFrom(province_from),
        "potential": potential,
        "time_limit": time_limit,
        "progress": bar,
    }
    if dask is None:
        found = verb.run_portfolio(source, out, workers=workers or os.cpu_count() or 1, **settings)
    else:
        found = verb.run_portfolio_on_dask(source, out, dask, **settings)
    failed = verb.ask(out, "SELECT count(error) FROM procedures").rows[0][0]
    if as_json:
        print_json("portfolio", {"verb": "run", **asdict(found), "place": out, "failed": failed})
        return
    told = {"files": found.files, "kept": found.kept, "procedures": found.rows["procedures"]}
    click.echo(say("ran", lang, **told, out=out))
    if found.stale:
        click.echo(say("stale", lang, stale=found.stale))
    if failed:
        click.echo(say("failed", lang, count=failed, out=out))


def _bar(lang: str, *, hidden: bool) -> Callable[[int, int], None]:
    """Return what draws a progress bar on a terminal; a file or a script gets none."""
    if hidden or not sys.stderr.isatty():
        return lambda done, count: None  # noqa: ARG005
    bars: list[Any] = []

    def draw(done: int, count: int) -> None:
        if not bars:
            label = say("progress-bar", lang)
            bars.append(click.progressbar(length=count, label=label, file=sys.stderr))
            bars[0].render_progress()
        bars[0].update(done - bars[0].pos)
        if done == count:
            bars[0].render_finish()

    return draw


@command.command("ask")
@out_argument
@click.argument("question", metavar="SQL")
@options.as_json
@options.as_csv
@options.lang
def ask(out: str, question: str, *, as_json: bool, as_csv: bool, lang: str) -> None:
    """Trả lời một câu SELECT trên các bảng của KẾT_QUẢ (bằng DuckDB, chỉ đọc)."""
    _warn_unfinished(out, lang)
    found = verb.ask(out, question)
    if as_json:
        rows = [[value(cell) for cell in row] for row in found.rows]
        print_json("portfolio", {"verb": "ask", "columns": list(found.columns), "rows": rows})
        return
    told = cell if as_csv else partial(cell_words, lang=lang)
    cells = [[told(each) for each in row] for row in found.rows]
    (print_csv if as_csv else print_table)([list(found.columns), *cells])


@command.command("twins")
@out_argument
@click.option(
    "--source", metavar="NGUỒN", help="Nguồn đã dùng, để nêu từng điểm khác với nơi nhẹ nhất."
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=20,
    metavar="N",
    help="Số nhóm được in và được so sánh từng bước (mặc định: 20).",
)
@options.as_json
@options.lang
def twins(out: str, *, source: str | None, most: int, as_json: bool, lang: str) -> None:
    """Thủ tục trùng, giống nhau: nơi nào làm nhẹ hơn; giấy tờ hỏi lại; kiểm tra trùng đối tượng."""
    _warn_unfinished(out, lang)
    found = verb.portfolio_twins(out, source=source, most=most)
    if as_json:
        print_json("portfolio", {"verb": "twins", **value(found.record(lang))})
        return
    if not found.groups:
        click.echo(say("no-twins", lang))
    for group, changes in zip(found.groups[:most], found.lighter[:most], strict=True):
        for line in group_lines(group, changes, lang):
            click.echo(line)
    if found.absent:
        files = ", ".join((*found.absent[:most], *(["…"] if len(found.absent) > most else [])))
        click.secho(say("absent", lang, count=len(found.absent), files=files), fg="yellow")
    if len(found.groups) > most:
        click.echo(say("more-groups", lang, count=len(found.groups) - most))
    for line in shared_lines(found.asked, found.inspected, most, lang):
        click.echo(line)


@command.command("progress")
@out_argument
@click.option(
    "--by",
    type=click.Choice([each.value for each in By]),
    default=By.ALL.value,
    help="Chia theo cơ quan, lĩnh vực, tỉnh (mặc định: tất cả).",
)
@click.option(
    "--report",
    metavar="THƯ_MỤC",
    help="Nơi ghi báo cáo: trang HTML có biểu đồ, Word, Excel có công thức.",
)
@click.option("--period", metavar="2026-Q1", help="Kỳ báo cáo: 2026-03, 2026-Q1 hoặc 2026.")
@options.as_json
@options.as_csv
@options.lang
def progress(  # noqa: PLR0913 - one parameter an option
    out: str,
    *,
    by: str,
    report: str | None,
    period: str | None,
    as_json: bool,
    as_csv: bool,
    lang: str,
) -> None:
    """Tiến độ so với mục tiêu 30 %, 50 %: ba cách gộp có tên, và bao nhiêu thủ tục đã đủ 100 %."""
    if period is not None and report is None:
        raise click.UsageError(said("--period goes with --report"))
    _warn_unfinished(out, lang)
    data = as_json or as_csv
    if report is not None:
        for path in save_report(portfolio_report(out, period=period, lang=lang), report).values():
            click.echo(path, err=data)
        if not data:
            return
    found, spelled = verb.portfolio_progress(out, by=By(by)), respelled(out, By(by))
    if as_json:
        record = {"verb": "progress", **value(asdict(found)), "spellings": spelled}
        print_json("portfolio", record)
        return
    if as_csv:
        print_csv(progress_rows(found.figures, lang))
        return
    print_table(progress_rows(found.figures, lang))
    click.echo()
    print_table(coverage_rows(found.coverage, lang))
    for line in spelling_lines(spelled, lang):
        click.echo(line)
    if found.internal:
        click.echo(words.say("note-internal", lang, count=amounts.amount(found.internal, lang)))


def _warn_unfinished(out: str, lang: str) -> None:
    if not verb.is_complete(out):
        click.echo(say("unfinished", lang), err=True)
