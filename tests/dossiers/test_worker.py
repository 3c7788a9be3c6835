"""A worker: does what is due, sleeps until the next thing is, ends in good order, loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from tthc_flow.dossiers.worked import Worked
from tthc_flow.dossiers.worker import Worker
from tthc_flow.errors import StoreFault, TthcFlowError
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store.database import reading
from tthc_flow.store.jobs import next_due

from .small import bpmn, engine_with, open_nodes

ITSELF = bpmn(
    '<startEvent id="s"/><serviceTask id="look" name="Tra cứu" tthc:function="tra_cuu"/>'
    '<userTask id="sign" name="Ký" tthc:time="2 ngày làm việc"/><endEvent id="e"/>',
    "s > look > sign > e",
)
TIMER = bpmn(
    '<startEvent id="s"/><intermediateCatchEvent id="wait"><timerEventDefinition>'
    "<timeDuration>PT2H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    '<userTask id="sign" name="Ký"/><endEvent id="e"/>',
    "s > wait > sign > e",
    process="T",
)
FOUND = {"tra_cuu": lambda _data: {}}


def until(holds: Callable[[], bool], seconds: float = 20) -> float:
    """Wait until *holds*; return how long that took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it never came"
        time.sleep(0.01)
    return time.monotonic() - began


@contextmanager
def at_work(worker: Worker) -> Iterator[list[Worked]]:
    """Let *worker* work in a thread of its own for the length of a ``with``; it then stops soon."""
    came_to: list[Worked] = []
    thread = threading.Thread(target=lambda: came_to.append(worker.run()))
    thread.start()
    try:
        until(lambda: worker.health().alive)
        yield came_to
    finally:
        worker.stop()
        thread.join(10)
    assert not thread.is_alive()


def test_until_idle_it_does_all_that_is_due_and_says_how_much(url):
    engine, wall = engine_with(url, ITSELF, TIMER, functions=FOUND)
    sent = []
    with engine:
        for number in range(7):
            engine.start("P", f"H{number}", by="dân")
        timed = engine.start("T", "T1", by="dân")
        worker = Worker(engine, deliver=sent.append, batch=2)
        assert worker.run(until_idle=True) == Worked(done=7)
        assert open_nodes(engine, timed.id) == []
        wall.forward(hours=2)
        assert worker.run(until_idle=True) == Worked(done=1)
        wall.forward(days=1, hours=7)
        assert worker.run(until_idle=True) == Worked(warned=7, delivered=7)
        assert [letter.topic for letter in sent] == ["near_due"] * 7
        assert worker.run(until_idle=True) == Worked()


def test_what_fails_is_counted_and_tried_when_its_time_has_come(url):
    engine, wall = engine_with(url, ITSELF, functions={"tra_cuu": lambda _data: 1 / 0})

    def deaf(_letter):
        raise OSError

    with engine:
        engine.start("P", "H1", by="dân")
        worker = Worker(engine, deliver=deaf)
        assert worker.run(until_idle=True) == Worked(failed=1)
        wall.forward(minutes=1)
        assert worker.run(until_idle=True) == Worked(failed=1)
        wall.forward(minutes=5)
        assert worker.run(until_idle=True) == Worked(incidents=1, undelivered=1)
        printed = worker.counters.text().splitlines()
        assert 'tthc_jobs_total{outcome="failed"} 2' in printed
        assert 'tthc_letters_total{outcome="failed"} 1' in printed
        assert "tthc_job_seconds_count 3" in printed


def test_dossiers_kept_long_enough_are_forgotten_once_in_an_hour(url):
    engine, wall = engine_with(url)
    with engine:
        engine.deploy(ITSELF, keep_days=0)
        worker = Worker(engine, deliver=None)
        assert worker.run(until_idle=True) == Worked()
        engine.life.cancel(engine.start("P", "H1", by="dân").id, by="an", reason="trùng")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(minutes=59)
        assert worker.run(until_idle=True) == Worked()
        wall.forward(minutes=1)
        assert worker.run(until_idle=True) == Worked(forgotten=1)


def test_postgresql_wakes_a_worker_long_before_it_would_look(postgres):
    engine, wall = engine_with(postgres(), ITSELF, TIMER, functions=FOUND)
    heard = []
    with engine, at_work(Worker(engine, deliver=heard.append, idle=timedelta(minutes=5))):
        time.sleep(0.3)  # it has looked and sleeps
        dossier = engine.start("P", "H1", by="dân")
        assert until(lambda: open_nodes(engine, dossier.id) == ["sign"]) < 2
        engine.life.cancel(dossier.id, by="an", reason="trùng")
        assert until(lambda: [each.topic for each in heard] == ["ended"]) < 2
        timed = engine.start("T", "T1", by="dân")
        engine.life.suspend(timed.id, by="an", reason="khiếu nại")
        wall.forward(hours=3)
        engine.life.resume(timed.id, by="an")
        assert until(lambda: open_nodes(engine, timed.id) == ["sign"]) < 2


def test_on_sqlite_it_looks_every_while_and_is_stopped_at_once(tmp_path):
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", ITSELF, functions=FOUND)
    with engine, at_work(Worker(engine, deliver=None, idle=timedelta(milliseconds=300))):
        dossier = engine.start("P", "H1", by="dân")
        assert until(lambda: open_nodes(engine, dossier.id) == ["sign"]) < 5
    with engine, at_work(Worker(engine, deliver=None, idle=timedelta(minutes=5))) as came_to:
        time.sleep(0.2)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert came_to == [Worked()]


