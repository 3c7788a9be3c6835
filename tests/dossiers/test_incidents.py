"""What could not be done is an incident, which is listed until it is tried again."""

from __future__ import annotations

import pytest

from tthc_flow.dossiers import doing
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.jobs import Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.errors import StoreFault
from tthc_flow.store import jobs as store

from .every_kind import CALL, CALLED, FUNCTION, HEARD, THROWN
from .in_line import DAILY, GOES_ON, ONCE, broken, row_of
from .small import at, do, engine_with, open_nodes


@pytest.mark.parametrize("thrower", [THROWN, GOES_ON], ids=["ended", "at work"])
def test_a_signal_that_cannot_be_told_is_an_incident_that_can_be_tried_again(
    url, monkeypatch, thrower
):
    engine, wall = engine_with(url, HEARD, thrower, retries=ONCE)
    with engine:
        hearer = engine.start("L", "H", by="an").id
        do(engine, engine.start("S", "H", by="an").id, "a")
        with monkeypatch.context() as patch:
            patch.setattr(doing, "spread", broken)
            assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents()
        assert (incident.kind, incident.tries) == ("broadcast", 1)
        assert incident.error == "RuntimeError: hỏng"
        wall.forward(days=1)
        assert engine.jobs.run_due() == Ran()
        engine.jobs.retry(incident.id, by="an")
        assert engine.jobs.incidents() == ()
        assert [engine.jobs.run_due() for _ in range(2)] == [Ran(done=1)] * 2
        assert open_nodes(engine, hearer) == ["a"]
        assert engine.audit.breaks() == ()


@pytest.mark.parametrize("at_hand", [True, False])
def test_a_signal_of_a_suspended_dossier_is_told_or_an_incident_meanwhile(
    url, monkeypatch, at_hand
):
    engine, wall = engine_with(url, HEARD, GOES_ON, retries=ONCE)
    with engine, Engine(url, now=wall, retries=ONCE) as other:
        engine.start("L", "H", by="an")
        thrower = engine.start("S", "H", by="an").id
        do(engine, thrower, "a")
        (engine if at_hand else other).life.suspend(thrower, by="an", reason="thử")
        with monkeypatch.context() as patch:
            patch.setattr(doing, "spread", broken)
            assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents()
        engine.jobs.retry(incident.id, by="an")
        assert [engine.jobs.run_due() for _ in range(2)] == [Ran(done=1)] * 2
        kinds = [each["kind"] for each in engine.audit.history(thrower)]
        assert kinds == ["start", "complete", "suspend", "incident", "retry"]


def test_what_was_called_and_cannot_be_cancelled_is_an_incident_until_it_is(url, monkeypatch):
    engine, _ = engine_with(url, CALL, CALLED, retries=ONCE)
    with engine:
        caller = engine.start("C", "H", by="an").id
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=caller)
        engine.work.claim(at(engine, child.id, "a"), by="bình")
        engine.happening.deliver(caller, "stop", by="an")
        with monkeypatch.context() as patch:
            patch.setattr(doing, "_cancelled", broken)
            assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents(dossier=child.id)
        engine.jobs.retry(incident.id, by="an")
        engine.jobs.run_due()
        assert engine.dossier(child.id).status == "cancelled"
        assert engine.jobs.incidents() == ()


def test_an_incident_that_was_tried_again_cannot_be_tried_once_more(url, monkeypatch):
    engine, _ = engine_with(url, HEARD, THROWN, retries=ONCE)
    with engine:
        do(engine, engine.start("S", "H", by="an").id, "a")
        with monkeypatch.context() as patch:
            patch.setattr(doing, "spread", broken)
            engine.jobs.run_due()
        (incident,) = engine.jobs.incidents()
        woken: list[object] = []
        monkeypatch.setattr(store, "wake", woken.append)
        engine.jobs.retry(incident.id, by="an")
        assert len(woken) == 1
        with pytest.raises(StoreFault, match="TF709"):
            engine.jobs.retry(incident.id, by="an")
        for unknown in (f"{incident.id}x", f"{incident.dossier}:-9:t:0", f"{incident.dossier}:1:t"):
            with pytest.raises(StoreFault, match="TF709"):
                engine.jobs.retry(unknown, by="an")


def test_an_incident_stays_one_while_its_dossier_is_suspended_and_goes_on(url):
    engine, _ = engine_with(url, FUNCTION, functions={"look": dict})
    with engine:
        dossier = engine.start("F", "H", by="an").id
        engine.jobs._incident(row_of(engine, "look"), 3, "hỏng")
        engine.life.suspend(dossier, by="an", reason="thử")
        assert len(engine.jobs.incidents()) == 1
        engine.life.resume(dossier, by="an")
        assert len(engine.jobs.incidents()) == 1
        assert engine.jobs.run_due() == Ran()


def test_a_clock_that_was_put_back_is_no_try_of_the_job_that_waits_for_it(url):
    engine, wall = engine_with(url, DAILY, retries=Retries(most=2))
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(days=2)
        engine.work.claim(at(engine, dossier, "t"), by="an")
        wall.forward(hours=-23)
        for _ in range(3):
            assert engine.jobs.run_due() == Ran(failed=1)
            row = row_of(engine, "c")
            assert (row.status, row.tries) == ("due", 0)
            assert str(row.error).startswith("TF711")
            wall.forward(minutes=5)
        wall.forward(hours=23)
        assert engine.jobs.run_due() == Ran(done=1)
