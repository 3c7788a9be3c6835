"""Who may do a task, and who decides: whose lane it is in, or who did the step before it."""

from __future__ import annotations

import pytest

from .small import at, bpmn, do, engine_with

OFFICER = (
    '<laneSet><lane id="l" name="Chuyên viên"><extensionElements><tthc:lane>'
    '<tthc:performer name="Chuyên viên" role="officer" office="Sở Tư pháp"/></tthc:lane>'
    "</extensionElements>{}</lane></laneSet>"
)
NODES = (
    '<startEvent id="s"/><userTask id="check" name="Thẩm định"/>'
    '<userTask id="advise" name="Cho ý kiến"/><exclusiveGateway id="meet"/>'
    '<exclusiveGateway id="full" name="Đủ?"/><userTask id="sign" name="Ký"/>'
    '<exclusiveGateway id="first"/><endEvent id="e"/>'
)
FLOWS = "s > first > check > meet; first > advise > meet; meet > full > sign > e; full > check"


def refs(*nodes: str) -> str:
    return OFFICER.format("".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes))


@pytest.mark.parametrize(
    ("lane", "whose"),
    [
        (refs("full"), ("Sở Tư pháp", "officer")),
        (refs("check", "advise"), ("Sở Tư pháp", "officer")),
        (refs("check"), (None, None)),
        ("", (None, None)),
    ],
    ids=["in its lane", "by who did each step before", "by two", "by nobody known"],
)
def test_a_decision_is_for_its_lane_or_who_does_the_step_before(url, lane, whose):
    engine, _ = engine_with(url, bpmn(lane + NODES, FLOWS))
    with engine:
        dossier = engine.start("P", "H1", by="dân").id
        engine.work.choose(at(engine, dossier, "first"), "f2", by="an")
        do(engine, dossier, "check")
        (task,) = engine.tasks(dossier=dossier)
        assert (task.node, task.what, task.office, task.role) == ("full", "choice", *whose)
        assert [each.node for each in engine.tasks(role="officer")] == ["full"] * (
            whose[1] is not None
        )


STEP = '<startEvent id="s"/><userTask id="a" name="A"{}/><endEvent id="e"/>'


def test_further_groups_may_do_a_task_each_by_its_whole_name_and_nobody_by_a_pattern(url):
    engine, _ = engine_with(url)
    with engine:
        for key, groups in (("P", "Tổ 1; Tổ_2"), ("Q", "Tổ 12; Tổ 100%")):
            content = bpmn(STEP.format(f' tthc:candidates="{groups}"'), "s > a > e", process=key)
            engine.deploy(content)
            engine.start(key, key, by="dân")

        def found(group: str) -> list[str]:
            return [task.business_key for task in engine.tasks(candidate=group)]

        assert [found(each) for each in ("Tổ 1", "Tổ_2", "Tổ 12", "Tổ 100%")] == [
            ["P"],
            ["P"],
            ["Q"],
            ["Q"],
        ]
        for nobody in ("Tổ", "Tổ_1", "%", "Tổ%", "1"):
            assert found(nobody) == []
