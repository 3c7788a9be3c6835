"""`tthc-flow engine migrate`: dossiers under way go to another version of their procedure."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import click

from tthc_flow.cli.click_words import said
from tthc_flow.cli.engine.opening import by, print_record, with_engine
from tthc_flow.cli.engine.refusing import usage
from tthc_flow.report.dossier_words import node_name, say
from tthc_flow.report.dossiers import of_migration

if TYPE_CHECKING:
    from tthc_flow.dossiers.engine import Engine
    from tthc_flow.dossiers.migrations import MigrationReport

SHORTEST: Final = 8
"""So many letters of a hash name a version."""


def _mapping(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for whole, (old, _, new) in zip(given, pairs, strict=True):
        if not old or not new:
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=whole))
    return {old: new for old, _, new in pairs}


@click.command("migrate")
@click.argument("source", metavar="[TỪ]", required=False)
@click.argument("target", metavar="[SANG]", required=False)
@click.option(
    "--map",
    "mapping",
    metavar="CŨ=MỚI",
    multiple=True,
    callback=_mapping,
    help="Bước CŨ thành bước MỚI (theo mã); bước không ghi thì giữ mã cũ.",
)
@click.option("--dry-run", is_flag=True, help="Chỉ xem hồ sơ nào chuyển được, không chuyển.")
@click.option("--revert", metavar="MÃ_ĐỢT", default=None, help="Chuyển ngược lại một đợt.")
@by
@with_engine
def command(  # noqa: PLR0913 - one parameter an option
    engine: Engine,
    *,
    source: str | None,
    target: str | None,
    mapping: dict[str, str],
    dry_run: bool,
    revert: str | None,
    by: str,
    as_json: bool,
    lang: str,
) -> None:
    """Chuyển hồ sơ từ phiên bản TỪ sang phiên bản SANG (mã băm, hoặc quy-trình@số-phiên-bản)."""
    if revert is not None:
        if dry_run:
            raise usage("revert-dry-run")
        if source or target or mapping:
            raise usage("revert-alone")
        report, how = engine.migrations.revert(revert, by=by), "moved-back"
    elif source is None or target is None:
        raise click.UsageError(said("name two versions, or --revert a migration"))
    else:
        versions = _hash(engine, source), _hash(engine, target)
        if len({*versions}) == 1:
            raise click.UsageError(said("the two versions are the same"))
        _must_know(engine, versions, mapping)
        plan, run = engine.migrations.plan, functools.partial(engine.migrations.run, by=by)
        report = (plan if dry_run else run)(*versions, mapping)
        how = "would-move" if dry_run else "did-move"
    names = _names(engine, report)
    record = of_migration(report, names, lang)
    if as_json:
        print_record("migrate", {"dry_run": dry_run, "migration": record})
    else:
        _tell(engine, record, how, names, lang)


def _hash(engine: Engine, given: str) -> str:
    """Return the hash of the version that *given* names: so much of it, or key@version."""
    key, at, version = given.rpartition("@")
    for each in engine.definitions():
        by_hash = len(given) >= SHORTEST and each.hash.startswith(given)
        if by_hash or (at and each.key == key and str(each.version) == version):
            return each.hash
    return given


def _must_know(engine: Engine, versions: tuple[str, str], mapping: dict[str, str]) -> None:
    """Refuse an id of *mapping* that its version does not have; versions are looked at later."""
    deployed = {each.hash: f"{each.key}@{each.version}" for each in engine.definitions()}
    for version, ids in zip(versions, (tuple(mapping), tuple(mapping.values())), strict=True):
        if not mapping or version not in deployed:
            return
        flow = engine.procedure(version).flow
        known = flow.by_id.keys() | {edge.id for edge in flow.edges}
        unknown = [each for each in ids if each not in known]
        if unknown:
            raise usage("unknown-ids", ids=", ".join(unknown), version=deployed[version])


def _names(engine: Engine, report: MigrationReport) -> dict[str, str]:
    flow = engine.procedure(report.source).flow
    return {node.id: node_name(flow, node.id) for node in flow.nodes}


def _tell(
    engine: Engine, record: dict[str, Any], how: str, names: dict[str, str], lang: str
) -> None:
    known = {each.hash: f"{each.key}@{each.version}" for each in engine.definitions()}
    values = {"number": len(record["moves"]), "stays": len(record["stays"])}
    if how == "moved-back" and not record["moves"] and not record["stays"]:
        how = "nothing-moved-back"
    click.echo(say(how, lang, target=known[record["target"]], **values))
    for each in record["moves"]:
        click.echo(f"  {engine.dossier(each).business_key}")
    for each in record["stays"]:
        why = "; ".join(_with_id(one, names) for one in each["why"])
        click.echo(f"  {say('stays', lang, code=each['business_key'] or each['dossier'], why=why)}")
    if how == "did-move":
        click.echo(say("migration-id", lang, id=record["id"]))


def _with_id(why: dict[str, str], names: dict[str, str]) -> str:
    """Return what bars a dossier, and the id of the node, which ``--map`` takes."""
    return f"{why['text']} ({why['node']})" if why["node"] in names else why["text"]
