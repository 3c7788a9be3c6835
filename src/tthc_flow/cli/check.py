"""`tthc-flow check`: every finding, all at once."""

from __future__ import annotations

from typing import Final

import click

from tthc_flow.cli import options
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_csv, print_findings, print_json
from tthc_flow.model.finding import Severity
from tthc_flow.report.record import of_findings
from tthc_flow.units import Convention
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.check import check

_STOP: Final = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
_COLUMNS: Final = ("code", "severity", "element", "name", "line", "message", "hint", "assumed")


@click.command("check")
@options.source
@options.called
@options.answers
@options.convention
@options.as_json
@options.as_csv
@options.lang
@click.option(
    "--fail-on",
    type=click.Choice([*_STOP, "never"]),
    default="error",
    help="Mã thoát 1 nếu có phát hiện từ mức này trở lên (mặc định: error).",
)
def command(  # noqa: PLR0913 - click hands over one argument an option
    source: str,
    *,
    called: tuple[str, ...],
    answers: str | None,
    convention: Convention,
    as_json: bool,
    as_csv: bool,
    lang: str,
    fail_on: str,
) -> None:
    """Kiểm tra TỆP .bpmn: mọi chỗ thiếu, sai, đáng ngờ, kèm dòng và gợi ý."""
    given = answered(options.read_input(source), answers)
    found = check(given, convention, called=called)
    rows = of_findings(found, lang)
    if as_json:
        print_json("check", {"findings": rows})
    elif as_csv:
        cells = [["" if row[name] is None else str(row[name]) for name in _COLUMNS] for row in rows]
        print_csv([_COLUMNS, *cells])
    else:
        print_findings(rows, source, lang)
    if fail_on != "never" and any(each.severity >= _STOP[fail_on] for each in found):
        raise click.exceptions.Exit(Code.GATE_FAILED)
