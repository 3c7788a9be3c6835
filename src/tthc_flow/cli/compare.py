"""`tthc-flow compare`: what changed, and how much lighter it became."""

from __future__ import annotations

from fractions import Fraction

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.gates import gates, leave_by
from tthc_flow.cli.printing import print_csv, print_json, print_table
from tthc_flow.measures.comparison import Comparison
from tthc_flow.report.figures import before_after_rows, convention_line, others_line
from tthc_flow.report.outcome import change_lines
from tthc_flow.report.record import of_comparison, of_others
from tthc_flow.report.texts import text
from tthc_flow.units import Convention
from tthc_flow.verbs.compare import compare
from tthc_flow.verbs.compare_papers import save_comparison


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
    "-o",
    "out",
    default="-",
    metavar="NƠI",
    help="Thư mục để ghi trang so sánh và hình, hoặc một tệp .html, .svg, .md, .json.",
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
    out: str,
) -> None:
    """So sánh hai tệp BPMN: khác gì, nhẹ hơn bao nhiêu."""
    if before == after == "-":
        message = said("only one of the two can be standard input")
        raise click.UsageError(message)
    one, two = options.read_input(before), options.read_input(after)
    found = compare(one, two, convention, process=process)
    record = of_comparison(found, lang)
    judged = gates(record, require_time_cut, require_cost_cut, lang)
    files = {} if out == "-" else save_comparison(found, out, lang)
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    rows = (heading, *before_after_rows(record, lang))
    if as_json:
        print_json("compare", {**record, "gates": judged, "files": files})
    elif as_csv:
        print_csv(rows)
    else:
        for line in change_lines(record, lang) or (text("no-difference", lang),):
            click.echo(line)
        click.echo()
        print_table(rows)
        click.echo(convention_line(record["before"], lang))
        if line := others_line({"other_processes": of_others(_left_out(found).items())}, lang):
            click.echo(f"\n{line}\n")
        for path in files.values():
            click.echo(path)
    leave_by(judged)


def _left_out(found: Comparison) -> dict[str, str]:
    """Return the other processes with steps on either side, which were not compared."""
    sides = (each for side in found.beside for each in side if each.flow.steps)
    return {each.flow.id: each.name or each.flow.name for each in sides}
