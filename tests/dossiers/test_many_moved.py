"""Thousands of dossiers under way go over to a new version and back, their chains intact."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from tthc_flow.store.schema import events, instances, moved

from .small import bpmn, do, engine_with

OLD = bpmn(
    '<startEvent id="s"/><userTask id="receive" name="Tiếp nhận"/>'
    '<userTask id="check" name="Thẩm định"/><userTask id="district" name="Cấp huyện xác nhận"/>'
    '<userTask id="sign" name="Ký"/><endEvent id="e"/>',
    "s > receive > check > district > sign > e",
)
NEW = bpmn(
    '<startEvent id="s"/><userTask id="receive" name="Tiếp nhận"/>'
    '<userTask id="check" name="Thẩm định"/><userTask id="sign" name="Ký"/><endEvent id="e"/>',
    "s > receive > check > sign > e",
)


@pytest.mark.parametrize("many", [1_000, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_many_dossiers_are_looked_at_moved_and_moved_back(many, tmp_path):
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", OLD)
    with engine:
        with engine.database.begin() as connection:  # one transaction: they only have to be there
            for number in range(many):
                engine.start("P", f"H{number}", by="dân", connection=connection)
        some = engine.dossiers()[:: many // 10]
        for stage, dossier in enumerate(some):
            for node in ("receive", "check", "district")[: stage % 4]:
                do(engine, dossier.id, node)
        at_district = {each.id for stage, each in enumerate(some) if stage % 4 == 2}
        engine.deploy(NEW)
        source, target = (each.hash for each in engine.definitions("P"))
        planned = engine.migrations.plan(source, target)
        assert len(planned.moves) == many - len(at_district)
        assert {each.dossier for each in planned.stays} == at_district
        report = engine.migrations.run(source, target, by="quản trị")
        assert report.moves == planned.moves
        with engine.database.connect() as connection:
            kept = Counter(connection.scalars(select(instances.c.definition)))
            steps = connection.scalar(select(func.count()).where(events.c.kind == "migrate"))
        assert kept == {target: many - len(at_district), source: len(at_district)}
        assert steps == len(report.moves)
        gone_on = next(each for each in report.moves if each not in {one.id for one in some})
        do(engine, gone_on, "receive")
        back = engine.migrations.revert(str(report.id), by="quản trị")
        assert (len(back.moves), back.stays) == (len(report.moves), ())
        with engine.database.connect() as connection:
            assert set(connection.scalars(select(instances.c.definition))) == {source}
            assert connection.scalar(select(func.count()).select_from(moved)) == 0
        assert engine.audit.breaks() == ()
        assert [task.node for task in engine.tasks(dossier=gone_on)] == ["check"]
