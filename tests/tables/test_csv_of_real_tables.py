"""Every real table says the same as CSV as it says as YAML."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from attrs import evolve

from real_tables import plain, real_tables
from tthc_flow.tables.read import read_table

TABLES = real_tables()
pytestmark = pytest.mark.skipif(
    not TABLES, reason="the material folder ../shared is not beside this repository"
)
SAME = ("no", "content", "performer", "role", "level", "result", "stage", "anchor")
FLAGS = ("pause", "unpause", "automatic", "parallel", "in_total")
TIMES = ("unit", "time_text", "counted", "note")


def as_csv(table) -> str:
    """Return the rows of a plain table as CSV, its head as comment lines."""
    out = StringIO()
    for name in ("id", "name", "tthc_code", "field", "province", "authority_level", "agency"):
        out.write(f"# {name}: {table[name] or ''}\n")
    for name, value in table["source"].items():
        out.write(f"# source.{name}: {value}\n")
    for name, value in (table["total_time"] or {}).items():
        if name in {"value", "unit", "text"}:
            out.write(f"# total_time.{name}: {value}\n")
    writer = csv.writer(out, delimiter=";")
    writer.writerow((*SAME, *FLAGS, "time", *TIMES, "kinds", "branches"))
    for row in table["steps"]:
        time = row["time"]
        writer.writerow(
            (
                *(row.get(name) for name in (*SAME, *FLAGS)),
                time["value"],
                time.get("unit"),
                *(time.get(name) for name in ("text", "counted", "note")),
                "|".join(row["kinds"]),
                " | ".join(branch_text(branch) for branch in row.get("branches") or ()),
            )
        )
    return out.getvalue()


def branch_text(branch) -> str:
    target = f" -> {branch['target']}" if "target" in branch else ""
    return f"{branch['kind']}: {branch['text']}{target}"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_real_table_reads_the_same_from_csv_and_from_yaml(path):
    from_yaml = read_table(path).table
    from_csv = read_table(as_csv(plain(path))).table
    assert evolve(from_csv, rows=()) == evolve(
        from_yaml,
        rows=(),
        kind=from_csv.kind,
        internal=False,
        documents=None,
        work=(),
        total_time=evolve(from_yaml.total_time, alternatives=()),
    )
    assert len(from_csv.rows) == len(from_yaml.rows)
    for one, other in zip(from_csv.rows, from_yaml.rows, strict=True):
        branches = tuple(evolve(branch, line=None) for branch in one.branches)
        assert evolve(one, line=None, branches=branches) == evolve(
            other,
            line=None,
            tasks=(),
            branches=tuple(evolve(branch, line=None) for branch in other.branches),
        )
