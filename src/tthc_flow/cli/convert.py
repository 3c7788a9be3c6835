"""`tthc-flow convert`: a step table becomes BPMN."""

from __future__ import annotations

from pathlib import Path

import click

from tthc_flow.cli import options
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
    metavar="TỆP.bpmn",
    help="Nơi ghi; mặc định cạnh bảng; - là màn hình.",
)
def command(source: str, *, as_json: bool, lang: str, out: str | None) -> None:
    """Chuyển bảng các bước TỆP .yaml hoặc .csv thành BPMN có làn, nhánh và hình vẽ."""
    reading = convert(options.read_input(source))
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
