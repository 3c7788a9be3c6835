"""Two who are at the same dossier in an order that neither expects: nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

from tthc_flow.dossiers import doing
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.jobs import LEASE, Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.moments import text_of
from tthc_flow.store import jobs as store
from tthc_flow.store.database import transaction
from tthc_flow.store.rows import JobRow

from .every_kind import CALL, CALLED, CYCLE, FUNCTION, HEARD, THROWN
from .small import Wall, bpmn, do, engine_with

LATER = bpmn(
    '<startEvent id="s"/><userTask id="a" name="Tiếp nhận"/><serviceTask id="look" name="Tra cứu"/>'
    '<userTask id="b" name="Ký"/><endEvent id="e"/>',
    "s > a > look > b > e",
)
FUNCTIONS = {"look": lambda _data: {"tra cứu": "có"}}


def kinds(engine: Engine, dossier: str) -> list[str]:
    return [each["kind"] for each in engine.audit.history(dossier)]


def taken(engine: Engine, wall: Wall) -> JobRow:
    """Take the only job that is due, as a worker does who then sleeps over its lease."""
    with transaction(engine.database) as here:
        (job,) = store.take_due(here, text_of(wall.at), text_of(wall.at + LEASE), 10)
    wall.at += LEASE + timedelta(seconds=1)
    return job


def test_a_called_dossier_that_ends_while_its_caller_is_suspended_is_heard_later(url):
    engine, _ = engine_with(url, CALL, CALLED)
    with engine:
        caller = engine.start("C", "H", by="an").id
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=caller)
        engine.life.suspend(caller, by="an", reason="thử")
        do(engine, child.id, "a")
        engine.jobs.run_due()
        engine.life.resume(caller, by="an")
        assert engine.jobs.run_due() == Ran(done=1)
        assert kinds(engine, caller) == ["start", "call", "suspend", "resume", "called"]


def test_a_signal_that_was_sent_before_its_hearer_was_suspended_is_heard_after(url):
    engine, _ = engine_with(url, HEARD)
    with engine:
        hearer = engine.start("L", "H", by="an").id
        assert engine.happening.signal("Chuông", {"giờ": 8}) == 1
        engine.life.suspend(hearer, by="an", reason="thử")
        engine.life.resume(hearer, by="an")
        assert engine.jobs.run_due() == Ran(done=1)
        heard = engine.audit.history(hearer)[-1]
        assert (heard["kind"], heard["payload"]["data"]) == ("signal", {"giờ": 8})


def test_a_job_is_done_at_once_though_the_worker_has_an_older_dossier_at_hand(url):
    engine, wall = engine_with(url, LATER, functions=FUNCTIONS)
    with engine, Engine(url, now=wall, functions=FUNCTIONS) as other:
        dossier = engine.start("P", "H", by="an").id
        do(other, dossier, "a")
        assert engine.jobs.run_due() == Ran(done=1)
        assert kinds(engine, dossier) == ["start", "complete", "function"]


def test_a_timer_that_two_workers_fire_since_one_slept_comes_once(url):
    engine, wall = engine_with(url, CYCLE)
    with engine:
        dossier = engine.start("Y", "H", by="an").id
        wall.forward(hours=1)
        slept = taken(engine, wall)
        assert engine.jobs.run_due() == Ran(done=1)
        assert engine.jobs._run(slept) == "gone"
        assert kinds(engine, dossier) == ["start", "timer"]


def test_a_signal_that_two_workers_spread_since_one_slept_is_heard_once(url):
    engine, wall = engine_with(url, HEARD, THROWN)
    with engine:
        hearers = [engine.start("L", f"H{number}", by="an").id for number in range(2)]
        thrower = engine.start("S", "H", by="an").id
        do(engine, thrower, "a")
        slept = taken(engine, wall)
        engine.jobs.run_due()
        doing.do(engine.jobs._steps, slept)
        assert engine.jobs.run_due() == Ran(done=2)
        assert engine.jobs.run_due() == Ran()
        assert [kinds(engine, each) for each in hearers] == [["start", "signal"]] * 2


def test_a_function_that_two_workers_call_since_one_slept_is_kept_once(url):
    engine, wall = engine_with(url, FUNCTION, functions=FUNCTIONS)
    with engine:
        dossier = engine.start("F", "H", by="an").id
        slept = taken(engine, wall)
        assert engine.jobs.run_due() == Ran(done=1)
        assert engine.jobs._run(slept) == "gone"
        assert kinds(engine, dossier) == ["start", "function"]


def test_a_function_that_fails_for_good_while_its_dossier_is_suspended_is_tried_later(url):
    functions = dict(FUNCTIONS)
    engine, _ = engine_with(url, FUNCTION, functions=functions, retries=Retries(most=1))
    with engine:
        dossier = engine.start("F", "H", by="an").id

        def fail_late(_data: object) -> dict[str, str]:
            engine.life.suspend(dossier, by="an", reason="thử")
            raise ConnectionError

        functions["look"] = fail_late
        assert engine.jobs.run_due() == Ran()
        engine.life.resume(dossier, by="an")
        functions["look"] = FUNCTIONS["look"]
        assert engine.jobs.run_due() == Ran(done=1)
        assert kinds(engine, dossier) == ["start", "suspend", "resume", "function"]


def test_dossiers_that_several_forget_at_once_are_forgotten_once(url):
    engine, wall = engine_with(url)
    with engine, Engine(url, now=wall) as other:
        engine.deploy(CALLED, keep_days=1)
        for number in range(30):
            do(engine, engine.start("Q", f"H{number}", by="an").id, "a")
        engine.outbox.deliver(lambda _letter: None, most=30)
        wall.forward(days=2)
        forgot: list[int] = []
        threads = [
            Thread(target=lambda it=it: forgot.append(it.forget_ended())) for it in (engine, other)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(forgot), sum(forgot), engine.dossiers()) == (2, 30, ())


def test_a_called_dossier_is_not_forgotten_before_its_caller_has_heard_of_its_end(url):
    engine, wall = engine_with(url, CALL)
    with engine:
        engine.deploy(CALLED, keep_days=0)
        caller = engine.start("C", "H", by="an").id
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=caller)
        do(engine, child.id, "a")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=1)
        assert engine.forget_ended() == 0
        assert engine.jobs.run_due() == Ran(done=1)
        do(engine, caller, "a")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=1)
        assert engine.forget_ended() == 1
