"""What a whole database that was rewritten does not show, heads that were kept elsewhere do."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from tthc_flow.dossiers.heads import heads_of, text_of_heads
from tthc_flow.errors import StoreFault
from tthc_flow.store import schema
from tthc_flow.store.heads import Head, Heads

from .loop import LOOP, NOW
from .small import bpmn, do, engine_with

OF_A_DOSSIER = (schema.tasks, schema.jobs, schema.letters, schema.events, schema.moved)
SHORT = bpmn('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>', "s > a > e", process="Q")


def taken_away(engine, dossier):
    """Delete all that there is of *dossier*; return it, by tables."""
    with engine.database.begin() as here:
        gone = {}
        for table in OF_A_DOSSIER:
            of_it = table.c.instance == dossier
            gone[table] = [dict(row) for row in here.execute(select(table).where(of_it)).mappings()]
            here.execute(delete(table).where(of_it))
        row = here.execute(select(schema.instances).where(schema.instances.c.id == dossier))
        gone[schema.instances] = [dict(each) for each in row.mappings()]
        here.execute(delete(schema.instances).where(schema.instances.c.id == dossier))
    engine._office.hot._held.clear()
    return gone


def put_back(engine, gone):
    with engine.database.begin() as here:
        for table, rows in reversed(gone.items()):
            for row in rows:
                here.execute(insert(table).values(**row))


@pytest.fixture
def begun(url):
    engine, wall = engine_with(url, LOOP)
    with engine:
        dossier = engine.start("P", "H1", by="dân").id
        engine.start("P", "H2", by="dân")
        yield engine, wall, dossier


def told(engine, heads, dossier=None):
    return [
        (each.instance, each.step_no, each.why)
        for each in engine.audit.breaks(dossier, since=heads)
    ]


def test_a_dossier_that_was_deleted_with_all_its_events_is_named(begun):
    engine, _, dossier = begun
    do(engine, dossier, "receive")
    heads = engine.audit.heads()
    taken_away(engine, dossier)
    assert engine.audit.breaks() == ()
    assert told(engine, heads) == [(dossier, 1, "gone")]
    assert told(engine, heads, dossier) == [(dossier, 1, "gone")]


def test_a_dossier_that_was_put_back_to_an_earlier_step_is_named(begun):
    engine, _, dossier = begun
    before = taken_away(engine, dossier)
    put_back(engine, before)
    do(engine, dossier, "receive")
    heads = engine.audit.heads()
    assert told(engine, heads) == []
    taken_away(engine, dossier)
    put_back(engine, before)
    assert engine.audit.breaks() == ()
    assert told(engine, heads) == [(dossier, 1, "rewound")]
    engine.work.complete(engine.tasks(dossier=dossier)[0].id, by="kẻ khác")
    assert engine.audit.breaks() == ()
    assert told(engine, heads) == [(dossier, 1, "rewritten")]
    do(engine, dossier, "check")
    assert told(engine, heads) == [(dossier, 1, "rewritten")]


def test_only_the_dossier_that_is_asked_for_is_held_against_its_head(begun):
    engine, _, dossier = begun
    heads = engine.audit.heads()
    other = next(each.dossier for each in heads.dossiers if each.dossier != dossier)
    taken_away(engine, other)
    assert told(engine, heads, dossier) == []
    assert told(engine, heads) == [(other, 0, "gone")]


def test_a_break_that_the_chain_shows_by_itself_is_told_once(begun):
    engine, _, dossier = begun
    do(engine, dossier, "receive")
    heads = engine.audit.heads()
    with engine.database.begin() as here:
        here.execute(delete(schema.events).where(schema.events.c.step_no == 1))
    assert told(engine, heads) == [(dossier, 1, "cut off")]


def test_heads_say_where_each_dossier_stands_and_what_came_since_is_no_break(begun):
    engine, wall, dossier = begun
    do(engine, dossier, "receive")
    heads = engine.audit.heads()
    assert heads.at == wall.at
    assert [each.dossier for each in heads.dossiers] == sorted(
        each.id for each in engine.dossiers()
    )
    (head,) = [each for each in heads.dossiers if each.dossier == dossier]
    last = engine.audit.history(dossier)[-1]
    assert head == Head(
        dossier=dossier, key="P", business_key="H1", step_no=1, hash=last["hash"], ended=False
    )
    do(engine, dossier, "check")
    engine.life.withdraw(dossier, by="dân", reason="thôi")
    engine.start("P", "H3", by="dân")
    assert told(engine, heads) == []


def forgotten(url):
    """Return an engine that has forgotten its dossier, and the heads before and after its end."""
    engine, wall = engine_with(url)
    engine.deploy(SHORT, keep_days=1)
    dossier = engine.start("Q", "H1", by="dân").id
    heads = [engine.audit.heads()]
    do(engine, dossier, "a")
    heads.append(engine.audit.heads())
    assert [each.ended for head in heads for each in head.dossiers] == [False, True]
    engine.outbox.deliver(lambda _: None)
    wall.forward(days=2)
    assert engine.forget_ended() == 1
    return engine, heads


def test_a_dossier_that_was_forgotten_in_order_is_not_missed(url):
    engine, heads = forgotten(url)
    with engine:
        assert [told(engine, each) for each in heads] == [[], []]


@pytest.mark.parametrize(
    ("harm", "missed"),
    [
        (delete(schema.forgotten), [True, True]),
        (update(schema.forgotten).values(business_key="H2"), [True, True]),
        (update(schema.forgotten).values(key="P"), [True, True]),
        (update(schema.forgotten).values(last_hash="0" * 64), [False, True]),
    ],
)
def test_a_line_that_is_not_that_of_the_dossier_does_not_stand_for_it(harm, missed):
    engine, heads = forgotten("sqlite://")
    with engine:
        with engine.database.begin() as here:
            here.execute(harm)
        assert [bool(told(engine, each)) for each in heads] == missed
        assert {why for each in heads for _, _, why in told(engine, each)} == {"gone"}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HEADS = st.builds(
    Heads,
    at=st.timedeltas(timedelta(0), timedelta(days=9999)).map(lambda later: NOW + later),
    dossiers=st.lists(
        st.builds(
            Head,
            dossier=TEXT,
            key=TEXT,
            business_key=TEXT,
            step_no=st.integers(0, 9999),
            hash=TEXT,
            ended=st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
)


@given(HEADS)
def test_heads_are_read_as_they_were_written(heads):
    assert heads_of(text_of_heads(heads)) == heads


@given(HEADS, HEADS)
def test_only_the_same_heads_have_the_same_digest(one, other):
    assert (one.digest == other.digest) == (one == other)


HEAD = Head(dossier="i", key="P", business_key="H1", step_no=3, hash="a" * 64, ended=False)
ONE = Heads(at=NOW, dossiers=(HEAD,))


@pytest.mark.parametrize("name", [each.name for each in fields(Head)])
def test_every_part_of_a_head_is_in_the_digest(name):
    other = {"step_no": 4, "ended": True}.get(name, "khác")
    assert evolve(ONE, dossiers=(evolve(HEAD, **{name: other}),)).digest != ONE.digest
    assert evolve(ONE, at=NOW + timedelta(seconds=1)).digest != ONE.digest


def without(*names):
    """Return a change of what the text says: *names* lead to a part that is left out."""

    def change(said):
        for name in names[:-1]:
            said = said[name]
        del said[names[-1]]

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(digest="0" * 64),
        lambda said: said.update(at="2026-03-02T08:00:01+07:00"),
        lambda said: said.update(at="hôm qua"),
        lambda said: said.update(at=5),
        lambda said: said.update(kind="khác"),
        lambda said: said.update(dossiers=5),
        lambda said: said.update(dossiers=["i"]),
        lambda said: said["dossiers"].pop(),
        lambda said: said["dossiers"][0].update(step_no=2),
        lambda said: said["dossiers"][0].update(step_no=True),
        lambda said: said["dossiers"][0].update(hash=None),
        lambda said: said["dossiers"][0].update(more=1),
        without("digest"),
        without("dossiers"),
        without("dossiers", 0, "hash"),
    ],
)
def test_a_text_that_was_changed_is_refused(change):
    said = json.loads(text_of_heads(ONE))
    change(said)
    with pytest.raises(StoreFault, match=r"TF730 heads\.json"):
        heads_of(json.dumps(said), "heads.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "5", "null", "[" * 100_000, '{"kind": NaN}'])
def test_a_text_that_holds_no_heads_is_refused(text):
    with pytest.raises(StoreFault, match="TF730"):
        heads_of(text)
