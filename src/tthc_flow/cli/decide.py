"""`tthc-flow decide`: what people ruled on the candidates of a proposal, kept beside the file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.model.ruling import Stand
from tthc_flow.moments import VIETNAM
from tthc_flow.report.rulings import of_ruling, ruling_rows
from tthc_flow.verbs.decide import Given, decide, decisions_beside
from tthc_flow.verbs.propose import propose

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
    """Ghi quyết định của người có thẩm quyền về từng phương án của TỆP .bpmn."""
    if source == "-" and decisions is None:
        raise click.UsageError(said("give --decisions, as standard input has no place of its own"))
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
    found = propose(options.read_input(source), convention=convention, process=process)
    goal = decisions_beside(source) if decisions is None else decisions
    kept = decide(found, given, goal, by=by, on=datetime.now(VIETNAM).date().isoformat())
    if as_json:
        rows = [of_ruling(each, lang) for each in kept]
        print_json("decide", {"decisions": rows, "file": str(goal)})
        return
    print_table(ruling_rows(kept, lang))
    click.echo(str(goal))


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip() or not value.strip():
        raise click.UsageError(said("--set takes NAME=VALUE"))
    return name.strip(), value.strip()
