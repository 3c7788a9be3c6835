"""`tthc-flow convert`: a step table becomes BPMN."""

from __future__ import annotations

from pathlib import Path

import click

from tthc_flow.cli import options
from tthc_flow.cli.printing import print_json
from tthc_flow.report.record import of_findings, of_procedure
from tthc_flow.verbs.convert import convert
from tthc_flow.verbs.opening import picked
from tthc_flow.verbs.write import write


@click.command("convert")
@options.source
@options.as_json
@options.lang
@click.option("-o", "out", default=None, metavar="TỆP.bpmn", help="Nơi ghi; mặc định cạnh bảng.")
def command(source: str, *, as_json: bool, lang: str, out: str | None) -> None:
    """Chuyển bảng các bước TỆP .yaml hoặc .csv thành BPMN có làn, nhánh và hình vẽ."""
    reading = convert(options.read_input(source))
    data = reading.document.data
    if out == "-" or (source == "-" and out is None):
        click.echo(data, nl=False)
        return
    goal = Path(out) if out is not None else Path(source).with_suffix(".bpmn")
    write(goal.parent, {goal.name: data})
    rows = of_findings(reading.findings, lang)
    if as_json:
        record = {"procedure": of_procedure(picked(reading)), "findings": rows}
        print_json("convert", {**record, "files": {"bpmn": str(goal)}})
        return
    click.echo(str(goal))
    for row in rows:
        click.echo(f"{row['code']} {row['message']}", err=True)
