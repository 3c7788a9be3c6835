"""`tthc-flow run`: every branch is executed."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_json
from tthc_flow.report.record import of_run
from tthc_flow.report.texts import text
from tthc_flow.verbs.run import run


@click.command("run")
@options.source
@options.process
@options.as_json
@options.lang
def command(source: str, *, process: str | None, as_json: bool, lang: str) -> None:
    """Chạy thử mọi nhánh của TỆP .bpmn, mỗi lần đến kết thúc."""
    done = run(options.read_input(source), process=process)
    if as_json:
        print_json("run", of_run(done))
    else:
        counts = {"executed": done.executed, "branches": done.branches, "runs": len(done.runs)}
        click.echo(text("ran", lang, **counts))
        for missed in done.missed:
            click.echo(f"  {text('not-taken', lang, place=missed)}")
        for stopped in done.stopped:
            click.echo(f"  {text('stopped-at', lang, place=stopped)}")
    if not done.completed:
        raise click.exceptions.Exit(Code.GATE_FAILED)
