"""`tthc-flow engine incidents`: what the engine could not do; tried again, or done by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, dossier_of, print_record, tell, with_engine
from tthc_flow.cli.groups import Verbs
from tthc_flow.cli.printing import print_table
from tthc_flow.report.dossier_words import say
from tthc_flow.report.dossiers import of_incident

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.engine.instance import Data

_incident = click.argument("incident", metavar="SỰ_CỐ")


@click.group("incidents", cls=Verbs)
def command() -> None:
    """Sự cố: việc hệ thống không làm được và đang chờ người xử lý."""


@command.command("list")
@click.option("--dossier", metavar="HỒ_SƠ", default=None, help="Chỉ sự cố của hồ sơ này.")
@with_engine
def list_them(engine: Engine, *, dossier: str | None, as_json: bool, lang: str) -> None:
    """Liệt kê các sự cố: ở hồ sơ nào, bước nào, vì sao."""
    which = None if dossier is None else dossier_of(engine, dossier).id
    found = engine.jobs.incidents(dossier=which)
    if as_json:
        print_record("incidents list", {"incidents": [*map(of_incident, found)]})
        return
    if not found:
        click.echo(say("no-incidents", lang))
        return
    columns = ("incident", "code", "node", "tries", "error")
    rows = [(e.id, e.business_key, e.node, str(e.tries), e.error) for e in found]
    print_table([tuple(say(f"column-{each}", lang) for each in columns), *rows])


@command.command("retry")
@_incident
@by
@with_engine
def retry(engine: Engine, *, incident: str, by: str, as_json: bool, lang: str) -> None:
    """Cho hệ thống thử lại SỰ_CỐ."""
    done = engine.jobs.retry(incident, by=by)
    tell(engine, "incidents retry", done, as_json=as_json, lang=lang)


@command.command("resolve")
@_incident
@by
@values.data
@with_engine
def resolve(
    engine: Engine, *, incident: str, by: str, data: Data, as_json: bool, lang: str
) -> None:
    """Ghi nhận SỰ_CỐ đã được xử lý thủ công, kèm dữ liệu nếu có."""
    done = engine.jobs.resolve(incident, data, by=by)
    tell(engine, "incidents resolve", done, as_json=as_json, lang=lang)
