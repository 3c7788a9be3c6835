"""The event log as a table (CSV) for Excel and for programs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from tthc_flow.dossiers.log_row import WaitKind
from tthc_flow.report.plain_text import legal
from tthc_flow.report.whole_file import whole_file

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from datetime import datetime

    from tthc_flow.dossiers.log_row import LogRow, Wait

COLUMNS: Final = (
    *("case", "business_key", "procedure", "version", "task", "activity", "name", "kind"),
    *("office", "role", "resource", "on_behalf_of", "created", "start", "complete", "ended"),
    *("due_at", "late", "waiting_reason", "stops"),
)
"""The heading: fixed, so that programs find the same columns whatever language staff read."""

_STARTS: Final = tuple("=+-@\t\r\n'＝＋－＠")
_TRUTH: Final = {True: "true", False: "false", None: ""}


def write_table(rows: Iterable[LogRow], path: str | os.PathLike[str]) -> int:
    r"""Write *rows* to the CSV file *path* as they come; return how many.

    UTF-8 with a byte order mark, which Excel needs for Vietnamese; compressed where the name ends
    in ``.gz``. Moments are ISO 8601 with their zone; what is unknown is empty; ``late`` is
    ``true``, ``false`` or empty.

    A text that a sheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, their
    wide forms, a tab or a line break) gets an apostrophe before it, and so does one that begins
    with an apostrophe: take one leading apostrophe away to have the text as it was.

    ``stops`` says from when to when a task stood still after it came up, but for the queue: each
    kind with an interval of ISO 8601, without an end while it lasts, parted by semicolons.

    Raises:
        CannotWrite: TF601 where *path* cannot be written; what was there stays.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     number = write_table((), Path(folder) / "log.csv")
        ...     start = (Path(folder) / "log.csv").read_bytes()[:8]
        >>> number, start
        (0, b'\xef\xbb\xbfcase,')

    Source: RFC 4180; OWASP, CSV Injection; ISO 8601-1:2019, 5.5, for intervals.
    """
    number = 0
    with whole_file(path) as out:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for number, row in enumerate(rows, start=1):  # noqa: B007 - how many there were
            table.writerow(_cells(row))
        text.detach()
    return number


def _cells(row: LogRow) -> list[str]:
    return [
        row.case,
        *map(_text, (row.business_key, row.procedure)),
        str(row.version),
        *map(_text, (row.task, row.activity, row.name)),
        row.kind.value,
        *map(_text, (row.office, row.role, row.resource, row.on_behalf_of)),
        *map(_moment, (row.created, row.start, row.complete)),
        row.ended.value,
        _moment(row.due_at),
        _TRUTH[row.late],
        _text(row.waiting_reason),
        "; ".join(_stop(wait) for wait in row.waits if wait.kind is not WaitKind.QUEUE),
    ]


def _stop(wait: Wait) -> str:
    return f"{wait.kind.value} {_moment(wait.since)}/{_moment(wait.until)}"


def _text(text: str) -> str:
    found = legal(text)
    return f"'{found}" if found.startswith(_STARTS) else found


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
