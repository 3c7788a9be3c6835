"""What the engine does by itself follows the new version; only times under way stay the same."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tthc_flow.errors import StoreFault
from tthc_flow.store.schema import jobs

from .small import at, bpmn, do, engine_with, open_nodes

END = '<startEvent id="s"/><endEvent id="e"/>'
CHILD = bpmn(f'{END}<userTask id="x" name="X"/>', "s > x > e", process="C")
OTHER = bpmn(f'{END}<userTask id="y" name="Y"/>', "s > y > e", process="D")


def only(step: str, *, more: str = "") -> bytes:
    """Return a procedure of one *step*, whose id is ``a`` or ``b``."""
    node = "b" if 'id="b"' in step else "a"
    return bpmn(END + step, f"s > {node} > e", more=more)


def calling(process: str, node: str = "a") -> bytes:
    return only(f'<callActivity id="{node}" name="Gọi" calledElement="{process}"/>')


def service(function: str, node: str = "a") -> bytes:
    return only(f'<serviceTask id="{node}" name="Tra cứu" tthc:function="{function}"/>')


USER = only('<userTask id="a" name="Tra cứu"/>')


def waiting_for(kind: str, name: str, node: str = "a") -> bytes:
    event = (
        f'<intermediateCatchEvent id="{node}"><{kind}EventDefinition {kind}Ref="M"/>'
        "</intermediateCatchEvent>"
    )
    return only(event, more=f'<{kind} id="M" name="{name}"/>')


def moved(engine: Any, content: bytes, *mapping: tuple[str, str]) -> str:
    """Move every dossier of P to *content*; return the migration's id."""
    source = engine.definitions("P")[-1].hash
    target = engine.deploy(content).hash
    report = engine.migrations.run(source, target, dict(mapping), by="quản trị")
    assert report.stays == ()
    assert report.moves
    return report.id


def kept(engine: Any) -> list[tuple[str, str, str | None, str]]:
    asked = select(jobs.c.node, jobs.c.kind, jobs.c.name, jobs.c.status)
    with engine.database.connect() as connection:
        return [tuple(row) for row in connection.execute(asked.order_by(jobs.c.node))]


