"""`tthc-flow simulate`: cases through procedures, with people who are busy with others."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli import options, simulate_method, simulate_options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_csv, print_json, print_open, print_table
from tthc_flow.errors import NotRunnable
from tthc_flow.report.simulation.capacity import capacity_rows, capacity_told
from tthc_flow.report.simulation.record import of_lacking, of_simulation
from tthc_flow.report.simulation.role_rows import role_rows
from tthc_flow.report.simulation.rows import (
    case_rows,
    say,
    step_rows,
    warnings,
)
from tthc_flow.report.texts import text
from tthc_flow.simulation.lacking import FactsMissing
from tthc_flow.verbs.simulate import CASES, simulate
from tthc_flow.verbs.simulate_papers import save_simulation, simulation_papers
from tthc_flow.verbs.simulate_reading import Picking
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tthc_flow.units import Convention


@click.command("simulate")
@click.argument("sources", metavar="[TỆP]...", nargs=-1)
@click.option(
    "--before", metavar="TỆP", multiple=True, help="Như TỆP: sơ đồ trước; ghi nhiều lần được."
)
@click.option(
    "--after", metavar="TỆP", multiple=True, help="Sơ đồ sau, cùng thứ tự; so sánh trước và sau."
)
@options.process
@options.called
@simulate_options.facts
@simulate_method.method
@click.option(
    "-o",
    "out",
    default="-",
    metavar="THƯ_MỤC",
    help="Ghi trang báo cáo có biểu đồ (mo-phong.html) và số liệu (mo-phong.json) vào đây.",
)
@options.convention
@options.as_json
@options.as_csv
@options.lang
def command(  # noqa: PLR0913 - click hands over one argument an option
    sources: tuple[str, ...],
    *,
    before: tuple[str, ...],
    after: tuple[str, ...],
    process: str | None,
    called: tuple[str, ...],
    out: str,
    convention: Convention,
    as_json: bool,
    as_csv: bool,
    lang: str,
    **asked: Any,  # noqa: ANN401 - the facts and the method, as simulate() names them
) -> None:
    """Mô phỏng nhiều hồ sơ qua TỆP .bpmn: chờ đợi, quá hạn, mức bận của từng vai trò."""
    read = [options.read_input(each) for each in (*sources, *before)]
    if not read:
        alone = "--after goes with a drawing before: give FILE or --before"
        raise click.UsageError(said(alone if after else "give at least one file"))
    pick = Picking(process=process, called=called)
    procedures, changed = pick.read(read), pick.read(list(after))
    asked |= {"after": list(changed) or None, "convention": convention}
    try:
        with _progress(asked, lang) as tell:
            found = simulate(list(procedures), tell=tell, **asked)
    except FactsMissing as error:
        if as_json:
            raise
        raise _listed(
            error, of_lacking(error.lacking, (*procedures, *changed), lang), lang
        ) from error
    record = of_simulation(found, lang)
    files = {} if out == "-" else save_simulation(simulation_papers(found, lang), out)
    if as_json:
        print_json("simulate", {**record, "files": files})
    elif as_csv:
        _print_csv(record, lang)
    else:
        _print(record, lang)
        for path in files.values():
            click.echo(path)


def _print_csv(record: Mapping[str, Any], lang: str) -> None:
    for number in range(len(record["procedures"])):
        print_csv(tuple(case_rows(record, number, lang)))
    print_csv(role_rows(record, lang))
    print_csv(step_rows(record, "before", lang))


@contextmanager
def _progress(asked: Mapping[str, Any], lang: str) -> Iterator[Callable[[int], object] | None]:
    """Show how far a run is on the terminal, and nothing where there is none."""
    if not sys.stderr.isatty():
        yield None
        return
    label = say("running", lang)
    cases = asked["cases"] or CASES
    with click.progressbar(length=cases, label=label, file=sys.stderr) as bar:
        yield lambda came: bar.update(came % (cases + 1) - bar.pos)


def _print(record: Mapping[str, Any], lang: str) -> None:
    """Print the figures of each procedure, the roles, the steps, the method."""
    for number, each in enumerate(record["procedures"]):
        if len(record["procedures"]) > 1:
            name = each["name"] or str(number + 1)
            click.secho(f"\n{say('procedure', lang, name=name)}", bold=True)
        print_table(list(case_rows(record, number, lang)))
    click.echo()
    print_table(role_rows(record, lang))
    for side in ("before", "after") if record["after"] else ("before",):
        click.echo(f"\n{text(side, lang)}" if record["after"] else "")
        print_table(step_rows(record, side, lang))
    click.echo()
    for line in dict.fromkeys(warnings(record, lang)):
        click.secho(line, fg="yellow")
    for line in record["statements"]:
        click.echo(line)
    _print_capacity(record["capacity"], lang)
    for note in record["notes"]:
        click.echo(note)
    click.echo(f"{text('convention', lang)}: {text('convention-' + record['convention'], lang)}")


def _print_capacity(capacity: Mapping[str, Any] | None, lang: str) -> None:
    if capacity is None:
        return
    answer, *rest = capacity_told(capacity, lang)
    click.secho(answer, bold=True)
    print_table(capacity_rows(capacity, lang))
    for each in rest:
        click.echo(each)
    click.echo()


def _listed(error: FactsMissing, rows: list[dict[str, Any]], lang: str) -> NotRunnable:
    """Print everything that lacks, with how to give it; return *error* without its list."""
    click.secho(say("lacking", lang), bold=True, err=True)
    print_open(rows, "what", err=True)
    fact = fact_words("simulate-fact-listed", count=len(rows))
    return NotRunnable(error.code, **fact, hint=error.hint)
