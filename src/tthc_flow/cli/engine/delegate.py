"""`tthc-flow engine delegate`: somebody else does a task on one's behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import by, task, task_of, tell, with_engine
from tthc_flow.cli.engine.refusing import filled

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("delegate")
@task
@click.argument("to", metavar="NGƯỜI", callback=filled)
@by
@with_engine
def command(engine: Engine, *, task: str, to: str, by: str, as_json: bool, lang: str) -> None:
    """Giao VIỆC cho NGƯỜI làm thay mặt mình."""
    done = engine.work.delegate(task_of(engine, task).id, to, by=by)
    tell(engine, "delegate", done, as_json=as_json, lang=lang)
