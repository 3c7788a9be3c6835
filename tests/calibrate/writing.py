"""Logs as files, written in the plainest way: not by the program that reads them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tthc_flow.calibration.event import Case


def xes(cases: Iterable[Case], path: Path) -> Path:
    """Write *cases* as XES, compressed where the name ends in .gz."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="utf-8"?><log xmlns="http://www.xes-standard.org/">'
        )
        for case in cases:
            out.write(f'<trace><string key="concept:name" value={quoteattr(case.id)}/>')
            for event in case.events:
                pairs = (
                    ("string", "concept:name", event.name),
                    ("string", "concept:instance", event.instance),
                    ("string", "lifecycle:transition", event.transition.value),
                    ("string", "org:resource", event.resource),
                    ("date", "time:timestamp", event.at.isoformat()),
                )
                attributes = "".join(
                    f'<{kind} key="{key}" value={quoteattr(value)}/>'
                    for kind, key, value in pairs
                    if value
                )
                out.write(f"<event>{attributes}</event>\n")
            out.write("</trace>\n")
        out.write("</log>")
    return path


def table(cases: Iterable[Case], path: Path, *, mixed: bool = False) -> Path:
    """Write *cases* as CSV with Vietnamese columns; *mixed* sorts the rows by time."""
    events = [event for case in cases for event in case.events]
    if mixed:
        events.sort(key=lambda event: event.at)
    rows = ["Mã hồ sơ;Công việc;Thời điểm;Trạng thái;Người thực hiện;Mã việc"]
    for each in events:
        told = (each.case, each.name, each.at.isoformat(), each.transition.value)
        rows.append(";".join((*told, each.resource, each.instance)))
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    return path
