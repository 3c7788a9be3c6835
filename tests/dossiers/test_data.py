"""The data of dossiers: held against the form of a task, sealed by the caller, forgotten."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from sqlalchemy import inspect, select

from tthc_flow.dossiers.forms import check_form
from tthc_flow.errors import NotRunnable, StoreFault
from tthc_flow.model.step import FieldKind, FormField, Step
from tthc_flow.store.schema import events, forgotten, instances, metadata, moved

from .every_kind import CALLED
from .small import at, bpmn, do, engine_with

FIELDS = (
    "<extensionElements><tthc:step><tthc:fields>"
    '<tthc:field name="phí" type="number" required="true"/><tthc:field name="ngày" type="date"/>'
    '<tthc:field name="loại" type="choice"><tthc:choice name="A"/><tthc:choice name="B"/>'
    '</tthc:field><tthc:field name="đủ" type="truth"/>'
    '<tthc:field name="ghi chú" required="true"/></tthc:fields></tthc:step></extensionElements>'
)
FORM = bpmn(
    f'<startEvent id="s"/><userTask id="a" name="Thu phí">{FIELDS}</userTask>'
    '<userTask id="b" name="Ký"/><endEvent id="e"/>',
    "s > a > b > e",
)
GOOD = {"phí": 50_000, "ngày": date(2026, 3, 2), "loại": "B", "đủ": True, "ghi chú": "không"}


def test_a_task_takes_what_its_form_declares_and_says_all_that_is_wrong_at_once(url):
    engine, _ = engine_with(url, FORM)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        task = at(engine, dossier.id, "a")
        assert [field.name for field in engine.work.form(task)] == list(GOOD)
        bad = {"phí": "nhiều", "loại": "C", "lạ": 1, "ghi chú": " "}
        with pytest.raises(NotRunnable, match="TF411") as caught:
            engine.work.complete(task, bad, by="an")
        for name in bad:
            assert f"'{name}'" in caught.value.fact
        with pytest.raises(NotRunnable, match="'phí' is missing"):
            engine.work.complete(task, {"ghi chú": "x"}, by="an")
        assert engine.dossier(dossier.id).step_no == 0
        assert engine.work.complete(task, GOOD, by="an").step_no == 1
        assert engine.work.form(at(engine, dossier.id, "b")) is None
        with pytest.raises(StoreFault, match="TF707"):
            engine.work.form(task)


class Locked:
    """Seals by a cipher that is none, but enough to see what was sealed."""

    def seal(self, text: str) -> str:
        return base64.b85encode(text.encode()[::-1]).decode()

    def open(self, sealed: str) -> str:
        return base64.b85decode(sealed)[::-1].decode()


def test_with_a_codec_no_value_stands_open_in_the_database(url):
    looks = []
    engine, _ = engine_with(url, FORM, codec=Locked())
    with engine:
        dossier = engine.start("P", "H1", by="dân", data={"số định danh": "052199000123"})
        do(engine, dossier.id, "a", {**GOOD, "ghi chú": "BÍ MẬT"})
        with engine.database.connect() as connection:
            for table in metadata.sorted_tables:
                for row in connection.execute(select(table)):
                    looks += [value for value in row if isinstance(value, str)]
        assert inspect(engine.database).has_table(events.name)
        assert not [text for text in looks if "052199" in text or "BÍ MẬT" in text]
        said = [each["payload"]["data"] for each in engine.audit.history(dossier.id)]
        assert said[0] == {"số định danh": "052199000123"}
        assert said[1]["ghi chú"] == "BÍ MẬT"
    again, _ = engine_with(url, codec=Locked())
    with again:
        assert do(again, dossier.id, "b").status == "completed"
        assert again.audit.breaks() == ()
    closed, _ = engine_with(url)
    with closed, pytest.raises(StoreFault, match="TF713"):
        closed.audit.history(dossier.id)


class Other(Locked):
    """A codec with another key: it opens what it should not."""

    def __init__(self, opens: str) -> None:
        self.opens = opens

    def open(self, sealed: str) -> str:
        return base64.b85decode(sealed).decode() if self.opens == "noise" else self.opens


@pytest.mark.parametrize("opens", ["noise", "5", "[]", ""])
def test_a_codec_that_does_not_open_the_data_is_said(url, opens):
    engine, _ = engine_with(url, FORM, codec=Locked())
    with engine:
        dossier = engine.start("P", "H1", by="dân", data={"số định danh": "052199000123"})
    other, _ = engine_with(url, codec=Other(opens))
    with other:
        for call in (
            lambda: other.data(dossier.id),
            lambda: other.work.complete(dossier.tasks[0].id, GOOD, by="an"),
            lambda: other.audit.history(dossier.id),
        ):
            with pytest.raises(StoreFault, match="TF713"):
                call()


def test_what_ended_long_enough_ago_is_forgotten_but_for_its_names(url):
    engine, wall = engine_with(url)
    with engine:
        engine.deploy(FORM, keep_days=30)
        ended, open_one = (engine.start("P", key, by="dân").id for key in ("H1", "H2"))
        do(engine, ended, "a", GOOD)
        do(engine, ended, "b")
        wall.forward(days=31)
        assert engine.forget_ended() == 0  # its last letter was not delivered yet
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=-2)
        assert engine.forget_ended() == 0
        wall.forward(days=2)
        assert engine.forget_ended() == 1
        with pytest.raises(StoreFault, match="TF706"):
            engine.dossier(ended)
        with engine.database.connect() as connection:
            left = connection.execute(select(forgotten)).one()
            assert (left.instance, left.business_key) == (ended, "H1")
            rows = connection.scalars(select(events.c.instance).distinct()).all()
            assert rows == [open_one]
            assert connection.scalars(select(instances.c.id)).all() == [open_one]
        assert engine.audit.breaks() == ()


def test_dossiers_of_a_definition_without_a_time_are_kept(url):
    engine, wall = engine_with(url, FORM)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        engine.life.cancel(dossier.id, by="an", reason="nhầm")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=9999 // 30)
        assert engine.forget_ended() == 0


def test_dossiers_are_forgotten_by_the_time_of_their_own_definition(url):
    engine, wall = engine_with(url, CALLED)  # kept for ever
    with engine:
        engine.deploy(CALLED.replace(b'id="Q"', b'id="K"'), keep_days=1)
        ids = [engine.start(key, "H", by="an").id for key in ("Q", "K")]
        for each in ids:
            do(engine, each, "a")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=2)
        assert engine.forget_ended() == 1
        assert [each.id for each in engine.dossiers()] == ids[:1]


def test_what_is_forgotten_leaves_no_note_of_its_migration(url):
    engine, wall = engine_with(url, CALLED)
    with engine:
        dossier = engine.start("Q", "H", by="an").id
        longer = CALLED.replace(b'name="K\xc3\xbd"', b'name="X"')
        engine.deploy(longer, keep_days=1)
        source, target = (each.hash for each in engine.definitions("Q"))
        assert engine.migrations.run(source, target, by="an").moves == (dossier,)
        do(engine, dossier, "a")
        engine.outbox.deliver(lambda _letter: None)
        wall.forward(days=2)
        assert engine.forget_ended() == 1
        with engine.database.connect() as here:
            assert here.execute(select(moved)).all() == []


@pytest.mark.parametrize("kind", [FieldKind.NUMBER, FieldKind.DATE, FieldKind.TEXT])
def test_what_is_true_or_false_fits_no_other_field(kind):
    step = Step(id="a", name="A", fields=(FormField(name="x", kind=kind, required=True),))
    with pytest.raises(NotRunnable, match="TF411"):
        check_form(step, {"x": True})
