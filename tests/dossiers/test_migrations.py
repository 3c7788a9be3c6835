"""Dossiers under way go over to a new version: looked at first, together, and back."""

from __future__ import annotations

import pytest

from tthc_flow.errors import StoreFault
from tthc_flow.units import Duration, TimeUnit

from .small import at, bpmn, do, engine_with, open_nodes

OLD = bpmn(
    '<startEvent id="s"/><userTask id="receive" name="Tiếp nhận"/>'
    '<userTask id="check" name="Thẩm định" tthc:time="3 ngày làm việc"/>'
    '<userTask id="district" name="Cấp huyện xác nhận"/><userTask id="sign" name="Ký"/>'
    '<endEvent id="e"/>',
    "s > receive > check > district > sign > e",
)
NEW = bpmn(
    '<startEvent id="s"/><userTask id="receive" name="Tiếp nhận"/>'
    '<userTask id="check" name="Thẩm định hồ sơ" tthc:time="2 ngày làm việc"/>'
    '<userTask id="sign" name="Ký"/><endEvent id="e"/>',
    "s > receive > check > sign > e",
)
PARALLEL = bpmn(
    '<startEvent id="s"/><parallelGateway id="split"/><userTask id="a" name="A"/>'
    '<userTask id="b" name="B"/><parallelGateway id="join"/><endEvent id="e"/>',
    "s > split > a > join > e; split > b > join",
)
WIDER = bpmn(
    '<startEvent id="s"/><parallelGateway id="split"/><userTask id="a" name="A"/>'
    '<userTask id="b" name="B"/><userTask id="c" name="C"/><parallelGateway id="join"/>'
    '<endEvent id="e"/>',
    "s > split > a > join > e; split > b > join; split > c > join",
)


def begun(engine, *keys, **more):
    return [engine.start("P", key, by="dân", **more).id for key in keys]


def test_a_dry_run_says_who_moves_and_why_others_stay_and_changes_nothing(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        first, second, third = begun(engine, "H1", "H2", "H3")
        for each in (second, third):
            do(engine, each, "receive")
        do(engine, third, "check")
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("P"))
        before = [engine.audit.history(each) for each in (first, second, third)]
        report = engine.migrations.plan(source, target)
        assert sorted(report.moves) == sorted([first, second])
        (stays,) = report.stays
        assert (stays.business_key, stays.why) == ("H3", (("migrate-gone", "district"),))
        assert [engine.audit.history(each) for each in (first, second, third)] == before


def test_what_moves_keeps_its_place_its_people_and_its_time(url):
    engine, wall = engine_with(url, OLD)
    with engine:
        (one,) = begun(engine, "H1", limit=Duration(amount=9, unit=TimeUnit.WORKING_DAY))
        do(engine, one, "receive")
        engine.work.claim(at(engine, one, "check"), by="chị Hoa")
        due_at = engine.dossier(one).due_at
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("P"))
        wall.forward(days=1)
        report = engine.migrations.run(source, target, by="quản trị")
        assert (report.moves, report.stays) == ((one,), ())
        dossier = engine.dossier(one)
        (task,) = dossier.tasks
        assert (dossier.definition, dossier.due_at) == (target, due_at)
        assert (task.name, task.assignee) == ("Thẩm định hồ sơ", "chị Hoa")
        assert task.due_at.isoformat()[:10] == "2026-03-04"  # two days from Monday, not Tuesday
        engine.work.complete(task.id, by="chị Hoa")
        assert open_nodes(engine, one) == ["sign"]
        assert do(engine, one, "sign").status == "completed"
        assert engine.audit.breaks() == ()
        kinds = [each["kind"] for each in engine.audit.history(one)]
        assert kinds == ["start", "complete", "claim", "migrate", "complete", "complete"]


def test_a_mapping_says_what_became_of_a_node_and_a_migration_is_reverted(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        (one,) = begun(engine, "H1")
        do(engine, one, "receive")
        do(engine, one, "check")
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("P"))
        report = engine.migrations.run(source, target, {"district": "sign"}, by="quản trị")
        assert open_nodes(engine, one) == ["sign"]
        back = engine.migrations.revert(report.id, by="quản trị")
        assert (back.moves, back.stays) == ((one,), ())
        assert engine.dossier(one).definition == source
        assert open_nodes(engine, one) == ["district"]
        assert engine.migrations.revert(report.id, by="quản trị").moves == ()
        do(engine, one, "district")
        assert do(engine, one, "sign").status == "completed"
        assert engine.audit.breaks() == ()


