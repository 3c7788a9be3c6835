"""`tthc-flow propose` of a folder: what becomes of several procedures, then a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_findings, print_json, print_table
from tthc_flow.report.folder_after import crew_lines, figure_lines, merged_lines
from tthc_flow.report.folders import candidate_lines, member_rows
from tthc_flow.verbs.folder_papers import folder_papers, folder_record, save_folder
from tthc_flow.verbs.propose_folder import propose_folder

if TYPE_CHECKING:
    from tthc_flow.report.record import Json
    from tthc_flow.units import Convention

_OF_BOTH: Final = frozenset(
    {"source", "convention", "as_json", "lang", "answers", "decisions", "out"}
)
_OF_FOLDERS: Final = frozenset({"years"})


def refuse_other_options(ctx: click.Context, *, folder: bool) -> None:
    """Refuse the options that say nothing of a folder, or of a single file.

    Raises:
        UsageError: naming the first of them.
    """
    for param in ctx.command.params:
        name = str(param.name)
        given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in _OF_BOTH and (name in _OF_FOLDERS) is not folder:
            kind = "a folder takes no {option}" if folder else "only a folder takes {option}"
            message = said(kind).format(option=param.opts[0])
            raise click.UsageError(message, ctx)


def tell_folder(
    folder: str, *, convention: Convention, years: int, as_json: bool, lang: str
) -> None:
    """Propose for the procedures of *folder* and print what is found.

    Where ``-o`` names a folder, every procedure is written there as it is after.
    """
    given = click.get_current_context().params
    found = propose_folder(
        folder,
        convention=convention,
        years=years,
        answers=given["answers"],
        decisions=given["decisions"],
    )
    record, out = folder_record(found, lang), _named_place()
    files = {} if out is None else save_folder(folder_papers(found, lang), out, folder)
    if as_json:
        print_json("propose_folder", {**record, "files": files})
        return
    _tell(record, folder, lang)
    if out is not None:
        click.echo()
        click.echo(out)


def _named_place() -> str | None:
    """Return the folder that ``-o`` names; only where it was given is anything written."""
    ctx = click.get_current_context()
    if ctx.get_parameter_source("out") is not ParameterSource.COMMANDLINE:
        return None
    if ctx.params["out"] == "-":
        raise click.UsageError(said("a folder is written to a folder: -o takes no -"), ctx)
    return str(ctx.params["out"])


def _tell(record: Json, folder: str, lang: str) -> None:
    parts = (
        candidate_lines(record, lang),
        merged_lines(record, lang),
        figure_lines(record, lang),
        crew_lines(record, lang),
    )
    for lines in parts:
        for line in lines:
            click.echo(line)
        if lines:
            click.echo()
    if record["findings"]:
        print_findings(record["findings"], folder, lang)
        click.echo()
    print_table(member_rows(record, lang))
