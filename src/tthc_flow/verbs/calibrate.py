"""Calibrate a procedure by a log of its cases: measured times, shares and rates, and where it fits.

The loop closes here: run in the engine, log, calibrate, propose, run the new version, and compare
the two periods.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve, frozen

from tthc_flow.bpmn.read import Reading as File
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calibration.calibrate import Reading, named, what_tells
from tthc_flow.calibration.doubts import Doubts
from tthc_flow.calibration.facts import with_facts
from tthc_flow.calibration.logs import read_log
from tthc_flow.calibration.periods import Periods, compared
from tthc_flow.checks import unsound
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.log_rows import cases_of
from tthc_flow.verbs.opening import chosen, opened, picked
from tthc_flow.verbs.write import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.calibration.found import LogFound
    from tthc_flow.dossiers.log_row import LogRow
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable

Log: TypeAlias = "str | os.PathLike[str] | Iterable[LogRow]"
"""A file (XES or CSV, compressed or not), or the rows of an engine's own history."""

HISTORY: Final = "nhật ký xử lý hồ sơ"
"""How the engine's own history is called where a fact names its source."""


@frozen(kw_only=True)
class Calibrated:
    """What a log told of a procedure, and the file with it written in.

    Attributes:
        reading: The file with the measured facts, the rest of it as it was.
        procedure: The procedure in it.
        found: All that the log tells: times with their fit, ways, rejections, loads, hours,
            conformance.
        findings: What is broken or unclear in the log, and what facts were another before.
        unsound: What keeps the diagram from being sound, as ``check`` tells it; where a case can
            get stuck no case can go as drawn.
    """

    reading: File
    procedure: Procedure
    found: LogFound
    findings: tuple[Finding, ...]
    unsound: tuple[Finding, ...] = ()


def calibrate(  # noqa: PLR0913 - what may be said of a log, by name
    source: Openable,
    log: Log,
    *,
    process: str | None = None,
    calendar: Calendar | None = None,
    names: Mapping[str, str] | None = None,
    whole_years: Iterable[int] = (),
    convention: Convention | str = DEFAULT_CONVENTION,
) -> Calibrated:
    """Return what *log* tells of a procedure, and the file with it as measured facts.

    Args:
        source: The BPMN file that was carried out.
        log: Its log: a file, or ``engine.audit.log()``.
        process: Which process of the file, as in ``measure``.
        calendar: Counts the office hours; the shipped one where none is given.
        names: Maps what the log calls an activity to an element, where neither id nor name tell.
        whole_years: Years of which all dossiers are in the log: their number is written.
        convention: Turns the declared time of the procedure into office hours.

    Raises:
        BadQuantity: TF157 for a whole year that the log has nothing of.
        UnreadableInput: TF2xx where file or log cannot be read, TF274 for a name mapped to no
            element, TF275 for a log without a case of the procedure.
        CannotWrite: TF603 where the facts do not read back.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> with TemporaryDirectory() as folder:
        ...     log = Path(folder) / "log.csv"
        ...     head = "case,activity,start,complete"
        ...     row = "1,Ky,2026-03-02T08:00:00+07:00,2026-03-02T09:30:00+07:00"
        ...     number = log.write_text(f"{head}{chr(10)}{row}")
        ...     result = calibrate(text, log)
        >>> result.procedure.flow.steps[0].handling.chance.average, result.found.cases
        (Fraction(90, 1), 1)

    Source: van der Aalst, Process Mining (2016), chapters 8 and 9.
    """
    file = opened(source)
    procedure = picked(file, process)
    reading = _reading(calendar, names, convention)
    found = _found(log, procedure, reading)
    measured = with_facts(procedure, found, tuple(whole_years))
    written = rewritten(file, measured.procedure)
    return Calibrated(
        reading=written,
        procedure=picked(written, procedure.flow.id),
        found=found,
        findings=(*found.findings, *named(measured.findings, procedure.flow)),
        unsound=unsound_in(file, process),
    )


def unsound_in(source: Openable, process: str | None = None) -> tuple[Finding, ...]:
    """Return what keeps a diagram from being sound: the findings of ``check``, with their lines.

    Args:
        source: The BPMN file.
        process: Which process of the file, as in ``measure``.

    Raises:
        UnreadableInput: TF2xx where it cannot be read.

    Example:
        >>> unsound_in(b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>''')
        ()

    Source: see :mod:`tthc_flow.checks.unsound`.
    """
    file = opened(source)
    return tuple(
        evolve(each, line=file.document.line(each.element) if each.element else None)
        for each in unsound.find(picked(file, process), DEFAULT_CONVENTION)
    )


def compare_periods(  # noqa: PLR0913 - what may be said of a log, by name
    source: Openable,
    before: Log,
    after: Log,
    *,
    changed: Openable | None = None,
    process: str | None = None,
    calendar: Calendar | None = None,
    names: Mapping[str, str] | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
) -> Periods:
    """Return what two real periods of a procedure differ in, and whether that is more than luck.

    Args:
        source: The BPMN file that was carried out in the first period.
        before: The log of the first period.
        after: The log of the second one.
        changed: The BPMN file of the second period, where it is another version.
        process: Which process, as in ``measure``; of both files.
        calendar: Counts the office hours.
        names: Maps what the logs call an activity to an element.
        convention: Turns the declared time of the procedure into office hours.

    Raises:
        UnreadableInput: TF2xx as for ``calibrate``; TF276 for a log with less than ten ended
            cases.

    Source: see :mod:`tthc_flow.calibration.periods`.
    """
    reading = _reading(calendar, names, convention)
    first = picked(opened(source), process)
    second = first if changed is None else picked(opened(changed), process)
    return compared(_found(before, first, reading), _found(after, second, reading))


def _reading(
    calendar: Calendar | None, names: Mapping[str, str] | None, convention: Convention | str
) -> Reading:
    return Reading(
        calendar=Calendar.load() if calendar is None else calendar,
        names=names or {},
        convention=chosen(convention),
    )


def _found(log: Log, procedure: Procedure, reading: Reading) -> LogFound:
    doubts = Doubts()
    if isinstance(log, str | os.PathLike):
        cases = read_log(log, doubts)
        return what_tells(cases, procedure, reading, log=Path(log).name, doubts=doubts)
    return what_tells(cases_of(log), procedure, reading, log=HISTORY, doubts=doubts)
