"""Dossiers that go round for years, have hundreds of open branches or thousands of steps."""

from __future__ import annotations

import math
import time
from itertools import pairwise
from statistics import median

from sqlalchemy import func, select

from tthc_flow.store.schema import instances

from .small import bpmn, do, engine_with

ROUNDS = 5_000


SUPPLEMENTS = bpmn(
    '<startEvent id="s"/><exclusiveGateway id="back"/><userTask id="check" name="Thẩm định"/>'
    '<exclusiveGateway id="full" name="Đủ?" default="f4"/><userTask id="more" name="Bổ sung"/>'
    '<endEvent id="e"/>',
    "s > back > check > full > more > back; full > e",
).replace(
    b'<sequenceFlow id="f6" sourceRef="full" targetRef="e"/>',
    '<sequenceFlow id="f6" sourceRef="full" targetRef="e"><conditionExpression '
    'language="urn:tthc-flow:expression:1">đủ</conditionExpression></sequenceFlow>'.encode(),
)


def test_five_thousand_supplements_cost_the_same_each_and_end_right():
    engine, _ = engine_with("sqlite://", SUPPLEMENTS)
    spent = {}
    with engine:
        dossier, begun = engine.start("P", "H1", by="dân"), time.process_time()
        for number in range(1, ROUNDS + 1):
            dossier = engine.work.complete(dossier.tasks[0].id, {"đủ": False}, by="an")
            dossier = engine.work.complete(dossier.tasks[0].id, by="dân")
            if number in {625, 1_250, 2_500, 5_000}:
                spent[number] = time.process_time() - begun
                with engine.database.connect() as connection:
                    size = connection.scalar(select(func.length(instances.c.state)))
                assert size <= 50_000
        done = engine.work.complete(dossier.tasks[0].id, {"đủ": True}, by="an")
        assert (done.status, done.step_no) == ("completed", 2 * ROUNDS + 1)
        passed = [
            node for each in engine.audit.history(done.id) for node in each["payload"]["passed"]
        ]
        assert (passed.count("check"), passed.count("more")) == (ROUNDS + 1, ROUNDS)
        assert engine.audit.breaks() == ()
    slopes = [
        math.log(spent[large] / spent[small]) / math.log(large / small)
        for small, large in pairwise(sorted(spent))
    ]
    assert median(slopes) <= 1.1


def branches(many: int) -> bytes:
    drawn = "".join(f'<userTask id="a{n}"/><userTask id="b{n}"/>' for n in range(many))
    flows = "; ".join(f"split > a{n} > b{n} > join" for n in range(many))
    gates = '<parallelGateway id="split"/><parallelGateway id="join"/>'
    nodes = f'<startEvent id="s"/>{gates}{drawn}<endEvent id="e"/>'
    return bpmn(nodes, f"s > split; {flows}; join > e", process=f"P{many}")


def test_a_step_among_200_branches_costs_no_more_than_three_among_ten(tmp_path):
    """By processor time: the disk, whose wait is the same for both, would only hide it."""
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}", branches(10), branches(200))
    with engine:
        spent: dict[int, list[float]] = {10: [], 200: []}
        few = [engine.start("P10", f"F{n}", by="dân") for n in range(10)]
        many = engine.start("P200", "M", by="dân")
        for step in range(100):
            for size, dossier in ((10, few[step // 10]), (200, many)):
                task = engine.tasks(dossier=dossier.id, limit=1)[0].id
                begun = time.process_time()
                engine.work.complete(task, by="an")
                spent[size].append(time.process_time() - begun)
        assert median(spent[200]) <= 3 * median(spent[10])
        while engine.dossier(many.id).status == "running":
            for task in engine.tasks(dossier=many.id):
                engine.work.complete(task.id, by="an")
        assert engine.dossier(many.id).step_no == 400
        assert engine.audit.breaks() == ()


def test_a_chain_of_two_thousand_steps_is_deployed_and_run():
    steps = [f"t{n}" for n in range(2_000)]
    nodes = "".join(f'<userTask id="{step}"/>' for step in steps)
    content = bpmn(f'<startEvent id="s"/>{nodes}<endEvent id="e"/>', " > ".join(["s", *steps, "e"]))
    engine, _ = engine_with("sqlite://", content)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        for step in steps:
            dossier = do(engine, dossier.id, step)
        assert (dossier.status, dossier.step_no) == ("completed", 2_000)
        assert engine.audit.breaks() == ()