def test_a_case_inside_a_block_that_got_another_branch_stays(url):
    engine, _ = engine_with(url, PARALLEL)
    with engine:
        (one,) = begun(engine, "H1")
        engine.deploy(WIDER)
        source, target = (each.hash for each in engine.definitions("P"))
        (stays,) = engine.migrations.plan(source, target).stays
        assert stays.why == (("migrate-stuck", "P"),)
        for node in ("a", "b"):
            do(engine, one, node)
        assert engine.dossier(one).status == "completed"


def test_a_case_whose_branch_was_taken_away_stays_and_others_do_not_mind(url):
    engine, _ = engine_with(url, WIDER)
    with engine:
        one, two = begun(engine, "H1", "H2")
        do(engine, two, "c")
        engine.deploy(PARALLEL)
        source, target = (each.hash for each in engine.definitions("P"))
        report = engine.migrations.plan(source, target)
        assert {each.dossier: each.why for each in report.stays} == {
            one: (("migrate-gone", "c"),),
            two: (("migrate-join", "join"),),
        }


def test_a_timer_under_way_keeps_its_time(url):
    timed = (
        '<startEvent id="s"/><intermediateCatchEvent id="t{}"><timerEventDefinition>'
        "<timeDuration>{}</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        '<userTask id="a" name="A"/><endEvent id="e"/>'
    )
    engine, wall = engine_with(url, bpmn(timed.format("", "P2D"), "s > t > a > e"))
    with engine:
        (one,) = begun(engine, "H1")
        engine.deploy(bpmn(timed.format("9", "P9D"), "s > t9 > a > e"))
        source, target = (each.hash for each in engine.definitions("P"))
        engine.migrations.run(source, target, {"t": "t9"}, by="quản trị")
        assert open_nodes(engine, one) == []
        wall.forward(days=2)
        assert engine.jobs.run_due().done == 1
        assert open_nodes(engine, one) == ["a"]


def test_who_has_ended_or_is_elsewhere_is_not_asked(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        one, two = begun(engine, "H1", "H2")
        engine.life.cancel(one, by="quản trị", reason="nhầm")
        engine.life.suspend(two, by="quản trị", reason="chờ")
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("P"))
        report = engine.migrations.run(source, target, by="quản trị")
        assert report.moves == (two,)
        assert engine.dossier(two).status == "suspended"
        assert engine.migrations.plan(source, target).moves == ()
        again = engine.migrations.run(target, target, dossiers=(one, "nobody"), by="quản trị")
        assert (again.moves, again.stays) == ((), ())


def test_what_is_not_there_is_said(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        (only,) = engine.definitions()
        with pytest.raises(StoreFault, match="TF705"):
            engine.migrations.plan(only.hash, "0" * 64)
        with pytest.raises(StoreFault, match="TF718"):
            engine.migrations.revert("nothing", by="quản trị")


@pytest.mark.parametrize(
    ("mapping", "unknown"),
    [({"distrct": "sign"}, "'distrct'"), ({"district": "sgn", "check": "x"}, "'sgn', 'x'")],
)
def test_a_mapping_of_ids_that_its_versions_do_not_have_is_refused(url, mapping, unknown):
    engine, _ = engine_with(url, OLD)
    with engine:
        (one,) = begun(engine, "H1")
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("P"))
        for call in (
            lambda: engine.migrations.plan(source, target, mapping),
            lambda: engine.migrations.run(source, target, mapping, by="quản trị"),
        ):
            with pytest.raises(StoreFault, match=f"TF728 mapping: .* has no {unknown}"):
                call()
        assert engine.dossier(one).definition == source
        flows = engine.migrations.run(source, target, {"f1": "f1"}, by="quản trị")
        assert flows.moves == (one,)


