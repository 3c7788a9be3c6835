"""Printing a result: JSON for scripts, CSV for a spreadsheet, a plain table for people."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import click

from tthc_flow.report.record import SCHEMA_VERSION
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COLOURS: Final = {"error": "red", "warning": "yellow"}
_FORMULA: Final = ("=", "+", "@", "\t", "\r")


def print_json(command: str, record: dict[str, Any]) -> None:
    """Print *record* with its schema version and the verb it came from."""
    whole = {"schema_version": SCHEMA_VERSION, "command": command, **record}
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* in columns as wide as their widest cell; the first row is the heading."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.secho("  ".join(cells).rstrip(), bold=number == 0)


def print_csv(rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* as CSV; a cell that a spreadsheet would run as a formula is made text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_cell(each) for each in row] for row in rows])
    click.echo(out.getvalue(), nl=False)


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def print_findings(
    rows: Sequence[Mapping[str, Any]], place: str, lang: str, *, err: bool = False
) -> None:
    """Print findings by severity, the worst first, with all that is known of each; then a sum."""
    counted = dict.fromkeys(("error", "warning", "info"), 0)
    for severity in counted:
        members = [row for row in rows if row["severity"] == severity]
        counted[severity] = len(members)
        if not members:
            continue
        heading = f"{text(f'severities-{severity}', lang)} ({len(members)})"
        click.secho(heading, fg=_COLOURS.get(severity), bold=True, err=err)
        for row in members:
            where = f"{place}:{row['line']}" if row["line"] else place
            told = f"  {row['code']} {where}\n    {row['message']}\n    → {row['hint']}"
            if row["assumed"]:
                told += f"\n    {text('assumed-meanwhile', lang, what=row['assumed'])}"
            click.echo(told, err=err)
    click.echo(text("summary", lang, **counted), err=err)
