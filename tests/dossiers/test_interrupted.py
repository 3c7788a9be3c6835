"""Ctrl-C at any line and any instruction: nobody waits for ever, and no half step is kept."""

from __future__ import annotations

import ctypes
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
from sqlalchemy import RootTransaction, text

from tthc_flow.dossiers.steps import retried
from tthc_flow.errors import StoreFault
from tthc_flow.store import group_commit
from tthc_flow.store.database import opened, transaction
from tthc_flow.store.group_commit import LOOK_AGAIN_SECONDS

from .say_in_line import in_line, said, say


@pytest.fixture
def database(tmp_path):
    database = opened(f"sqlite:///{tmp_path / 'a.db'}")
    with transaction(database) as here:
        here.execute(text("CREATE TABLE said (who INTEGER PRIMARY KEY)"))
    yield database
    database.dispose()


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
