"""`tthc-flow measure`: the figures of one procedure."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.cli.printing import print_csv, print_json, print_table
from tthc_flow.report.figures import cost_rows, measure_rows, others_line
from tthc_flow.report.record import of_costs, of_measures, of_others, of_procedure
from tthc_flow.report.sentences import names_of
from tthc_flow.report.texts import text
from tthc_flow.units import Convention
from tthc_flow.verbs.measure import measure
from tthc_flow.verbs.opening import left_out, picked
from tthc_flow.verbs.resolve import resolve


@click.command("measure")
@options.source
@options.process
@options.called
@options.convention
@options.as_json
@options.as_csv
@options.lang
def command(  # noqa: PLR0913 - click hands over one argument an option
    source: str,
    *,
    process: str | None,
    called: tuple[str, ...],
    convention: Convention,
    as_json: bool,
    as_csv: bool,
    lang: str,
) -> None:
    """Đo TỆP .bpmn: thời gian, khối lượng, chuyển giao, chữ ký, chi phí tuân thủ."""
    reading = resolve(options.read_input(source), called)
    procedure = picked(reading, process)
    side = of_measures(measure(procedure, convention), procedure, lang)
    costs = of_costs(procedure, convention)
    others = {"other_processes": of_others(left_out(reading, procedure))}
    if as_json:
        told = {"procedure": of_procedure(procedure), "names": names_of(procedure), **side}
        print_json("measure", {**told, **others, "costs": costs})
        return
    rows = ((text("measure", lang), text("value", lang)), *measure_rows(side, lang))
    if as_csv:
        print_csv((*rows, *cost_rows(costs, lang)))
        return
    print_table(rows)
    for name, words in cost_rows(costs, lang):
        click.echo(f"\n{name}\n  {words}")
    if line := others_line(others, lang):
        click.echo(f"\n{line}")
