"""`tthc-flow expect`: what one dossier alone takes, exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tthc_flow.cli import options
from tthc_flow.cli.pairs import numbers, one_number, pairs
from tthc_flow.cli.printing import print_csv, print_json, print_open, print_table
from tthc_flow.expected.known import Basis
from tthc_flow.report.expectation_rows import step_rows, time_rows
from tthc_flow.report.expectations import of_expectation
from tthc_flow.report.texts import text
from tthc_flow.units import Convention
from tthc_flow.verbs.expect import expect
from tthc_flow.words.messages import message as told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction
    from typing import Any


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
    callback=numbers,
    help="Tỷ lệ hồ sơ đi theo luồng này, hoặc gặp sự kiện này; ghi nhiều lần được.",
)
@click.option(
    "--rounds",
    metavar="MÃ=1,5",
    multiple=True,
    callback=numbers,
    help="Số lần bình quân phải làm bước lặp này; ghi nhiều lần được.",
)
@click.option(
    "--time",
    "times",
    metavar="MÃ='2 giờ làm việc'",
    multiple=True,
    callback=pairs,
    help="Thời gian của bước hoặc sự kiện chờ này; ghi nhiều lần được.",
)
@click.option("--limit", metavar="'10 ngày làm việc'", help="Thời hạn (mặc định: đã công bố).")
@click.option(
    "--hourly-cost",
    metavar="ĐỒNG",
    callback=one_number,
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


def _print_open(record: Mapping[str, Any], lang: str) -> None:
    """Print what lacks, what stands in the way, and what is assumed."""
    kinds = ("missing", "what", "expect-lacking"), ("not_exact", "why", "expect-barred")
    for key, kind, code in kinds:
        if record[key]:
            click.secho(f"\n{told(code, lang=lang).text}", bold=True)
            print_open(record[key], kind)
    click.echo()
    for note in record["notes"]:
        click.echo(note)
    click.echo(f"{text('convention', lang)}: {text('convention-' + record['convention'], lang)}")
