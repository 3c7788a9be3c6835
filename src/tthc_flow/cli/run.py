"""`tthc-flow run`: every branch is executed."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_json
from tthc_flow.report.record import of_run
from tthc_flow.verbs.run import run


@click.command("run")
@options.source
@options.process
@options.as_json
def command(source: str, *, process: str | None, as_json: bool) -> None:
    """Chạy thử mọi nhánh của TỆP .bpmn, mỗi lần đến kết thúc."""
    done = run(options.read_input(source), process=process)
    if as_json:
        print_json("run", of_run(done))
    else:
        click.echo(f"Đã chạy {done.executed}/{done.branches} nhánh trong {len(done.runs)} lượt.")
        for missed in done.missed:
            click.echo(f"  chưa đi qua: {missed}")
        for stopped in done.stopped:
            click.echo(f"  dừng lại ở: {stopped}")
    if not done.completed:
        raise click.exceptions.Exit(Code.GATE_FAILED)
