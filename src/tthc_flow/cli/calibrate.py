"""`tthc-flow calibrate`: measured facts from a log of cases; two periods compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from tthc_flow.bpmn.read import Reading
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.cli import options
from tthc_flow.cli.click_words import said
from tthc_flow.cli.printing import print_findings_of, print_json, print_table
from tthc_flow.errors import UnreadableInput
from tthc_flow.report.amounts import amount
from tthc_flow.report.calibrating import head_lines, of_found, tables
from tthc_flow.report.log_words import say
from tthc_flow.report.record import of_findings, of_procedure
from tthc_flow.report.two_periods import of_periods, period_rows, statement
from tthc_flow.units import Convention
from tthc_flow.verbs.calibrate import calibrate, compare_periods, unsound_in
from tthc_flow.verbs.deviation_map import deviation_map
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import opened, picked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.calibration.periods import Periods
    from tthc_flow.model.finding import Finding
    from tthc_flow.verbs.calibrate import Calibrated

    Part = tuple[str, Sequence[Finding]]


def _names(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, equals, element = each.rpartition("=")
        if not (name.strip() and equals and element.strip()):
            raise click.BadParameter(said("write name=value, not {given!r}").format(given=each))
        found[name.strip()] = element.strip()
    return found


@click.command("calibrate")
@options.source
@click.option(
    "--log", required=True, metavar="NHẬT_KÝ", help="Nhật ký: .xes, .csv, cả khi nén .gz."
)
@click.option("--compare", "later", metavar="NHẬT_KÝ_SAU", help="So sánh với giai đoạn này.")
@click.option("--changed", metavar="SAU.bpmn", help="Sơ đồ của giai đoạn sau, nếu đã đổi.")
@click.option(
    "--map",
    "names",
    multiple=True,
    callback=_names,
    metavar="TÊN=MÃ",
    help="Công việc TÊN của nhật ký là phần tử MÃ; ghi nhiều lần được.",
)
@click.option(
    "--year",
    "years",
    type=int,
    multiple=True,
    metavar="NĂM",
    help="Năm mà nhật ký có đủ mọi hồ sơ: ghi số hồ sơ.",
)
@click.option("--calendar", metavar="TỆP.csv", help="Lịch làm việc bổ sung cho lịch có sẵn.")
@click.option("--heat-map", "picture", metavar="TỆP.svg", help="Vẽ chỗ hồ sơ đi khác sơ đồ.")
@options.process
@options.convention
@options.as_json
@options.lang
@click.option("-o", "out", metavar="TỆP.bpmn", help="Ghi sơ đồ kèm số liệu đo được.")
def command(  # noqa: PLR0913 - one parameter an option
    source: str,
    *,
    log: str,
    later: str | None,
    changed: str | None,
    names: dict[str, str],
    years: tuple[int, ...],
    calendar: str | None,
    picture: str | None,
    process: str | None,
    convention: Convention,
    as_json: bool,
    lang: str,
    out: str | None,
) -> None:
    """Lấy số liệu thật từ nhật ký hồ sơ: thời gian, tỷ lệ nhánh, từ chối, chỗ đi khác sơ đồ."""
    if picture is not None and not picture.lower().endswith(".svg"):
        raise click.UsageError(said("--heat-map writes a file .svg"))
    asked = _Asked(
        reading=opened(options.read_input(source)),
        log=log,
        process=process,
        calendar=Calendar.load(more=calendar),
        names=names,
        convention=convention,
    )
    if later is not None:
        if out or picture or years:
            raise click.UsageError(said("--compare takes neither -o, --heat-map nor --year"))
        _compare(asked, (source, later, changed), lang, as_json=as_json)
        return
    if changed is not None:
        raise click.UsageError(said("--changed goes with --compare"))
    result = asked.calibrated(years)
    files = _written(result, out, picture, lang)
    if as_json:
        _print_record(result, files, lang)
    else:
        _print(result, files, lang)
        _print_findings([(source, result.unsound), (log, result.findings)], lang)


@frozen(kw_only=True)
class _Asked:
    """What both ways of calling have in common."""

    reading: Reading
    log: str
    process: str | None
    calendar: Calendar
    names: dict[str, str]
    convention: Convention

    def calibrated(self, years: tuple[int, ...]) -> Calibrated:
        return calibrate(
            self.reading,
            self.log,
            process=self.process,
            calendar=self.calendar,
            names=self.names,
            whole_years=years,
            convention=self.convention,
        )

    def unsound(self, source: str, changed: str | None) -> list[Part]:
        """Return what is unsound, by the files: of *source*, which was read, and of *changed*."""
        after = [] if changed is None else [(changed, opened(changed))]
        drawn = ((source, self.reading), *after)
        return [(place, unsound_in(each, self.process)) for place, each in drawn]

    def compared(self, later: str, changed: str | None) -> Periods:
        return compare_periods(
            self.reading,
            self.log,
            later,
            changed=changed,
            process=self.process,
            calendar=self.calendar,
            names=self.names,
            convention=self.convention,
        )


def _written(result: Calibrated, out: str | None, picture: str | None, lang: str) -> dict[str, str]:
    files: dict[str, str] = {}
    if out is not None:
        place(Path(out).parent, {Path(out).name: result.reading.document.data})
        files["bpmn"] = out
    if picture is not None:
        drawn = deviation_map(result, lang=lang).encode()
        place(Path(picture).parent, {Path(picture).name: drawn})
        files["svg"] = picture
    return files


def _print_record(result: Calibrated, files: dict[str, str], lang: str) -> None:
    record = {
        "procedure": of_procedure(picked(result.reading, result.procedure.flow.id)),
        **of_found(result.found),
        "findings": of_findings((*result.unsound, *result.findings), lang),
        "files": files,
    }
    print_json("calibrate", record)


def _print(result: Calibrated, files: dict[str, str], lang: str) -> None:
    found = result.found
    click.echo("\n".join(head_lines(found, lang)))
    for table in tables(found, result.procedure.flow, lang):
        click.echo()
        print_table(table)
    if files:
        click.echo("\n" + "\n".join(files.values()))
    if "bpmn" in files:
        counts = {
            "steps": sum(each.handling is not None for each in found.steps),
            "ways": len(found.ways),
            "rejections": len(found.rejections),
        }
        years = sum(
            each.source is not None and each.source.document == found.log
            for each in result.procedure.volume.by_year
        )
        words = {name: amount(count, lang) for name, count in {**counts, "years": years}.items()}
        click.echo(say("say-written", lang, **words))


def _print_findings(parts: Sequence[Part], lang: str) -> None:
    """Print the findings of each file: of a diagram, of a log."""
    if any(findings for _, findings in parts):
        told = [(place, of_findings(findings, lang)) for place, findings in parts]
        print_findings_of(told, lang, err=True)


def _compare(
    asked: _Asked, files: tuple[str, str, str | None], lang: str, *, as_json: bool
) -> None:
    """Compare two periods; what is unsound is told also where a log is refused: it may be why."""
    source, later, changed = files
    unsound = asked.unsound(source, changed)
    try:
        periods = asked.compared(later, changed)
    except UnreadableInput:
        _print_findings(() if as_json else unsound, lang)
        raise
    _print_periods(periods, unsound, lang, as_json=as_json)


def _print_periods(periods: Periods, unsound: Sequence[Part], lang: str, *, as_json: bool) -> None:
    if as_json:
        record = of_periods(periods, lang)
        drawn = (each for _, findings in unsound for each in findings)
        findings = of_findings((*drawn, *periods.findings), lang)
        print_json("calibrate_compare", {**record, "findings": findings})
        return
    for side in (periods.before, periods.after):
        click.echo("\n".join(head_lines(side, lang)))
    click.echo()
    print_table(period_rows(periods, lang))
    click.echo(f"\n{statement(periods, lang)}\n{say('verdict-note', lang)}")
    logs = f"{periods.before.log}, {periods.after.log}"
    _print_findings((*unsound, (logs, periods.findings)), lang)
