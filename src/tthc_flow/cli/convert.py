"""`tthc-flow convert`: step tables of Word, Excel, YAML or CSV become BPMN."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.convert_all import list_procedures, write_all, write_review
from tthc_flow.cli.printing import print_findings, print_json
from tthc_flow.report.record import of_findings, of_procedure
from tthc_flow.verbs.convert import convert
from tthc_flow.verbs.files import place, refuse_input
from tthc_flow.verbs.opening import picked


@click.command("convert")
@options.source
@options.as_json
@options.lang
@click.option(
    "-o",
    "out",
    default=None,
    metavar="TỆP.bpmn|TỆP.xlsx|THƯ MỤC/",
    help="Nơi ghi; mặc định cạnh bảng; - là màn hình; một thư mục nhận mọi quy trình của TỆP; "
    "TỆP.xlsx là bảng tính để rà soát rồi đọc lại.",
)
@click.option(
    "--procedure",
    metavar="MÃ|SỐ",
    help="Quy trình cần chuyển, nếu TỆP có nhiều: mã TTHC hoặc số thứ tự.",
)
@click.option("--list", "listed", is_flag=True, help="Chỉ liệt kê các quy trình thấy trong TỆP.")
def command(
    source: str, *, as_json: bool, lang: str, out: str | None, procedure: str | None, listed: bool
) -> None:
    """Chuyển bảng các bước TỆP .docx, .xlsx, .yaml hoặc .csv thành BPMN có làn, nhánh và hình."""
    given = options.read_input(source)
    if listed:
        if out is not None or procedure is not None:
            raise click.UsageError(said("--list takes neither -o nor --procedure"))
        list_procedures(given, as_json=as_json, lang=lang)
    elif out is not None and procedure is None and _is_folder(out):
        write_all(given, source, Path(out), as_json=as_json, lang=lang)
    elif out is not None and out.lower().endswith(".xlsx"):
        write_review(given, source, Path(out), procedure, (lang, as_json))
    else:
        _convert_one(given, source, out, procedure, (lang, as_json))


def _is_folder(out: str) -> bool:
    return out.endswith(("/", os.sep)) or Path(out).is_dir()


def _convert_one(
    given: str | bytes | Path,
    source: str,
    out: str | None,
    procedure: str | None,
    told: tuple[str, bool],
) -> None:
    lang, as_json = told
    reading = convert(given, procedure)
    data = reading.document.data
    rows = of_findings(reading.findings, lang)
    files: dict[str, str] = {}
    if out != "-" and not (source == "-" and out is None):
        goal = Path(out) if out is not None else Path(source).with_suffix(".bpmn")
        refuse_input(goal, source)
        place(goal.parent, {goal.name: data})
        files["bpmn"] = str(goal)
    if as_json:
        record = {"procedure": of_procedure(picked(reading)), "findings": rows}
        print_json("convert", {**record, "files": files})
        return
    if files:
        click.echo(files["bpmn"])
    else:
        click.echo(data, nl=False)
    if rows:
        print_findings(rows, source, lang, err=True)
