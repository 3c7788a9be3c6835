"""Threads that stand in line to write to one file of SQLite."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import text

from tthc_flow.errors import StoreFault
from tthc_flow.store.database import _TOGETHER, transaction
from tthc_flow.store.group_commit import GroupCommit


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
