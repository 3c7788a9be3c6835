"""`tthc-flow expect`: what one dossier alone takes, exact."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import click

from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_csv, print_json, print_table
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.known import Basis
from tthc_flow.report.expectation_rows import step_rows, time_rows
from tthc_flow.report.expectations import of_expectation
from tthc_flow.report.texts import text
from tthc_flow.units import Convention, exact
from tthc_flow.verbs.expect import expect
from tthc_flow.words.messages import message as told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any


def _pairs(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return what is given by id."""
    found = {}
    for each in given:
        element, equals, value = each.partition("=")
        if not equals or not element or not value.strip():
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=each))
        if element.strip() in found:
            message = said("{name!r} is given twice").format(name=element.strip())
            raise click.BadParameter(message)
        found[element.strip()] = value.strip()
    return found


def _numbers(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> dict[str, Fraction]:
    """Return the numbers given by id; 20%, 0,2 and 1/5 are the same."""
    return {element: _number(value) for element, value in _pairs(ctx, param, given).items()}


def _number(value: str) -> Fraction:
    plain = value.replace(",", ".")
    try:
        return exact(plain.removesuffix("%").strip()) / (100 if plain.endswith("%") else 1)
    except BadQuantity as error:
        raise click.BadParameter(error.fact) from error


def _one_number(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Fraction | None:
    return None if value is None else _number(value)


@click.command("expect")
@options.source
@options.process
@options.called
@click.option(
    "--basis",
    type=click.Choice([each.value for each in Basis]),
    multiple=True,
    default=("measured", "work"),
    help="Thời gian mỗi bước lấy từ đâu: số đo, công đã nêu, hay định mức; ghi nhiều lần được.",
)
@click.option(
    "--share",
    "shares",
    metavar="MÃ=20%",
    multiple=True,
    callback=_numbers,
    help="Tỷ lệ hồ sơ đi theo luồng này, hoặc gặp sự kiện này; ghi nhiều lần được.",
)
@click.option(
    "--rounds",
    metavar="MÃ=1.5",
    multiple=True,
    callback=_numbers,
    help="Số lần bình quân phải làm bước lặp này; ghi nhiều lần được.",
)
@click.option(
    "--time",
    "times",
    metavar="MÃ='2 giờ làm việc'",
    multiple=True,
    callback=_pairs,
    help="Thời gian của bước hoặc sự kiện chờ này; ghi nhiều lần được.",
)
@click.option("--limit", metavar="'10 ngày làm việc'", help="Thời hạn (mặc định: đã công bố).")
@click.option(
    "--hourly-cost",
    metavar="ĐỒNG",
    callback=_one_number,
    help="Chi phí một giờ công của cơ quan, tính bằng đồng.",
)
@options.convention
@options.as_json
@options.as_csv
@options.lang
def command(  # noqa: PLR0913 - click hands over one argument an option
    source: str,
    *,
    process: str | None,
    called: tuple[str, ...],
    basis: tuple[str, ...],
    shares: dict[str, Fraction],
    rounds: dict[str, Fraction],
    times: dict[str, str],
    limit: str | None,
    hourly_cost: Fraction | None,
    convention: Convention,
    as_json: bool,
    as_csv: bool,
    lang: str,
) -> None:
    """Tính một hồ sơ đi qua TỆP .bpmn: số lần qua mỗi bước, công, thời gian, khả năng quá hạn."""
    found = expect(
        options.read_input(source),
        basis=basis,
        shares=shares,
        rounds=rounds,
        times=times,
        limit=limit,
        hourly=hourly_cost,
        convention=convention,
        process=process,
        called=called,
    )
    record = of_expectation(found, lang)
    if as_json:
        print_json("expect", record)
        return
    rows = ((text("measure", lang), text("value", lang)), *time_rows(record, lang))
    if as_csv:
        print_csv((*rows, *step_rows(record, lang)))
        return
    _print(record, rows, lang)


def _print(record: Mapping[str, Any], rows: Sequence[tuple[str, ...]], lang: str) -> None:
    """Print the figures of the dossier, of each step, and what is open."""
    print_table(list(rows))
    steps = step_rows(record, lang)
    if len(steps) > 1:
        click.echo()
        print_table(steps)
    _print_open(record, lang)


def _grouped(rows: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the rows of one kind together: what to do about them is told once."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row.get("what") or row["why"], []).append(row)
    return list(groups.values())


def _print_open(record: Mapping[str, Any], lang: str) -> None:
    """Print what lacks, what stands in the way, and what is assumed."""
    for key, code in (("missing", "expect-lacking"), ("not_exact", "expect-barred")):
        if record[key]:
            click.secho(f"\n{told(code, lang=lang).text}", bold=True)
        for alike in _grouped(record[key]):
            for each in alike:
                click.echo(f"- {each['text']} ({each['element']})")
            click.echo(f"  → {alike[0]['hint']}")
    click.echo()
    for note in record["notes"]:
        click.echo(note)
    click.echo(f"{text('convention', lang)}: {text('convention-' + record['convention'], lang)}")