def test_new_dossiers_take_the_new_version_and_old_ones_finish_on_theirs(url):
    engine, _ = engine_with(url, OLD)
    with engine:
        (one,) = begun(engine, "H1")
        engine.deploy(NEW)
        (two,) = begun(engine, "H2")
        for each, steps in ((one, 4), (two, 3)):
            while engine.dossier(each).status == "running":
                (node,) = open_nodes(engine, each)
                do(engine, each, node)
            assert engine.dossier(each).step_no == steps


ONE_STEP = bpmn(
    '<startEvent id="s"/><userTask id="c" name="C"/><userTask id="d" name="D"/><endEvent id="e"/>',
    "s > c > d > e",
)
TWO_STEPS = bpmn(
    '<startEvent id="s"/><userTask id="a" name="A"/><userTask id="c" name="C"/>'
    '<userTask id="d" name="D"/><endEvent id="e"/>',
    "s > a > c > d > e",
)


def merged(engine, *, stages):
    """Start a dossier at each stage of the longer version and let both steps become one."""
    there = begun(engine, *stages)
    for one, stage in zip(there, stages.values(), strict=True):
        for node in stage:
            do(engine, one, node)
    engine.deploy(ONE_STEP)
    source, target = (each.hash for each in engine.definitions("P"))
    report = engine.migrations.run(source, target, {"a": "c"}, by="quản trị")
    assert report.stays == ()
    assert [open_nodes(engine, each) for each in there] == [["c"]] * len(there)
    return report.id, there


def test_where_steps_became_one_each_dossier_comes_back_to_where_it_stood(url):
    engine, _ = engine_with(url, TWO_STEPS)
    with engine:
        migration, there = merged(engine, stages={"H1": (), "H2": ("a",)})
        back = engine.migrations.revert(migration, by="quản trị")
        assert (sorted(back.moves), back.stays) == (sorted(there), ())
        assert [open_nodes(engine, each) for each in there] == [["a"], ["c"]]
        assert engine.audit.breaks() == ()


def test_what_has_gone_on_is_brought_back_by_name(url):
    engine, _ = engine_with(url, TWO_STEPS)
    with engine:
        migration, (one,) = merged(engine, stages={"H1": ()})
        do(engine, one, "c")
        assert engine.migrations.revert(migration, by="quản trị").moves == (one,)
        assert open_nodes(engine, one) == ["d"]


def test_what_has_gone_on_to_a_step_that_was_several_stays_with_its_reason(url):
    looped = (
        '<startEvent id="s"/><exclusiveGateway id="g"/>{}<exclusiveGateway id="q"/>'
        '<endEvent id="e"/>'
    )
    both = '<userTask id="a" name="A"/><userTask id="c" name="C"/>'
    engine, _ = engine_with(url, bpmn(looped.format(both), "s > g > a > c > q > e; q > g"))
    with engine:
        (one,) = begun(engine, "H1")
        only_c = looped.format('<userTask id="c" name="C"/>')
        engine.deploy(bpmn(only_c, "s > g > c > q > e; q > g"))
        source, target = (each.hash for each in engine.definitions("P"))
        migration = engine.migrations.run(source, target, {"a": "c"}, by="quản trị").id
        do(engine, one, "c")
        engine.work.choose(at(engine, one, "q"), "f5", by="an")
        (stays,) = engine.migrations.revert(migration, by="quản trị").stays
        assert stays.why == (("migrate-ambiguous", "c"),)
        do(engine, one, "c")
        assert engine.migrations.revert(migration, by="quản trị").moves == (one,)
        assert open_nodes(engine, one) == ["q"]


def test_migrations_one_upon_the_other_are_reverted_one_after_the_other(url):
    engine, _ = engine_with(url, TWO_STEPS)
    with engine:
        first, there = merged(engine, stages={"H1": (), "H2": ("a",)})
        engine.deploy(OLD)
        _, source, target = (each.hash for each in engine.definitions("P"))
        mapping = {"c": "check", "d": "check"}
        second = engine.migrations.run(source, target, mapping, by="quản trị").id
        assert [open_nodes(engine, each) for each in there] == [["check"], ["check"]]
        for each in (second, first):
            assert engine.migrations.revert(each, by="quản trị").stays == ()
        assert [open_nodes(engine, each) for each in there] == [["a"], ["c"]]