def test_a_called_dossier_goes_on_when_its_call_is_renamed(url):
    engine, _ = engine_with(url, CHILD, calling("C"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.jobs.run_due()
        moved(engine, calling("C", "b"), ("a", "b"))
        engine.jobs.run_due()
        assert [each.status for each in engine.dossiers(key="C")] == ["running"]
        engine.work.complete(engine.tasks()[0].id, by="an")
        engine.jobs.run_due()
        assert engine.dossier(one).status == "completed"
        assert engine.audit.breaks() == ()


def test_a_called_dossier_ends_where_the_new_version_calls_nobody(url):
    engine, _ = engine_with(url, CHILD, calling("C"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.jobs.run_due()
        moved(engine, service("find"))
        engine.jobs.run_due()
        assert [each.status for each in engine.dossiers(key="C")] == ["cancelled"]
        assert kept(engine)[0][:3] == ("a", "function", "find")
        assert engine.dossier(one).status == "running"


def test_who_is_called_is_said_by_the_new_version_unless_somebody_is_called_already(url):
    engine, _ = engine_with(url, CHILD, OTHER, calling("C"))
    with engine:
        engine.start("P", "H1", by="dân")
        engine.jobs.run_due()
        late = engine.start("P", "H2", by="dân").id
        moved(engine, calling("D"))
        engine.jobs.run_due()
        assert [len(engine.dossiers(key=each)) for each in ("C", "D")] == [1, 1]
        assert engine.dossiers(key="D")[0].parent == late
        for task in engine.tasks():
            engine.work.complete(task.id, by="an")
        engine.jobs.run_due()
        assert {each.status for each in engine.dossiers()} == {"completed"}


@pytest.mark.parametrize("node", ["a", "b"])
def test_an_incident_is_mended_by_a_new_version_and_retried(url, node):
    functions = {"old": lambda data: data["nothing"], "new": lambda _: {"found": True}}
    engine, wall = engine_with(url, service("old"), functions=functions)
    with engine:
        one = engine.start("P", "H", by="dân").id
        while not engine.jobs.incidents():
            engine.jobs.run_due()
            wall.forward(days=1)
        (before,) = engine.jobs.incidents()
        moved(engine, service("new", node), ("a", node))
        (incident,) = engine.jobs.incidents()
        assert (incident.tries, incident.error) == (before.tries, before.error)
        assert kept(engine) == [(node, "function", "new", "incident")]
        engine.jobs.retry(incident.id, by="quản trị")
        assert engine.jobs.run_due().done == 1
        assert engine.dossier(one).status == "completed"


def test_what_a_function_did_becomes_the_task_of_a_person_and_back(url):
    engine, _ = engine_with(url, service("find"), functions={"find": lambda _: {}})
    with engine:
        one = engine.start("P", "H", by="dân").id
        assert open_nodes(engine, one) == []
        migration = moved(engine, USER)
        assert (open_nodes(engine, one), kept(engine)) == (["a"], [])
        engine.work.claim(at(engine, one, "a"), by="an")
        engine.migrations.revert(migration, by="quản trị")
        assert open_nodes(engine, one) == []
        assert kept(engine) == [("a", "function", "find", "due")]
        assert engine.jobs.run_due().done == 1
        assert engine.dossier(one).status == "completed"
        assert engine.audit.breaks() == ()


@pytest.mark.parametrize("kind", ["message", "signal"])
@pytest.mark.parametrize("node", ["a", "b"])
def test_who_listens_listens_for_the_new_name(url, kind, node):
    engine, _ = engine_with(url, waiting_for(kind, "cũ"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        moved(engine, waiting_for(kind, "mới", node), ("a", node))
        if kind == "message":
            with pytest.raises(StoreFault, match="TF717"):
                engine.happening.message("cũ", by="bưu điện")
            engine.happening.message("mới", by="bưu điện")
        else:
            assert engine.happening.signal("cũ") == 0
            assert engine.happening.signal("mới") == 1
            engine.jobs.run_due()
        assert engine.dossier(one).status == "completed"


def test_a_signal_that_was_heard_is_not_lost_when_its_name_changes(url):
    engine, _ = engine_with(url, waiting_for("signal", "cũ"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.happening.signal("cũ")
        moved(engine, waiting_for("signal", "mới", "b"), ("a", "b"))
        assert engine.jobs.run_due().done == 1
        assert engine.dossier(one).status == "completed"


def test_an_event_of_another_kind_is_waited_for_as_the_new_version_says(url):
    timed = (
        '<intermediateCatchEvent id="a"><timerEventDefinition><timeDuration>P2D</timeDuration>'
        "</timerEventDefinition></intermediateCatchEvent>"
    )
    engine, wall = engine_with(url, only(timed))
    with engine:
        one = engine.start("P", "H", by="dân").id
        migration = moved(engine, waiting_for("message", "giấy"))
        assert kept(engine) == [("a", "message", "giấy", "due")]
        wall.forward(days=1)
        engine.migrations.revert(migration, by="quản trị")
        wall.forward(days=1, hours=1)
        assert engine.jobs.run_due().done == 0  # it is armed anew: two days from the way back
        wall.forward(days=1)
        assert engine.jobs.run_due().done == 1
        assert engine.dossier(one).status == "completed"


WARNED = (
    '<userTask id="a" name="A"/><boundaryEvent id="b{}" attachedToRef="a" cancelActivity="false">'
    "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition></boundaryEvent>"
    '<userTask id="w" name="W"/><endEvent id="e2"/>'
)
PLAIN = bpmn(f'{END}<userTask id="a" name="A"/>', "s > a > e")


def warned(number: str, time: str) -> bytes:
    return bpmn(END + WARNED.format(number, time), f"s > a > e; b{number} > w > e2")


def test_a_timer_at_a_step_keeps_its_moment_under_its_new_name(url):
    engine, wall = engine_with(url, warned("1", "P2D"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        wall.forward(days=1)
        moved(engine, warned("2", "P9D"), ("b1", "b2"))
        wall.forward(days=1)
        assert engine.jobs.run_due().done == 1
        assert open_nodes(engine, one) == ["a", "w"]


def test_a_new_timer_of_a_suspended_dossier_is_held_until_it_goes_on(url):
    engine, wall = engine_with(url, PLAIN)
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.life.suspend(one, by="quản trị", reason="chờ")
        moved(engine, warned("1", "PT1H"))
        assert [each[3] for each in kept(engine)] == ["held"]
        wall.forward(hours=2)
        assert list(engine.jobs.run_each()) == []
        engine.life.resume(one, by="quản trị")
        assert engine.jobs.run_due().done == 1
        assert open_nodes(engine, one) == ["a", "w"]


def test_a_message_renamed_for_a_suspended_dossier_stays_held(url):
    engine, _ = engine_with(url, waiting_for("message", "cũ"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.life.suspend(one, by="quản trị", reason="chờ")
        moved(engine, waiting_for("message", "mới"))
        assert kept(engine) == [("a", "message", "mới", "held")]
        engine.life.resume(one, by="quản trị")
        engine.happening.message("mới", by="bưu điện")
        assert engine.dossier(one).status == "completed"


def timed(time: str, name: str = "A") -> bytes:
    return only(f'<userTask id="a" name="{name}" tthc:time="{time}"/>')


def test_who_was_told_of_a_task_is_told_once_more_only_if_its_date_moves(url):
    engine, wall = engine_with(url, timed("2 ngày làm việc"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        wall.forward(days=7)
        assert engine.warn() == 1
        moved(engine, timed("2 ngày làm việc", "Tên mới"))
        assert engine.warn() == 0
        moved(engine, timed("8 ngày làm việc"))
        assert engine.warn() == 0
        wall.forward(days=3)
        assert engine.warn() == 1
        assert [each.topic for each in engine.outbox.waiting()] == ["overdue", "near_due"]
        assert do(engine, one, "a").status == "completed"


def test_a_task_is_told_of_anew_when_its_clock_has_stood_still(url):
    engine, wall = engine_with(url, timed("2 ngày làm việc"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        wall.forward(days=1, hours=10)
        assert engine.warn() == 1
        engine.life.stop_clock(one, by="an", reason="chờ nộp phí")
        wall.forward(days=10)
        engine.life.restart_clock(one, by="an")
        topics = []
        for _ in range(10):
            wall.forward(hours=12)
            engine.warn()
            topics = [each.topic for each in engine.outbox.waiting()]
        assert topics == ["near_due", "near_due", "overdue"]
