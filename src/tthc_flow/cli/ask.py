"""`tthc-flow ask`: every open question, whom to ask, ready to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.tables.folder_answers import folder_answers_text
from tthc_flow.verbs.ask import ask
from tthc_flow.verbs.ask_folder import ask_folder
from tthc_flow.verbs.files import place


@click.command("ask")
@options.source
@options.answers
@options.process
@options.lang
@click.option(
    "-o",
    "out",
    default="-",
    metavar="TỆP.answers.yaml",
    help="Nơi ghi; bỏ trống thì in ra màn hình.",
)
def command(source: str, *, answers: str | None, process: str | None, lang: str, out: str) -> None:
    """Lập tệp câu hỏi còn bỏ ngỏ của TỆP .bpmn (hoặc cả thư mục), hỏi cơ quan nào, để điền."""
    if source != "-" and Path(source).is_dir():
        if process is not None:
            raise click.UsageError(said("a folder takes no {option}").format(option="--process"))
        name = Path(source).resolve().name
        text = folder_answers_text(ask_folder(source, answers), name, lang)
    else:
        text = answers_text(ask(options.read_input(source), answers, process=process), lang)
    if out == "-":
        click.echo(text, nl=False)
        return
    goal = Path(out)
    place(goal.parent, {goal.name: text.encode()})
    click.echo(str(goal))
