"""`tthc-flow engine verify`: does the chain of events hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import dossier_of, print_record, with_engine
from tthc_flow.cli.leaving import Code
from tthc_flow.report.dossier_words import say
from tthc_flow.report.dossiers import of_break

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine


@click.command("verify")
@click.argument("dossier", metavar="[HỒ_SƠ]", required=False)
@with_engine
def command(engine: Engine, *, dossier: str | None, as_json: bool, lang: str) -> None:
    """Kiểm tra nhật ký của HỒ_SƠ (hoặc mọi hồ sơ); mã thoát 1 nếu có chỗ bị sửa, xóa, chèn."""
    one = None if dossier is None else dossier_of(engine, dossier).id
    number = len(engine.dossiers()) if one is None else 1
    broken = engine.audit.breaks(one)
    told = [of_break(each, engine.dossier(each.instance).business_key) for each in broken]
    if as_json:
        print_record("verify", {"dossiers": number, "breaks": told})
    elif not told:
        click.echo(say("whole-chain", lang, number=number))
    for each in () if as_json else told:
        why = say(f"break-{each['why'].replace(' ', '-')}", lang)
        values = {"code": each["business_key"], "step": each["step_no"], "why": why}
        click.echo(say("broken", lang, **values))
    if told:
        raise click.exceptions.Exit(Code.GATE_FAILED)
