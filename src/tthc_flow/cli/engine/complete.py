"""`tthc-flow engine complete`: a task is done, a way chosen, a number of rounds said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine import values
from tthc_flow.cli.engine.opening import by, on_behalf_of, task, task_of, tell, with_engine
from tthc_flow.cli.engine.refusing import language, one_form, usage
from tthc_flow.engine.waiting import For
from tthc_flow.report.dossier_words import say, short_id, ways_of

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.kept import UserTask

_TAKES: Final = {
    For.WORK: ("--set", "--on-behalf-of"),
    For.CHOICE: ("--flow", "--on-behalf-of"),
    For.ROUNDS: ("--times",),
    For.EVENT: ("--set",),
}
"""Which options mean something, by what the task waits for."""


@click.command("complete")
@task
@by
@on_behalf_of
@values.pairs
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
    data: dict[str, str],
    flows: tuple[str, ...],
    times: int | None,
    as_json: bool,
    lang: str,
) -> None:
    """Hoàn thành VIỆC, kèm dữ liệu; ở nhánh rẽ thì quyết định đi luồng nào (--flow)."""
    found = task_of(engine, task)
    given = {"--set": data, "--flow": flows, "--times": times is not None}
    given["--on-behalf-of"] = on_behalf_of
    _must_apply(found, [name for name, value in given.items() if value])
    match found.what:
        case For.CHOICE:
            ways = _chosen(engine, found, flows)
            done = engine.work.choose(found.id, *ways, by=by, on_behalf_of=on_behalf_of)
        case For.ROUNDS:
            done = engine.work.repeat(found.id, _told(times), by=by)
        case For.EVENT:
            told = values.untyped(data)
            done = engine.happening.deliver(found.dossier, found.node, told, by=by)
        case For.WORK:
            filled_in = values.typed(data, engine.work.form(found.id))
            done = engine.work.complete(found.id, filled_in, by=by, on_behalf_of=on_behalf_of)
    tell(engine, "complete", done, as_json=as_json, lang=lang)


def _must_apply(task: UserTask, given: list[str]) -> None:
    """Refuse options that mean nothing for what *task* is: they would be dropped."""
    wrong = [each for each in given if each not in _TAKES[task.what]]
    if wrong:
        takes = ", ".join(("--by", *_TAKES[task.what]))
        what = say(f"what-{task.what}", language())
        raise usage(
            "not-for-this", task=short_id(task), what=what, wrong=", ".join(wrong), takes=takes
        )


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
        found = [
            edge.id for edge, words in ways if each == edge.id or one_form(each) == one_form(words)
        ]
        if len(found) != 1:
            message = said("{flow!r} is none of {ways}").format(flow=each, ways=listed)
            raise click.BadParameter(message, param_hint="--flow")
        chosen += found
    return chosen
