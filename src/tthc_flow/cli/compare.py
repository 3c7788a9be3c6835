"""`tthc-flow compare`: what changed, and how much lighter it became."""

from __future__ import annotations

from fractions import Fraction

import click

from tthc_flow.cli import options
from tthc_flow.cli.gates import leave_by_gates
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.report.figures import before_after_rows
from tthc_flow.report.record import of_comparison
from tthc_flow.report.sentences import change
from tthc_flow.units import Convention
from tthc_flow.verbs.compare import compare


@click.command("compare")
@click.argument("before", metavar="TRƯỚC")
@click.argument("after", metavar="SAU")
@options.process
@options.convention
@options.as_json
@options.lang
@options.require_time_cut
@options.require_cost_cut
def command(  # noqa: PLR0913 - one parameter an option
    before: str,
    after: str,
    *,
    process: str | None,
    convention: Convention,
    as_json: bool,
    lang: str,
    require_time_cut: Fraction | None,
    require_cost_cut: Fraction | None,
) -> None:
    """So sánh hai tệp BPMN: khác gì, nhẹ hơn bao nhiêu."""
    found = compare(before, after, convention, process=process)
    if as_json:
        print_json("compare", of_comparison(found, lang))
    else:
        for made in found.changes:
            click.echo(f"- {change(made, lang)}")
        click.echo()
        print_table((("Chỉ số", "Trước", "Sau", "Cắt giảm"), *before_after_rows(found)))
    leave_by_gates(found, require_time_cut, require_cost_cut)
