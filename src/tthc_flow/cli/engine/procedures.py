"""`tthc-flow engine procedures`: what is deployed, in which versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine.opening import print_record, with_engine
from tthc_flow.cli.engine.tables import print_definitions
from tthc_flow.report.dossiers import of_definition

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("procedures")
@click.argument("key", metavar="[QUY_TRÌNH]", required=False)
@with_engine
def command(engine: Engine, *, key: str | None, as_json: bool, lang: str) -> None:
    """Liệt kê các quy trình đã triển khai (hoặc chỉ QUY_TRÌNH này), mỗi phiên bản một dòng."""
    found = engine.definitions(key)
    if as_json:
        print_record("procedures", {"definitions": [*map(of_definition, found)]})
        return
    print_definitions(found, lang)
    if not found:
        none = "No procedure is deployed" if key is None else "No procedure {key!r} is deployed"
        click.echo(said(none).format(key=key))
