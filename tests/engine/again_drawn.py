"""Flows with one repeated activity, for tests by hand: a step, or a sub-process of one step."""

from __future__ import annotations

import json

from by_hand import drawn
from tthc_flow.engine.instance import Run
from tthc_flow.model.flow import Flow, SubProcess
from tthc_flow.model.step import Loop, Step, TaskType


def several(**said: object) -> Loop:
    return Loop(multi_instance=True, **said)


def in_a_row(**said: object) -> Loop:
    return Loop(multi_instance=False, **said)


def consulting(loop: Loop, *, drawn_inside: bool = False, task: TaskType = TaskType.USER) -> Flow:
    """Return ``s > ask > z > e``, where *ask* is repeated: a step, or a sub-process of ``in``."""
    if not drawn_inside:
        return drawn("s > ask > z > e", Step(id="ask", name="Lấy ý kiến", loop=loop, task=task))
    block = SubProcess(id="ask", loop=loop)
    return drawn("s > ask > z > e", block, Step(id="in", name="Ý kiến", scope="ask"))


def work(inside: bool) -> str:  # noqa: FBT001  # the fixture's own value
    """Return where a round waits."""
    return "in" if inside else "ask"


def at(run: Run) -> list[tuple[str, str]]:
    return [(each.node, each.what.value) for each in run.waiting]


def again(flow: Flow, run: Run) -> Run:
    """Return *run* after it was put away as text."""
    return Run.resumed(flow, json.loads(json.dumps(run.state)))
