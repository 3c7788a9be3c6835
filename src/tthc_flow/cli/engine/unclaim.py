"""`tthc-flow engine unclaim`: a task goes back to all who may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import by, task, task_of, tell, with_engine

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("unclaim")
@task
@by
@with_engine
def command(engine: Engine, *, task: str, by: str, as_json: bool, lang: str) -> None:
    """Trả lại VIỆC đã nhận, để người khác nhận được."""
    done = engine.work.unclaim(task_of(engine, task).id, by=by)
    tell(engine, "unclaim", done, as_json=as_json, lang=lang)
