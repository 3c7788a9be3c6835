"""Called procedures: dossiers of their own, which end with their caller or give back to it."""

from __future__ import annotations

from tthc_flow.dossiers import doing
from tthc_flow.dossiers.jobs import Ran
from tthc_flow.dossiers.office import Retries

from .in_line import row_of
from .small import bpmn, do, engine_with, open_nodes

CALLER = bpmn(
    '<startEvent id="s"/><callActivity id="ask" name="Lấy ý kiến" calledElement="Q"/>'
    '<userTask id="b" name="Ký"/><endEvent id="e"/>',
    "s > ask > b > e",
)
CALLED = bpmn(
    '<startEvent id="s"/><userTask id="answer" name="Trả lời"/><endEvent id="e"/>',
    "s > answer > e",
    process="Q",
)


def test_a_called_procedure_is_a_dossier_of_its_own_and_gives_back_what_it_found(url):
    engine, _ = engine_with(url, CALLER, CALLED)
    with engine:
        parent = engine.start("P", "H1", by="dân", data={"loại": "A"})
        assert open_nodes(engine, parent.id) == []
        assert engine.jobs.run_due() == Ran(done=1)
        (child,) = engine.dossiers(parent=parent.id)
        assert (child.key, child.business_key, child.parent) == ("Q", "H1/P.ask-2", parent.id)
        assert engine.audit.history(child.id)[0]["payload"]["data"] == {"loại": "A"}
        do(engine, child.id, "answer", {"ý kiến": "đồng ý"})
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, parent.id) == ["b"]
        assert engine.audit.history(parent.id)[-1]["payload"]["data"] == {
            "loại": "A",
            "ý kiến": "đồng ý",
        }
        assert engine.jobs.run_due() == Ran()
        assert engine.audit.breaks() == ()


def test_a_caller_with_an_event_at_its_border_goes_on_when_what_it_called_has_ended(url):
    bell = (
        '<boundaryEvent id="a_bell" attachedToRef="ask"><timerEventDefinition><timeDuration>P9D'
        '</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="late"/>'
        '<sequenceFlow id="g" sourceRef="a_bell" targetRef="late"/></process>'
    )
    engine, _ = engine_with(url, CALLER.replace(b"</process>", bell.encode()), CALLED)
    with engine:
        parent = engine.start("P", "H1", by="dân")
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=parent.id)
        do(engine, child.id, "answer")
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, parent.id) == ["b"]


def test_two_callers_of_one_code_have_each_their_own_called_dossier(url):
    other = CALLER.replace(b'<process id="P"', b'<process id="R"')
    engine, _ = engine_with(url, CALLER, CALLED, other)
    with engine:
        parents = [engine.start(key, "H1", by="dân").id for key in ("P", "R")]
        assert engine.jobs.run_due() == Ran(done=2)
        for parent in parents:
            (child,) = engine.dossiers(parent=parent)
            do(engine, child.id, "answer")
        assert engine.jobs.run_due() == Ran(done=2)
        for parent in parents:
            assert open_nodes(engine, parent) == ["b"]


def test_a_code_that_somebody_else_bears_is_an_incident_and_nobody_s_dossier_is_taken(url):
    engine, _ = engine_with(url, CALLER, CALLED, retries=Retries(most=1))
    with engine:
        parent = engine.start("P", "H1", by="dân")
        foreign = engine.start("Q", "H1/P.ask-2", by="người khác")
        assert engine.jobs.run_due() == Ran(incidents=1)
        assert engine.jobs.incidents()[0].error.startswith("TF722")
        do(engine, foreign.id, "answer")
        assert engine.dossier(parent.id).status == "running"


def test_a_caller_that_is_gone_leaves_no_called_dossier_behind(url, monkeypatch):
    engine, _ = engine_with(url, CALLER, CALLED)
    with engine:
        parent = engine.start("P", "H1", by="dân")
        real = doing._seen_by

        def meanwhile(steps, job):
            data = real(steps, job)
            engine.life.cancel(parent.id, by="an", reason="nhầm")
            return data

        monkeypatch.setattr(doing, "_seen_by", meanwhile)
        assert engine.jobs.run_due() == Ran()
        assert engine.dossiers(parent=parent.id) == ()


def test_a_procedure_that_is_not_deployed_is_an_incident_until_it_is(url):
    engine, _ = engine_with(url, CALLER, retries=Retries(most=1))
    with engine:
        parent = engine.start("P", "H1", by="dân")
        assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents()
        assert incident.error.startswith("TF705")
        engine.deploy(CALLED)
        engine.jobs.retry(incident.id, by="quản trị")
        assert engine.jobs.run_due() == Ran(done=1)
        assert [each.key for each in engine.dossiers(parent=parent.id)] == ["Q"]


def test_what_a_cancelled_dossier_has_called_is_cancelled_with_it(url):
    engine, _ = engine_with(url, CALLER, CALLED)
    with engine:
        parent = engine.start("P", "H1", by="dân")
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=parent.id)
        assert engine.life.withdraw(parent.id, by="dân", reason="rút hồ sơ").status == "withdrawn"
        engine.jobs.run_due()
        assert engine.dossier(child.id).status == "cancelled"
        assert engine.jobs.run_due() == Ran()


def test_a_called_dossier_that_is_cancelled_is_an_incident_of_its_caller(url):
    engine, _ = engine_with(url, CALLER, CALLED, retries=Retries(most=1))
    with engine:
        parent = engine.start("P", "H1", by="dân")
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=parent.id)
        engine.life.cancel(child.id, by="quản trị", reason="nhầm")
        assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents()
        assert incident.error.startswith("TF716")
        engine.jobs.resolve(incident.id, by="quản trị")
        assert open_nodes(engine, parent.id) == ["b"]


def test_a_called_procedure_that_waits_for_nobody_is_gone_on_from(url):
    at_once = bpmn('<startEvent id="s"/><endEvent id="e"/>', "s > e", process="Q")
    engine, _ = engine_with(url, CALLER, at_once)
    with engine:
        caller = engine.start("P", "H", by="an").id
        assert [engine.jobs.run_due().done for _ in range(3)] == [1, 1, 0]
        assert open_nodes(engine, caller) == ["b"]


def test_a_called_dossier_that_has_given_back_is_not_cancelled(url):
    engine, _ = engine_with(url, CALLER, CALLED)
    with engine:
        caller = engine.start("P", "H", by="an").id
        engine.jobs.run_due()
        (child,) = engine.dossiers(parent=caller)
        do(engine, child.id, "answer")
        assert engine.jobs.run_due() == Ran(done=1)
        assert list(engine.jobs.run_each()) == []  # no job that would come to nothing


def test_what_failed_before_a_procedure_could_be_called_does_not_count_afterwards(url):
    engine, wall = engine_with(url, CALLER)
    with engine:
        engine.start("P", "H", by="an")
        assert engine.jobs.run_due() == Ran(failed=1)  # nothing of that key is deployed
        engine.deploy(CALLED)
        wall.forward(minutes=1)
        assert engine.jobs.run_due() == Ran(done=1)
        row = row_of(engine, "ask")
        assert (row.kind, row.since, row.tries, row.error) == ("called", None, 0, None)
