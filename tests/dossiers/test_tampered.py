"""What was changed in the database beside the steps is noticed, and nobody goes on from it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from tthc_flow.errors import StoreFault
from tthc_flow.store.schema import definitions, events, instances, tasks

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


def test_a_dossier_that_nobody_touched_goes_on(url):
    engine, dossier = tampered(url)
    with engine:
        assert engine.audit.breaks() == ()
        do(engine, dossier, "check")
        assert open_nodes(engine, dossier) == ["full"]
        assert engine.data(dossier) == {"phí": 100}


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
