"""`tthc-flow engine verify`: does the chain of events hold?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tthc_flow.cli.engine.opening import dossier_of, print_record, with_engine
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.cli.leaving import Code
from tthc_flow.dossiers.heads import heads_of, no_heads, text_of_heads
from tthc_flow.report.dossier_words import moment_words, say
from tthc_flow.report.dossiers import of_break
from tthc_flow.verbs.files import place

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.store.audit import Break
    from tthc_flow.store.heads import Heads


@click.command("verify")
@click.argument("dossier", metavar="[HỒ_SƠ]", required=False)
@click.option(
    "--heads",
    "out",
    metavar="TỆP",
    default=None,
    help="Nếu còn nguyên vẹn, ghi mốc nhật ký của mọi hồ sơ ra TỆP để cất nơi khác.",
)
@click.option(
    "--against",
    metavar="TỆP",
    default=None,
    help="So với mốc đã cất: hồ sơ nào bị mất, bị đưa lùi hoặc bị ghi lại.",
)
@with_engine
def command(
    engine: Engine,
    *,
    dossier: str | None,
    out: str | None,
    against: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """Kiểm tra nhật ký của HỒ_SƠ (hoặc mọi hồ sơ); mã thoát 1 nếu có chỗ bị sửa, xóa, chèn."""
    if out is not None and dossier is not None:
        raise usage("heads-of-all")
    since = None if against is None else _read(against)
    one = None if dossier is None else dossier_of(engine, dossier).id
    heads = engine.audit.heads()
    broken = engine.audit.breaks(one, since=since)
    if out is not None and not broken:
        place(Path(out).parent, {Path(out).name: text_of_heads(heads).encode()})
    codes = _codes(heads, since)
    number = len(heads.dossiers) if one is None else 1
    if as_json:
        told = [of_break(each, codes.get(each.instance, each.instance)) for each in broken]
        print_record("verify", {"dossiers": number, "breaks": told})
    else:
        _tell(broken, number, since, codes, lang)
    if broken:
        raise click.exceptions.Exit(Code.GATE_FAILED)
    if out is not None and not as_json:
        click.echo(say("heads-written", lang, out=out, number=number, digest=heads.digest))


def _codes(heads: Heads, since: Heads | None) -> dict[str, str]:
    """Return the codes of dossiers by their ids, of those too that are only in *since*."""
    known = (*(() if since is None else since.dossiers), *heads.dossiers)
    return {each.dossier: each.business_key for each in known}


def _tell(
    broken: tuple[Break, ...], number: int, since: Heads | None, codes: dict[str, str], lang: str
) -> None:
    if since is not None:
        at = moment_words(since.at, lang)
        values = {"at": at, "number": len(since.dossiers), "digest": since.digest}
        click.echo(say("against-heads", lang, **values))
    if not broken:
        click.echo(say("whole-chain", lang, number=number))
    for each in broken:
        why = say(f"break-{each.why.replace(' ', '-')}", lang)
        click.echo(
            say(
                "broken",
                lang,
                code=codes.get(each.instance, each.instance),
                step=each.step_no,
                why=why,
            )
        )


def _read(against: str) -> Heads:
    """Return the heads of a file; raises ``StoreFault`` TF730."""
    try:
        return heads_of(Path(against).read_text("utf-8"), against)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise no_heads(f"the file cannot be read: {why}", against) from error
