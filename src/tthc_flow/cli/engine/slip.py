"""`tthc-flow engine slip`: the processing control slip of a dossier, to be printed and signed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tthc_flow.cli.engine.opening import dossier_of, print_record, with_engine
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.report.control_slip import SlipHead, control_slip
from tthc_flow.report.slip_document import slip_document
from tthc_flow.report.slip_page import slip_page
from tthc_flow.report.whole_file import whole_file

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine

WORD = ".docx"
STDOUT = "-"
PAGES = frozenset({".html", ".htm"})


@click.command("slip")
@click.argument("dossier", metavar="HỒ_SƠ")
@click.option(
    "-o",
    "out",
    metavar="TỆP",
    required=True,
    help="Nơi ghi: .docx hoặc .html; “-” in trang .html ra đầu ra chuẩn.",
)
@click.option("--parent", default="", metavar="CƠ_QUAN", help="Cơ quan chủ quản ở đầu phiếu.")
@click.option("--agency", default="", metavar="CƠ_QUAN", help="Cơ quan lập phiếu.")
@click.option("--place", default="", metavar="ĐỊA_DANH", help="Địa danh.")
@click.option(
    "--form", default="", metavar="MẪU_SỐ", help="Ký hiệu mẫu in ở góc, ví dụ “Mẫu số 05”."
)
@with_engine
def command(
    engine: Engine,
    *,
    dossier: str,
    out: str,
    as_json: bool,
    lang: str,
    **head: Any,  # noqa: ANN401 - texts, of which the head makes its own
) -> None:
    """In phiếu kiểm soát quá trình giải quyết của một hồ sơ; chỗ chưa biết để trống."""
    kind = ".html" if out == STDOUT else Path(out).suffix.lower()
    if kind != WORD and kind not in PAGES:
        raise usage("slip-kind", out=out)
    if out == STDOUT and as_json:
        raise usage("json-and-output")
    found = dossier_of(engine, dossier).id
    rows, events = tuple(engine.audit.log(found)), engine.audit.history(found)
    slip = control_slip(rows, events, head=SlipHead(**head), lang=lang)
    content = slip_document(slip) if kind == WORD else slip_page(slip).encode()
    if out == STDOUT:
        sys.stdout.buffer.write(content)
        return
    with whole_file(out) as file:
        file.write(content)
    if as_json:
        print_record("slip", {"passages": len(slip.passages), "files": {"slip": out}})
    else:
        click.echo(out)
