"""`tthc-flow propose`: a lighter procedure with its papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli import options
from tthc_flow.cli.gates import leave_by
from tthc_flow.cli.printing import print_json, print_table
from tthc_flow.cli.propose_folder import refuse_other_options, tell_folder
from tthc_flow.cli.propose_simulated import late_gate, simulating, tell_trial, tried
from tthc_flow.cli.wishes import asked, wishes
from tthc_flow.measures.gating import gates
from tthc_flow.report.figures import before_after_rows, convention_line, others_line
from tthc_flow.report.gating import of_gates
from tthc_flow.report.outcome import binding_lines, change_lines
from tthc_flow.report.texts import text
from tthc_flow.report.wishes import objective_line
from tthc_flow.units import Convention
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.decide import rulings_of
from tthc_flow.verbs.papers import papers, proposal_record, save

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.plan import Targets
    from tthc_flow.verbs.propose import Proposal


@click.command("propose")
@options.source
@options.process
@options.answers
@options.decisions
@options.convention
@options.as_json
@options.lang
@options.require_time_cut
@options.require_cost_cut
@wishes
@simulating
@click.option(
    "--years",
    type=int,
    default=2,
    metavar="N",
    help="Với thư mục: số năm liên tục không có hồ sơ để đề nghị bãi bỏ (mặc định: 2).",
)
@click.option(
    "-o",
    "out",
    default="out",
    metavar="THƯ_MỤC",
    help="Nơi ghi hồ sơ (mặc định: out); - là không ghi, in BPMN sau ra màn hình.",
)
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    /,
    source: str,
    *,
    answers: str | None,
    decisions: str | None,
    convention: Convention,
    as_json: bool,
    lang: str,
    years: int,
    out: str,
    **more: Any,  # noqa: ANN401 - the process, the cuts required, what `simulating` asks
) -> None:
    """Đề xuất phương án nhẹ hơn cho TỆP .bpmn (hoặc cả thư mục), chứng minh, ghi hồ sơ."""
    folder = source != "-" and Path(source).is_dir()
    refuse_other_options(ctx, folder=folder)
    if folder:
        tell_folder(source, convention=convention, years=years, as_json=as_json, lang=lang)
        return
    time, cost = more.pop("require_time_cut"), more.pop("require_cost_cut")
    targets, wished = asked(ctx, time=time, cost=cost)
    found, trial = tried(
        answered(options.read_input(source), answers),
        more,
        targets=targets,
        wishes=wished,
        convention=convention,
        process=more.pop("process"),
        rulings=() if source == "-" and decisions is None else rulings_of(source, decisions),
    )
    record = proposal_record(found, lang, trial)
    judged = _judged(found, targets, record, lang)
    files = {} if out == "-" else save(papers(found, lang, trial), out)
    if as_json:
        print_json("propose", {**record, "files": files, "gates": judged})
    elif files:
        _tell(record, files, lang)
    else:
        click.echo(found.written.document.data, nl=False)
    leave_by(judged)


def _judged(
    found: Proposal, targets: Targets, record: Mapping[str, Any], lang: str
) -> list[dict[str, Any]]:
    """Return the verdict on each target that was asked for."""
    required = gates(
        found.comparison,
        targets.time,
        targets.cost,
        hand_offs=targets.hand_offs,
        method=targets.cost_method,
    )
    return [*of_gates(required, record["labels"], lang), *late_gate(record, lang)]


def _tell(record: Mapping[str, Any], files: Mapping[str, str], lang: str) -> None:
    """Print what changes, the figures, what stands in the way of more, where the papers lie."""
    plan = record["plan"]
    for line in change_lines({**plan, "labels": record["labels"]}, lang) or (
        text("no-changes", lang),
    ):
        click.echo(line)
    click.echo()
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    print_table((heading, *before_after_rows(plan, lang)))
    tell_trial(record, lang)
    click.echo(convention_line(plan["before"], lang))
    click.echo(objective_line(plan, lang))
    for number, bound in enumerate(plan["bounds"]):
        click.echo(("" if number else f"\n{text('bounds', lang)}:\n") + f"- {bound['text']}")
    for number, line in enumerate(binding_lines(record, lang)):
        click.echo(("" if number else f"\n{text('more', lang)}:\n") + f"- {line}")
    if line := others_line(record, lang):
        click.echo(f"\n{line}")
    click.echo()
    for path in files.values():
        click.echo(path)
