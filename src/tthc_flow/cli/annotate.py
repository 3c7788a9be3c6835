"""`tthc-flow annotate`: a table of facts is written into a drawing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from tthc_flow.cli import options
from tthc_flow.cli.printing import print_findings, print_json
from tthc_flow.report.record import of_findings, of_procedure
from tthc_flow.verbs.annotate import annotate, changed_facts
from tthc_flow.verbs.colour import HEATS
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import opened, picked

_OF_TABLE: Final = ("dialect-row-", "table-")
"""Findings whose line is one of the table, not of the drawing."""


@click.command("annotate")
@options.source
@click.argument("facts", metavar="[BẢNG.csv]", type=str, required=False)
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
) -> None:
    """Ghi dữ kiện từ BẢNG.csv, kịch bản BPSim hoặc màu vào các bước của TỆP .bpmn."""
    if facts is None and today is None and colour is None:
        message = "give a table of facts, --bpsim with the drawing of today, or --colour"
        raise click.UsageError(message)
    before = opened(options.read_input(source))
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
    of_table = [row for row in rows if row["code"].startswith(_OF_TABLE)]
    of_file = [row for row in rows if not row["code"].startswith(_OF_TABLE)]
    for origin, members in ((facts or "", of_table), (source, of_file)):
        if members:
            print_findings(members, origin, lang, err=True)
