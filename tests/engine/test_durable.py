"""Dossiers in a database: kept step by step, once each, and provably not changed afterwards."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, text, update

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.engine.deadlines import Deadlines
from tthc_flow.engine.durable import Engine
from tthc_flow.engine.instance import For
from tthc_flow.engine.steps import MOST_TRIES
from tthc_flow.errors import NotRunnable, StoreConflict, StoreFault
from tthc_flow.store import dossiers
from tthc_flow.store.schema import definitions, events, instances, settings
from tthc_flow.units import TimeUnit

HERE = timezone(timedelta(hours=7))
NOW = datetime(2026, 3, 2, 8, tzinfo=HERE)  # a Monday
HEAD = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:tthc="urn:tthc-flow:bpmn:1">"""
LOOP = (
    HEAD
    + """<process id="P" name="Cấp giấy phép">
<startEvent id="s"/>
<exclusiveGateway id="back"/>
<userTask id="receive" name="Tiếp nhận" tthc:time="4 giờ làm việc"/>
<userTask id="check" name="Thẩm định" tthc:time="2 ngày làm việc"/>
<exclusiveGateway id="full" name="Đủ?"/>
<userTask id="more" name="Bổ sung hồ sơ"/>
<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="back"/>
<sequenceFlow id="f2" sourceRef="back" targetRef="receive"/>
<sequenceFlow id="f3" sourceRef="receive" targetRef="check"/>
<sequenceFlow id="f4" sourceRef="check" targetRef="full"/>
<sequenceFlow id="no" sourceRef="full" targetRef="more"/>
<sequenceFlow id="f6" sourceRef="more" targetRef="back"/>
<sequenceFlow id="yes" sourceRef="full" targetRef="e"/>
</process></definitions>""".encode()
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """Return an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'a.db'}"
    return request.getfixturevalue("postgres")()


@pytest.fixture
def engine(url) -> Iterator[Engine]:
    with engine_at(url) as engine:
        yield engine


def engine_at(url: str) -> Engine:
    deadlines = Deadlines(calendar=Calendar.load(2026), bare_day=TimeUnit.WORKING_DAY)
    engine = Engine(url, now=lambda: NOW, deadlines=deadlines)
    engine.deploy(LOOP)
    return engine


def only_task(engine: Engine) -> str:
    (task,) = engine.tasks()
    return task.id


def test_a_dossier_goes_from_receipt_to_its_end_with_a_supplement_on_the_way(engine):
    engine.start("P", "H01-1", by="dân")
    engine.complete(only_task(engine), by="một cửa")
    engine.complete(only_task(engine), by="chuyên viên")
    (decision,) = engine.tasks()
    assert (decision.what, decision.name) == (For.CHOICE, "Đủ?")
    engine.choose(decision.id, "no", by="chuyên viên")
    engine.complete(only_task(engine), by="dân")
    engine.complete(only_task(engine), by="một cửa", on_behalf_of="trưởng bộ phận")
    engine.complete(only_task(engine), by="chuyên viên")
    done = engine.choose(only_task(engine), "yes", by="chuyên viên")
    assert (done.status, done.step_no, engine.tasks()) == ("completed", 7, ())
    told = [(each["kind"], each["node"], each["actor"]) for each in engine.history(done.id)]
    assert told[:4] == [
        ("start", None, "dân"),
        ("complete", "receive", "một cửa"),
        ("complete", "check", "chuyên viên"),
        ("choose", "full", "chuyên viên"),
    ]
    assert engine.history(done.id)[3]["payload"]["taken"] == ["no"]
    assert engine.history(done.id)[5]["on_behalf_of"] == "trưởng bộ phận"
    assert engine.breaks() == ()


def test_tasks_are_due_by_the_working_calendar_the_most_pressing_first(engine):
    one = engine.start("P", "H01-1", by="dân")
    engine.start("P", "H01-2", by="dân")
    engine.complete(engine.tasks(dossier=one.id)[0].id, by="một cửa")
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
    before = engine.history(dossier.id)
    for act, code in (
        (lambda: engine.complete("nowhere:1", by="a"), "TF706"),
        (lambda: engine.complete(f"{dossier.id}:99", by="a"), "TF707"),
        (lambda: engine.choose(task, "yes", by="a"), "TF403"),
        (lambda: engine.deliver(dossier.id, "bell", by="a"), "TF403"),
        (lambda: engine.start("Q", "H01-1", by="a"), "TF705"),
        (lambda: engine.deploy(HEAD + b"</definitions>"), "TF410"),
    ):
        with pytest.raises((StoreFault, NotRunnable), match=code):
            act()
    assert engine.history(dossier.id) == before
    engine.complete(task, by="a")
    with pytest.raises(StoreFault, match="TF707"):
        engine.complete(task, by="b")


def test_who_claims_a_task_has_it_alone_until_it_is_given_back(engine):
    dossier = engine.start("P", "H01-1", by="dân")
    task = only_task(engine)
    engine.claim(task, by="an")
    assert engine.tasks(assignee="an")[0].id == task
    for act in (engine.claim, engine.unclaim, engine.complete):
        with pytest.raises(StoreFault, match="an has claimed it"):
            act(task, by="bình")
    engine.unclaim(task, by="an")
    engine.claim(task, by="bình")
    engine.complete(task, by="chi", on_behalf_of="bình")
    kinds = [(each["kind"], each["node"], each["actor"]) for each in engine.history(dossier.id)]
    assert kinds[1:] == [
        ("claim", "receive", "an"),
        ("unclaim", "receive", "an"),
        ("claim", "receive", "bình"),
        ("complete", "receive", "chi"),
    ]
    assert engine.breaks() == ()


def test_a_step_joins_the_caller_s_transaction_and_goes_with_it(engine):
    dossier = engine.start("P", "H01-1", by="a")
    task = only_task(engine)
    with engine.database.connect() as connection, connection.begin() as outer:
        connection.execute(text("CREATE TABLE own (x INTEGER)"))
        assert engine.complete(task, by="a", connection=connection).step_no == 1
        outer.rollback()
    assert engine.dossier(dossier.id).step_no == 0
    with engine.database.begin() as connection:
        engine.complete(task, by="a", connection=connection)
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
    engine.complete(only_task(engine), by="a")
    engine.complete(only_task(engine), by="a")
    with engine.database.begin() as connection:
        connection.execute(harm)
    (found,) = engine.breaks()
    assert (found.step_no, found.why) == (step_no, why)


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
        assert len(engine.history(same[0].id)) == 1


def test_programs_that_open_an_empty_database_at_the_same_moment_all_can(url):
    def open_it(_number: int) -> object:
        with Engine(url, now=lambda: NOW) as engine:
            return engine.tasks()

    assert in_threads(4, open_it) == [()] * 4


def test_who_reads_waits_for_nobody_who_writes(engine):
    dossier = engine.start("P", "H01-1", by="a")
    with engine.database.begin() as connection:
        engine.complete(only_task(engine), by="a", connection=connection)
        assert engine.dossier(dossier.id).step_no == 0
        assert len(engine.history(dossier.id)) == len(engine.tasks()) == 1
        assert engine.breaks() == ()
        assert engine.dossier(dossier.id, connection=connection).step_no == 1
        assert len(engine.history(dossier.id, connection=connection)) == 2
        (task,) = engine.tasks(connection=connection)
        assert task.name == "Thẩm định"


def test_what_fails_in_a_joined_step_leaves_the_rest_of_the_caller_s_transaction(
    engine, monkeypatch
):
    real = dossiers.go_on

    def half(*step):
        real(*step)
        raise StoreFault("TF704", "the disk is full")

    with engine.database.begin() as connection:
        dossier = engine.start("P", "H01-1", by="a", connection=connection)
        (task,) = engine.tasks(connection=connection)
        engine.claim(task.id, by="a", connection=connection)
        with monkeypatch.context() as patch:
            patch.setattr(dossiers, "go_on", half)
            with pytest.raises(StoreFault, match="TF704"):
                engine.complete(task.id, by="a", connection=connection)
        assert engine.deploy(LOOP, connection=connection).version == 1
    assert engine.dossier(dossier.id).step_no == 1
    assert [each["kind"] for each in engine.history(dossier.id)] == ["start", "claim"]
    assert engine.breaks() == ()


def test_a_step_that_others_were_faster_at_is_made_on_what_they_left(engine, monkeypatch):
    dossier = engine.start("P", "H01-1", by="a")
    engine.complete(only_task(engine), by="a")
    real, lost = dossiers.go_on, []

    def late(connection, row, *step):
        if len(lost) < 3:
            lost.append(row.step_no)
            ahead = update(instances).values(step_no=instances.c.step_no + 1)
            connection.execute(ahead)
        real(connection, row, *step)

    monkeypatch.setattr(dossiers, "go_on", late)
    assert engine.complete(only_task(engine), by="a").step_no == 2
    assert lost == [1, 1, 1]
    assert [each["step_no"] for each in engine.history(dossier.id)] == [0, 1, 2]
    assert engine.breaks() == ()


def test_who_is_never_fast_enough_is_told_so(engine, monkeypatch):
    dossier = engine.start("P", "H01-1", by="a")
    tries = []

    def never(_connection, row, *_step):
        tries.append(row.step_no)
        raise StoreConflict("TF703", "somebody else")

    monkeypatch.setattr(dossiers, "go_on", never)
    with pytest.raises(StoreConflict, match="TF703"):
        engine.complete(only_task(engine), by="a")
    assert len(tries) == MOST_TRIES
    assert engine.dossier(dossier.id).step_no == 0


def test_a_database_of_the_caller_s_takes_part_and_is_left_open(url):
    database = create_engine(url)
    with Engine(database, now=lambda: NOW) as engine, database.connect() as held:
        engine.deploy(LOOP)
        dossier = engine.start("P", "H01-1", by="a")
        with held.begin() as outer:
            engine.complete(only_task(engine), by="a", connection=held)
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
    engine.start("P", "H01-1", by="a")
    task = only_task(engine)
    with engine.database.begin() as connection:
        connection.execute(text("ALTER TABLE tthc_events RENAME TO elsewhere"))
    with pytest.raises(StoreFault, match="TF704"):
        engine.complete(task, by="a")
    with pytest.raises(StoreFault, match="TF704"):
        engine.history("x")


def test_a_definition_that_was_changed_is_run_no_more(url):
    with engine_at(url) as engine:
        engine.start("P", "H01-1", by="a")
        with engine.database.begin() as connection:
            content = LOOP.replace("Thẩm định".encode(), "Bỏ qua".encode())
            connection.execute(update(definitions).values(content=content))
    with Engine(url, now=lambda: NOW) as engine, pytest.raises(StoreFault, match="TF710"):
        engine.complete(only_task(engine), by="a")


def test_many_threads_at_one_dossier_make_each_step_once(engine):
    dossier = engine.start("P", "H01-1", by="a")
    done: list[str] = []

    def work(name: str) -> None:
        for _ in range(12):
            for task in engine.tasks():
                try:
                    if task.what is For.CHOICE:
                        engine.choose(task.id, "no", by=name)
                    else:
                        engine.complete(task.id, by=name)
                    done.append(name)
                except StoreFault as error:
                    assert error.code == "TF707"  # noqa: PT017 - another thread was faster

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert engine.dossier(dossier.id).step_no == len(done) > 12
    assert engine.breaks() == ()


WORKER = """
import sys
from datetime import datetime, timedelta, timezone
sys.path.insert(0, sys.argv[2])
from engine.test_durable import engine_at
from tthc_flow.engine.instance import For
from tthc_flow.errors import StoreFault
engine = engine_at(sys.argv[1])
print("ready", flush=True)
while True:
    for task in engine.tasks():
        try:
            if task.what is For.CHOICE:
                done = engine.choose(task.id, "no", by="w")
            else:
                done = engine.complete(task.id, by="w")
            print(done.id, done.step_no, flush=True)
        except StoreFault:
            pass
"""


def killed_worker(url: str, steps: int, delay: float) -> list[tuple[str, int]]:
    """Kill a worker *delay* seconds after it told of *steps*; return all that it was told of."""
    command = [sys.executable, "-c", WORKER, url, str(Path(__file__).parents[1])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        rows = [worker.stdout.readline() for _ in range(steps)]
        time.sleep(delay)
        worker.kill()
        rows += worker.stdout
    whole = [row.split() for row in rows if row.endswith("\n")]
    return [(row[0], int(row[1])) for row in whole]


def test_what_was_told_is_kept_though_the_worker_is_killed_at_any_moment(engine, url):
    rng = random.Random(7)
    for number in range(3):
        engine.start("P", f"H01-{number}", by="a")
    told: list[tuple[str, int]] = []
    for _ in range(6):
        told += killed_worker(url, rng.randint(1, 12), rng.uniform(0, 0.02))
        assert engine.breaks() == ()
        for dossier, step_no in told:
            assert engine.history(dossier)[step_no]["step_no"] == step_no
    assert len(told) == len(set(told)) >= 6
