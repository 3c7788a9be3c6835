"""`tthc-flow check`: every finding, all at once."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_json
from tthc_flow.model.finding import Severity
from tthc_flow.report.record import of_findings
from tthc_flow.units import Convention
from tthc_flow.verbs.check import check

_STOP = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}


@click.command("check")
@options.source
@options.convention
@options.as_json
@options.lang
@click.option(
    "--fail-on",
    type=click.Choice([*_STOP, "never"]),
    default="error",
    help="Mã thoát 1 nếu có phát hiện từ mức này trở lên (mặc định: error).",
)
def command(source: str, *, convention: Convention, as_json: bool, lang: str, fail_on: str) -> None:
    """Kiểm tra TỆP .bpmn: mọi chỗ thiếu, sai, đáng ngờ, kèm dòng và gợi ý."""
    found = check(options.read_input(source), convention)
    rows = of_findings(found, lang)
    if as_json:
        print_json("check", {"findings": rows})
    for row in () if as_json else rows:
        place = f"{source}:{row['line']}" if row["line"] else source
        colour = {"error": "red", "warning": "yellow"}.get(row["severity"])
        click.secho(f"{row['code']} ", fg=colour, nl=False)
        click.echo(f"{place} {row['message']}\n  → {row['hint']}")
    if fail_on != "never" and any(each.severity >= _STOP[fail_on] for each in found):
        raise click.exceptions.Exit(Code.GATE_FAILED)
