"""`tthc-flow propose` of a folder: candidates about several procedures, then a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.report.folders import candidate_lines, member_rows, of_folder_candidate, of_member
from tthc_flow.verbs.propose_folder import propose_folder

if TYPE_CHECKING:
    from tthc_flow.report.record import Json
    from tthc_flow.units import Convention
    from tthc_flow.verbs.propose_folder import FolderProposal

_OF_BOTH: Final = frozenset({"source", "convention", "as_json", "lang"})
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
    """Propose for the procedures of *folder* and print what is found."""
    record = _record(propose_folder(folder, convention=convention, years=years), lang)
    if as_json:
        print_json("propose_folder", record)
        return
    for line in candidate_lines(record, lang):
        click.echo(line)
    click.echo()
    print_table(member_rows(record, lang))


def _record(found: FolderProposal, lang: str) -> Json:
    return {
        "candidates": [of_folder_candidate(each, found.folder, lang) for each in found.candidates],
        "members": [
            of_member(each.member, each.verdicts, each.applied, each.cut, each.refused, lang)
            for each in found.summaries
        ],
    }
