"""Rounds, what is to be undone, event sub-processes, tokens side by side: moved whole, or not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tthc_flow.errors import NotRunnable
from tthc_flow.store.schema import migrations

from .every_kind import NEW, OLD
from .small import at, bpmn, do, engine_with, open_nodes

ENDS = '<startEvent id="s"/><endEvent id="e"/>'
DATA = {"bên": ("xã", "huyện", "tỉnh"), "n": 3}


def moved(engine: Any, dossier: str, content: bytes, mapping: dict[str, str]) -> tuple[Any, ...]:
    """Move *dossier* to *content*; return why it stays."""
    source = engine.dossier(dossier).definition
    target = engine.deploy(content).hash
    report = engine.migrations.run(source, target, mapping, by="quản trị", dossiers=(dossier,))
    return tuple(each.why for each in report.stays)


def played(engine: Any, dossier: str) -> list[tuple[str, str, Any]]:
    """Do whatever is open, the oldest first, to the end; return what was done."""
    seen = []
    for _ in range(50):
        tasks = engine.tasks(dossier=dossier)
        if not tasks:
            break
        task = min(tasks, key=lambda each: int(each.id.rpartition(":")[2]))
        seen.append((task.node, task.name, task.member))
        if task.what == "work":
            engine.work.complete(task.id, by="an")
        elif task.what == "rounds":
            engine.work.repeat(task.id, 0, by="an")
        else:
            engine.happening.deliver(dossier, task.node, by="an")
    return seen


def as_if_begun_there(url: str, old: bytes, new: bytes, mapping: dict[str, str], *first: str):
    """Return the rest of a moved dossier, and of one that was begun in the new version."""
    engine, _ = engine_with(url, old)
    with engine:
        one = engine.start("P", "H1", by="dân", data=DATA).id
        for node in first:
            done(engine, one, node)
        assert moved(engine, one, new, mapping) == ()
        other = engine.start("P", "H2", by="dân", data=DATA).id
        for node in first:
            done(engine, other, mapping.get(node, node))
        rests = played(engine, one), played(engine, other)
        assert {engine.dossier(each).status for each in (one, other)} == {"completed"}
        assert engine.audit.breaks() == ()
        return rests


def done(engine: Any, dossier: str, node: str) -> None:
    tasks = [each for each in engine.tasks(dossier=dossier) if each.node == node]
    if not tasks:
        engine.happening.deliver(dossier, node, by="an")
        return
    first = min(tasks, key=lambda each: int(each.id.rpartition(":")[2]))
    engine.work.complete(first.id, by="an")


def asking(node: str, name: str, *, in_a_row: str = "false") -> bytes:
    return bpmn(
        ENDS + f'<userTask id="{node}" name="{name}"><multiInstanceLoopCharacteristics '
        f'isSequential="{in_a_row}" tthc:each="bên" tthc:member="nơi"/></userTask>'
        '<userTask id="z" name="Z"/>',
        f"s > {node} > z > e",
    )


def test_rounds_one_by_one_go_on_with_the_members_that_are_left(url):
    old, new = asking("a", "Hỏi", in_a_row="true"), asking("b", "Hỏi lại", in_a_row="true")
    moved_one, fresh = as_if_begun_there(url, old, new, {"a": "b"}, "a")
    assert moved_one == fresh
    assert [each[0] for each in fresh] == ["b", "b", "z"]
    assert len({each[2] for each in fresh}) == 3


def test_rounds_at_once_go_on_each_with_its_member(url):
    old, new = asking("a", "Hỏi"), asking("b", "Hỏi lại")
    moved_one, fresh = as_if_begun_there(url, old, new, {"a": "b"}, "a")
    assert moved_one == fresh
    assert len(fresh) == 3


def test_rounds_of_a_step_stay_where_the_step_has_become_a_sub_process(url):
    inside = (
        '<startEvent id="s2"/><userTask id="x" name="X"/><endEvent id="e2"/>'
        '<sequenceFlow id="g1" sourceRef="s2" targetRef="x"/>'
        '<sequenceFlow id="g2" sourceRef="x" targetRef="e2"/>'
    )
    block = bpmn(
        ENDS + '<subProcess id="a" name="A"><multiInstanceLoopCharacteristics '
        f'tthc:each="bên" tthc:member="nơi"/>{inside}</subProcess><userTask id="z" name="Z"/>',
        "s > a > z > e",
    )
    engine, _ = engine_with(url, asking("a", "Hỏi"))
    with engine:
        one = engine.start("P", "H1", by="dân", data=DATA).id
        assert moved(engine, one, block, {}) == ((("migrate-other-kind", "a"),),)
        assert len(played(engine, one)) == 4


def undoing(pay: str, back: str, more: str = "", way: str = "") -> bytes:
    """Return a procedure whose payments are paid back, the last first."""
    steps = "".join(
        f'<userTask id="{pay}{n}" name="Nộp"/>'
        f'<boundaryEvent id="c{n}" attachedToRef="{pay}{n}"><compensateEventDefinition/>'
        f'</boundaryEvent><userTask id="{back}{n}" name="Hoàn" isForCompensation="true"/>'
        f'<association id="l{n}" sourceRef="c{n}" targetRef="{back}{n}"/>'
        for n in (1, 2)
    )
    thrown = '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
    ways = f"s > {pay}1 > {pay}2 > q > t {way} > e"
    return bpmn(ENDS + steps + thrown + '<userTask id="q" name="Q"/>' + more, ways)


AFTER = '<userTask id="z" name="Z"/>'


def test_what_was_done_is_undone_under_its_new_name(url):
    new = undoing("lệ", "hoàn", AFTER, "> z")
    mapping = {f"{old}{n}": f"{name}{n}" for n in (1, 2) for old, name in NEW_NAMES.items()}
    rests = as_if_begun_there(url, undoing("pay", "back"), new, mapping, "pay1", "pay2")
    assert rests[0] == rests[1]
    assert [each[0] for each in rests[1]] == ["q", "hoàn2", "hoàn1", "z"]


def test_undoing_under_way_goes_on_under_its_new_names(url):
    new = undoing("lệ", "hoàn", AFTER, "> z")
    mapping = {f"{old}{n}": f"{name}{n}" for n in (1, 2) for old, name in NEW_NAMES.items()}
    first = ("pay1", "pay2", "q")
    rests = as_if_begun_there(url, undoing("pay", "back"), new, mapping, *first)
    assert rests[0] == rests[1]
    assert [each[0] for each in rests[1]] == ["hoàn2", "hoàn1", "z"]


def test_what_was_done_and_cannot_be_undone_there_keeps_the_dossier(url):
    engine, _ = engine_with(url, undoing("pay", "back"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        do(engine, one, "pay1")
        why = moved(engine, one, undoing("lệ", "back"), {"pay2": "lệ2"})
        assert why == ((("migrate-gone", "pay1"),),)
        do(engine, one, "pay2")
        do(engine, one, "q")
        why = moved(engine, one, undoing("pay", "hoàn", AFTER, "> z"), {"back2": "hoàn2"})
        assert why == ((("migrate-gone", "back1"),),)
        assert [each[0] for each in played(engine, one)] == ["back2", "back1"]


NEW_NAMES = {"pay": "lệ", "back": "hoàn"}


def complaint(block: str, step: str, interrupting: str) -> bytes:
    return bpmn(
        ENDS + f'<userTask id="a" name="A"/><subProcess id="{block}" triggeredByEvent="true">'
        f'<startEvent id="k" isInterrupting="{interrupting}"><messageEventDefinition/></startEvent>'
        f'<userTask id="{step}" name="Giải quyết"/><endEvent id="e2"/>'
        f'<sequenceFlow id="g1" sourceRef="k" targetRef="{step}"/>'
        f'<sequenceFlow id="g2" sourceRef="{step}" targetRef="e2"/></subProcess>',
        "s > a > e",
    )


@pytest.mark.parametrize("interrupting", ["true", "false"])
def test_an_event_sub_process_at_work_goes_on_under_its_new_name(url, interrupting):
    old, new = (complaint(*each, interrupting) for each in (("x", "u"), ("y", "v")))
    rests = as_if_begun_there(url, old, new, {"x": "y", "u": "v"}, "k")
    assert rests[0] == rests[1]
    assert ("a" in [each[0] for each in rests[1]]) is (interrupting == "false")


def test_a_case_that_a_complaint_has_taken_over_hears_no_other_after_it_was_moved(url):
    engine, _ = engine_with(url, complaint("x", "u", "true"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.happening.deliver(one, "k", by="dân")
        assert moved(engine, one, complaint("y", "v", "true"), {"x": "y", "u": "v"}) == ()
        with pytest.raises(NotRunnable, match="TF403"):
            engine.happening.deliver(one, "k", by="dân")
        assert [each[0] for each in played(engine, one)] == ["v"]


def test_a_complaint_at_work_keeps_the_dossier_where_the_new_version_has_none(url):
    engine, _ = engine_with(url, complaint("x", "u", "true"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        engine.happening.deliver(one, "k", by="dân")
        (why,) = moved(engine, one, bpmn(ENDS + '<userTask id="a"/>', "s > a > e"), {})
        assert set(why) == {("migrate-gone", "x"), ("migrate-gone", "u")}


def twice(node: str, joins: str = "exclusiveGateway") -> bytes:
    """Return a procedure in which two tokens come to the same step."""
    return bpmn(
        f'{ENDS}<parallelGateway id="p"/><{joins} id="m"/><userTask id="{node}" name="A"/>'
        '<userTask id="l" name="L"/><userTask id="r" name="R"/><userTask id="z" name="Z"/>',
        f"s > p > l > m > {node} > z > e; p > r > m",
    )


def test_two_tokens_at_one_step_move_both(url):
    rests = as_if_begun_there(url, twice("a"), twice("b"), {"a": "b"}, "l", "r")
    assert rests[0] == rests[1]
    assert sorted(each[0] for each in rests[1]) == ["b", "b", "z", "z"]


def test_two_tokens_of_one_step_and_their_names_come_back_each_to_its_place(url):
    engine, _ = engine_with(url, twice("a"))
    with engine:
        one = engine.start("P", "H", by="dân").id
        assert open_nodes(engine, one) == ["l", "r"]
        source = engine.definitions("P")[0].hash
        target = engine.deploy(twice("b")).hash
        report = engine.migrations.run(source, target, {"l": "b", "r": "b", "a": "b"}, by="x")
        assert (report.stays, open_nodes(engine, one)) == ((), ["b", "b"])
        engine.migrations.revert(report.id, by="x")
        assert open_nodes(engine, one) == ["l", "r"]
        assert sorted(each[0] for each in played(engine, one)) == ["a", "a", "l", "r", "z", "z"]


def test_a_delegated_task_is_done_on_behalf_also_after_its_dossier_has_moved(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        dossier = engine.start("V", "H", by="an").id
        engine.work.delegate(at(engine, dossier, "a"), "nam", by="bình")
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("V"))
        assert engine.migrations.run(source, target, by="quản trị").moves == (dossier,)
        engine.work.complete(at(engine, dossier, "a"), by="nam")
        assert engine.audit.history(dossier)[-1]["on_behalf_of"] == "bình"


def test_a_migration_that_is_taken_back_in_part_is_not_noted_as_reverted(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        dossier = engine.start("V", "H", by="an").id
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("V"))
        migration = engine.migrations.run(source, target, by="quản trị").id
        do(engine, dossier, "a")

        def reverted() -> object:
            with engine.database.connect() as here:
                return here.scalar(select(migrations.c.reverted_at))

        assert engine.migrations.revert(migration, by="quản trị").moves == ()
        assert reverted() is None
        do(engine, dossier, "b")
        engine.migrations.revert(migration, by="quản trị")
