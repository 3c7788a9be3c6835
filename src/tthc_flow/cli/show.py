"""`tthc-flow show`: a picture."""

from __future__ import annotations

from pathlib import Path

import click

from tthc_flow.cli import options
from tthc_flow.units import Convention
from tthc_flow.verbs.files import place
from tthc_flow.verbs.show import show


@click.command("show")
@options.source
@options.process
@options.convention
@options.lang
@click.option(
    "--counter-example",
    is_flag=True,
    help="Vẽ chỗ sai cấu trúc và đường đi dẫn tới đó, thay cho màu thời gian.",
)
@click.option("-o", "out", default="-", metavar="TỆP.svg", help="Nơi ghi; - là màn hình.")
def command(
    source: str,
    *,
    process: str | None,
    convention: Convention,
    lang: str,
    counter_example: bool,
    out: str,
) -> None:
    """Vẽ TỆP .bpmn ra SVG, tô màu theo thời gian."""
    picture = show(
        options.read_input(source),
        process=process,
        convention=convention,
        lang=lang,
        counter_example=counter_example,
    )
    if out == "-":
        click.echo(picture)
        return
    goal = Path(out)
    place(goal.parent, {goal.name: picture.encode()})
