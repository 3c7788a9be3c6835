"""`tthc-flow engine due`: whose time is nearly up or over; each is told of once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import print_record, with_engine
from tthc_flow.cli.engine.tables import print_dossiers, print_tasks
from tthc_flow.dossiers.deadlines import ONE_DAY
from tthc_flow.report.dossier_words import say
from tthc_flow.report.dossiers import of_dossier, of_task

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.dossiers.engine import Engine


@click.command("due")
@with_engine
def command(engine: Engine, *, as_json: bool, lang: str) -> None:
    """Liệt kê hồ sơ, việc quá hạn hoặc còn tối đa một ngày làm việc; mỗi hạn ghi nhắc một lần."""
    warned = 0
    while number := engine.warn():
        warned += number
    now = engine.now()
    soon = _a_day_from(engine, now)
    dossiers = engine.dossiers(status="running", due_before=soon)
    dossiers = tuple(sorted(dossiers, key=lambda each: (str(each.due_at), each.business_key)))
    tasks = engine.tasks(due_before=soon)
    if as_json:
        told = {"dossiers": [*map(of_dossier, dossiers)], "tasks": [*map(of_task, tasks)]}
        print_record("due", {"warned": warned, **told})
        return
    print_dossiers(dossiers, now, lang)
    if dossiers and tasks:
        click.echo()
    print_tasks(tasks, now, lang)
    if not dossiers and not tasks:
        click.echo(say("nothing-due", lang))
    if warned:
        click.echo(say("warned", lang, number=warned))


def _a_day_from(engine: Engine, now: datetime) -> datetime:
    deadlines = engine.deadlines
    soon = None if deadlines is None else deadlines.after(now, ONE_DAY)
    return soon or now
