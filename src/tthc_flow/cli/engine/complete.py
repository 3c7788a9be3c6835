"""`tthc-flow engine complete`: a task is done, a way chosen, a number of rounds said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, on_behalf_of, task, task_of, tell, with_engine
from tthc_flow.engine.waiting import For
from tthc_flow.report.dossier_words import ways_of

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import Dossier, UserTask
    from tthc_flow.engine.instance import Data


@click.command("complete")
@task
@by
@on_behalf_of
@values.data
@click.option(
    "--flow",
    "flows",
    metavar="LUỒNG",
    multiple=True,
    help="Ở nhánh rẽ: đi theo luồng nào (mã hoặc tên); cổng cho chọn nhiều thì ghi nhiều lần.",
)
@click.option(
    "--times",
    type=click.IntRange(min=0),
    default=None,
    metavar="SỐ_LƯỢT",
    help="Ở bước lặp: còn làm bao nhiêu lượt.",
)
@with_engine
def command(  # noqa: PLR0913 - one parameter an option
    engine: Engine,
    *,
    task: str,
    by: str,
    on_behalf_of: str | None,
    data: Data,
    flows: tuple[str, ...],
    times: int | None,
    as_json: bool,
    lang: str,
) -> None:
    """Hoàn thành VIỆC, kèm dữ liệu; ở nhánh rẽ thì quyết định đi luồng nào (--flow)."""
    found = task_of(engine, task)
    match found.what:
        case For.CHOICE:
            ways = _chosen(engine, found, flows)
            done = engine.work.choose(found.id, *ways, by=by, on_behalf_of=on_behalf_of)
        case For.ROUNDS:
            done = engine.work.repeat(found.id, _told(times), by=by)
        case For.EVENT:
            done = engine.happening.deliver(found.dossier, found.node, data, by=by)
        case For.WORK:
            done = _completed(engine, found, data, by, on_behalf_of)
    tell(engine, "complete", done, as_json=as_json, lang=lang)


def _completed(
    engine: Engine, task: UserTask, data: Data, by: str, on_behalf_of: str | None
) -> Dossier:
    return engine.work.complete(task.id, data, by=by, on_behalf_of=on_behalf_of)


def _told(times: int | None) -> int:
    if times is None:
        raise click.UsageError(said("say how many rounds: --times"))
    return times


def _chosen(engine: Engine, task: UserTask, given: tuple[str, ...]) -> list[str]:
    """Return the ids of the flows that *given* names by their ids or words."""
    ways = ways_of(engine.procedure(engine.dossier(task.dossier).definition).flow, task)
    listed = ", ".join(f"{edge.id} ({words})" for edge, words in ways)
    if not given:
        raise click.UsageError(said("say which way: --flow {ways}").format(ways=listed))
    chosen = []
    for each in given:
        found = [edge.id for edge, words in ways if each in {edge.id, words}]
        if len(found) != 1:
            message = said("{flow!r} is none of {ways}").format(flow=each, ways=listed)
            raise click.BadParameter(message, param_hint="--flow")
        chosen += found
    return chosen