def test_what_nobody_can_do_does_not_keep_a_worker_awake(url):
    engine, wall = engine_with(url, ITSELF, functions=FOUND)

    def next_thing() -> str | None:
        now = text_of(wall())
        with reading(engine.database) as here:
            return next_due(here, now, letters_too=False)

    with engine:
        first = engine.start("P", "H1", by="dân")
        assert next_thing() == text_of(wall())
        worker = Worker(engine, deliver=None)
        worker.run(until_idle=True)
        assert moment_of(next_thing()) == wall() + timedelta(days=1, hours=9)
        engine.life.suspend(first.id, by="an", reason="khiếu nại")
        assert next_thing() is None
        engine.life.resume(first.id, by="an")
        engine.life.cancel(first.id, by="an", reason="trùng")
        assert next_thing() is None
        assert worker.health().next_due is None
        assert engine.outbox.waiting() != ()  # nobody delivers: that is no work of this worker


def test_a_dossier_that_takes_no_step_is_told_of_once_and_holds_no_other_up(url):
    before, _ = engine_with(url, ITSELF, functions=FOUND)
    with before:
        ids = sorted(before.start("P", f"H{n}", by="dân").id for n in range(3))
        assert Worker(before, deliver=None).run(until_idle=True) == Worked(done=3)
    engine, wall = engine_with(url, functions=FOUND)
    told: list[object] = []
    with engine:
        worker = Worker(engine, deliver=None, tell=told.append)
        with engine.database.begin() as here:  # somebody changes it beside its steps
            sql = text("UPDATE tthc_instances SET moved_at = :at WHERE id = :id")
            here.execute(sql, {"at": text_of(wall() + timedelta(days=300)), "id": ids[0]})
        wall.forward(days=1, hours=9)
        for _ in range(2):
            worker.run(until_idle=True)
        warned = [each for each in engine.outbox.waiting() if each.topic == "near_due"]
        assert sorted(each.payload["dossier"] for each in warned) == ids[1:]
        faults = [each for each in told if isinstance(each, TthcFlowError)]
        assert [fault.code for fault in faults] == ["TF723"]
        assert "TF723" in str(worker.health().fault)


SLOW = """
import sys, time
from datetime import datetime
sys.path.insert(0, sys.argv[2])
from dossiers.small import engine_with
from tthc_flow.dossiers.worker import Worker

def slow(data):
    print("begun", flush=True)
    time.sleep(1)
    return {}

engine, _ = engine_with(sys.argv[1], functions={"tra_cuu": slow})
print(Worker(engine, deliver=None).run().done, flush=True)
"""


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_a_signal_in_the_middle_of_a_job_lets_it_end_and_gives_the_others_back(url, asked):
    engine, _ = engine_with(url, ITSELF, functions=FOUND)
    with engine:
        for number in range(3):
            engine.start("P", f"H{number}", by="dân")
        command = [sys.executable, "-c", SLOW, url, str(Path(__file__).parents[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "begun\n"
            worker.send_signal(asked)
            assert worker.stdout.read() == "1\n"
        assert worker.returncode == 0
        assert len(engine.tasks()) == 1
        assert engine.audit.breaks() == ()
        # The two others are due now, not only when the lease of the stopped worker is over.
        assert Worker(engine, deliver=None).run(until_idle=True) == Worked(done=2)


def test_letters_that_were_not_tried_are_given_back_when_it_stops(url):
    engine, _ = engine_with(url, ITSELF)
    sent = []
    with engine:
        for number in range(4):
            dossier = engine.start("P", f"H{number}", by="dân")
            engine.life.cancel(dossier.id, by="an", reason="trùng")
        worker = Worker(engine, deliver=lambda letter: (sent.append(letter), worker.stop()))
        assert worker.run() == Worked(delivered=1)
        assert worker.run() == Worked()  # stopped is stopped
        assert Worker(engine, deliver=sent.append).run(until_idle=True) == Worked(delivered=3)
        assert len({each.key for each in sent}) == 4


def test_a_database_that_is_gone_is_waited_for_and_said(postgres, server):
    url = postgres()
    name = make_url(url).database
    engine, _ = engine_with(url, ITSELF, functions=FOUND)
    told: list[object] = []
    with engine:
        worker = Worker(engine, deliver=None, idle=timedelta(seconds=1), tell=told.append)
        with at_work(worker):
            server.psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false;")
            everybody = f"FROM pg_stat_activity WHERE datname = '{name}'"
            server.psql(f"SELECT pg_terminate_backend(pid) {everybody};")
            until(lambda: any(isinstance(each, StoreFault) for each in told))
            health = worker.health()
            assert (health.alive, health.database, health.is_good) == (True, False, False)
            assert "TF704" in str(health.fault)
            server.psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true;")
            until(lambda: worker.health().is_good and worker.health().fault is None)
            dossier = engine.start("P", "H1", by="dân")
            until(lambda: open_nodes(engine, dossier.id) == ["sign"])
        assert told[-1] == Worked(done=1)
        assert {each.code for each in told[:-1]} == {"TF704"}


def test_with_until_idle_a_database_that_is_gone_is_raised(tmp_path):
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", ITSELF)
    with engine:
        with engine.database.begin() as here:
            here.execute(text("DROP TABLE tthc_jobs"))
        with pytest.raises(StoreFault, match="TF704"):
            Worker(engine, deliver=None).run(until_idle=True)


def test_two_workers_on_postgresql_do_each_job_once(postgres):
    url, done = postgres(), []

    def look_up(data):
        done.append(data["số"])
        return {}

    engines = [engine_with(url, ITSELF, functions={"tra_cuu": look_up})[0] for _ in range(2)]
    workers = [Worker(each, deliver=None, batch=3) for each in engines]
    with engines[0] as first, engines[1], at_work(workers[0]), at_work(workers[1]):
        for number in range(30):
            first.start("P", f"H{number}", by="dân", data={"số": number})
        until(lambda: len(first.tasks()) == 30)
    assert sorted(done) == list(range(30))
