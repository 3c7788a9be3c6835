"""`tthc-flow engine show`: one dossier, from its first step on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.details import data_lines, form_lines, job_lines, waiting_jobs
from tthc_flow.cli.engine.opening import dossier, dossier_of, print_record, with_engine
from tthc_flow.engine.values import encode
from tthc_flow.report.dossier_words import dossier_lines, history_lines, say
from tthc_flow.report.dossiers import of_dossier, of_event, of_job

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("show")
@dossier
@with_engine
def command(engine: Engine, *, dossier: str, as_json: bool, lang: str) -> None:
    """Xem HỒ_SƠ (theo mã hồ sơ): trạng thái, hạn trả kết quả, đang chờ gì, đã qua những gì."""
    found = engine.dossier(dossier_of(engine, dossier).id)
    procedure = engine.procedure(found.definition)
    events = engine.audit.history(found.id)
    if as_json:
        told = {"dossier": of_dossier(found, procedure), "history": [*map(of_event, events)]}
        told["data"] = {name: encode(value) for name, value in engine.data(found.id).items()}
        told["system"] = [*map(of_job, waiting_jobs(engine, found))]
        print_record("show", told)
        return
    for line in dossier_lines(found, procedure, engine.now(), lang):
        click.echo(line)
    for line in (
        *form_lines(engine, found, lang),
        *job_lines(engine, found, procedure.flow, lang),
        *data_lines(engine, found, lang),
    ):
        click.echo(line)
    click.echo(say("history", lang))
    for line in history_lines(events, procedure.flow, lang):
        click.echo(line)
