"""How the rows of a table follow each other: arrows, decisions, waits and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Outcome, Trigger
from tthc_flow.model.step import Step, StepKind
from tthc_flow.tables.sketch import token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Node
    from tthc_flow.tables.branches import Way
    from tthc_flow.tables.sketch import Sketch
    from tthc_flow.tables.step_table import StepTable, TableRow

WAY_NAMES: Final[Mapping[Outcome, str]] = {
    Outcome.SUPPLEMENT: "Cần bổ sung",
    Outcome.REFUSE: "Không đủ điều kiện",
    Outcome.WITHDRAW: "Rút hồ sơ",
    Outcome.GRANT: "Đủ điều kiện",
    Outcome.OTHER: "Tiếp tục",
}
END_NAMES: Final[Mapping[Outcome, str]] = {
    Outcome.GRANT: "Đã có kết quả",
    Outcome.REFUSE: "Từ chối, nêu lý do",
    Outcome.WITHDRAW: "Đã rút hồ sơ",
}


def waiting_rows(table: StepTable) -> frozenset[int]:
    r"""Return the indices of the rows between a stop of the clock and its end.

    Example:
        >>> from tthc_flow.tables.read import read_table
        >>> rows = "- {content: a, pause: true}\n- content: b\n- {content: c, unpause: true}\n"
        >>> sorted(waiting_rows(read_table("steps:\n" + rows).table))
        [1]
    """
    stopped, waiting = False, set[int]()
    for index, row in enumerate(table.rows):
        stopped = stopped and not row.resumes
        if stopped:
            waiting.add(index)
        resumed_inside = any(task.resumes for task in row.tasks)
        stopped = (stopped or _stops(row)) and not resumed_inside
    return frozenset(waiting)


def _stops(row: TableRow) -> bool:
    return row.pauses or any(task.pauses for task in row.tasks)


def connect(
    table: StepTable, steps: tuple[Step, ...], ways: tuple[Way, ...], sketch: Sketch
) -> None:
    """Draw *steps* one after another from a start to an end, and *ways* where they leave.

    Where the clock stops and no row fills the wait, a message of the applicant is waited for.
    """
    by_row: dict[int, list[Way]] = {}
    for way in ways:
        by_row.setdefault(way.at, []).append(way)
    waiting = waiting_rows(table)
    start = Event(id="Start", position=EventPosition.START, name="Có hồ sơ", lane=steps[0].lane)
    before, outcome = sketch.put(start), None
    for index, (row, step) in enumerate(zip(table.rows, steps, strict=True)):
        sketch.put(step)
        _go_on(sketch, before, step, outcome)
        before, outcome = step, None
        if index in by_row:
            before, outcome = _decide(step, by_row[index], steps, sketch)
        if _stops(row) and index + 1 not in waiting:
            wait = _wait(f"Event_{token(row.number)}_wait", "Chờ tổ chức, cá nhân", step, sketch)
            _go_on(sketch, before, sketch.put(wait), outcome)
            sketch.message(
                f"wait_{token(row.number)}", "Pool_applicant", wait.id, "Đã thực hiện nghĩa vụ"
            )
            before, outcome = wait, None
    end = Event(
        id="End",
        position=EventPosition.END,
        name=END_NAMES[Outcome.GRANT],
        lane=steps[-1].lane,
        outcome=Outcome.GRANT,
    )
    _go_on(sketch, before, sketch.put(end), outcome)


def _go_on(sketch: Sketch, source: Node, target: Node, outcome: Outcome | None) -> None:
    sketch.arrow(source, target, outcome, "" if outcome is None else WAY_NAMES[outcome])


def _decide(
    step: Step, ways: list[Way], steps: tuple[Step, ...], sketch: Sketch
) -> tuple[Node, Outcome | None]:
    gateway = Gateway(
        id=sketch.free_id(f"Gateway_{_number(step)}"),
        kind=GatewayKind.EXCLUSIVE,
        name="Kết quả?",
        lane=step.lane,
    )
    sketch.arrow(step, sketch.put(gateway))
    for way in ways:
        if way.target is None:
            _draw_end(way, step, gateway, sketch)
        else:
            _draw_way(way, step, gateway, steps[way.target], sketch)
    refuses = any(way.outcome is Outcome.REFUSE for way in ways)
    return gateway, Outcome.GRANT if refuses and StepKind.SIGN in step.kinds else Outcome.OTHER


def _draw_end(way: Way, step: Step, gateway: Gateway, sketch: Sketch) -> None:
    end = Event(
        id=sketch.free_id(f"End_{_number(step)}_{way.outcome.value}"),
        position=EventPosition.END,
        name=END_NAMES[way.outcome],
        lane=step.lane,
        outcome=way.outcome,
    )
    sketch.arrow(gateway, sketch.put(end), way.outcome, WAY_NAMES[way.outcome])


def _draw_way(way: Way, step: Step, gateway: Gateway, target: Step, sketch: Sketch) -> None:
    if way.outcome is Outcome.REWORK:
        sketch.arrow(gateway, target, way.outcome, f"Làm lại bước {target.number}")
        return
    if way.outcome is not Outcome.SUPPLEMENT:
        sketch.arrow(gateway, target, way.outcome, f"Sang bước {target.number}")
        return
    name = WAY_NAMES[way.outcome]
    if StepKind.SUBMIT in target.kinds:
        # The table has a row of its own for handing in: that row is the wait.
        sketch.arrow(gateway, target, way.outcome, name)
        return
    wait = _wait(f"Event_{_number(step)}_supplement", "Nhận hồ sơ bổ sung", step, sketch)
    sketch.arrow(gateway, sketch.put(wait), way.outcome, name)
    sketch.arrow(wait, target)
    sketch.message(f"request_{_number(step)}", step.id, "Pool_applicant", "Yêu cầu bổ sung")
    sketch.message(f"supplement_{_number(step)}", "Pool_applicant", wait.id, "Hồ sơ bổ sung")


def _wait(wanted: str, name: str, step: Step, sketch: Sketch) -> Event:
    id_ = sketch.free_id(wanted)
    return Event(
        id=id_,
        position=EventPosition.CATCH,
        trigger=Trigger.MESSAGE,
        name=name,
        lane=step.lane,
        reference=f"Message_{id_}",
    )


def _number(step: Step) -> str:
    return step.id.partition("_")[2]
