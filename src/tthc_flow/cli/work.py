"""`tthc-flow work`: the worker of the engine, until it is stopped or nothing is due."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import asdict

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine.failures import Failures
from tthc_flow.cli.engine.opening import engine_at, must_be_there, with_database
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.cli.leaving import report_error
from tthc_flow.cli.printing import print_json
from tthc_flow.dossiers.jobs import LEASE
from tthc_flow.dossiers.worked import Told, Worked
from tthc_flow.dossiers.worker import Worker
from tthc_flow.report.dossier_words import moment_words, say

if TYPE_CHECKING:
    from types import ModuleType

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.outbox import Letter
    from tthc_flow.units import Convention

_A_WEEK: Final = 7 * 24 * 60 * 60


def _imported(_ctx: click.Context, param: click.Parameter, given: str | None) -> Any:  # noqa: ANN401 - the user's own
    """Return what ``module:name`` names, a module of this folder or of the installed ones."""
    if given is None or (given == "-" and param.name == "deliver"):
        return given
    import sys

    module, _, name = given.partition(":")
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found = getattr(_loaded(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        message = said("write module:name of your own Python; {error}")
        raise click.BadParameter(message.format(error=error)) from error
    wanted = Mapping if param.name == "functions" else Callable
    if not isinstance(found, wanted):  # type: ignore[arg-type]
        message = said("{given!r} is a {kind}")
        raise click.BadParameter(message.format(given=given, kind=type(found).__name__))
    return found


def _seconds(_ctx: click.Context, _param: click.Parameter, given: float | None) -> float | None:
    """Return a number of seconds; refuse one that is none (``nan``) or longer than a week."""
    if given is not None and not given <= _A_WEEK:
        message = said("{value} is not in the range {range}.")
        raise click.BadParameter(message.format(value=given, range=f"x<={_A_WEEK}"))
    return given


def _loaded(module: str) -> ModuleType:
    """Return the user's own *module*; whatever it raises while it is imported is its fault."""
    try:
        return import_module(module)
    except (ImportError, ValueError):
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise usage("module-raises", module=module, error=why) from error


@click.command("work")
@with_database
@click.option(
    "--functions",
    metavar="MÔ_ĐUN:TÊN",
    default=None,
    callback=_imported,
    help="Hàm cho các bước tự động: một bảng tên → hàm Python của chính bạn. "
    "Mô-đun này được nạp và chạy; không nội dung nào của tệp BPMN được chạy.",
)
@click.option(
    "--deliver",
    metavar="MÔ_ĐUN:TÊN",
    default=None,
    callback=_imported,
    help="Hàm Python của chính bạn, nhận từng thông báo gửi ra ngoài; “-” thì in thông báo ra màn "
    "hình dạng JSON. Không ghi thì thông báo nằm lại, chờ gửi.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    metavar="CỔNG",
    help="Trả lời /health và /metrics (Prometheus) trên máy này ở CỔNG (0: cổng trống bất kỳ).",
)
@click.option(
    "--idle",
    type=click.FloatRange(min=0.05),
    default=None,
    callback=_seconds,
    metavar="GIÂY",
    help="Ngủ nhiều nhất bao lâu (mặc định: 30 với PostgreSQL, 2 với SQLite).",
)
@click.option(
    "--lease",
    type=click.FloatRange(min=1),
    default=LEASE.total_seconds(),
    callback=_seconds,
    metavar="GIÂY",
    help="Việc đã nhận được giữ riêng bao lâu (mặc định: 300). Đặt dài hơn thời gian chạy của "
    "hàm lâu nhất: quá hạn này, việc có thể được gọi lại.",
)
@click.option("--once", is_flag=True, help="Làm hết việc đến hạn rồi thoát (cho cron).")
def command(  # noqa: PLR0913 - one parameter an option
    *,
    database: str,
    calendar: str | None,
    convention: Convention,
    functions: Mapping[str, Any] | None,
    deliver: Callable[[Letter], None] | str | None,
    port: int | None,
    idle: float | None,
    lease: float,
    once: bool,
    as_json: bool,
    lang: str,
) -> None:
    """Chạy phần việc của hệ thống: hẹn giờ, việc tự động, tín hiệu, nhắc hạn, gửi thông báo.

    PostgreSQL: chạy bao nhiêu tiến trình cũng được. SQLite: một tiến trình là đủ.
    """
    send = _sender(deliver, as_json=as_json)
    must_be_there(database, lang, as_json=as_json)
    with ExitStack() as stack:
        engine = stack.enter_context(
            engine_at(database, calendar, convention, functions=functions or {})
        )
        failures = Failures.since_now(engine, lang)
        worker = Worker(
            engine,
            deliver=None if send is None else failures.noting(send),
            lease=timedelta(seconds=lease),
            idle=None if idle is None else timedelta(seconds=idle),
            tell=lambda told: _tell(told, failures, engine, lang),
        )
        if port is not None:
            from tthc_flow.dossiers.endpoint import HERE, Endpoint

            answers = stack.enter_context(Endpoint(worker, port))
            click.echo(say("worker-answers", lang, host=HERE, port=answers.port), err=True)
        if not once:
            click.echo(say("worker-begins", lang), err=True)
        done = worker.run(until_idle=once)
    if as_json:
        print_json("work", {"worked": asdict(done)})
    elif once and done.is_nothing:
        click.echo(say("worker-idle", lang))


def _tell(told: Told, failures: Failures, engine: Engine, lang: str) -> None:
    """Say on standard error what was done, or what keeps the worker from its work."""
    if not isinstance(told, Worked):
        report_error(told, lang, as_json=False)
        return
    done = {name: number for name, number in asdict(told).items() if number}
    counts = [say(f"worked-{name}", lang, number=number) for name, number in done.items()]
    click.echo(f"{moment_words(engine.now(), lang)}: {'; '.join(counts)}", err=True)
    for line in failures.lines(told):
        click.echo(f"  {line}", err=True)


def _sender(
    deliver: Callable[[Letter], None] | str | None, *, as_json: bool
) -> Callable[[Letter], None] | None:
    """Return what takes each letter; refuse to print letters and the record on one output."""
    if not isinstance(deliver, str):
        return deliver
    if as_json:
        message = "--deliver - does not go with --json: both would be printed on standard output"
        raise click.UsageError(said(message))
    return _print_letter


def _print_letter(letter: Letter) -> None:
    parts = asdict(letter) | {"at": letter.at.isoformat()}
    click.echo(json.dumps(parts, ensure_ascii=False))
