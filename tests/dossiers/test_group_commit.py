"""Threads that write to one file of SQLite wait for the disk together, and for nothing else."""

from __future__ import annotations

import ctypes
import gc
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from itertools import count
from random import Random

import pytest
from sqlalchemy import RootTransaction, event, text

from tthc_flow.dossiers.steps import retried
from tthc_flow.errors import StoreFault
from tthc_flow.store import group_commit
from tthc_flow.store.database import _TOGETHER, opened, transaction
from tthc_flow.store.group_commit import LOOK_AGAIN_SECONDS, GroupCommit, _Visit

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
        line = database_line(database)._line
        while len(line) <= sum(thread.is_alive() for thread in threads):  # one may be gone again
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


class Interrupted(BaseException):
    """What a thread is interrupted by, as by Ctrl-C."""


def interrupted_at(number: int, do: Callable[[], None]) -> bool:
    """Do *do*, interrupted before the line of that number of the module; whether it came to it."""
    lines = 0

    def at_line(_frame, event, _arg):
        nonlocal lines
        lines += event == "line"
        if event == "line" and lines == number:
            raise Interrupted
        return at_line

    def at_call(frame, _event, _arg):
        return at_line if frame.f_code.co_filename == group_commit.__file__ else None

    before = sys.gettrace()
    sys.settrace(at_call)
    try:
        do()
    except Interrupted:
        return True
    finally:
        sys.settrace(before)
    return lines >= number


def is_free(database) -> bool:
    with closing(sqlite3.connect(database.url.database, timeout=0)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True


def test_an_interrupt_at_any_line_leaves_the_file_free_and_no_half_step(database):
    number = 0
    while True:
        number += 1
        came = interrupted_at(number, lambda: say(database, number))  # noqa: B023 - at once
        if not came:
            break
        assert is_free(database), number
        kept = said(database)
        began = time.monotonic()
        thread = threading.Thread(target=say, args=(database, -number), daemon=True)
        thread.start()
        thread.join(timeout=5)
        assert not thread.is_alive(), number
        assert time.monotonic() - began < 10 * LOOK_AGAIN_SECONDS
        assert said(database) == kept | {-number}, number
    assert number > 40  # it did come to the lines


def test_who_is_interrupted_in_a_group_takes_nobody_along(database):
    """At each line once, by one in the middle: who was told of a step finds it kept."""
    number = 0
    came = True
    while came:
        number += 1
        works = [partial(retried, partial(say, database, number * 10 + who)) for who in range(3)]
        middle = partial(interrupted_at, number, partial(say, database, number * 10 + 9))
        told: list[bool] = []
        ended = in_line(database, [works[0], lambda: told.append(middle()), *works[1:]])  # noqa: B023
        (came,) = told
        assert ended == [None] * 4, number
        assert {number * 10 + who for who in range(3)} <= said(database), number
        assert is_free(database), number
    assert number > 40


def test_who_is_interrupted_once_all_is_on_the_disk_takes_nobody_along(database, monkeypatch):
    """SQLAlchemy says an error of its own then; the others are told that their step is kept."""

    def interrupt(_transaction):
        monkeypatch.undo()
        raise Interrupted

    monkeypatch.setattr(RootTransaction, "_deactivate_from_connection", interrupt)
    ended = in_line(database, [partial(say, database, who) for who in range(3)])
    assert sorted(map(repr, ended)) == ["Interrupted()", "None", "None"]
    assert said(database) == {0, 1, 2}
    assert is_free(database)


def test_interrupts_at_any_instruction_leave_nobody_waiting(database):
    """As Ctrl-C comes: anywhere, in one of four threads; what was said is said once or not."""
    kept: list[int] = []
    numbers = count()
    over = threading.Event()

    def go_on() -> None:
        while not over.is_set():
            who = next(numbers)
            with suppress(Interrupted, StoreFault):
                say(database, who)
                kept.append(who)

    threads = [threading.Thread(target=shielded, args=(go_on, over)) for _ in range(4)]
    for thread in threads:
        thread.start()
    pick = Random(7)
    for _ in range(150):
        time.sleep(pick.uniform(0.0005, 0.01))
        interrupt(pick.choice(threads))
    over.set()
    for thread in threads:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in threads)
    assert set(kept) <= said(database)
    assert len(kept) > 20
    assert is_free(database)


def shielded(do: Callable[[], None], over: threading.Event) -> None:
    while not over.is_set():
        with suppress(Interrupted):
            do()


def interrupt(thread: threading.Thread) -> None:
    number, kind = ctypes.c_ulong(thread.ident or 0), ctypes.py_object(Interrupted)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(number, kind)


def test_a_block_whose_end_was_never_come_to_is_ended_by_who_waits(database):
    """An interrupt between the block and its own clean-up: nobody is left to give the turn on."""

    def left() -> object:
        block = transaction(database)
        here = block.__enter__()  # and never left
        here.execute(text("INSERT INTO said VALUES (1)"))
        return block

    block = left()
    thread = threading.Thread(target=say, args=(database, 2), daemon=True)
    thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()
    say(database, 3)
    assert said(database) == {2, 3}
    del block


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
