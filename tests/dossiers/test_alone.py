"""Dossiers in a database: kept step by step, and provably not changed afterwards."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import create_engine, delete, text, update

from tthc_flow.dossiers.engine import Engine
from tthc_flow.engine.instance import For
from tthc_flow.errors import NotRunnable, StoreFault
from tthc_flow.store import instances as store
from tthc_flow.store.schema import definitions, events, instances, settings

from .loop import HEAD, HERE, LOOP, NOW, engine_at, only_task


def test_a_dossier_goes_from_receipt_to_its_end_with_a_supplement_on_the_way(engine):
    engine.start("P", "H01-1", by="dân")
    engine.work.complete(only_task(engine), by="một cửa")
    engine.work.complete(only_task(engine), by="chuyên viên")
    (decision,) = engine.tasks()
    assert (decision.what, decision.name) == (For.CHOICE, "Đủ?")
    engine.work.choose(decision.id, "no", by="chuyên viên")
    engine.work.complete(only_task(engine), by="dân")
    engine.work.complete(only_task(engine), by="một cửa", on_behalf_of="trưởng bộ phận")
    engine.work.complete(only_task(engine), by="chuyên viên")
    done = engine.work.choose(only_task(engine), "yes", by="chuyên viên")
    assert (done.status, done.step_no, engine.tasks()) == ("completed", 7, ())
    told = [(each["kind"], each["node"], each["actor"]) for each in engine.audit.history(done.id)]
    assert told[:4] == [
        ("start", None, "dân"),
        ("complete", "receive", "một cửa"),
        ("complete", "check", "chuyên viên"),
        ("choose", "full", "chuyên viên"),
    ]
    assert engine.audit.history(done.id)[3]["payload"]["taken"] == ["no"]
    assert engine.audit.history(done.id)[5]["on_behalf_of"] == "trưởng bộ phận"
    assert engine.audit.breaks() == ()


def test_tasks_are_due_by_the_working_calendar_the_most_pressing_first(engine):
    one = engine.start("P", "H01-1", by="dân")
    engine.start("P", "H01-2", by="dân")
    engine.work.complete(engine.tasks(dossier=one.id)[0].id, by="một cửa")
    found = [(task.business_key, task.name, task.due_at) for task in engine.tasks()]
    assert found == [
        ("H01-2", "Tiếp nhận", datetime(2026, 3, 2, 12, tzinfo=HERE)),
        ("H01-1", "Thẩm định", datetime(2026, 3, 4, 17, tzinfo=HERE)),
    ]


def test_starting_or_deploying_twice_is_once(engine):
    assert engine.start("P", "H01-1", by="a") == engine.start("P", "H01-1", by="b")
    assert engine.deploy(LOOP).version == 1
    assert engine.deploy(LOOP.replace(b"receive", b"accept")).version == 2
    first = engine.start("P", "H01-1", by="a").definition
    assert engine.start("P", "H01-2", by="a").definition != first


def test_what_cannot_be_done_is_said_and_changes_nothing(engine):
    dossier = engine.start("P", "H01-1", by="a")
    task = only_task(engine)
    before = engine.audit.history(dossier.id)
    for act, code in (
        (lambda: engine.work.complete("nowhere:1", by="a"), "TF706"),
        (lambda: engine.work.complete(f"{dossier.id}:99", by="a"), "TF707"),
        (lambda: engine.work.choose(task, "yes", by="a"), "TF403"),
        (lambda: engine.happening.deliver(dossier.id, "bell", by="a"), "TF403"),
        (lambda: engine.start("Q", "H01-1", by="a"), "TF705"),
        (lambda: engine.start("P", "H01-9", by=""), "TF724"),
        (lambda: engine.work.complete(task, by=" "), "TF724"),
        (lambda: engine.life.cancel(dossier.id, by=None, reason="?"), "TF724"),
        (lambda: engine.deploy(HEAD + b"</definitions>"), "TF410"),
    ):
        with pytest.raises((StoreFault, NotRunnable), match=code):
            act()
    assert engine.audit.history(dossier.id) == before
    engine.work.complete(task, by="a")
    with pytest.raises(StoreFault, match="TF707"):
        engine.work.complete(task, by="b")


def test_who_claims_a_task_has_it_alone_until_it_is_given_back(engine):
    dossier = engine.start("P", "H01-1", by="dân")
    task = only_task(engine)
    engine.work.claim(task, by="an")
    assert engine.tasks(assignee="an")[0].id == task
    for act in (engine.work.claim, engine.work.unclaim, engine.work.complete):
        with pytest.raises(StoreFault, match="an has claimed it"):
            act(task, by="bình")
    engine.work.unclaim(task, by="an")
    engine.work.claim(task, by="bình")
    engine.work.complete(task, by="chi", on_behalf_of="bình")
    kinds = [
        (each["kind"], each["node"], each["actor"]) for each in engine.audit.history(dossier.id)
    ]
    assert kinds[1:] == [
        ("claim", "receive", "an"),
        ("unclaim", "receive", "an"),
        ("claim", "receive", "bình"),
        ("complete", "receive", "chi"),
    ]
    assert engine.audit.breaks() == ()


def test_a_step_joins_the_caller_s_transaction_and_goes_with_it(engine):
    dossier = engine.start("P", "H01-1", by="a")
    task = only_task(engine)
    with engine.database.connect() as connection, connection.begin() as outer:
        connection.execute(text("CREATE TABLE own (x INTEGER)"))
        assert engine.work.complete(task, by="a", connection=connection).step_no == 1
        outer.rollback()
    assert engine.dossier(dossier.id).step_no == 0
    with engine.database.begin() as connection:
        engine.work.complete(task, by="a", connection=connection)
    assert engine.dossier(dossier.id).step_no == 1


@pytest.mark.parametrize(
    ("harm", "step_no", "why"),
    [
        (update(events).where(events.c.step_no == 1).values(actor="kẻ khác"), 1, "changed"),
        (delete(events).where(events.c.step_no == 1), 1, "missing"),
        (delete(events).where(events.c.step_no == 2), 2, "cut off"),
        (update(events).where(events.c.step_no == 2).values(previous="0" * 64), 2, "unlinked"),
        (update(instances).values(last_hash="0" * 64), 3, "cut off"),
        (update(instances).values(business_key="H01-2"), 2, "differs"),
        (update(instances).values(status="completed"), 2, "differs"),
        (update(instances).values(state="{}"), 2, "differs"),
    ],
)
def test_a_chain_that_was_tampered_with_names_its_first_broken_link(engine, harm, step_no, why):
    engine.start("P", "H01-1", by="a")
    engine.work.complete(only_task(engine), by="a")
    engine.work.complete(only_task(engine), by="a")
    with engine.database.begin() as connection:
        connection.execute(harm)
    (found,) = engine.audit.breaks()
    assert (found.step_no, found.why) == (step_no, why)


def test_what_fails_in_a_joined_step_leaves_the_rest_of_the_caller_s_transaction(
    engine, monkeypatch
):
    real = store.go_on

    def half(*step):
        real(*step)
        raise StoreFault("TF704", "the disk is full")

    with engine.database.begin() as connection:
        dossier = engine.start("P", "H01-1", by="a", connection=connection)
        (task,) = engine.tasks(connection=connection)
        engine.work.claim(task.id, by="a", connection=connection)
        with monkeypatch.context() as patch:
            patch.setattr(store, "go_on", half)
            with pytest.raises(StoreFault, match="TF704"):
                engine.work.complete(task.id, by="a", connection=connection)
        assert engine.deploy(LOOP, connection=connection).version == 1
    assert engine.dossier(dossier.id).step_no == 1
    assert [each["kind"] for each in engine.audit.history(dossier.id)] == ["start", "claim"]
    assert engine.audit.breaks() == ()


def test_a_database_of_the_caller_s_takes_part_and_is_left_open(url):
    database = create_engine(url)
    with Engine(database, now=lambda: NOW) as engine, database.connect() as held:
        engine.deploy(LOOP)
        dossier = engine.start("P", "H01-1", by="a")
        with held.begin() as outer:
            engine.work.complete(only_task(engine), by="a", connection=held)
            outer.rollback()
        assert engine.dossier(dossier.id).step_no == 0
        pool = database.pool
    assert database.pool is pool  # to dispose of it makes another
    database.dispose()


def test_a_database_of_a_newer_program_is_left_alone(url):
    engine_at(url).close()
    database = create_engine(url)
    with database.begin() as connection:
        connection.execute(update(settings).values(value="99"))
    database.dispose()
    with pytest.raises(StoreFault, match="TF702"):
        Engine(url, now=lambda: NOW)


def test_what_is_no_database_is_a_coded_error(tmp_path):
    (tmp_path / "a.db").write_text("no database at all, and longer than its header " * 10)
    for url in (f"sqlite:///{tmp_path / 'a.db'}", f"sqlite:///{tmp_path / 'no' / 'a.db'}", "?"):
        with pytest.raises(StoreFault, match="TF701"):
            Engine(url, now=lambda: NOW)


def test_a_database_that_fails_is_a_coded_error(engine):
    dossier = engine.start("P", "H01-1", by="a")
    task = only_task(engine)
    with engine.database.begin() as connection:
        connection.execute(text("ALTER TABLE tthc_events RENAME TO elsewhere"))
    with pytest.raises(StoreFault, match="TF704"):
        engine.work.complete(task, by="a")
    with pytest.raises(StoreFault, match="TF704"):
        engine.audit.history(dossier.id)


def test_a_definition_that_was_changed_is_run_no_more(url):
    with engine_at(url) as engine:
        engine.start("P", "H01-1", by="a")
        with engine.database.begin() as connection:
            content = LOOP.replace("Thẩm định".encode(), "Bỏ qua".encode())
            connection.execute(update(definitions).values(content=content))
    with Engine(url, now=lambda: NOW) as engine, pytest.raises(StoreFault, match="TF710"):
        engine.work.complete(only_task(engine), by="a")
