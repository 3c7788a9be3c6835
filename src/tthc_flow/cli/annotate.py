"""`tthc-flow annotate`: a table of facts is written into a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click
from attrs import evolve

from tthc_flow.bpmn.read import Reading
from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_findings, print_json
from tthc_flow.model.finding import Finding
from tthc_flow.report.record import Json, of_findings, of_procedure
from tthc_flow.verbs.annotate import annotate, changed_facts, template
from tthc_flow.verbs.colour import HEATS
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import opened, picked

_OF_TABLE: Final = ("dialect-row-", "dialect-cell-", "dialect-sheets", "table-")
"""Findings whose line is one of the table, not of the drawing."""


@click.command("annotate")
@options.source
@click.argument("facts", metavar="[BẢNG.csv|.xlsx]", type=str, required=False)
@options.as_json
@options.lang
@click.option(
    "-o", "out", default=None, metavar="TỆP.bpmn", help="Nơi ghi; bỏ trống thì chỉ in ra."
)
@click.option(
    "--replace", is_flag=True, help="Lấy theo bảng, hoặc tô lại màu, cả khi tệp đã ghi khác."
)
@click.option(
    "--bpsim",
    "today",
    metavar="TRƯỚC.bpmn",
    help="Ghi thời gian của TRƯỚC và của TỆP thành kịch bản BPSim baseline và proposed.",
)
@click.option(
    "--colour",
    type=click.Choice(HEATS),
    help="Tô màu các bước trong tệp cho công cụ khác xem; none: bỏ màu đã tô.",
)
@click.option(
    "--template",
    "sheet",
    metavar="BẢNG.xlsx",
    help="Ghi bảng Excel để điền: mỗi bước một dòng, kèm những gì đã biết.",
)
def command(  # noqa: PLR0913 - one parameter an option
    source: str,
    facts: str | None,
    *,
    as_json: bool,
    lang: str,
    out: str | None,
    replace: bool,
    today: str | None,
    colour: str | None,
    sheet: str | None,
) -> None:
    """Ghi dữ kiện từ BẢNG (CSV, Excel), kịch bản BPSim hoặc màu vào các bước của TỆP .bpmn."""
    asked = [each for each in (facts, today, colour) if each is not None]
    if bool(asked) == (sheet is not None):
        message = said("give a table of facts, --bpsim, --colour, or --template alone")
        raise click.UsageError(message)
    before = opened(options.read_input(source))
    if sheet is not None:
        _write_sheet(before, Path(sheet), as_json=as_json)
        return
    after = annotate(before, facts, replace=replace, before=today, colour=colour)
    rows = of_findings(after.findings, lang)
    files: dict[str, str] = {}
    if out is not None and out != "-":
        goal = Path(out)
        place(goal.parent, {goal.name: after.document.data})
        files["bpmn"] = str(goal)
    if as_json:
        changed = [
            {"element": step.id, "name": step.name or None, "facts": list(names)}
            for step, names in changed_facts(before, after)
        ]
        record = {"procedure": of_procedure(picked(after)), "changed": changed, "findings": rows}
        print_json("annotate", {**record, "files": files})
        return
    if files:
        click.echo(files["bpmn"])
    else:
        click.echo(after.document.data, nl=False)
    _print_doubts(of_findings(_new(before, after), lang), {True: facts or "", False: source}, lang)


def _new(before: Reading, after: Reading) -> list[Finding]:
    """Return the findings that came by annotating; those of the drawing itself are `check`'s."""
    known = {evolve(each, line=None) for each in before.findings}
    return [each for each in after.findings if evolve(each, line=None) not in known]


def _print_doubts(rows: list[Json], origins: Mapping[bool, str], lang: str) -> None:
    """Print the findings of the table (True), then those of the drawing (False)."""
    for of_table, origin in origins.items():
        members = [row for row in rows if row["code"].startswith(_OF_TABLE) == of_table]
        if members:
            print_findings(members, origin, lang, err=True)


def _write_sheet(reading: Reading, goal: Path, *, as_json: bool) -> None:
    place(goal.parent, {goal.name: template(reading)})
    if as_json:
        record = {"procedure": of_procedure(picked(reading)), "changed": [], "findings": []}
        print_json("annotate", {**record, "files": {"sheet": str(goal)}})
    else:
        click.echo(str(goal))
