"""Signals are heard in their order, each once; what comes from outside can be resolved."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from tthc_flow.dossiers.doing import spread
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.jobs import Ran
from tthc_flow.errors import StoreFault
from tthc_flow.store import jobs as store
from tthc_flow.store.database import transaction
from tthc_flow.store.rows import JobRow

from .every_kind import HEARD, MESSAGE, SIGNAL, THROWN
from .in_line import BELL, LETTER_CAUGHT, ONCE, RUNG, happened, row_of, to_incident
from .small import at, bpmn, do, engine_with, open_nodes

# Signals


def test_two_signals_before_the_worker_comes_are_heard_in_their_order(url):
    engine, _ = engine_with(url, RUNG)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        assert [engine.happening.signal("Chuông", {"n": n}) for n in (1, 2)] == [1, 1]
        assert [engine.jobs.run_due().done for _ in range(3)] == [1, 1, 0]
        assert happened(engine, dossier, "signal") == [{"n": 1}, {"n": 2}]
        assert open_nodes(engine, dossier) == ["t", "x", "x"]


def test_signals_that_are_given_while_others_are_heard_are_all_heard_in_their_order(url):
    engine, wall = engine_with(url, RUNG)
    with engine, Engine(url, now=wall) as other:
        dossier = engine.start("P", "H", by="an").id
        together = Barrier(3)

        def give() -> None:
            together.wait()
            for number in range(40):
                other.happening.signal("Chuông", {"n": number})

        def hear(by: Engine) -> Callable[[], None]:
            def run() -> None:
                together.wait()
                for _ in range(30):
                    by.jobs.run_due()

            return run

        threads = [Thread(target=each) for each in (give, hear(engine), hear(other))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        while engine.jobs.run_due().done:
            pass
        assert happened(engine, dossier, "signal") == [{"n": number} for number in range(40)]
        assert engine.audit.breaks() == ()


def test_a_suspended_dossier_hears_a_signal_when_it_goes_on(url):
    engine, _ = engine_with(url, RUNG)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        engine.life.suspend(dossier, by="an", reason="thử")
        assert engine.happening.signal("Chuông", {"n": 1}) == 1
        assert engine.jobs.run_due() == Ran()
        engine.life.resume(dossier, by="an")
        assert engine.jobs.run_due() == Ran(done=1)
        assert happened(engine, dossier, "signal") == [{"n": 1}]


class Away:
    """A codec that can be away."""

    def __init__(self) -> None:
        self.is_away = False

    def seal(self, text_: str) -> str:
        return text_[::-1]

    def open(self, sealed: str) -> str:
        if self.is_away:
            raise ConnectionError
        return sealed[::-1]


def test_what_a_signal_says_is_heard_after_an_incident_that_was_tried_again(url):
    codec = Away()
    engine, _ = engine_with(url, HEARD, codec=codec, retries=ONCE)
    with engine:
        dossier = engine.start("L", "H", by="an").id
        engine.happening.signal("Chuông", {"giờ": 8})
        codec.is_away = True
        assert engine.jobs.run_due() == Ran(incidents=1)
        codec.is_away = False
        (incident,) = engine.jobs.incidents()
        engine.jobs.retry(incident.id, by="an")
        assert engine.jobs.run_due() == Ran(done=1)
        assert happened(engine, dossier, "signal") == [{"giờ": 8}]


def test_a_signal_to_a_listener_with_an_incident_is_heard_after_it_was_resolved(url):
    engine, _ = engine_with(url, RUNG, retries=ONCE)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        engine.happening.signal("Chuông", {"n": 1})
        incident = to_incident(engine)
        assert engine.happening.signal("Chuông", {"n": 2}) == 1
        assert engine.jobs.run_due() == Ran()
        engine.jobs.resolve(incident, {"n": "tay"}, by="an")
        assert engine.jobs.run_due() == Ran(done=1)
        assert happened(engine, dossier, "resolve") == [{"n": "tay"}]
        assert happened(engine, dossier, "signal") == [{"n": 2}]
        assert open_nodes(engine, dossier) == ["t", "x", "x"]


def test_a_signal_that_was_given_is_heard_though_another_was_delivered_by_hand(url):
    engine, _ = engine_with(url, RUNG)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        engine.happening.signal("Chuông", {"n": 1})
        engine.happening.deliver(dossier, "g", {"n": "tay"}, by="an")
        assert engine.jobs.run_due() == Ran(done=1)
        assert happened(engine, dossier, "signal") == [{"n": 1}]


def test_a_signal_that_its_own_dossier_threw_does_not_reach_it_again(url):
    engine, _ = engine_with(url, RUNG)
    with engine:
        dossier = engine.start("P", "H", by="an").id
        made = JobRow(instance=dossier, token=-1, node="x:0", kind="broadcast", name="Chuông")
        with transaction(engine.database) as here:
            store.add_job(here, made)
        assert spread(engine._steps, "Chuông", {}, done=made) == 0


def test_a_dossier_is_not_forgotten_before_its_signal_was_told(url):
    engine, wall = engine_with(url, HEARD)
    with engine:
        engine.deploy(THROWN, keep_days=0)
        hearer = engine.start("L", "H", by="an").id
        thrower = engine.start("S", "H", by="an").id
        do(engine, thrower, "a")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=1)
        assert engine.forget_ended() == 0
        engine.jobs.run_due()
        assert engine.forget_ended() == 1
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, hearer) == ["a"]


def test_signals_of_two_steps_are_both_told_though_no_worker_came_between(url):
    throws = "".join(
        f'<intermediateThrowEvent id="t{n}">{BELL}</intermediateThrowEvent>' for n in (1, 2)
    )
    loop = bpmn(
        '<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a" name="A"/>'
        f'{throws}<exclusiveGateway id="q" name="Nữa?"/><endEvent id="e"/>',
        "s > g > a > t1 > t2 > q; q > g; q > e",
        process="S",
        more=SIGNAL,
    )
    engine, _ = engine_with(url, loop, RUNG)
    with engine:
        hearer = engine.start("P", "H", by="an").id
        thrower = engine.start("S", "H", by="an").id
        for _ in range(2):
            do(engine, thrower, "a")
            engine.work.choose(at(engine, thrower, "q"), "f6", by="an")
        while engine.jobs.run_due().done:
            pass
        assert open_nodes(engine, hearer).count("x") == 4


def test_a_signal_that_one_event_throws_twice_in_one_step_is_told_twice(url):
    throws = bpmn(
        '<startEvent id="s"/><userTask id="a" name="A"/><parallelGateway id="p"/>'
        f'<intermediateThrowEvent id="t">{BELL}'
        '</intermediateThrowEvent><userTask id="z" name="Z"/><endEvent id="e"/>',
        "s > a > p > t > z > e; p > t",
        process="S",
        more=SIGNAL,
    )
    engine, _ = engine_with(url, throws, RUNG)
    with engine:
        hearer = engine.start("P", "H", by="an").id
        do(engine, engine.start("S", "H", by="an").id, "a")
        while engine.jobs.run_due().done:
            pass
        assert open_nodes(engine, hearer) == ["t", "x", "x"]


def test_who_signals_may_say_nothing_that_cannot_be_kept(url):
    engine, _ = engine_with(url, HEARD)
    with engine:
        engine.start("L", "H", by="an")
        for data in ({"a": "b\0"}, {"a\0": 1}, {"a": ("x", "\ud800")}, {"a": frozenset({"\0"})}):
            with pytest.raises(StoreFault, match="TF721"):
                engine.happening.signal("Chuông", data)
        assert engine.jobs.run_due() == Ran()


# Incidents of what comes from outside


@pytest.mark.parametrize(
    ("drawn", "key", "next_"), [(MESSAGE, "M", "a"), (LETTER_CAUGHT, "P", "t")]
)
def test_an_incident_of_a_message_is_resolved_by_its_coming(url, drawn, key, next_):
    engine, _ = engine_with(url, drawn)
    with engine:
        dossier = engine.start(key, "H", by="an").id
        assert engine.jobs._incident(row_of(engine, "m"), 1, "hỏng") == "incident"
        (incident,) = engine.jobs.incidents()
        engine.jobs.resolve(incident.id, {"số": "15"}, by="an")
        assert (engine.jobs.incidents(), open_nodes(engine, dossier)) == ((), [next_])
        assert happened(engine, dossier, "resolve") == [{"số": "15"}]


def test_an_incident_of_a_signal_is_resolved_by_its_coming(url):
    engine, _ = engine_with(url, HEARD, retries=ONCE)
    with engine:
        dossier = engine.start("L", "H", by="an").id
        engine.happening.signal("Chuông")
        engine.jobs.resolve(to_incident(engine), by="an")
        assert (engine.jobs.incidents(), open_nodes(engine, dossier)) == ((), ["a"])
