"""Threads that write to one file of SQLite wait for the disk together, and for nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import event, text

from tthc_flow.errors import StoreFault
from tthc_flow.store.database import _TOGETHER, opened, transaction
from tthc_flow.store.group_commit import GroupCommit, _Visit

MANY = 8


@pytest.fixture
def database(tmp_path):
    database = opened(f"sqlite:///{tmp_path / 'a.db'}")
    with transaction(database) as here:
        here.execute(text("CREATE TABLE said (who INTEGER PRIMARY KEY)"))
    yield database
    database.dispose()


def said(database) -> set[int]:
    with database.connect() as here:
        return set(here.scalars(text("SELECT who FROM said")))


def say(database, who: int) -> None:
    with transaction(database) as here:
        here.execute(text("INSERT INTO said VALUES (:who)"), {"who": who})


def in_line(database, works: list[Callable[[], None]]) -> list[BaseException | None]:
    """Do *works* in threads that all stand in line before the first is done; how each ended."""
    ended: list[BaseException | None] = [None] * len(works)

    def do(number: int) -> None:
        try:
            works[number]()
        except BaseException as error:  # noqa: BLE001 - what it is, is looked at
            ended[number] = error

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(works))]
    with suppress(StoreFault), transaction(database):  # nobody's turn before all stand in line
        for thread in threads:
            thread.start()
        while len(database_line(database)._line) <= len(works):
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    return ended


def database_line(database) -> GroupCommit:
    return _TOGETHER[database]


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
