"""What the tests of portfolios give and take: small flows, executors, and workers that misbehave.

Workers import this module by its name, so what they are given stands here.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import pairwise
from pathlib import Path
from typing import Any

from tthc_flow.portfolio.item import Item
from tthc_flow.portfolio.rows import Rows, no_rows, whole
from tthc_flow.portfolio.settings import Settings

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'


def flow(*names: str, process: str = "P") -> str:
    """Return a process of steps one after another."""
    own = "" if process == "P" else process
    ids = [f"{own}s", *(f"{own}t{number}" for number in range(len(names))), f"{own}e"]
    steps = "".join(
        f'<task id="{id_}" name="{name}"/>' for id_, name in zip(ids[1:], names, strict=False)
    )
    edges = "".join(
        f'<sequenceFlow id="{process}{one}{two}" sourceRef="{one}" targetRef="{two}"/>'
        for one, two in pairwise(ids)
    )
    return (
        f'<process id="{process}" isExecutable="true"><startEvent id="{ids[0]}"/>{steps}'
        f'<endEvent id="{ids[-1]}"/>{edges}</process>'
    )


def drawn(*names: str) -> bytes:
    """Return a BPMN file with one process of steps one after another."""
    return f"{HEAD}{flow(*names)}</definitions>".encode()


def folder_of(where: Path, count: int) -> Path:
    """Return a folder with *count* small drawings in three sub-folders."""
    for number in range(count):
        path = where / f"tinh-{number % 3}" / f"thu-tuc-{number:03}.bpmn"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drawn("Nhận hồ sơ", f"Thẩm định {number}", "Trả kết quả"))
    return where


class Here(Executor):
    """An executor that does everything at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - as a real one: told by the future
            done.set_exception(error)
        return done


def named(item: Item, settings: Settings) -> Rows:
    """Return one row with nothing but the name: what is tested is not what is examined."""
    del settings
    rows = no_rows()
    told = {"key": item.key, "file": item.key, "province": item.key.partition("/")[0]}
    rows["procedures"].append(whole("procedures", told))
    return rows


def crashing(item: Item, settings: Settings) -> Rows:
    """Fail at one file by a mistake of ours."""
    if "007" in item.key:
        raise ZeroDivisionError(item.key)
    return named(item, settings)


def deadly(item: Item, settings: Settings) -> Rows:
    """Take the worker along with one file."""
    if "007" in item.key:
        os.kill(os.getpid(), signal.SIGKILL)
    return named(item, settings)


def endless(item: Item, settings: Settings) -> Rows:
    """Never come to an end at two files; at one of them nothing else of the process goes on."""
    if "007" in item.key:
        while True:
            time.sleep(0.001)
    if "009" in item.key:
        re.fullmatch("(a+)+", "a" * 60 + "b")  # the interpreter is held for thousands of years
    return named(item, settings)


def slow(item: Item, settings: Settings) -> Rows:
    """Take a while, and leave word of who does it."""
    time.sleep(0.02)
    return named(item, settings)


def slow_and_seen(item: Item, settings: Settings) -> Rows:
    """Take a while; the text of the file says where to leave the number of the process."""
    pids = Path(item.data.decode())
    (pids / str(os.getpid())).touch()
    return slow(item, settings)
