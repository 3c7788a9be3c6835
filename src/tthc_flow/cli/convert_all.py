"""`tthc-flow convert` of a file with several procedures: a list, a folder of BPMN, a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.printing import print_findings, print_json, print_table
from tthc_flow.model.finding import Severity
from tthc_flow.report.record import of_findings
from tthc_flow.report.texts import text
from tthc_flow.tables.read import read_tables
from tthc_flow.tables.review.sheet import review_sheet
from tthc_flow.verbs.convert import chosen, drawn, file_names
from tthc_flow.verbs.files import place, refuse_input
from tthc_flow.words.messages import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tthc_flow.model.finding import Finding
    from tthc_flow.report.record import Json
    from tthc_flow.tables.step_table import TableReading


def list_procedures(given: str | bytes | Path, *, as_json: bool, lang: str) -> None:
    """Print the procedures that *given* holds; nothing is drawn, nothing written."""
    found = read_tables(given)
    rows = [_row(at, each, each.findings, lang) for at, each in enumerate(found, start=1)]
    if as_json:
        print_json("convert_all", {"procedures": rows, "files": {}})
    else:
        _print(rows, lang)


def write_all(
    given: str | bytes | Path, source: str, folder: Path, *, as_json: bool, lang: str
) -> None:
    """Write every procedure of *given* into *folder*, all of them or none, and print what came.

    The files are called by the codes of the procedures, or by their names.
    """
    found = read_tables(given)
    made = [drawn(each) for each in found]
    names = file_names(found)
    for name in names:
        refuse_input(folder / name, source)
    place(folder, {name: each.document.data for name, each in zip(names, made, strict=True)})
    files = {name: str(folder / name) for name in names}
    rows = [
        {**_row(at, table, reading.findings, lang), "file": files[name]}
        for at, (table, reading, name) in enumerate(zip(found, made, names, strict=True), start=1)
    ]
    if as_json:
        print_json("convert_all", {"procedures": rows, "files": files})
        return
    for path in files.values():
        click.echo(path)
    _print(rows, lang, err=True)
    for row in rows:
        if row["findings"]:
            click.echo(f"\n{row['number']}. {row['name'] or '–'}", err=True)
            print_findings(row["findings"], source, lang, err=True)


def write_review(
    given: str | bytes | Path,
    source: str,
    goal: Path,
    procedure: str | None,
    told: tuple[str, bool],
) -> None:
    """Write the tables of *given* (or the one of *procedure*) as a workbook to be looked through.

    *told* is the language, and whether the answer is printed as JSON.
    """
    lang, as_json = told
    found = read_tables(given)
    if procedure is not None:
        found = (chosen(found, procedure),)
    refuse_input(goal, source)
    place(goal.parent, {goal.name: review_sheet(found, lang)})
    rows = [
        {**_row(at, each, each.findings, lang), "file": str(goal)}
        for at, each in enumerate(found, start=1)
    ]
    if as_json:
        print_json("convert_all", {"procedures": rows, "files": {goal.name: str(goal)}})
        return
    click.echo(str(goal))
    _print(rows, lang, err=True)


def _row(at: int, given: TableReading, findings: Iterable[Finding], lang: str) -> Json:
    table, found = given.table, tuple(findings)
    return {
        "number": at,
        "code": table.code,
        "name": table.name or None,
        "part": given.part and place_words(given.part, lang),
        "steps": len(table.rows),
        "warnings": sum(each.severity >= Severity.WARNING for each in found),
        "findings": of_findings(found, lang),
        "file": None,
    }


def _print(rows: list[Json], lang: str, *, err: bool = False) -> None:
    heads = [text(f"convert-{name}", lang) for name in ("number", "code", "name", "part")]
    heads += [text("convert-steps", lang), text("convert-doubts", lang)]
    listed = [
        [str(row[name] or "–") for name in ("number", "code", "name", "part")]
        + [str(row["steps"]), str(row["warnings"])]
        for row in rows
    ]
    print_table([heads, *listed], err=err)
