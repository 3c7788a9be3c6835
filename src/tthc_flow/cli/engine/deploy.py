"""`tthc-flow engine deploy`: procedures are kept, so that dossiers can be begun by them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tthc_flow.bpmn.source import MAX_BYTES, load
from tthc_flow.cli import options
from tthc_flow.cli.engine.opening import print_record, with_new_engine
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.cli.leaving import Code, report_error
from tthc_flow.cli.printing import print_table
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
    folder = source != "-" and Path(source).is_dir()
    files = sorted(map(str, Path(source).glob("*.bpmn"))) if folder else [source]
    if not files:
        raise usage("no-bpmn", folder=source)
    made: list[Definition] = []
    refused: list[tuple[str, TthcFlowError]] = []
    for file in files:
        try:
            content = load(options.read_input(file), MAX_BYTES).data
            made.append(engine.deploy(content, process=process, keep_days=keep_days))
        except TthcFlowError as error:
            if not folder:
                raise
            refused.append((file, error))
    if as_json:
        told = [{"file": file, "code": each.code, "fact": each.fact} for file, each in refused]
        print_record("deploy", {"definitions": [*map(of_definition, made)], "refused": told})
    else:
        _tell(made, lang)
    for file, why in refused:
        click.echo(say("refused", lang, place=file), err=True)
        report_error(why, lang, as_json=False)
    if refused:
        raise click.exceptions.Exit(Code.GATE_FAILED)


def _tell(made: list[Definition], lang: str) -> None:
    columns = ("key", "version", "procedure", "hash")
    rows = [tuple(say(f"column-{each}", lang) for each in columns)]
    rows += [(each.key, str(each.version), each.name, each.hash[:12]) for each in made]
    if made:
        print_table(rows)
