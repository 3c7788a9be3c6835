"""`tthc-flow engine start`: a dossier is received."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, print_record, tell, with_engine
from tthc_flow.cli.engine.refusing import filled
from tthc_flow.report.dossier_words import moment_words, say
from tthc_flow.report.dossiers import of_dossier

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.engine.instance import Data
    from tthc_flow.units import Duration


@click.command("start")
@click.argument("key", metavar="QUY_TRÌNH")
@click.argument("code", metavar="MÃ_HỒ_SƠ", callback=filled)
@by
@values.data
@click.option(
    "--limit",
    metavar="THỜI_GIAN",
    default=None,
    callback=values.duration_of,
    help="Thời hạn giải quyết, ví dụ “5 ngày làm việc”; không ghi thì lấy thời hạn của quy trình.",
)
@with_engine
def command(  # noqa: PLR0913 - one parameter an option
    engine: Engine,
    *,
    key: str,
    code: str,
    by: str,
    data: Data,
    limit: Duration | None,
    as_json: bool,
    lang: str,
) -> None:
    """Tiếp nhận hồ sơ MÃ_HỒ_SƠ theo QUY_TRÌNH (mã process); gọi hai lần vẫn là một hồ sơ."""
    there = engine.dossiers(key=key, business_key=code)
    done = engine.start(key, code, by=by, data=data, limit=limit)
    if as_json:
        found = of_dossier(done, engine.procedure(done.definition))
        print_record("start", {"already_there": bool(there), "dossier": found})
        return
    if there:
        begun = moment_words(done.started_at, lang)
        click.echo(say("already-there", lang, code=code, at=begun))
    tell(engine, "start", done, as_json=as_json, lang=lang)
