"""Gates: the cuts a script requires; an unknown cut fails, it is never taken for enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.leaving import Code
from tthc_flow.measures.compliance_cost import CostMethod

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.measures.comparison import Comparison


def leave_by_gates(
    comparison: Comparison, time_cut: Fraction | None, cost_cut: Fraction | None
) -> None:
    """Leave with code 1 where a required cut was not reached or cannot be known."""
    reached = (
        ("time", time_cut, comparison.time_cut),
        ("cost", cost_cut, comparison.cost_cut(CostMethod.TT02_2017)),
    )
    failed = False
    for name, required, cut in reached:
        if required is not None and (cut is None or cut < required):
            said = "unknown" if cut is None else f"{float(cut):.2%}"
            click.echo(f"{name} cut {said}, required {float(required):.2%}", err=True)
            failed = True
    if failed:
        raise click.exceptions.Exit(Code.GATE_FAILED)
