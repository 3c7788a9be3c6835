"""`tthc-flow prepare`: what people drew becomes what can be run, every repair explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.leaving import Code
from tthc_flow.cli.printing import print_json
from tthc_flow.repairs.prepare import CODES, GUESSED
from tthc_flow.report.record import of_findings
from tthc_flow.report.repairs import of_questions, of_repairs
from tthc_flow.report.texts import text
from tthc_flow.verbs.files import place
from tthc_flow.verbs.prepare import prepare

if TYPE_CHECKING:
    from tthc_flow.repairs.prepare import Prepared

EVERY: Final = "all"


@click.command("prepare")
@options.source
@click.option("--explain", is_flag=True, help="Kể từng chỗ sửa và từng cách hiểu, kèm lý do.")
@click.option(
    "--guess",
    "guesses",
    multiple=True,
    metavar="MÃ",
    help=f"Bật một cách sửa phải đoán nghĩa (mã, mã:phần-tử, hoặc {EVERY}); mặc định không đoán.",
)
@click.option(
    "--without", multiple=True, metavar="MÃ", help="Không làm cách sửa này (mã hoặc mã:phần-tử)."
)
@options.as_json
@options.lang
@click.option("-o", "out", default=None, metavar="TỆP.bpmn", help="Nơi ghi sơ đồ đã chuẩn bị.")
def command(  # noqa: PLR0913 (one parameter an option)
    source: str,
    *,
    explain: bool,
    guesses: tuple[str, ...],
    without: tuple[str, ...],
    as_json: bool,
    lang: str,
    out: str | None,
) -> None:
    """Chuẩn bị TỆP .bpmn để chạy: sửa những gì chuẩn BPMN đã ngầm định, kể rõ từng chỗ."""
    _refuse_unknown(guesses, (*GUESSED, EVERY), "--guess")
    _refuse_unknown(without, CODES, "--without")
    chosen = GUESSED if EVERY in guesses else guesses
    done = prepare(options.read_input(source), guesses=chosen, without=without)
    if out == "-":
        click.echo(done.document.data, nl=False)
    elif out is not None:
        goal = Path(out)
        place(goal.parent, {goal.name: done.document.data})
    rows = [_row(each, lang) for each in done.prepared]
    if as_json and out != "-":
        files = {} if out is None else {"bpmn": out}
        print_json("prepare", {"processes": rows, "runnable": done.runnable, "files": files})
    for row in () if as_json else rows:
        _print(row, lang, explain=explain, err=out == "-")
    if not done.runnable:
        raise click.exceptions.Exit(Code.GATE_FAILED)


def _refuse_unknown(given: tuple[str, ...], known: tuple[str, ...], option: str) -> None:
    """Leave with a usage error at a code that the option does not know."""
    for code in given:
        if code.partition(":")[0] not in known:
            hint = said("{code!r} is none of {known}").format(code=code, known=", ".join(known))
            raise click.BadParameter(hint, param_hint=option)


def _row(prepared: Prepared, lang: str) -> dict[str, Any]:
    flow = prepared.procedure.flow
    return {
        "process": flow.id,
        "name": prepared.procedure.name or flow.name,
        "runnable": prepared.runnable,
        "repairs": of_repairs(prepared.repairs, lang),
        "refusals": of_findings(prepared.refusals, lang),
        "questions": of_questions(prepared),
    }


def _print(row: dict[str, Any], lang: str, *, explain: bool, err: bool) -> None:
    """Print one process: can it run, why not, what would have to be guessed; all on --explain."""
    state = text("can-run" if row["runnable"] else "cannot-run", lang)
    click.secho(f"{row['name'] or row['process']}: {state}", bold=True, err=err)
    made = [each for each in row["repairs"] if each["applied"] and each["changes"]]
    read = [each for each in row["repairs"] if each["applied"] and not each["changes"]]
    offered = [each for each in row["repairs"] if not each["applied"] and not each["certain"]]
    left = [each for each in row["repairs"] if not each["applied"] and each["certain"]]
    for heading, found, wanted in (
        ("prepare-refused", row["refusals"], True),
        ("prepare-offered", offered, True),
        ("prepare-made", made, explain),
        ("prepare-read", read, explain),
        ("prepare-left", left, explain),
    ):
        if found:
            click.echo(f"  {text(heading, lang)}: {len(found)}", err=err)
        for each in found if wanted else ():
            line = f" ({text('at-line', lang, line=each['line'])})" if each["line"] else ""
            name = each.get("id") or each["code"]
            click.echo(f"    {name}{line}: {each['message']}\n      → {each['hint']}", err=err)
