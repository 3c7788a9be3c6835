"""`tthc-flow engine life`: what is done to a dossier as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, dossier, dossier_of, tell, with_engine
from tthc_flow.cli.engine.refusing import filled
from tthc_flow.cli.groups import Verbs

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.units import Duration

_reason = click.option(
    "--reason",
    metavar="LÝ_DO",
    required=True,
    callback=filled,
    help="Lý do; ghi vào nhật ký của hồ sơ.",
)


@click.group("life", cls=Verbs)
def command() -> None:
    """Cả hồ sơ: tạm dừng, rút, hủy, dừng và tính tiếp thời hạn, gia hạn."""


@command.command("suspend")
@dossier
@by
@_reason
@with_engine
def suspend(
    engine: Engine, *, dossier: str, by: str, reason: str, as_json: bool, lang: str
) -> None:
    """Tạm dừng HỒ_SƠ: không ai và không gì làm tiếp được; thời hạn vẫn tính."""
    done = engine.life.suspend(dossier_of(engine, dossier).id, by=by, reason=reason)
    tell(engine, "life suspend", done, as_json=as_json, lang=lang)


@command.command("resume")
@dossier
@by
@with_engine
def resume(engine: Engine, *, dossier: str, by: str, as_json: bool, lang: str) -> None:
    """Cho HỒ_SƠ đang tạm dừng tiếp tục."""
    done = engine.life.resume(dossier_of(engine, dossier).id, by=by)
    tell(engine, "life resume", done, as_json=as_json, lang=lang)


@command.command("withdraw")
@dossier
@by
@_reason
@with_engine
def withdraw(
    engine: Engine, *, dossier: str, by: str, reason: str, as_json: bool, lang: str
) -> None:
    """Kết thúc HỒ_SƠ vì người nộp rút hồ sơ."""
    done = engine.life.withdraw(dossier_of(engine, dossier).id, by=by, reason=reason)
    tell(engine, "life withdraw", done, as_json=as_json, lang=lang)


@command.command("cancel")
@dossier
@by
@_reason
@with_engine
def cancel(engine: Engine, *, dossier: str, by: str, reason: str, as_json: bool, lang: str) -> None:
    """Chấm dứt giải quyết HỒ_SƠ từ phía cơ quan."""
    done = engine.life.cancel(dossier_of(engine, dossier).id, by=by, reason=reason)
    tell(engine, "life cancel", done, as_json=as_json, lang=lang)


@command.command("stop-clock")
@dossier
@by
@_reason
@with_engine
def stop_clock(
    engine: Engine, *, dossier: str, by: str, reason: str, as_json: bool, lang: str
) -> None:
    """Dừng tính thời hạn của HỒ_SƠ, ví dụ chờ người nộp nộp tiền."""
    done = engine.life.stop_clock(dossier_of(engine, dossier).id, by=by, reason=reason)
    tell(engine, "life stop-clock", done, as_json=as_json, lang=lang)


@command.command("restart-clock")
@dossier
@by
@with_engine
def restart_clock(engine: Engine, *, dossier: str, by: str, as_json: bool, lang: str) -> None:
    """Tính tiếp thời hạn của HỒ_SƠ."""
    done = engine.life.restart_clock(dossier_of(engine, dossier).id, by=by)
    tell(engine, "life restart-clock", done, as_json=as_json, lang=lang)


@command.command("extend")
@dossier
@click.argument("time", metavar="THỜI_GIAN", callback=values.duration_of)
@by
@_reason
@click.option(
    "--apology",
    metavar="VĂN_BẢN",
    default=None,
    callback=filled,
    help="Số, ký hiệu văn bản xin lỗi.",
)
@with_engine
def extend(  # noqa: PLR0913 - one parameter an option
    engine: Engine,
    *,
    dossier: str,
    time: Duration,
    by: str,
    reason: str,
    apology: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """Gia hạn HỒ_SƠ thêm THỜI_GIAN, ví dụ “2 ngày làm việc”, tính từ hạn cũ."""
    found = dossier_of(engine, dossier).id
    done = engine.life.extend(found, time, by=by, reason=reason, apology=apology)
    tell(engine, "life extend", done, as_json=as_json, lang=lang)
