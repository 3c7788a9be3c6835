"""`tthc-flow engine export`: the event log for process mining, or for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import dossier_of, print_record, with_engine
from tthc_flow.report.dossier_words import say
from tthc_flow.report.event_table import write_table
from tthc_flow.report.xes import write_xes

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("export")
@click.option(
    "--format",
    "kind",
    type=click.Choice(("xes", "csv")),
    required=True,
    help="xes cho công cụ khai phá quy trình (process mining), csv cho bảng tính.",
)
@click.option("-o", "out", metavar="TỆP", required=True, help="Nơi ghi; .gz thì được nén.")
@click.option("--dossier", metavar="HỒ_SƠ", default=None, help="Chỉ hồ sơ này.")
@with_engine
def command(
    engine: Engine, *, kind: str, out: str, dossier: str | None, as_json: bool, lang: str
) -> None:
    """Xuất nhật ký sự kiện của mọi hồ sơ ra tệp: mỗi việc một dòng, ai làm, từ bao giờ."""
    rows = engine.audit.log(None if dossier is None else dossier_of(engine, dossier).id)
    number = write_xes(rows, out) if kind == "xes" else write_table(rows, out)
    if as_json:
        print_record("export", {"rows": number, "files": {kind: out}})
    else:
        click.echo(f"{out}\n{say('exported', lang, number=number)}")
