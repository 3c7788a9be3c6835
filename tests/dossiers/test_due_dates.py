"""What stops, extends and ends the time of a dossier, and what does not."""

from __future__ import annotations

import pytest

from tthc_flow.dossiers.clock import ClockStop, LegalClock, clock_text, stops_told
from tthc_flow.dossiers.sampling import Sampling
from tthc_flow.errors import StoreFault
from tthc_flow.moments import text_of
from tthc_flow.store.backlog import backlog

from .every_kind import CALLED, FUNCTION
from .loop import NOW
from .small import bpmn, do, engine_with
from .test_legal_time import AFTERWARDS, FIVE, TWO

STEP = '<startEvent id="s"/><userTask id="a" name="A"{}/><endEvent id="e"/>'


def test_two_stops_of_one_moment_are_both_told():
    two = (ClockStop(since=NOW, reason="Bổ sung", step="more"), ClockStop(since=NOW, reason="phí"))
    event = {"payload": {"clock": clock_text(LegalClock(stops=two))}}
    assert stops_told([event]) == two


def test_a_suspended_dossier_may_be_taken_back_and_its_clock_stopped(url):
    engine, _ = engine_with(url, CALLED)
    with engine:
        dossier = engine.start("Q", "H", by="an").id
        engine.life.suspend(dossier, by="an", reason="thử")
        assert engine.life.stop_clock(dossier, by="an", reason="phí").stands == "phí"
        assert engine.life.restart_clock(dossier, by="an").stands is None
        assert engine.life.withdraw(dossier, by="dân", reason="rút").status == "withdrawn"


def test_a_stop_of_the_clock_does_not_hold_up_the_inspection_after_the_result(url):
    engine, wall = engine_with(url, AFTERWARDS)
    with engine:
        dossier = engine.start("P", "H", by="dân", limit=TWO).id
        before = do(engine, dossier, "grant").tasks[0].due_at
        wall.forward(days=1)
        stopped = engine.life.stop_clock(dossier, by="an", reason="phí")
        assert before is not None
        assert stopped.tasks[0].due_at == before


@pytest.mark.parametrize("way", ["cancel", "withdraw"])
def test_who_was_cancelled_or_taken_back_was_not_answered(url, way):
    engine, _ = engine_with(url, FUNCTION)
    with engine:
        dossier = engine.start("F", "H", by="an").id
        getattr(engine.life, way)(dossier, by="an", reason="thử")
        assert engine.dossier(dossier).answered_at is None


def test_a_dossier_that_was_cancelled_is_not_counted_as_overdue(url):
    engine, wall = engine_with(url, CALLED)
    with engine:
        ids = [engine.start("Q", key, by="an", limit=TWO).id for key in ("H1", "H2")]
        engine.life.cancel(ids[0], by="an", reason="nhầm")
        wall.forward(days=30)
        with engine.database.connect() as here:
            assert backlog(here, text_of(wall.at)).overdue == 1


def test_an_extension_says_the_date_before_and_after(url):
    engine, _ = engine_with(url, FUNCTION)
    with engine:
        begun = engine.start("F", "H", by="an", limit=FIVE)
        after = engine.life.extend(begun.id, FIVE, by="an", reason="bận").due_at
        said = engine.audit.history(begun.id)[-1]["payload"]["extended"]
        assert said["due_before"][:16] == begun.due_at.isoformat()[:16]
        assert said["due_after"][:16] == after.isoformat()[:16]


def test_what_has_no_due_date_is_not_extended(url):
    engine, _ = engine_with(url, CALLED)
    with engine:
        dossier = engine.start("Q", "H", by="an").id
        with pytest.raises(StoreFault, match="TF715"):
            engine.life.extend(dossier, TWO, by="an", reason="bận")
        assert engine.dossier(dossier).step_no == 0


def test_tasks_without_a_due_date_come_last(url):
    engine, _ = engine_with(url)
    with engine:
        for key, time in (("P", ""), ("Q", ' tthc:time="2 ngày làm việc"')):
            engine.deploy(bpmn(STEP.format(time), "s > a > e", process=key))
            engine.start(key, key, by="an")
        assert [task.business_key for task in engine.tasks()] == ["Q", "P"]


def test_a_dossier_is_drawn_for_once_however_many_steps_its_inspection_has(url):
    two = AFTERWARDS.replace(
        b'targetRef="le"/></subProcess>',
        b'targetRef="report"/><userTask id="report" name="R"/>'
        b'<sequenceFlow id="l3" sourceRef="report" targetRef="le"/></subProcess>',
    )
    sampling = Sampling(shares={"cao": 1}, by="mức rủi ro", seed="2026")
    engine, _ = engine_with(url, two, sampling=sampling)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        for node in ("grant", "inspect", "report"):
            do(engine, dossier, node)
        drawn = ["drawn" in each["payload"] for each in engine.audit.history(dossier)]
        assert drawn == [False, True, False, False]
