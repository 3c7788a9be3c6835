"""The event log in XES, the format that tools of process mining read.

A dossier is a trace. A task gives events of one ``concept:instance``: ``schedule`` when it came
up, ``start`` when it was taken, ``suspend`` and ``resume`` around each time in which it stood still
(the legal clock, a suspension, a called procedure, an incident; ``waiting_reason`` says which), and
``complete``, ``ate_abort`` (taken off somebody) or ``withdraw`` (taken off nobody) when it ended.

Source: IEEE Std 1849-2023 (XES): the extensions concept, time, lifecycle and organizational, and
the standard transactional life cycle.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from tthc_flow.dossiers.row_moments import RowMoment, moments_of
from tthc_flow.report.plain_text import legal
from tthc_flow.report.whole_file import whole_file

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from tthc_flow.dossiers.log_row import LogRow

NAMESPACE: Final = "http://www.xes-standard.org/"
EXTENSIONS: Final = {
    "concept": "Concept",
    "time": "Time",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
}
CLASSIFIERS: Final = {
    "Activity": "concept:name",
    "Activity and transition": "concept:name lifecycle:transition",
    "Node": "activity",
}
_ENDS: Final = frozenset({"complete", "ate_abort", "withdraw"})
_NONE: Final = "UNKNOWN"
_GLOBAL: Final = {
    "trace": (*(("string", key, _NONE) for key in ("concept:name", "business_key", "procedure")),),
    "event": (
        *(("string", key, _NONE) for key in ("concept:name", "concept:instance")),
        ("string", "lifecycle:transition", "complete"),
        ("date", "time:timestamp", "1970-01-01T00:00:00.000+00:00"),
        *(("string", key, _NONE) for key in ("activity", "kind")),
        ("int", "version", "0"),
    ),
}


def write_xes(rows: Iterable[LogRow], path: str | os.PathLike[str], *, name: str = "") -> int:
    """Write *rows*, those of a dossier together, to the XES file *path* as they come.

    It is compressed where the name ends in ``.gz``. The events of a dossier stand in the order of
    time. Only one dossier at a time is in memory.

    Args:
        rows: As :meth:`.audit.Audit.log` yields them.
        path: Where to; what was there is replaced when all is written.
        name: The name of the log.

    Returns:
        How many rows there were.

    Raises:
        CannotWrite: TF601 where *path* cannot be written; what was there stays.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     number = write_xes((), Path(folder) / "log.xes")
        ...     text = (Path(folder) / "log.xes").read_text()
        >>> number, "<extension" in text, "<trace" in text
        (0, True, False)

    Source: see the module.
    """
    number = 0
    with whole_file(path) as out:
        xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
        xml.startDocument()
        declared = {"xes.version": "1849-2023", "xes.features": "", "xmlns": NAMESPACE}
        xml.startElement("log", AttributesImpl(declared))
        _head(xml, name)
        for _, found in groupby(rows, key=lambda row: row.case):
            trace = list(found)
            _trace(xml, trace)
            number += len(trace)
        xml.endElement("log")
        xml.endDocument()
    return number


def _head(xml: XMLGenerator, name: str) -> None:
    for prefix, extension in EXTENSIONS.items():
        uri = f"{NAMESPACE}{prefix}.xesext"
        _empty(xml, "extension", name=extension, prefix=prefix, uri=uri)
    for scope, attributes in _GLOBAL.items():
        xml.startElement("global", AttributesImpl({"scope": scope}))
        for kind, key, value in attributes:
            _empty(xml, kind, key=key, value=value)
        xml.endElement("global")
    for called, keys in CLASSIFIERS.items():
        _empty(xml, "classifier", name=called, keys=keys)
    if name:
        _said(xml, "string", "concept:name", name)
    _said(xml, "string", "lifecycle:model", "standard")


def _trace(xml: XMLGenerator, rows: list[LogRow]) -> None:
    xml.startElement("trace", AttributesImpl({}))
    first = rows[0]
    _said(xml, "string", "concept:name", first.case)
    _said(xml, "string", "business_key", first.business_key)
    _said(xml, "string", "procedure", first.procedure)
    found = [
        (row.task or f"{row.case}/{place}", row, moment)
        for place, row in enumerate(rows)
        for moment in moments_of(row)
    ]
    for instance, row, moment in sorted(found, key=lambda each: each[2].at):
        _event(xml, instance, row, moment)
    xml.endElement("trace")


def _event(xml: XMLGenerator, instance: str, row: LogRow, moment: RowMoment) -> None:
    done = moment.transition == "start" or moment.transition in _ENDS
    xml.startElement("event", AttributesImpl({}))
    _said(xml, "string", "concept:name", row.name or row.activity)
    _said(xml, "string", "concept:instance", instance)
    _said(xml, "string", "lifecycle:transition", moment.transition)
    _said(xml, "date", "time:timestamp", moment.at.isoformat())
    _said(xml, "string", "org:resource", row.resource if done else "")
    _said(xml, "string", "org:role", row.role)
    _said(xml, "string", "org:group", row.office)
    _said(xml, "string", "activity", row.activity)
    _said(xml, "string", "kind", row.kind.value)
    _said(xml, "int", "version", str(row.version))
    _said(xml, "string", "on_behalf_of", row.on_behalf_of if done else "")
    _said(xml, "date", "due_at", "" if row.due_at is None else row.due_at.isoformat())
    if moment.wait is not None:
        _said(xml, "string", "waiting_reason", moment.wait.words)
    elif moment.transition in _ENDS:
        _said(xml, "boolean", "late", "" if row.late is None else str(row.late).lower())
        _said(xml, "string", "waiting_reason", row.waiting_reason)
    xml.endElement("event")


def _said(xml: XMLGenerator, kind: str, key: str, value: str) -> None:
    """Write an attribute; what is unknown is left out."""
    if value:
        _empty(xml, kind, key=key, value=legal(value))


def _empty(xml: XMLGenerator, element: str, **attributes: str) -> None:
    xml.startElement(element, AttributesImpl(attributes))
    xml.endElement(element)
