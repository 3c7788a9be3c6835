"""`tthc-flow compare` of two files: every change, the figures, the gates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tthc_flow.cli import options
from tthc_flow.cli.compare_asked import FOR_SCRIPTS, saved_for_scripts
from tthc_flow.cli.printing import print_csv, print_json, print_table
from tthc_flow.measures.gating import gates, new_findings
from tthc_flow.report.figures import before_after_rows, convention_line, others_line
from tthc_flow.report.gating import of_gates
from tthc_flow.report.ledger import role_rows
from tthc_flow.report.outcome import change_lines
from tthc_flow.report.record import Json, of_comparison, of_others
from tthc_flow.report.texts import text
from tthc_flow.verbs.check import check
from tthc_flow.verbs.compare import compare
from tthc_flow.verbs.compare_papers import save_comparison

if TYPE_CHECKING:
    from tthc_flow.cli.compare_asked import Asked
    from tthc_flow.measures.comparison import Comparison


def compare_files(
    before: str, after: str, process: str | None, asked: Asked, out: str
) -> list[Json]:
    """Compare two files, print and write what was asked; return the gates."""
    sides = options.read_input(before), options.read_input(after)
    found = compare(*sides, asked.convention, process=process)
    record = of_comparison(found, asked.lang)
    new = None
    if asked.no_new_findings:
        new = new_findings(found, *(check(each, asked.convention) for each in sides))
    judged = of_gates(gates(found, asked.time, asked.cost, new), record["labels"], asked.lang)
    goal = Path(out)
    if out == "-":
        files = {}
    elif goal.suffix.lower() in FOR_SCRIPTS:
        files = saved_for_scripts(goal, {after: judged}, new or (), asked.lang)
    else:
        files = save_comparison(found, out, asked.lang)
    _print(found, record, judged, files, asked)
    return judged


def _print(
    found: Comparison, record: Json, judged: list[Json], files: dict[str, str], asked: Asked
) -> None:
    lang = asked.lang
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    rows = (heading, *before_after_rows(record, lang))
    if asked.printed == "json":
        print_json("compare", {**record, "gates": judged, "files": files})
        return
    if asked.printed == "csv":
        print_csv(rows)
        return
    for line in change_lines(record, lang) or (text("no-difference", lang),):
        click.echo(line)
    click.echo()
    print_table(rows)
    click.echo(convention_line(record["before"], lang))
    click.echo()
    print_table(role_rows(record, lang))
    if line := others_line({"other_processes": of_others(_left_out(found).items())}, lang):
        click.echo(f"\n{line}\n")
    for path in files.values():
        click.echo(path)


def _left_out(found: Comparison) -> dict[str, str]:
    """Return the other processes with steps on either side, which were not compared."""
    sides = (each for side in found.beside for each in side if each.flow.steps)
    return {each.flow.id: each.name or each.flow.name for each in sides}
