"""`tthc-flow engine signal`: all dossiers that listen hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import print_record, with_engine
from tthc_flow.report.dossier_words import say

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.engine.instance import Data


@click.command("signal")
@click.argument("name", metavar="TÍN_HIỆU")
@values.data
@with_engine
def command(engine: Engine, *, name: str, data: Data, as_json: bool, lang: str) -> None:
    """Báo TÍN_HIỆU cho mọi hồ sơ đang lắng nghe nó."""
    heard = engine.happening.signal(name, data)
    if as_json:
        print_record("signal", {"heard": heard})
    else:
        none = said("No dossier listens for this signal")
        click.echo(say("heard", lang, number=heard) if heard else none)
