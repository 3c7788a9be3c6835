"""`tthc-flow decide`: what people ruled on the candidates of a proposal, kept beside the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.model.ruling import Stand
from tthc_flow.moments import VIETNAM
from tthc_flow.report.rulings import of_ruling, ruling_rows
from tthc_flow.verbs.decide import OF_FOLDER, Given, decide, decisions_beside
from tthc_flow.verbs.decide_folder import decide_folder
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.propose_folder import propose_folder

if TYPE_CHECKING:
    from tthc_flow.units import Convention


@click.command("decide")
@options.source
@options.process
@options.convention
@options.as_json
@options.lang
@click.option(
    "--accept", metavar="MÃ", multiple=True, help="Chấp nhận phương án này; ghi nhiều lần được."
)
@click.option("--reject", metavar="MÃ", multiple=True, help="Bác phương án này (phải có --reason).")
@click.option("--edit", metavar="MÃ", help="Chấp nhận phương án này với nội dung khác (--set).")
@click.option(
    "--set", "terms", metavar="TÊN=GIÁ_TRỊ", multiple=True, help="Nội dung được đặt lại khi --edit."
)
@click.option("--reason", default="", metavar="LÝ_DO", help="Lý do của quyết định.")
@click.option("--by", metavar="NGƯỜI", help="Người quyết định.")
@options.decisions
def command(  # noqa: PLR0913 - one parameter an option
    source: str,
    *,
    process: str | None,
    convention: Convention,
    as_json: bool,
    lang: str,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    edit: str | None,
    terms: tuple[str, ...],
    reason: str,
    by: str | None,
    decisions: str | None,
) -> None:
    """Ghi quyết định của người có thẩm quyền về từng phương án của TỆP .bpmn (hoặc cả thư mục)."""
    folder = source != "-" and Path(source).is_dir()
    if folder and process is not None:
        raise click.UsageError(said("a folder takes no {option}").format(option="--process"))
    if source == "-" and decisions is None:
        raise click.UsageError(said("give --decisions, as standard input has no place of its own"))
    given = _given(accept, reject, edit, terms, reason)
    goal = _beside(source, folder=folder) if decisions is None else Path(decisions)
    today = datetime.now(VIETNAM).date().isoformat()
    if folder:
        together = propose_folder(source, convention=convention)
        kept = decide_folder(together, given, goal, by=by, on=today)
    else:
        found = propose(options.read_input(source), convention=convention, process=process)
        kept = decide(found, given, goal, by=by, on=today)
    if as_json:
        rows = [of_ruling(each, lang) for each in kept]
        print_json("decide", {"decisions": rows, "file": str(goal)})
        return
    print_table(ruling_rows(kept, lang))
    click.echo(str(goal))


def _beside(source: str, *, folder: bool) -> Path:
    """Return where decisions on *source* are kept unless somebody says otherwise."""
    return Path(source, OF_FOLDER) if folder else decisions_beside(source)


def _given(
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    edit: str | None,
    terms: tuple[str, ...],
    reason: str,
) -> list[Given]:
    """Return the rulings as they were typed."""
    if bool(terms) != (edit is not None):
        raise click.UsageError(said("--edit and --set go together"))
    given = [
        *(Given(candidate=each, stand=Stand.ACCEPT, reason=reason) for each in accept),
        *(Given(candidate=each, stand=Stand.REJECT, reason=reason) for each in reject),
    ]
    if edit is not None:
        pairs = tuple(_pair(each) for each in terms)
        given.append(Given(candidate=edit, stand=Stand.EDIT, reason=reason, terms=pairs))
    if not given:
        raise click.UsageError(said("say what to --accept, --reject or --edit"))
    return given


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip() or not value.strip():
        raise click.UsageError(said("--set takes NAME=VALUE"))
    return name.strip(), value.strip()
