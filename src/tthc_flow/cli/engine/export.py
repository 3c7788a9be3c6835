"""`tthc-flow engine export`: the event log for process mining, or for a spreadsheet."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from tthc_flow.cli.engine.opening import dossier_of, print_record, with_engine
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.report.dossier_words import say
from tthc_flow.report.event_table import write_table
from tthc_flow.report.xes import write_xes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.log_row import LogRow

STDOUT: Final = "-"


@click.command("export")
@click.option(
    "--format",
    "kind",
    type=click.Choice(("xes", "csv")),
    required=True,
    help="xes cho công cụ khai phá quy trình (process mining), csv cho bảng tính.",
)
@click.option(
    "-o",
    "out",
    metavar="TỆP",
    required=True,
    help="Nơi ghi; .gz thì được nén; “-” là đầu ra chuẩn.",
)
@click.option("--dossier", metavar="HỒ_SƠ", default=None, help="Chỉ hồ sơ này.")
@with_engine
def command(
    engine: Engine, *, kind: str, out: str, dossier: str | None, as_json: bool, lang: str
) -> None:
    """Xuất nhật ký sự kiện của mọi hồ sơ ra tệp: mỗi việc một dòng, ai làm, từ bao giờ."""
    if out == STDOUT and as_json:
        raise usage("json-and-output")
    rows = engine.audit.log(None if dossier is None else dossier_of(engine, dossier).id)
    write = write_xes if kind == "xes" else write_table
    if out == STDOUT:
        number = _printed(rows, write, f"log.{kind}")
        click.echo(say("exported", lang, number=number), err=True)
        return
    number = write(rows, out)
    if as_json:
        print_record("export", {"rows": number, "files": {kind: out}})
    else:
        click.echo(f"{out}\n{say('exported', lang, number=number)}")


def _printed(
    rows: Iterator[LogRow], write: Callable[[Iterator[LogRow], Path], int], name: str
) -> int:
    """Print on standard output what *write* makes, whole or not at all; return how many rows."""
    with TemporaryDirectory() as folder:
        number = write(rows, Path(folder) / name)
        with (Path(folder) / name).open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    return number
