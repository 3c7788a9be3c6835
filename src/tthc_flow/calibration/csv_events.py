"""An event log as a table: one event a row, or one task a row with its start and its end."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.calibration.by_case import by_case
from tthc_flow.calibration.csv_columns import Columns, columns_of
from tthc_flow.calibration.event import (
    MOST_EVENTS,
    Case,
    LogEvent,
    Transition,
    moment_of,
    reasons,
)
from tthc_flow.calibration.log_moments import is_day_first, read_moment
from tthc_flow.calibration.xes_events import transition_of
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Severity
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from tthc_flow.calibration.doubts import Doubts

_LONGEST_LINE: Final = 1 << 20
_DELIMITERS: Final = (",", ";", "\t", "|")
_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENDS: Final = {
    "completed": Transition.COMPLETE,
    "withdrawn": Transition.WITHDRAW,
    "open": Transition.OTHER,
}
_TRUTH: Final = {"true": True, "false": False}
_SPANS: Final = (("created", Transition.SCHEDULE), ("start", Transition.START))


def csv_cases(pieces: Iterable[bytes], place: str, doubts: Doubts) -> Iterator[Case]:
    r"""Yield the cases of a table: events by the order of rows, those of tasks by their moments.

    Args:
        pieces: Its bytes: UTF-8 or UTF-16, parted by comma, semicolon, tab or bar.
        place: Its name, for errors.
        doubts: Takes what is unclear, and which column was taken for what.

    Raises:
        UnreadableInput: TF205 for a line or a case too large, TF206 for another encoding, TF226
            for what is no CSV, TF272 where a column is missing.

    Example:
        >>> from tthc_flow.calibration.doubts import Doubts
        >>> text = "Mã hồ sơ;Công việc;Thời điểm\nH1;Thụ lý;02/03/2026 08:30\n".encode()
        >>> [case.events[0].at.hour for case in csv_cases([text], "a.csv", Doubts())]
        [8]

    Source: RFC 4180.
    """
    table = _Table(place, doubts)
    for case, rows in by_case(table.rows(pieces)):
        if len(rows) > MOST_EVENTS:
            raise UnreadableInput(
                "TF205",
                **fact_words("log-fact-rows", case=repr(case), rows=MOST_EVENTS),
                place=place,
                hint="check which column is the case",
            )
        events = [event for row in rows for event in table.events(row)]
        if not table.is_of_events:  # the order of tasks is none of their moments
            events.sort(key=moment_of)
        yield Case(id=case, events=tuple(events))


@define
class _Table:
    place: str
    doubts: Doubts
    columns: Columns = field(init=False)

    @property
    def is_of_events(self) -> bool:
        """Return whether a row is an event, not a task with its begin and end."""
        return "time" in self.columns.places

    def rows(self, pieces: Iterable[bytes]) -> Iterator[list[str]]:
        """Yield the rows: the case, the line, then the cells."""
        lines = _lines(pieces, self.place)
        first = next(lines, "")
        parted = max(_DELIMITERS, key=first.count)
        (header,) = csv.reader([first], delimiter=parted)
        self.columns = columns_of(header, self.place)
        if not self.columns.own:
            told = self.columns.told
            self.doubts.add("log-columns-guessed", severity=Severity.INFO, columns=told)
        reader = csv.reader(lines, delimiter=parted)
        try:
            for row in reader:
                if not any(cell.strip() for cell in row):
                    continue
                case = self.columns.cell(row, "case")
                if case:
                    yield [case, str(reader.line_num + 1), *row]
                else:
                    self.doubts.add("log-case-missing", line=reader.line_num + 1)
        except csv.Error as error:
            raise UnreadableInput(
                "TF226",
                f"is no CSV ({error})",
                fact_vi=str(error),
                place=f"{self.place}:{reader.line_num + 1}",
                hint="check that every quotation mark is closed",
            ) from error

    def events(self, row: list[str]) -> Iterator[LogEvent]:
        """Yield what a row says: one event, or when a task came up, was begun and ended."""
        line, cells = int(row[1]), row[2:]
        if self.is_of_events:
            said = self.columns.cell(cells, "transition")
            transition = transition_of(said, self.doubts, line)
            yield self._event(cells, line, transition, self.columns.cell(cells, "time"))
            return
        yield from self._stops(cells, line)
        last = _ENDS.get(self.columns.cell(cells, "ended"), Transition.COMPLETE)
        for role, transition in (*_SPANS, ("complete", last)):
            text = self.columns.cell(cells, role)
            if text and transition is not Transition.OTHER:
                yield self._event(cells, line, transition, text)

    def _stops(self, cells: list[str], line: int) -> Iterator[LogEvent]:
        """Yield when the task of a row stood still and went on, of our own table."""
        for stop in filter(None, self.columns.cell(cells, "stops").split("; ")):
            kind, _, span = stop.partition(" ")
            since, _, until = span.partition("/")
            for text, transition in ((since, Transition.SUSPEND), (until, Transition.RESUME)):
                if text:
                    event = self._event(cells, line, transition, text)
                    yield evolve(event, waiting=frozenset({kind}))

    def _event(
        self, cells: Sequence[str], line: int, transition: Transition, text: str
    ) -> LogEvent:
        at, zoned = read_moment(text)
        if at is None:
            self.doubts.add("log-time-unread", line=line, text=text)
        elif not zoned and is_day_first(text):
            self.doubts.add("log-day-first", severity=Severity.INFO, line=line, text=text)
        cell = self.columns.cell
        done = transition in {Transition.COMPLETE, Transition.WITHDRAW}
        return LogEvent(
            case=cell(cells, "case"),
            activity=cell(cells, "activity"),
            name=cell(cells, "name"),
            transition=transition,
            at=at,
            zoned=zoned,
            resource=cell(cells, "resource"),
            instance=cell(cells, "instance"),
            waiting=reasons(cell(cells, "waiting")) if done else frozenset(),
            procedure=cell(cells, "procedure"),
            version=cell(cells, "version"),
            late=_TRUTH.get(cell(cells, "late")) if done else None,
            place=line,
        )


def _lines(pieces: Iterable[bytes], place: str) -> Iterator[str]:
    """Yield the lines of the text with their ends."""
    left, number = "", 1
    for text in _texts(pieces, place):
        *whole, left = (left + text).split("\n")
        if len(left) > _LONGEST_LINE:
            raise UnreadableInput(
                "TF205",
                **fact_words("log-fact-line", characters=_LONGEST_LINE),
                place=f"{place}:{number}",
                hint="export the log again",
            )
        number += len(whole)
        for line in whole:
            yield f"{line}\n"
    if left:
        yield left


def _texts(pieces: Iterable[bytes], place: str) -> Iterator[str]:
    decoder = None
    try:
        for piece in pieces:
            if decoder is None:
                decoder = codecs.getincrementaldecoder(_encoding(piece))()
            yield decoder.decode(piece)
        if decoder is not None:
            yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            "TF206",
            **fact_words("log-fact-encoding", encoding=error.encoding, reason=error.reason),
            place=place,
            hint="save the file as UTF-8",
        ) from error


def _encoding(head: bytes) -> str:
    return next((name for mark, name in _ENCODINGS if head.startswith(mark)), "utf-8")
