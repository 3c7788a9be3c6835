"""`tthc-flow engine tasks`: what people have to do, the most pressing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import dossier_of, print_record, with_engine
from tthc_flow.cli.engine.refusing import composed
from tthc_flow.cli.engine.tables import print_tasks
from tthc_flow.model.actor import Role
from tthc_flow.report.dossier_words import say
from tthc_flow.report.dossiers import of_task
from tthc_flow.words.messages import LANGUAGES

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import UserTask


def _role(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """Return the id of the role that is *given* by its words, as they are printed, or its id."""
    named = composed(ctx, param, given)
    for role in Role:
        for lang in LANGUAGES:
            if named is not None and named.casefold() == say(f"role-{role}", lang).casefold():
                return role.value
    return named


@click.command("tasks")
@click.option("--dossier", metavar="HỒ_SƠ", default=None, help="Chỉ việc của hồ sơ này.")
@click.option(
    "--office",
    metavar="TÊN",
    default=None,
    callback=composed,
    help="Chỉ việc của cơ quan, bộ phận này.",
)
@click.option(
    "--role",
    metavar="VAI_TRÒ",
    default=None,
    callback=_role,
    help="Chỉ việc của vai trò này, ví dụ “văn thư” (mã: clerical_office).",
)
@click.option(
    "--assignee",
    metavar="TÊN",
    default=None,
    callback=composed,
    help="Chỉ việc người này đã nhận.",
)
@click.option(
    "--candidate",
    metavar="NHÓM",
    default=None,
    callback=composed,
    help="Chỉ việc nhóm này làm được.",
)
@click.option("--late", is_flag=True, help="Chỉ việc đã quá hạn.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=None,
    metavar="SỐ_VIỆC",
    help="Nhiều nhất mấy việc.",
)
@with_engine
def command(  # noqa: PLR0913 - one parameter an option
    engine: Engine,
    *,
    dossier: str | None,
    office: str | None,
    role: str | None,
    assignee: str | None,
    candidate: str | None,
    late: bool,
    limit: int | None,
    as_json: bool,
    lang: str,
) -> None:
    """Liệt kê việc đang chờ người làm, kèm hạn; gấp nhất đứng đầu, chưa có hạn đứng cuối."""
    now = engine.now()
    found = engine.tasks(
        dossier=None if dossier is None else dossier_of(engine, dossier).id,
        office=office,
        role=role,
        assignee=assignee,
        candidate=candidate,
        due_before=now if late else None,
    )
    shown = found[:limit]
    if as_json:
        told = {"tasks": [*map(of_task, shown)], "not_shown": len(found) - len(shown)}
        print_record("tasks", told)
        return
    print_tasks(shown, now, lang)
    click.echo(_counted(engine, found, len(shown), now, lang))


def _counted(
    engine: Engine, found: tuple[UserTask, ...], shown: int, now: datetime, lang: str
) -> str:
    """Return how many tasks were asked for, and how many of them are not shown."""
    if not found:
        waiting = len(engine.tasks())
        return say("none-matches", lang, number=waiting) if waiting else say("no-tasks", lang)
    late = sum(each.due_at is not None and each.due_at <= now for each in found)
    counted = say("tasks-counted", lang, number=len(found), late=late)
    rest = len(found) - shown
    return f"{counted}; {say('not-shown', lang, number=rest)}" if rest else counted
