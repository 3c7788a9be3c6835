"""`tthc-flow propose`: a lighter procedure with its papers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli import options
from tthc_flow.cli.gates import gates, leave_by
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.model.plan import Targets
from tthc_flow.report.figures import before_after_rows, convention_line, others_line
from tthc_flow.report.outcome import binding_lines, change_lines
from tthc_flow.report.texts import text
from tthc_flow.units import Convention
from tthc_flow.verbs.papers import papers, proposal_record, save
from tthc_flow.verbs.propose import propose

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("propose")
@options.source
@options.process
@options.convention
@options.as_json
@options.lang
@options.require_time_cut
@options.require_cost_cut
@click.option(
    "-o",
    "out",
    default="out",
    metavar="THƯ_MỤC",
    help="Nơi ghi hồ sơ (mặc định: out); - là không ghi, in BPMN sau ra màn hình.",
)
def command(  # noqa: PLR0913 - one parameter an option
    source: str,
    *,
    process: str | None,
    convention: Convention,
    as_json: bool,
    lang: str,
    require_time_cut: Fraction | None,
    require_cost_cut: Fraction | None,
    out: str,
) -> None:
    """Đề xuất phương án nhẹ hơn cho TỆP .bpmn, chứng minh, chạy thử và ghi hồ sơ."""
    targets = Targets(time=require_time_cut, cost=require_cost_cut)
    found = propose(
        options.read_input(source), targets=targets, convention=convention, process=process
    )
    record = proposal_record(found, lang)
    judged = gates(
        {**record["plan"], "labels": record["labels"]}, require_time_cut, require_cost_cut, lang
    )
    files = {} if out == "-" else save(papers(found, lang), out)
    if as_json:
        print_json("propose", {**record, "files": files, "gates": judged})
    elif out == "-":
        click.echo(found.written.document.data, nl=False)
    else:
        _tell(record, files, lang)
    leave_by(judged)


def _tell(record: Mapping[str, Any], files: Mapping[str, str], lang: str) -> None:
    """Print what changes, the figures, what would cut more, and where the papers lie."""
    plan = record["plan"]
    for line in change_lines({**plan, "labels": record["labels"]}, lang) or (
        text("no-changes", lang),
    ):
        click.echo(line)
    click.echo()
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    print_table((heading, *before_after_rows(plan, lang)))
    click.echo(convention_line(plan["before"], lang))
    for number, line in enumerate(binding_lines(record, lang)):
        click.echo(("" if number else f"\n{text('more', lang)}:\n") + f"- {line}")
    if line := others_line(record, lang):
        click.echo(f"\n{line}")
    click.echo()
    for path in files.values():
        click.echo(path)
