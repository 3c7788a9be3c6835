"""Printing a result: JSON for scripts, CSV for a spreadsheet, a plain table for people."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click

from tthc_flow.report.record import SCHEMA_VERSION
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row: TypeAlias = "Mapping[str, Any]"

_COLOURS: Final = {"error": "red", "warning": "yellow"}
_FORMULA: Final = ("=", "+", "@", "\t", "\r", "\n")
_NEGATIVE: Final = re.compile(r"-\d[\w\s.,/%]*|-")
"""A number below zero with its unit, or a dash for nothing: all else after a minus may compute."""


def print_json(command: str, record: dict[str, Any]) -> None:
    """Print *record* with its schema version and the verb it came from."""
    whole = {"schema_version": SCHEMA_VERSION, "command": command, **record}
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2))


def print_table(rows: Sequence[Sequence[str]], *, err: bool = False) -> None:
    """Print *rows* in columns as wide as their widest cell; the first row is the heading."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.secho("  ".join(cells).rstrip(), bold=number == 0, err=err)


def print_csv(rows: Sequence[Sequence[str]]) -> None:
    """Print *rows* as CSV; a cell that a spreadsheet would run as a formula is made text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_cell(each) for each in row] for row in rows])
    click.echo(out.getvalue(), nl=False)


def _cell(value: str) -> str:
    negative = value.startswith("-") and _NEGATIVE.fullmatch(value) is None
    return f"'{value}" if negative or value.startswith(_FORMULA) else value


def print_findings(rows: Sequence[Row], place: str, lang: str, *, err: bool = False) -> None:
    """Print findings by severity, the worst first, equal ones together; then a sum.

    A real drawing has the same doubt at dozens of places: what to do about it is told once, each
    place keeps its line and name. JSON and CSV have every finding on its own.
    """
    print_findings_of(((place, rows),), lang, err=err)


def print_findings_of(
    parts: Sequence[tuple[str, Sequence[Row]]], lang: str, *, err: bool = False
) -> None:
    """Print the findings of several files, one after the other; then the sum of all."""
    counted = dict.fromkeys(("error", "warning", "info"), 0)
    for place, rows in parts:
        for severity in counted:
            members = [row for row in rows if row["severity"] == severity]
            counted[severity] += len(members)
            if not members:
                continue
            heading = f"{text(f'severities-{severity}', lang)} ({len(members)})"
            click.secho(heading, fg=_COLOURS.get(severity), bold=True, err=err)
            for alike in _grouped(members, "code", "hint", "assumed"):
                click.echo("\n".join(f"  {line}" for line in _told(alike, place, lang)), err=err)
    click.echo(text("summary", lang, **counted), err=err)


def print_open(rows: Sequence[Row], kind: str, *, err: bool = False) -> None:
    """Print what is open: rows of one *kind* together, as what to do about them is told once."""
    for alike in _grouped(rows, kind):
        for each in alike:
            told = each["element"] in each["text"] or each["element"].isdecimal()
            at = "" if told else f" ({each['element']})"
            click.echo(f"- {each['text']}{at}", err=err)
        click.echo(f"  → {alike[0]['hint']}", err=err)


def _grouped(rows: Sequence[Row], *keys: str) -> list[list[Row]]:
    """Return *rows* that agree in *keys* together, in the order of the first of each."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(groups.values())


def _told(alike: list[Row], place: str, lang: str) -> list[str]:
    """Return the lines about findings of one code with one hint."""
    first = alike[0]
    if len(alike) == 1:
        where = f"{place}:{first['line']}" if first["line"] else place
        lines = [f"{first['code']} {where}{_name(first)}", f"  {first['message']}"]
    else:
        lines = [f"{first['code']} {place} ({len(alike)})"]
        for same in _grouped(alike, "message"):
            places = ", ".join(filter(None, (_at(row, lang) for row in same)))
            lines.append(
                f"  {places}: {same[0]['message']}" if places else f"  {same[0]['message']}"
            )
    lines.append(f"  → {first['hint']}")
    if first["assumed"]:
        lines.append(f"  {text('assumed-meanwhile', lang, what=first['assumed'])}")
    return lines


def _at(row: Row, lang: str) -> str:
    """Return line and name of a finding among others of its kind."""
    line = text("at-line", lang, line=row["line"]) if row["line"] else ""
    return f"{line}{_name(row)}".strip()


def _name(row: Row) -> str:
    """Return the name of what a finding is about, unless its message has it already."""
    name = " ".join((row["name"] or "").split())
    return f" “{name}”" if name and name not in row["message"] else ""
