"""What was changed in the database beside the steps is noticed, and nobody goes on from it."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, delete, insert, update

from tthc_flow.dossiers.jobs import Ran
from tthc_flow.errors import StoreFault
from tthc_flow.store import verifying
from tthc_flow.store.schema import definitions, events, instances, jobs, letters, tasks

from .every_kind import CALLED, scene_on
from .kinds import ALL
from .loop import LOOP
from .small import at, bpmn, do, engine_with, open_nodes


def tampered(url, *harms):
    """Return a dossier that was worked on, in an engine that has it no more at hand, and harmed."""
    engine, _ = engine_with(url, LOOP)
    with engine:
        dossier = engine.start("P", "H1", by="dân", data={"phí": 100}).id
        engine.work.claim(at(engine, dossier, "receive"), by="an")
        do(engine, dossier, "receive")
        assert engine.audit.breaks() == ()
        with engine.database.begin() as connection:
            for harm in harms:
                connection.execute(harm)
    return engine_with(url)[0], dossier


@pytest.mark.parametrize(
    "harm",
    [
        update(instances).values(state=instances.c.state + " "),
        update(instances).values(due_at="2027-01-01T08:00:00.000000+07:00"),
        update(instances).values(clock='{"extended":[],"limit":["50","working_day"],"stops":[]}'),
        update(instances).values(answered_at="2026-03-02T08:00:00.000000+07:00"),
        update(instances).values(moved_at="2026-03-01T08:00:00.000000+07:00"),
        update(instances).values(ended_at="2026-03-02T08:00:00.000000+07:00"),
        update(tasks).values(assignee="kẻ khác"),
        update(tasks).values(due_at="2027-01-01T08:00:00.000000+07:00"),
        update(tasks).values(node="sign"),
        delete(tasks),
        update(events).where(events.c.step_no == 2).values(hash="0" * 64),
        delete(events).where(events.c.step_no == 2),
    ],
)
def test_nobody_goes_on_from_what_was_changed_beside_the_steps(url, harm):
    engine, dossier = tampered(url, harm)
    with engine:
        assert len(engine.audit.breaks()) == 1
        with pytest.raises(StoreFault, match="TF723"):
            engine.life.suspend(dossier, by="an", reason="thử")
        with pytest.raises(StoreFault, match="TF723"):
            engine.work.complete(f"{dossier}:4", by="an")
        assert len(engine.audit.breaks()) == 1


@pytest.mark.parametrize(
    "harm",
    [
        update(instances).values(started_at="2026-01-01T08:00:00.000000+07:00"),
        update(instances).values(business_key="H2"),
        update(instances).values(parent="x" * 32),
        update(definitions).values(content=LOOP.replace(b"receive", b"recejve")),
    ],
)
def test_whoever_verifies_is_told_of_names_and_definitions_too(url, harm):
    engine, dossier = tampered(url, harm)
    with engine:
        (broken,) = engine.audit.breaks()
        assert broken.instance == dossier
        assert broken.why in {"differs", "definition"}


def test_every_dossier_is_looked_at_however_many_are_read_at_once(monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 2)
    engine, _ = engine_with("sqlite://", LOOP)
    with engine:
        begun = {engine.start("P", f"H{number}", by="dân").id for number in range(5)}
        with engine.database.begin() as connection:
            connection.execute(update(events).values(actor="kẻ khác"))
        assert {each.instance for each in engine.audit.breaks()} == begun


def test_a_dossier_that_nobody_touched_goes_on(url):
    engine, dossier = tampered(url)
    with engine:
        assert engine.audit.breaks() == ()
        do(engine, dossier, "check")
        assert open_nodes(engine, dossier) == ["full"]
        assert engine.data(dossier) == {"phí": 100}


REMINDED = bpmn(
    '<startEvent id="s"/><intermediateThrowEvent id="tell" name="báo"><messageEventDefinition/>'
    '</intermediateThrowEvent><userTask id="a" name="Ký"/><endEvent id="e"/>'
    '<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
    '<userTask id="b" name="Nhắc"/><endEvent id="e2"/>',
    "s > tell > a > e; t > b > e2",
)
LATER = "2026-03-02T09:30:00.000000+07:00"


def reminded(url, harm=None):
    """Return an engine with a dossier that has sent a letter and waits for a timer, and harmed."""
    engine, wall = engine_with(url, REMINDED)
    dossier = engine.start("P", "H1", by="dân").id
    assert [letter.topic for letter in engine.outbox.waiting()] == ["message"]
    if harm is not None:
        with engine.database.begin() as connection:
            connection.execute(harm(dossier))
    return engine, wall, dossier


def told(engine):
    return [(each.step_no, each.why) for each in engine.audit.breaks()]


def a_letter(dossier, key):
    values = {"payload": "{}", "at": LATER, "due_at": LATER, "tries": 0, "topic": "ended"}
    return insert(letters).values(key=key, instance=dossier, **values)


def a_job(dossier):
    values = {"kind": "message", "name": "giả", "status": "due", "tries": 0}
    return insert(jobs).values(instance=dossier, token=9, node="m", **values)


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: update(letters).values(payload="{}"),
        lambda _: update(letters).values(topic="ended"),
        lambda _: update(letters).values(at=LATER),
        lambda _: update(letters).values(key=letters.c.key + "0"),
        lambda _: update(letters).values(key=letters.c.instance + ":1:0"),
        lambda _: update(letters).values(instance="x" * 32),
        lambda _: delete(letters),
        lambda dossier: a_letter(dossier, f"{dossier}:0:1"),
        lambda dossier: a_letter(dossier, f"{dossier}:1:0"),
        lambda dossier: a_letter(dossier, "giả"),
    ],
)
def test_a_letter_that_was_changed_taken_away_or_put_in_is_told(harm):
    engine, _, _ = reminded("sqlite://", harm)
    with engine:
        assert told(engine) == [(0, "letters")]


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: update(jobs).values(due_at=LATER),
        lambda _: update(jobs).values(since=LATER),
        lambda _: update(jobs).values(status="done"),
        lambda _: update(jobs).values(kind="function"),
        lambda _: update(jobs).values(name="giả"),
        lambda _: update(jobs).values(payload='{"more":9}'),
        lambda _: update(jobs).values(node="b"),
        lambda _: update(jobs).values(token=9),
        lambda _: delete(jobs),
        a_job,
    ],
)
def test_a_job_that_was_changed_taken_away_or_put_in_is_told(harm):
    engine, _, _ = reminded("sqlite://", harm)
    with engine:
        assert told(engine) == [(0, "jobs")]


def test_going_on_from_a_job_that_was_changed_does_not_mend_the_chain(url):
    engine, _, dossier = reminded(url, lambda _: update(jobs).values(due_at=LATER))
    engine.close()
    again, wall = engine_with(url)
    with again:
        wall.forward(hours=2)
        assert again.jobs.run_due() == Ran(done=1)
        assert told(again) == [(1, "jobs")]
        do(again, dossier, "b")
        do(again, dossier, "a")
        assert again.dossier(dossier).status == "completed"
        assert told(again) == [(3, "jobs")]


def test_delivering_letters_and_taking_jobs_leaves_the_chain_whole(url):
    engine, wall, dossier = reminded(url)

    def refuse(_letter):
        raise ConnectionError

    with engine:
        assert engine.outbox.deliver(refuse) == 0
        assert told(engine) == []
        wall.forward(hours=2)
        assert engine.outbox.deliver(lambda _letter: None) == 1
        for each in engine.jobs.run_each():
            assert each == "done"
            assert told(engine) == []
        engine.life.suspend(dossier, by="an", reason="thử")
        assert told(engine) == []
        engine.life.resume(dossier, by="an")
        assert (engine.jobs.run_due(), told(engine)) == (Ran(done=1), [])


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_no_kind_of_step_breaks_a_chain_or_loses_a_head(kind, tmp_path):
    database = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    scene = scene_on(database)
    kind.prepare(scene)
    heads = scene.engine.audit.heads()
    kind.act(scene)
    assert scene.engine.audit.breaks(since=heads) == ()
    database.dispose()


class Reversed:
    """Seals by turning the text round: enough to see what was sealed."""

    def seal(self, text: str) -> str:
        return text[::-1]

    def open(self, sealed: str) -> str:
        return sealed[::-1]


def test_what_rounds_are_about_is_sealed_as_the_data_are(tmp_path):
    each = (
        '<userTask id="a"><multiInstanceLoopCharacteristics isSequential="true" tthc:each="ds"'
        ' tthc:member="nguoi"/></userTask>'
    )
    content = bpmn(f'<startEvent id="s"/>{each}<endEvent id="e"/>', "s > a > e")
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", content, codec=Reversed())
    with engine:
        engine.start("P", "H1", by="dân", data={"ds": ("BÍ MẬT", "KÍN ĐÁO")})
    assert "BÍ MẬT".encode() not in (tmp_path / "a.db").read_bytes()
    again, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", codec=Reversed())
    with again:
        (dossier,) = again.dossiers()
        for _ in range(2):
            (task,) = again.tasks()
            assert task.member is None
            done = again.work.complete(task.id, by="an")
        assert done.status == "completed"
        assert again.data(dossier.id)["ds"] == ("BÍ MẬT", "KÍN ĐÁO")
        assert again.audit.breaks() == ()


def test_who_was_changed_beside_the_steps_without_its_number_is_not_overwritten(url):
    engine, _ = engine_with(url, CALLED)
    with engine:
        dossier = engine.start("Q", "H", by="an").id  # it is at hand
        with engine.database.begin() as here:
            here.execute(update(instances).values(last_hash="0" * 64))
        with pytest.raises(StoreFault, match="TF723"):
            engine.work.claim(f"{dossier}:2", by="an")
