"""A small licence office, simulated once: what its plots, its page and its words are held to."""

from __future__ import annotations

from functools import cache

from tthc_flow.simulation.simulation import Simulation
from tthc_flow.verbs.simulate import simulate

FLOW = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="P" name="Cấp phép &lt;b&gt;"><laneSet>
<lane id="L" name="Chuyên viên"><flowNodeRef>S</flowNodeRef><flowNodeRef>A</flowNodeRef></lane>
<lane id="M" name="Lãnh đạo"><flowNodeRef>B</flowNodeRef><flowNodeRef>E</flowNodeRef></lane>
</laneSet><startEvent id="S"/><task id="A" name="Thẩm định"/><task id="B" name="Ký"/>
<endEvent id="E"/><sequenceFlow id="f1" sourceRef="S" targetRef="A"/>
<sequenceFlow id="f2" sourceRef="A" targetRef="B"/>
<sequenceFlow id="f3" sourceRef="B" targetRef="E"/></process></definitions>""".encode()
SHORTER = (
    FLOW.replace(b'<task id="B" name="K\xc3\xbd"/>', b"")
    .replace(b"<flowNodeRef>B</flowNodeRef>", b"")
    .replace(b'<sequenceFlow id="f2" sourceRef="A" targetRef="B"/>', b"")
    .replace(b'sourceRef="B"', b'sourceRef="A"')
)


@cache
def simulated(*, changed: bool, limit: bool = True, dossiers: int = 1000) -> Simulation:
    """Return the office, before and after the signature goes where *changed*."""
    return simulate(
        FLOW,
        after=SHORTER if changed else None,
        cases=600,
        replications=4,
        people={"Chuyên viên": 2, "Lãnh đạo": 1},
        arrivals=dossiers,
        times={"A": "1,5 giờ làm việc", "B": "1 giờ làm việc"},
        **({"limit": "1 ngày làm việc"} if limit else {}),
    )
