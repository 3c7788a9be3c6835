"""`tthc-flow engine message`: a message reaches the dossier that waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, dossier_of, tell, with_engine

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.engine.instance import Data


@click.command("message")
@click.argument("name", metavar="THÔNG_ĐIỆP")
@click.option("--dossier", metavar="HỒ_SƠ", default=None, help="Hồ sơ nào, nếu nhiều cùng chờ.")
@by
@values.data
@with_engine
def command(  # noqa: PLR0913 - one parameter an option
    engine: Engine,
    *,
    name: str,
    dossier: str | None,
    by: str,
    data: Data,
    as_json: bool,
    lang: str,
) -> None:
    """Đưa THÔNG_ĐIỆP (tên, hoặc mã bước nhận) tới hồ sơ đang chờ nó."""
    found = None if dossier is None else dossier_of(engine, dossier).id
    done = engine.happening.message(name, data, by=by, dossier=found)
    tell(engine, "message", done, as_json=as_json, lang=lang)
