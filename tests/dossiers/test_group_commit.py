"""Threads that write to one file of SQLite wait for the disk together, and for nothing else."""

from __future__ import annotations

import gc
import threading
import time

import pytest
from sqlalchemy import event, text

from tthc_flow.errors import StoreFault
from tthc_flow.store.database import _TOGETHER, opened, transaction
from tthc_flow.store.group_commit import LOOK_AGAIN_SECONDS, _Visit

from .say_in_line import database_line, in_line, said, say

MANY = 8


@pytest.fixture
def database(tmp_path):
    database = opened(f"sqlite:///{tmp_path / 'a.db'}")
    with transaction(database) as here:
        here.execute(text("CREATE TABLE said (who INTEGER PRIMARY KEY)"))
    yield database
    database.dispose()


def commits(database) -> list[int]:
    counted: list[int] = []
    event.listen(database, "commit", lambda _connection: counted.append(1))
    return counted


def test_what_many_say_at_once_is_kept_by_one_commit(database):
    counted = commits(database)
    ended = in_line(database, [lambda who=who: say(database, who) for who in range(MANY)])
    assert ended == [None] * MANY
    assert said(database) == set(range(MANY))
    assert len(counted) == 1  # those in line, with who stood before them


def test_who_fails_takes_nobody_along(database):
    def fail(who: int) -> None:
        with transaction(database) as here:
            here.execute(text("INSERT INTO said VALUES (:who)"), {"who": who})
            message = f"{who} thinks better of it"
            raise ValueError(message)

    works = [(lambda who=who: fail(who) if who % 2 else say(database, who)) for who in range(MANY)]
    ended = in_line(database, works)
    assert [type(each) for each in ended] == [type(None), ValueError] * (MANY // 2)
    assert said(database) == set(range(0, MANY, 2))


def test_where_the_commit_fails_all_are_told_and_nothing_is_kept(database, monkeypatch):
    real = type(database.dialect).do_commit

    def no_disk(dialect, _connection):
        monkeypatch.setattr(type(database.dialect), "do_commit", real)
        raise dialect.loaded_dbapi.OperationalError("database or disk is full")

    monkeypatch.setattr(type(database.dialect), "do_commit", no_disk)
    ended = in_line(database, [lambda who=who: say(database, who) for who in range(MANY)])
    codes = {getattr(each, "code", None) for each in ended}
    kept = said(database)
    assert codes <= {"TF704", None}
    assert kept == {who for who, each in enumerate(ended) if each is None}
    say(database, 99)
    assert 99 in said(database)


def test_where_sqlite_takes_all_back_all_have_failed(database):
    """A full disk undoes the whole transaction, whose members were not told of anything yet."""

    def fill(who: int) -> None:
        with transaction(database) as here:
            here.exec_driver_sql("ROLLBACK")  # as SQLite does by itself when the disk is full
            here.execute(text("INSERT INTO nowhere VALUES (:who)"), {"who": who})

    works = [lambda who=who: say(database, who) for who in range(MANY - 1)]
    ended = in_line(database, [*works, lambda: fill(99)])
    kept = said(database)
    assert kept == {who for who, each in enumerate(ended[:-1]) if each is None}
    assert ended[-1] is not None
    say(database, 100)
    assert 100 in said(database)


def test_who_stops_standing_in_line_leaves_nobody_waiting(database):
    ended: list[str] = []

    def last() -> None:
        say(database, 1)
        ended.append("kept")

    with transaction(database):
        thread = threading.Thread(target=last)
        thread.start()
        gone = _Visit(thread=-1)  # somebody who will never come
        database_line(database)._line.append(gone)
    thread.join(timeout=10)
    assert ended == ["kept"]
    assert said(database) == {1}


def test_a_step_that_is_refused_is_told_its_own_reason(database):
    def refuse() -> None:
        with transaction(database):
            raise StoreFault("TF707", "the task is not open")

    ended = in_line(database, [refuse, lambda: say(database, 1)])
    assert [getattr(each, "code", None) for each in ended] == ["TF707", None]
    assert said(database) == {1}


def test_a_step_within_a_step_of_the_same_thread_is_refused_at_once(database):
    began = time.monotonic()
    with transaction(database) as here:
        with pytest.raises(StoreFault, match="TF720"):
            say(database, 1)
        here.execute(text("INSERT INTO said VALUES (2)"))
    assert time.monotonic() - began < 1
    assert said(database) == {2}
    say(database, 3)
    assert said(database) == {2, 3}


def test_a_step_within_a_transaction_of_the_caller_s_own_is_refused_at_once(database):
    began = time.monotonic()
    with database.begin() as here:
        with pytest.raises(StoreFault, match="TF720"):
            say(database, 1)
        with transaction(database, here) as joined:
            joined.execute(text("INSERT INTO said VALUES (2)"))
    assert time.monotonic() - began < 1
    say(database, 3)
    with database.connect() as here:
        here.execute(text("DELETE FROM said WHERE who = 3"))
    say(database, 4)  # what was not committed is over
    assert said(database) == {2, 3, 4}


def test_a_step_of_another_thread_waits_for_the_caller_s_transaction(database):
    with database.begin() as here:
        thread = threading.Thread(target=say, args=(database, 1))
        thread.start()
        time.sleep(2 * LOOK_AGAIN_SECONDS)
        here.execute(text("INSERT INTO said VALUES (2)"))
        assert thread.is_alive()
    thread.join(timeout=10)
    assert said(database) == {1, 2}


def test_a_database_that_nobody_has_any_more_is_forgotten(tmp_path):
    gc.collect()
    before = len(_TOGETHER)
    for number in range(5):
        database = opened(f"sqlite:///{tmp_path / f'{number}.db'}")
        with transaction(database) as here:
            here.execute(text("SELECT 1"))
        database.dispose()
    del database, here
    gc.collect()
    assert len(_TOGETHER) == before
