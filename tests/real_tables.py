"""The real tables beside the repository, and plain YAML readings of them for hand arithmetic."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def real_tables() -> list[Path]:
    """Return every real step table of the material folder, in a stable order."""
    return sorted(SHARED.glob("procedures*/*.yaml"))


def plain(path: Path) -> dict[str, Any]:
    """Return a table as PyYAML alone reads it: no code of ours."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


MINUTES = {
    "working_day": Fraction(480),
    "day": Fraction(480),
    "working_hour": Fraction(60),
    "hour": Fraction(60),
}


def by_hand(table: dict[str, Any]) -> tuple[Fraction | None, list[str]]:
    """Return the minutes of the longest path and the steps without a time, from the rows alone.

    Every row lies on the one chain from start to end, branches only end early or go back (loops
    count once), so the longest path is the sum of the rows that count. Waiting for the applicant
    between a pause and its end does not count; his own rows without a time are no gap in the
    agency's. A bare day is a working day, as the default says;
    no minutes at all (every time unknown) are ``None``.
    """
    times, unknown, paused = list[Fraction](), list[str](), False
    for row in table["steps"]:
        tasks = row.get("tasks") or []
        paused = paused and not row.get("unpause")
        time = row["time"]
        counts = time.get("counted", True) and row.get("in_total", True) and not paused
        if counts and "applicant_fix" not in row["kinds"]:
            if time["value"] is None or time["value"] < 0:
                if row["level"] != "citizen":
                    unknown.append(row["no"])
            else:
                times.append(Fraction(str(time["value"])) * MINUTES[time["unit"] or "day"])
        paused = (
            paused or row.get("pause") or any(task.get("pause") for task in tasks)
        ) and not any(task.get("unpause") for task in tasks)
    return (sum(times, Fraction(0)) if times or not unknown else None), unknown


@cache
def schema_of_bpmn() -> etree.XMLSchema:
    """Return the BPMN 2.0 schema of the OMG, as SpiffWorkflow ships it."""
    place = resources.files("SpiffWorkflow").joinpath("bpmn", "parser", "schema", "BPMN20.xsd")
    return etree.XMLSchema(etree.parse(str(place)))
