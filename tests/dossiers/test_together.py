"""Several programs at the same dossiers: each step is made once, and none that was told is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.steps import MOST_TRIES
from tthc_flow.engine.instance import For
from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.store import instances as store
from tthc_flow.store.schema import instances

from .loop import LOOP, NOW, only_task


def in_threads(count: int, work: Callable[[int], object]) -> list[object]:
    """Do *work* in *count* threads that begin at once; return what each came to."""
    together = threading.Barrier(count)

    def at_once(number: int) -> object:
        together.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(at_once, range(count)))


def test_who_starts_or_deploys_the_same_at_the_same_moment_does_it_once(engine):
    for number in range(10):
        changed = LOOP.replace(b"receive", b"receive-%d" % number)
        definitions = in_threads(4, lambda _, it=changed: engine.deploy(it))
        assert [each.version for each in definitions] == [number + 2] * 4
        same = in_threads(4, lambda by, key=f"H01-{number}": engine.start("P", key, by=str(by)))
        assert len(set(same)) == 1
        assert len(engine.audit.history(same[0].id)) == 1


def test_programs_that_open_an_empty_database_at_the_same_moment_all_can(url):
    def open_it(_number: int) -> object:
        with Engine(url, now=lambda: NOW) as engine:
            return engine.tasks()

    assert in_threads(4, open_it) == [()] * 4


def test_who_reads_waits_for_nobody_who_writes(engine):
    dossier = engine.start("P", "H01-1", by="a")
    with engine.database.begin() as connection:
        engine.work.complete(only_task(engine), by="a", connection=connection)
        assert engine.dossier(dossier.id).step_no == 0
        assert len(engine.audit.history(dossier.id)) == len(engine.tasks()) == 1
        assert engine.audit.breaks() == ()
        assert engine.dossier(dossier.id, connection=connection).step_no == 1
        assert len(engine.audit.history(dossier.id, connection=connection)) == 2
        (task,) = engine.tasks(connection=connection)
        assert task.name == "Thẩm định"


def test_a_step_that_others_were_faster_at_is_made_on_what_they_left(engine, monkeypatch):
    dossier = engine.start("P", "H01-1", by="a")
    engine.work.complete(only_task(engine), by="a")
    real, lost = store.go_on, []

    def late(connection, row, *step):
        if len(lost) < 3:
            lost.append(row.step_no)
            ahead = update(instances).values(step_no=instances.c.step_no + 1)
            connection.execute(ahead)
        return real(connection, row, *step)

    monkeypatch.setattr(store, "go_on", late)
    assert engine.work.complete(only_task(engine), by="a").step_no == 2
    assert lost == [1, 1, 1]
    assert [each["step_no"] for each in engine.audit.history(dossier.id)] == [0, 1, 2]
    assert engine.audit.breaks() == ()


def test_who_is_never_fast_enough_is_told_so(engine, monkeypatch):
    dossier = engine.start("P", "H01-1", by="a")
    tries = []

    def never(_connection, row, *_step):
        tries.append(row.step_no)
        raise StoreConflict("TF703", "somebody else")

    monkeypatch.setattr(store, "go_on", never)
    with pytest.raises(StoreConflict, match="TF703"):
        engine.work.complete(only_task(engine), by="a")
    assert len(tries) == MOST_TRIES + 1  # the first on what was at hand
    assert engine.dossier(dossier.id).step_no == 0


def test_many_threads_at_one_dossier_make_each_step_once(engine):
    dossier = engine.start("P", "H01-1", by="a")
    done: list[str] = []

    def work(name: str) -> None:
        while len(done) < 40:
            for task in engine.tasks():
                try:
                    if task.what is For.CHOICE:
                        engine.work.choose(task.id, "no", by=name)
                    else:
                        engine.work.complete(task.id, by=name)
                    done.append(name)
                except StoreFault as error:
                    assert error.code == "TF707"  # noqa: PT017 - another thread was faster

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert engine.dossier(dossier.id).step_no == len(done) >= 40
    assert engine.audit.breaks() == ()
