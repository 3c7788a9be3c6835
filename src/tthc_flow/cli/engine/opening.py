"""What the verbs of dossiers share: their database, finding a dossier or a task, telling of it."""

from __future__ import annotations

import functools
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine.refusing import filled, one_form, refuse, remember
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_json
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.engine import Engine
from tthc_flow.errors import StoreFault, TthcFlowError
from tthc_flow.moments import VIETNAM
from tthc_flow.report.dossier_words import dossier_lines, say
from tthc_flow.report.dossiers import of_dossier
from tthc_flow.units import TimeUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tthc_flow.dossiers.kept import Dossier, UserTask
    from tthc_flow.units import Convention

_BARE_DAY: Final = {
    "bare-day-is-working-day": TimeUnit.WORKING_DAY,
    "bare-day-is-calendar-day": TimeUnit.CALENDAR_DAY,
}

_DATABASE = click.option(
    "--database",
    metavar="ĐỊA_CHỈ",
    envvar="TTHC_DATABASE",
    required=True,
    help="Nơi lưu hồ sơ: sqlite:///ho-so.db hoặc postgresql+psycopg://… "
    "(không ghi thì lấy biến môi trường TTHC_DATABASE).",
)
_CALENDAR = click.option(
    "--calendar",
    metavar="TỆP.csv",
    help="Ngày nghỉ, ngày làm bù của địa phương, đặt trước lịch có sẵn.",
)
_SHARED = (_DATABASE, _CALENDAR, options.convention, options.as_json, options.lang)

by = click.option(
    "--by", metavar="TÊN", required=True, callback=filled, help="Ai làm; ghi vào nhật ký."
)
on_behalf_of = click.option(
    "--on-behalf-of",
    metavar="TÊN",
    default=None,
    callback=filled,
    help="Làm thay mặt ai; ghi vào nhật ký.",
)
dossier = click.argument("dossier", metavar="HỒ_SƠ")
task = click.argument("task", metavar="VIỆC")


def now() -> datetime:
    """Return the present moment: the command line is where the clock on the wall is read."""
    return datetime.now(VIETNAM)


def engine_at(
    database: str,
    calendar: str | None,
    convention: Convention,
    **more: Any,  # noqa: ANN401 - the engine's own
) -> Engine:
    """Return an engine on *database* by the wall clock and the shipped calendar."""
    deadlines = Deadlines(
        calendar=Calendar.load(more=calendar), bare_day=_BARE_DAY.get(convention.name)
    )
    return Engine(database, now=now, deadlines=deadlines, **more)


def must_be_there(database: str, lang: str, *, as_json: bool) -> None:
    """Refuse a file of SQLite that is not there: a mistyped path would be an empty database.

    Raises:
        StoreFault: TF701 (in JSON; else it is told, and the call leaves with 3).
    """
    scheme, _, file = database.partition(":///")
    name = file.partition("?")[0]
    in_memory = not name or name.startswith((":memory:", "file:"))
    if not scheme.startswith("sqlite") or in_memory or _may_be_there(name):
        return
    spoken = "en" if as_json else lang
    fact, hint = say("no-database", spoken), say("no-database-hint", spoken)
    fault = StoreFault("TF701", fact, place=name, hint=hint)
    if as_json:
        raise fault
    click.echo(str(fault), err=True)
    raise click.exceptions.Exit(Code.UNREADABLE)


def _may_be_there(file: str) -> bool:
    """Return whether *file* is there, or in a folder that may not be looked into."""
    try:
        return Path(file).exists()
    except OSError:
        return True


def with_database(verb: Callable[..., None]) -> Callable[..., None]:
    """Give *verb* the options by which dossiers are found and told of."""
    return functools.reduce(lambda found, option: option(found), reversed(_SHARED), verb)


def with_engine(verb: Callable[..., None]) -> Callable[..., None]:
    """Give *verb* an engine on the database that the call names, as its first argument.

    The database must be there.
    """
    return _with_engine(verb, makes_it=False)


def with_new_engine(verb: Callable[..., None]) -> Callable[..., None]:
    """Give *verb* an engine as :func:`with_engine`; a database that is not there is made."""
    return _with_engine(verb, makes_it=True)


def _with_engine(verb: Callable[..., None], *, makes_it: bool) -> Callable[..., None]:
    @functools.wraps(verb)
    def opened(
        *,
        database: str,
        calendar: str | None,
        convention: Convention,
        as_json: bool,
        lang: str,
        **given: Any,  # noqa: ANN401
    ) -> None:
        if not makes_it:
            must_be_there(database, lang, as_json=as_json)
        with engine_at(database, calendar, convention) as engine:
            try:
                verb(engine, as_json=as_json, lang=lang, **given)
            except TthcFlowError as error:
                refuse(error, lang, as_json=as_json)

    return with_database(opened)


def dossier_of(engine: Engine, given: str) -> Dossier:
    """Return the dossier that *given* names by its code or its id; raises ``StoreFault`` TF706.

    A code is found in one form, as ``start`` keeps it, or as it is given.
    """
    found = engine.dossiers(business_key=one_form(given)) or engine.dossiers(business_key=given)
    if len(found) > 1:
        ids = ", ".join(each.id for each in found)
        message = said("several procedures have a dossier {code!r}: give its id, one of {ids}")
        raise click.UsageError(message.format(code=given, ids=ids))
    one = engine.dossier(found[0].id if found else given)
    remember(one.id, one.business_key)
    return one


def task_of(engine: Engine, given: str) -> UserTask:
    """Return the open task that *given* names: a dossier, a colon, its number or its step's id.

    The dossier alone will do where it waits for one thing only.

    Raises:
        StoreFault: TF706 where there is no such dossier, TF707 where no such task is open.
    """
    code, _, which = given.rpartition(":")
    found = [
        each
        for each in dossier_of(engine, code or given).tasks
        if not code or which in {each.node, each.id.rpartition(":")[2]}
    ]
    if len(found) > 1:
        numbers = ", ".join(each.id.rpartition(":")[2] for each in found)
        message = said("{task!r} is open several times: give its number, one of {numbers}")
        raise click.UsageError(message.format(task=given, numbers=numbers))
    if not found:
        hint = "list the tasks again"
        raise StoreFault("TF707", "the task is not open", place=given, hint=hint)
    return found[0]


def tell(engine: Engine, verb: str, done: Dossier, *, as_json: bool, lang: str) -> None:
    """Tell what *done* has come to: its status, when it is due, what it waits for."""
    procedure = engine.procedure(done.definition)
    if as_json:
        print_record(verb, {"dossier": of_dossier(done, procedure)})
        return
    for line in dossier_lines(done, procedure, engine.now(), lang):
        click.echo(line)


def print_record(verb: str, record: Mapping[str, Any]) -> None:
    """Print the JSON of a verb of ``tthc-flow engine``."""
    print_json("engine", {"verb": verb, **record})
