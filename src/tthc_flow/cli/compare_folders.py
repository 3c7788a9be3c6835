"""`tthc-flow compare` of two folders: a row a pair, and each figure of all of them by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.compare_asked import saved_for_scripts
from tthc_flow.cli.printing import print_csv, print_json, print_table
from tthc_flow.measures.gating import Gate, gates, new_findings
from tthc_flow.measures.many import overall
from tthc_flow.report.gating import of_gates
from tthc_flow.report.overall import of_pairs, overall_lines, pair_rows
from tthc_flow.report.record import Json
from tthc_flow.report.texts import text
from tthc_flow.verbs.check import check
from tthc_flow.verbs.compare_many import compare_many

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.cli.compare_asked import Asked
    from tthc_flow.verbs.compare_many import Pairs


def compare_folders(before: str, after: str, asked: Asked, out: str) -> list[Json]:
    """Compare two folders, print and write what was asked; return the gates.

    A required cut is asked of all pairs together, by the named way; new findings of each pair.
    """
    found = compare_many(before, after, asked.convention)
    record = {**of_pairs(found.found, asked.lang), **_alone(found)}
    judged = _judged(found, asked)
    goal, files = Path(out), dict[str, str]()
    if out != "-":
        if goal.suffix.lower() != ".xml":
            message = said("two folders are written as .xml")
            raise click.UsageError(message)
        files = saved_for_scripts(goal, judged, (), asked.lang)
    every = [gate for of_one in judged.values() for gate in of_one]
    _print(record, every, files, asked)
    return every


def _alone(found: Pairs) -> dict[str, list[str]]:
    return {"only_before": list(found.only_before), "only_after": list(found.only_after)}


def _judged(found: Pairs, asked: Asked) -> dict[str, list[Json]]:
    """Return the gates on all pairs together, then those on each pair."""
    whole = [
        _of_all(found, name, required, asked)
        for name, required in (("time", asked.time), ("cost", asked.cost))
        if required is not None
    ]
    judged = {asked.method.value: of_gates(whole, {}, asked.lang)} if whole else {}
    if asked.no_new_findings:
        for name, pair in found.found.items():
            sides = (check(each, asked.convention) for each in found.files[name])
            new = new_findings(pair, *sides)
            judged[name] = of_gates(gates(pair, new=new), {}, asked.lang)
    return judged


def _of_all(found: Pairs, name: str, required: Fraction, asked: Asked) -> Gate:
    """Return the gate on one figure of all pairs; a pair that is not in it leaves it unmet."""
    whole = overall(found.found, name, asked.method)
    left_out = (*whole.unknown, *whole.weightless)
    share = None if left_out else whole.aggregate.share
    return Gate(
        name=name,
        passed=share is not None and share >= required,
        required=required,
        cut=share,
        missing=left_out,
    )


def _print(record: Json, judged: list[Json], files: dict[str, str], asked: Asked) -> None:
    lang = asked.lang
    if asked.printed == "json":
        print_json("compare_folders", {**record, "gates": judged, "files": files})
        return
    if asked.printed == "csv":
        print_csv(pair_rows(record, lang))
        return
    print_table(pair_rows(record, lang))
    click.echo()
    for line in overall_lines(record, lang):
        click.echo(line)
    for side in ("only_before", "only_after"):
        if record[side]:
            click.echo(text(side.replace("_", "-"), lang, names=", ".join(record[side])))
    for path in files.values():
        click.echo(path)
