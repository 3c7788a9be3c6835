"""`tthc-flow engine deploy`: procedures are kept, so that dossiers can be begun by them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tthc_flow.bpmn.read import read
from tthc_flow.cli import options
from tthc_flow.cli.engine.opening import print_record, with_new_engine
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.cli.engine.tables import print_definitions
from tthc_flow.cli.leaving import Code, report_error
from tthc_flow.errors import TthcFlowError
from tthc_flow.report.dossier_words import say
from tthc_flow.report.dossiers import of_definition

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import Definition


@click.command("deploy")
@options.source
@options.process
@click.option(
    "--keep-days",
    type=click.IntRange(min=0),
    default=None,
    metavar="SỐ_NGÀY",
    help="Giữ hồ sơ bao nhiêu ngày sau khi kết thúc (không ghi: giữ mãi).",
)
@with_new_engine
def command(
    engine: Engine,
    *,
    source: str,
    process: str | None,
    keep_days: int | None,
    as_json: bool,
    lang: str,
) -> None:
    """Triển khai TỆP .bpmn, hoặc mọi tệp .bpmn của thư mục (không xét thư mục con)."""
    folder = source != "-" and os.path.isdir(source)  # noqa: PTH112 - a path's own may raise
    files = sorted(map(str, Path(source).glob("*.bpmn"))) if folder else [source]
    if not files:
        raise usage("no-bpmn", folder=source)
    made: list[Definition] = []
    refused: list[tuple[str, TthcFlowError]] = []
    for file in files:
        try:
            content = read(options.read_input(file)).document.data  # its faults have their file
            made.append(engine.deploy(content, process=process, keep_days=keep_days))
        except TthcFlowError as error:
            if not folder:
                raise
            refused.append((file, error))
    if as_json:
        told = [{"file": file, "code": each.code, "fact": each.fact} for file, each in refused]
        print_record("deploy", {"definitions": [*map(of_definition, made)], "refused": told})
    else:
        print_definitions(made, lang)
    for file, why in refused:
        click.echo(say("refused", lang, place=file), err=True)
        report_error(why, lang, as_json=False)
    if refused:
        raise click.exceptions.Exit(Code.GATE_FAILED)
