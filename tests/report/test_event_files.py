"""The event log as CSV and XES: what is read back is what was written, whatever the names hold."""

from __future__ import annotations

import csv
import tracemalloc
from datetime import datetime

import pytest
from attrs import evolve
from hypothesis import given, settings

from dossiers.licence import told
from dossiers.random_run import random_run
from strategies import SEEDS, procedures
from tthc_flow.errors import CannotWrite
from tthc_flow.report.event_table import COLUMNS, write_table
from tthc_flow.report.plain_text import legal
from tthc_flow.report.xes import write_xes

from .hostile import CODE, OFFICE, OWNER, REASON, STEP, WHO, hostile
from .xes_rules import SPACE, attributes, check, read


@pytest.fixture(scope="module")
def rows():
    engine, _, _ = told()
    with engine:
        return list(engine.audit.log())


def read_table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def as_text(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def test_the_table_says_what_the_rows_say(rows, tmp_path):
    assert write_table(rows, tmp_path / "log.csv") == len(rows) == 8
    assert (tmp_path / "log.csv").read_bytes().startswith(b"\xef\xbb\xbfcase,business_key,")
    table = read_table(tmp_path / "log.csv")
    assert list(table[0]) == list(COLUMNS)
    for row, line in zip(rows, table, strict=True):
        for column in ("created", "start", "complete", "due_at"):
            assert line[column] == as_text(getattr(row, column))
        assert line["late"] == {True: "true", False: "false", None: ""}[row.late]
        assert (line["version"], line["kind"], line["ended"]) == ("1", row.kind, row.ended)
        for column in ("case", "name", "office", "role", "resource", "waiting_reason"):
            assert line[column] == getattr(row, column)
    assert [line["complete"] for line in table][:2] == [
        "2026-03-02T10:00:00+07:00",
        "2026-03-04T09:00:00+07:00",
    ]


def test_no_cell_is_taken_for_a_formula_and_each_can_be_had_as_it_was(tmp_path):
    engine, _, _ = hostile()
    with engine:
        write_table(engine.audit.log(), tmp_path / "log.csv")
    line, _ = read_table(tmp_path / "log.csv")
    cells = [line[name] for name in ("business_key", "office", "resource", "on_behalf_of")]
    assert [cell[0] for cell in cells] == ["'"] * 4
    assert [cell[1:] for cell in cells] == [CODE, OFFICE, legal(WHO), OWNER]
    assert line["name"] == STEP
    assert line["waiting_reason"] == f"clock: {' '.join(REASON.split())}"


def test_a_text_with_an_apostrophe_before_it_gets_another(rows, tmp_path):
    names = ("'=1", "'", "bình thường", "\t=1", "＝1", "-")
    write_table([evolve(rows[0], name=name) for name in names], tmp_path / "log.csv")
    cells = [line["name"] for line in read_table(tmp_path / "log.csv")]
    assert cells == ["''=1", "''", "bình thường", "'\t=1", "'＝1", "'-"]


def from_xes(path) -> list[tuple]:
    """Return what a XES file says of each task, as a reader puts its events together."""
    log = read(path)
    check(log)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for trace in log.iter(f"{SPACE}trace"):
        case = attributes(trace)
        for event in trace.findall(f"{SPACE}event"):
            said = attributes(event)
            key = case["concept:name"], f"{said['concept:instance']} {said['kind']}"
            task = found.setdefault(key, {**case})
            task[said["lifecycle:transition"]] = said["time:timestamp"]
            task |= {name: value for name, value in said.items() if name != "time:timestamp"}
    return sorted(_told(task) for task in found.values())


def _told(task: dict[str, str]) -> tuple:
    names = ("business_key", "procedure", "activity", "kind", "org:group", "org:role")
    moments = ("schedule", "start")
    ends = [task[name] for name in ("complete", "withdraw", "ate_abort") if name in task]
    more = ("org:resource", "on_behalf_of", "due_at", "late", "waiting_reason")
    said = (*names, *moments, *(more if ends else ()))
    return (*(task.get(name, "") for name in said), *ends, "complete" in task)


def of_row(row) -> tuple:
    names = ("business_key", "procedure", "activity", "kind", "office", "role")
    late = {True: "true", False: "false", None: ""}[row.late]
    more = (row.resource, row.on_behalf_of, as_text(row.due_at), late, row.waiting_reason)
    said = [*(str(getattr(row, name)) for name in names), as_text(row.created), as_text(row.start)]
    if row.complete is not None:
        said += [*more, as_text(row.complete)]
    return (*map(legal, said), row.ended == "completed")


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_xes_keeps_the_standard_and_says_what_the_rows_say(rows, tmp_path, name):
    assert write_xes(rows, tmp_path / name, name="Tháng 3 & 4") == len(rows)
    assert from_xes(tmp_path / name) == sorted(map(of_row, rows))


def test_xes_of_hostile_names_is_read_back_as_they_were(tmp_path):
    engine, _, _ = hostile()
    with engine:
        rows = list(engine.audit.log())
    write_xes(rows, tmp_path / "log.xes")
    assert from_xes(tmp_path / "log.xes") == sorted(map(of_row, rows))
    texts = [each.get("value") for each in read(tmp_path / "log.xes").iter()]
    assert {STEP, OFFICE, CODE, OWNER, legal(WHO)} <= set(texts)


@given(procedures(8), SEEDS)
@settings(max_examples=25)  # each is a whole run in a database
def test_xes_of_any_run_is_read_back(tmp_path_factory, procedure, seed):
    run = random_run(procedure, seed)
    if run is None:
        return
    path = tmp_path_factory.mktemp("xes") / "log.xes"
    with run.engine as engine:
        rows = list(engine.audit.log())
    assert write_xes(rows, path) == len(rows)
    assert from_xes(path) == sorted(map(of_row, rows))


@pytest.mark.parametrize("write", [write_table, write_xes])
def test_the_same_rows_are_the_same_file_and_memory_stays_flat(rows, tmp_path, write):
    write(rows, tmp_path / "a.gz")
    first = (tmp_path / "a.gz").read_bytes()
    write(rows, tmp_path / "a.gz")
    assert (tmp_path / "a.gz").read_bytes() == first
    many = (evolve(rows[0], case=f"{number}") for number in range(5_000))
    tracemalloc.start()
    try:
        assert write(many, tmp_path / "many.gz") == 5_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("write", [write_table, write_xes])
def test_what_fails_half_way_leaves_what_was_there(rows, tmp_path, write):
    def breaking():
        yield rows[0]
        raise ZeroDivisionError

    (tmp_path / "log").write_text("vẫn còn", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        write(breaking(), tmp_path / "log")
    assert (tmp_path / "log").read_text(encoding="utf-8") == "vẫn còn"
    assert [path.name for path in tmp_path.iterdir()] == ["log"]
    for name in ("nowhere/log", "no\0name"):
        with pytest.raises(CannotWrite, match="TF601"):
            write(rows, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["log"]
