"""`tthc-flow run`: every branch is executed."""

from __future__ import annotations

import click

from tthc_flow.cli import options
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_json
from tthc_flow.report.record import of_run
from tthc_flow.report.sentences import names_of
from tthc_flow.report.texts import text
from tthc_flow.verbs.opening import opened, picked
from tthc_flow.verbs.run import run


@click.command("run")
@options.source
@options.process
@options.as_json
@options.lang
def command(source: str, *, process: str | None, as_json: bool, lang: str) -> None:
    """Chạy thử mọi nhánh của TỆP .bpmn, mỗi lần đến kết thúc."""
    reading = opened(options.read_input(source))
    done = run(reading, process=process)
    if as_json:
        print_json("run", of_run(done))
    else:
        counts = {"executed": done.executed, "branches": done.branches, "runs": len(done.runs)}
        click.echo(text("ran", lang, **counts))
        names = names_of(picked(reading, process))
        for code, places in (("not-taken", done.missed), ("stopped-at", done.stopped)):
            for place in places:
                click.echo(f"  {text(code, lang, place=names.get(place, place))}")
    if not done.completed:
        raise click.exceptions.Exit(Code.GATE_FAILED)
