"""Printing a result: JSON for scripts, a plain table for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from tthc_flow.report.record import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence


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
