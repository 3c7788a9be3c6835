"""`tthc-flow engine life`: what is done to a dossier as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, dossier, dossier_of, tell, with_engine
from tthc_flow.cli.engine.refusing import filled
from tthc_flow.cli.groups import Verbs
from tthc_flow.dossiers.life import Life

if TYPE_CHECKING:
    from collections.abc import Callable

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import Dossier
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


def _add(name: str, act: Callable[..., Dossier], says: str, *, why: bool) -> None:
    """Add the verb *name*, which lets *act* happen to a dossier; *why* asks for a reason."""

    def verb(
        engine: Engine, *, dossier: str, by: str, as_json: bool, lang: str, **reason: str
    ) -> None:
        done = act(engine.life, dossier_of(engine, dossier).id, by=by, **reason)
        tell(engine, f"life {name}", done, as_json=as_json, lang=lang)

    made = with_engine(verb)
    command.command(name, help=says)(dossier(by(_reason(made) if why else made)))


_add(
    "suspend",
    Life.suspend,
    "Tạm dừng HỒ_SƠ: không ai và không gì làm tiếp được; thời hạn vẫn tính.",
    why=True,
)
_add("resume", Life.resume, "Cho HỒ_SƠ đang tạm dừng tiếp tục.", why=False)
_add("withdraw", Life.withdraw, "Kết thúc HỒ_SƠ vì người nộp rút hồ sơ.", why=True)
_add("cancel", Life.cancel, "Chấm dứt giải quyết HỒ_SƠ từ phía cơ quan.", why=True)
_add(
    "stop-clock",
    Life.stop_clock,
    "Dừng tính thời hạn của HỒ_SƠ, ví dụ chờ người nộp nộp tiền.",
    why=True,
)
_add("restart-clock", Life.restart_clock, "Tính tiếp thời hạn của HỒ_SƠ.", why=False)


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
