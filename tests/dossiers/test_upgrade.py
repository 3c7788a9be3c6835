"""Databases that earlier programs made are brought forward, and nothing that they say is lost."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, select

from tthc_flow.engine.instance import For
from tthc_flow.store.schema import VERSION, metadata, settings

from .small import do, engine_with, open_nodes

GOLDEN = Path(__file__).parent / "golden"


def of_version_1(url: str) -> None:
    """Fill the database of *url* with what the program of schema 1 has left."""
    script = (GOLDEN / "schema-1.sql").read_text("utf-8")
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.executescript(script)
        return
    lines = re.findall(r"^(?:CREATE|INSERT).*?;$", script, re.MULTILINE | re.DOTALL)
    ordered = sorted(lines, key=lambda line: (line.startswith("INSERT"), _place(line)))
    database = create_engine(url)
    with database.begin() as connection:
        for line in ordered:
            statement = line.rstrip(";").replace(" BLOB ", " BYTEA ").replace("X'", r"'\x")
            connection.exec_driver_sql(statement.replace("%", "%%"))
    database.dispose()


ORDER = ["tthc_settings", "tthc_definitions", "tthc_instances", "tthc_tasks", "tthc_events"]


def _place(line: str) -> int:
    """Return where *line* comes: a table before those that refer to it, an index after its own."""
    named = [
        ORDER.index(name)
        for name in re.findall(r"\w+", line.split("(", maxsplit=1)[0])
        if name in ORDER
    ]
    return named[-1] + len(ORDER) * line.startswith("CREATE INDEX")


def test_a_store_of_schema_1_is_read_verified_and_gone_on_with(url):
    of_version_1(url)
    engine, wall = engine_with(url)
    wall.forward(days=1)
    with engine:
        assert engine.audit.breaks() == ()
        found = {each.business_key: each for each in engine.dossiers()}
        assert {key: each.status for key, each in found.items()} == {
            "H01-1": "running",
            "H01-2": "completed",
            "H01-3": "running",
        }
        one, three = found["H01-1"], found["H01-3"]
        (task,) = engine.tasks(dossier=one.id)
        assert (task.name, task.due_at.isoformat()) == ("Thẩm định", "2026-03-04T17:00:00+07:00")
        (claimed,) = engine.tasks(dossier=three.id)
        assert claimed.assignee == "chi"
        engine.work.complete(task.id, by="an")
        (decision,) = engine.tasks(dossier=one.id)
        assert decision.what is For.CHOICE
        assert engine.work.choose(decision.id, "yes", by="an").status == "completed"
        assert engine.audit.history(one.id)[0]["payload"]["data"] == {"phí": 500}
        assert engine.audit.breaks() == ()


def test_the_tables_are_then_those_that_are_made_anew(url):
    of_version_1(url)
    engine_with(url)[0].close()
    database = create_engine(url)
    found = inspect(database)
    for table in metadata.sorted_tables:
        columns = {each["name"] for each in found.get_columns(table.name)}
        indexes = {each["name"] for each in found.get_indexes(table.name)}
        assert columns == {each.name for each in table.columns}, table.name
        assert {index.name for index in table.indexes} <= indexes, table.name
    with database.connect() as connection:
        assert connection.scalar(select(settings.c.value)) == str(VERSION)
    database.dispose()


def test_every_schema_that_ever_was_has_a_golden_store():
    there = {path.stem for path in GOLDEN.glob("*.sql")}
    assert there == {f"schema-{version}" for version in range(1, VERSION + 1)}


def test_the_golden_store_of_this_schema_is_gone_on_with(tmp_path):
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((GOLDEN / f"schema-{VERSION}.sql").read_text("utf-8"))
    engine, wall = engine_with(f"sqlite:///{path}", functions={"tra_cuu": lambda _data: {}})
    wall.forward(days=10)
    with engine:
        assert engine.audit.breaks() == ()
        of = {each.business_key: each for each in engine.dossiers()}
        assert (of["A1"].due_at.isoformat()[:10], of["A3"].status) == ("2026-03-13", "withdrawn")
        assert (of["A2"].stands, of["C1/HOI.ask-2"].parent) == ("chờ phí", of["C1"].id)
        (delegated,) = engine.tasks(dossier=of["A2"].id)
        assert (delegated.assignee, delegated.owner) == ("bình", "chi")
        (incident,) = engine.jobs.incidents()
        engine.jobs.retry(incident.id, by="quản trị")
        assert engine.jobs.run_due().done == 1
        assert open_nodes(engine, of["B1"].id) == ["b"]
        do(engine, of["C1/HOI.ask-2"].id, "answer")
        engine.jobs.run_due()
        assert open_nodes(engine, of["C1"].id) == ["b"]
        assert engine.happening.signal("đổi luật") == 1
        engine.life.restart_clock(of["A2"].id, by="an")
        assert {letter.topic for letter in engine.outbox.waiting()} >= {"extended", "ended"}
        assert engine.audit.breaks() == ()


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_no_golden_store_names_a_machine(version):
    assert "/home/" not in (GOLDEN / f"schema-{version}.sql").read_text("utf-8")
