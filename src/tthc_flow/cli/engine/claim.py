"""`tthc-flow engine claim`: a task becomes the work of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import by, task, task_of, tell, with_engine

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("claim")
@task
@by
@with_engine
def command(engine: Engine, *, task: str, by: str, as_json: bool, lang: str) -> None:
    """Nhận VIỆC (mã hồ sơ, dấu hai chấm, số việc hoặc mã bước) về mình."""
    done = engine.work.claim(task_of(engine, task).id, by=by)
    tell(engine, "claim", done, as_json=as_json, lang=lang)
