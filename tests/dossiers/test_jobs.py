"""What the engine does by itself: functions, retries, incidents, called procedures, signals."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tthc_flow.dossiers.job_ends import BpmnError
from tthc_flow.dossiers.jobs import Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.errors import StoreFault

from .small import at, bpmn, do, engine_with, open_nodes

LOOK_UP = bpmn(
    '<startEvent id="s"/><userTask id="a" name="Tiếp nhận"/>'
    '<serviceTask id="look" name="Tra cứu" tthc:function="tra_cuu"/>'
    '<userTask id="b" name="Ký"/><userTask id="c" name="Xử lý tay"/><endEvent id="e"/>'
    '<boundaryEvent id="none" attachedToRef="look"><errorEventDefinition errorRef="E1"/>'
    "</boundaryEvent>",
    "s > a > look > b > e; none > c > b",
    more='<error id="E1" name="KHONG_CO"/>',
)


def test_a_function_does_its_step_and_what_it_returns_is_data(url):
    asked = []

    def look_up(data):
        asked.append(dict(data))
        return {"cư trú": "Gia Lai"}

    engine, _ = engine_with(url, LOOK_UP, functions={"tra_cuu": look_up})
    with engine:
        dossier = engine.start("P", "H1", by="dân", data={"số": 7})
        do(engine, dossier.id, "a")
        assert open_nodes(engine, dossier.id) == []
        assert engine.jobs.run_due() == Ran(done=1)
        assert asked == [{"số": 7}]
        assert open_nodes(engine, dossier.id) == ["b"]
        step = engine.audit.history(dossier.id)[-1]
        assert (step["kind"], step["node"], step["actor"]) == ("function", "look", "")
        assert step["payload"]["data"] == {"cư trú": "Gia Lai"}
        assert engine.jobs.run_due() == Ran()


def test_a_failing_function_is_tried_again_later_and_then_is_an_incident(url):
    tries = []

    def look_up(_data):
        tries.append(1)
        raise ConnectionError("không kết nối được")

    retries = Retries(most=3, first=timedelta(minutes=1), factor=5)
    engine, wall = engine_with(url, LOOK_UP, functions={"tra_cuu": look_up}, retries=retries)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        do(engine, dossier.id, "a")
        assert engine.jobs.run_due() == Ran(failed=1)
        assert engine.jobs.run_due() == Ran()
        wall.forward(seconds=59)
        assert engine.jobs.run_due() == Ran()
        wall.forward(seconds=1)
        assert engine.jobs.run_due() == Ran(failed=1)
        wall.forward(minutes=5)
        assert engine.jobs.run_due() == Ran(incidents=1)
        wall.forward(days=5)
        assert engine.jobs.run_due() == Ran()
        assert len(tries) == 3
        (incident,) = engine.jobs.incidents()
        assert (incident.kind, incident.node, incident.tries) == ("function", "look", 3)
        assert incident.error == "ConnectionError: không kết nối được"
        assert "incident" in [letter.topic for letter in engine.outbox.waiting()]
        engine.jobs.retry(incident.id, by="quản trị")
        assert engine.jobs.incidents() == ()
        assert engine.jobs.run_due() == Ran(failed=1)
        assert engine.audit.breaks() == ()


def test_an_incident_is_resolved_by_hand_and_only_once(url):
    engine, _ = engine_with(url, LOOK_UP, retries=Retries(most=1))
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        do(engine, dossier.id, "a")
        assert engine.jobs.run_due() == Ran(incidents=1)  # no function of that name is known
        (incident,) = engine.jobs.incidents(dossier=dossier.id)
        assert incident.error.startswith("TF712")
        engine.jobs.resolve(incident.id, {"cư trú": "Gia Lai"}, by="chị Hoa")
        assert open_nodes(engine, dossier.id) == ["b"]
        for act in (engine.jobs.retry, engine.jobs.resolve):
            with pytest.raises(StoreFault, match="TF707"):
                act(incident.id, by="a")
        with pytest.raises(StoreFault, match="TF706"):
            engine.jobs.retry("nowhere", by="a")


def test_a_business_error_goes_on_at_the_event_that_catches_it(url):
    def nobody(_data):
        raise BpmnError("KHONG_CO", "không có trong cơ sở dữ liệu")

    engine, _ = engine_with(url, LOOK_UP, functions={"tra_cuu": nobody})
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        do(engine, dossier.id, "a")
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, dossier.id) == ["c"]


def test_a_business_error_that_nobody_catches_is_tried_no_more(url):
    def nobody(_data):
        raise BpmnError("KHAC")

    engine, _ = engine_with(url, LOOK_UP, functions={"tra_cuu": nobody})
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        do(engine, dossier.id, "a")
        assert engine.jobs.run_due() == Ran(incidents=1)
        (incident,) = engine.jobs.incidents()
        assert "KHAC" in incident.error


def test_the_function_of_a_repeated_step_sees_the_member_of_its_round(url):
    each = (
        '<serviceTask id="look" tthc:function="tra_cuu"><multiInstanceLoopCharacteristics'
        ' tthc:each="ds" tthc:member="nguoi"/></serviceTask>'
    )
    content = bpmn(f'<startEvent id="s"/>{each}<endEvent id="e"/>', "s > look > e")
    seen = []
    functions = {"tra_cuu": lambda data: seen.append(data["nguoi"]) or {}}
    engine, _ = engine_with(url, content, functions=functions)
    with engine:
        dossier = engine.start("P", "H1", by="dân", data={"ds": ("an", "bình")})
        assert engine.jobs.run_due() == Ran(done=2)
        assert sorted(seen) == ["an", "bình"]
        assert engine.dossier(dossier.id).status == "completed"


LISTENS = bpmn(
    '<startEvent id="s"/><parallelGateway id="split"/><userTask id="a" name="A"/>'
    '<intermediateCatchEvent id="hear"><signalEventDefinition signalRef="S"/>'
    '</intermediateCatchEvent><userTask id="b" name="B"/>'
    '<intermediateCatchEvent id="paid"><messageEventDefinition messageRef="M"/>'
    '</intermediateCatchEvent><userTask id="c" name="C"/>'
    '<endEvent id="e1"/><endEvent id="e2"/><endEvent id="e3"/>',
    "s > split > a > e1; split > hear > b > e2; split > paid > c > e3",
    more='<signal id="S" name="đổi luật"/><message id="M" name="đã nộp phí"/>',
)
THROWS = bpmn(
    '<startEvent id="s"/><userTask id="a" name="A"/>'
    '<endEvent id="e"><signalEventDefinition signalRef="S"/></endEvent>',
    "s > a > e",
    process="Q",
    more='<signal id="S" name="đổi luật"/>',
)


def test_a_message_reaches_the_one_dossier_that_waits_for_it(url):
    engine, _ = engine_with(url, LISTENS)
    with engine:
        one = engine.start("P", "H1", by="dân")
        two = engine.start("P", "H2", by="dân")
        with pytest.raises(StoreFault, match="TF717"):
            engine.happening.message("đã nộp phí", by="kho bạc")
        engine.happening.message("đã nộp phí", {"số tiền": 5}, by="kho bạc", business_key="H2")
        assert open_nodes(engine, one.id) == ["a", "hear", "paid"]
        assert open_nodes(engine, two.id) == ["a", "c", "hear"]
        with pytest.raises(StoreFault, match="TF717"):
            engine.happening.message("đã nộp phí", by="kho bạc", business_key="H2")
        engine.happening.message("paid", by="kho bạc", dossier=one.id)
        assert open_nodes(engine, one.id) == ["a", "c", "hear"]


def test_a_signal_reaches_all_who_listen_each_by_a_job_of_its_own(url):
    engine, _ = engine_with(url, LISTENS)
    with engine:
        dossiers = [engine.start("P", f"H{n}", by="dân").id for n in range(3)]
        with engine.database.begin() as connection:
            assert engine.happening.signal("đổi luật", connection=connection) == 3
            connection.rollback()
        assert engine.jobs.run_due() == Ran()
        assert engine.happening.signal("đổi luật", {"luật": "72/2025"}) == 3
        assert engine.jobs.run_due() == Ran(done=3)
        for each in dossiers:
            assert open_nodes(engine, each) == ["a", "b", "paid"]
            assert engine.audit.history(each)[-1]["payload"]["data"] == {"luật": "72/2025"}
        assert engine.happening.signal("đổi luật") == 0


def test_a_signal_that_a_dossier_throws_is_heard_by_the_others(url):
    engine, _ = engine_with(url, LISTENS, THROWS)
    with engine:
        listening = engine.start("P", "H1", by="dân")
        throwing = engine.start("Q", "H2", by="dân")
        do(engine, throwing.id, "a")
        assert engine.jobs.run_due() == Ran(done=1)  # it becomes a job of each who hears it
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, listening.id) == ["a", "b", "paid"]
        topics = [(each.topic, each.payload["business_key"]) for each in engine.outbox.waiting()]
        assert topics == [("signal", "H2"), ("ended", "H2")]


def test_letters_go_out_with_one_key_until_they_are_heard(url):
    engine, wall = engine_with(url, THROWS)
    with engine:
        dossier = engine.start("Q", "H2", by="dân")
        do(engine, dossier.id, "a")
        heard: list[str] = []

        def deaf(letter):
            heard.append(letter.key)
            raise TimeoutError("không trả lời")

        assert engine.outbox.deliver(deaf) == 0
        assert engine.outbox.deliver(deaf) == 0
        assert heard == [f"{dossier.id}:1:0", f"{dossier.id}:1:1"]
        assert {letter.error for letter in engine.outbox.waiting()} == {
            "TimeoutError: không trả lời"
        }
        wall.forward(minutes=1)
        assert engine.outbox.deliver(lambda letter: heard.append(letter.key)) == 2
        assert heard[2:] == heard[:2]
        assert engine.outbox.waiting() == ()
        assert [letter.topic for letter in engine.outbox.delivered()] == ["signal", "ended"]


def test_a_dossier_that_is_suspended_does_nothing_and_then_goes_on(url):
    engine, _ = engine_with(url, LOOK_UP, functions={"tra_cuu": lambda _data: {}})
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        task = at(engine, dossier.id, "a")
        engine.life.suspend(dossier.id, by="lãnh đạo", reason="chờ thanh tra")
        assert engine.tasks() == ()
        with pytest.raises(StoreFault, match="TF709"):
            engine.work.complete(task, by="an")
        with pytest.raises(StoreFault, match="TF709"):
            engine.life.suspend(dossier.id, by="lãnh đạo", reason="lần nữa")
        engine.life.resume(dossier.id, by="lãnh đạo")
        engine.work.complete(task, by="an")
        engine.life.suspend(dossier.id, by="lãnh đạo", reason="chờ thanh tra")
        assert engine.jobs.run_due() == Ran()
        engine.life.resume(dossier.id, by="lãnh đạo")
        assert engine.jobs.run_due() == Ran(done=1)
        kinds = [each["kind"] for each in engine.audit.history(dossier.id)]
        assert kinds == ["start", "suspend", "resume", "complete", "suspend", "resume", "function"]
        assert engine.audit.breaks() == ()


def test_the_error_event_of_that_name_goes_before_the_one_for_any_error(url):
    drawn = bpmn(
        '<startEvent id="s"/><serviceTask id="look"/><userTask id="x" name="X"/>'
        '<userTask id="y" name="Y"/><endEvent id="e"/>'
        '<boundaryEvent id="any" attachedToRef="look"><errorEventDefinition/></boundaryEvent>'
        '<boundaryEvent id="named" attachedToRef="look"><errorEventDefinition errorRef="E1"/>'
        "</boundaryEvent>",
        "s > look > e; any > x > e; named > y > e",
        more='<error id="E1" name="KHONG_CO"/>',
    )
    said = ["KHONG_CO", "KHAC"]

    def look(_data: object) -> dict[str, object]:
        raise BpmnError(said.pop(0))

    engine, _ = engine_with(url, drawn, functions={"look": look})
    with engine:
        ids = []
        for key in ("H1", "H2"):
            ids.append(engine.start("P", key, by="an").id)
            assert engine.jobs.run_due() == Ran(done=1)
        assert [open_nodes(engine, each) for each in ids] == [["y"], ["x"]]
