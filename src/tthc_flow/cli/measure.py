"""`tthc-flow measure`: the figures of one procedure."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.measures.compliance_cost import CostMethod
from tthc_flow.measures.costs import cost
from tthc_flow.report.figures import figure_rows
from tthc_flow.report.record import of_cost, of_measures, of_procedure
from tthc_flow.units import Convention
from tthc_flow.verbs.measure import measure
from tthc_flow.verbs.opening import opened, picked


@click.command("measure")
@options.source
@options.process
@options.convention
@options.as_json
def command(source: str, *, process: str | None, convention: Convention, as_json: bool) -> None:
    """Đo TỆP .bpmn: thời gian, khối lượng, chuyển giao, chữ ký, chi phí tuân thủ."""
    reading = opened(options.read_input(source))
    procedure = picked(reading, process)
    found = measure(reading, convention, process=procedure.flow.id)
    if as_json:
        costs = [of_cost(cost(procedure, method, convention)) for method in CostMethod]
        told = {"procedure": of_procedure(procedure), **of_measures(found), "costs": costs}
        print_json("measure", told)
        return
    print_table((("Chỉ số", "Giá trị"), *figure_rows(found)))
