"""Tables of tasks, dossiers and procedures on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.cli.printing import print_table
from tthc_flow.report.dossier_words import due_words, say, short_id, who_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tthc_flow.dossiers.kept import Definition, Dossier, UserTask


def print_tasks(tasks: Sequence[UserTask], now: datetime, lang: str) -> None:
    """Print *tasks*, a row each; nothing where there is none."""
    rows = [
        (short_id(task), task.name or task.node, who_words(task, lang), _due(task, now, lang))
        for task in tasks
    ]
    heading = tuple(say(f"column-{each}", lang) for each in ("task", "name", "who", "due"))
    if rows:
        print_table([heading, *rows])


def print_dossiers(dossiers: Sequence[Dossier], now: datetime, lang: str) -> None:
    """Print *dossiers* with their due dates, a row each; nothing where there is none."""
    rows = [(each.business_key, each.key, _due(each, now, lang)) for each in dossiers]
    heading = tuple(say(f"column-{each}", lang) for each in ("code", "key", "due"))
    if rows:
        print_table([heading, *rows])


def print_definitions(definitions: Sequence[Definition], lang: str) -> None:
    """Print *definitions* with their versions, a row each; nothing where there is none."""
    rows = [(each.key, str(each.version), each.name, each.hash[:12]) for each in definitions]
    columns = ("key", "version", "procedure", "hash")
    if rows:
        print_table([tuple(say(f"column-{each}", lang) for each in columns), *rows])


def _due(found: Dossier | UserTask, now: datetime, lang: str) -> str:
    return due_words(found.due_at, now, lang)
