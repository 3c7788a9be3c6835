"""`tthc-flow propose`: a lighter procedure with its papers."""

from __future__ import annotations

from fractions import Fraction

import click

from tthc_flow.cli import options
from tthc_flow.cli.gates import leave_by_gates
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.model.plan import Targets
from tthc_flow.report.figures import before_after_rows
from tthc_flow.report.sentences import change
from tthc_flow.units import Convention
from tthc_flow.verbs.papers import papers, proposal_record, save
from tthc_flow.verbs.propose import propose


@click.command("propose")
@options.source
@options.process
@options.convention
@options.as_json
@options.lang
@options.require_time_cut
@options.require_cost_cut
@click.option("-o", "out", default="out", metavar="THƯ_MỤC", help="Nơi ghi (mặc định: out).")
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
    files = save(papers(found, lang), out)
    if as_json:
        print_json("propose", {**proposal_record(found, lang), "files": files})
    else:
        for made in found.comparison.changes:
            click.echo(f"- {change(made, lang)}")
        click.echo()
        print_table((("Chỉ số", "Trước", "Sau", "Cắt giảm"), *before_after_rows(found.comparison)))
        click.echo()
        for path in files.values():
            click.echo(path)
    leave_by_gates(found.comparison, require_time_cut, require_cost_cut)
