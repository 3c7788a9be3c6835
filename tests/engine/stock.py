"""Small files, run by SpiffWorkflow as it comes and by ours: what the traps are shown on."""

from __future__ import annotations

from collections.abc import Callable

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tthc_flow.bpmn.names import EXPRESSION
from tthc_flow.bpmn.read import read
from tthc_flow.engine.instance import Run

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">'
)


def file(inside: str, around: str = "", *, executable: bool = True, after: str = "") -> bytes:
    """Return a file with one process ``P`` that holds *inside*."""
    says = "true" if executable else "false"
    process = f'<process id="P" isExecutable="{says}">{inside}</process>'
    return f"{HEAD}{around}{process}{after}</definitions>".encode()


def arrows(picture: str) -> str:
    """Return sequence flows: ``"s > a; a > b [1 == 2]"``, each with its condition."""
    made = []
    for number, row in enumerate(filter(None, map(str.strip, picture.split(";")))):
        way, _, condition = row.partition("[")
        source, target = (each.strip() for each in way.split(">"))
        said = condition.rstrip("]")
        inside = (
            f'<conditionExpression xsi:type="tFormalExpression" language="{EXPRESSION}">{said}'
            "</conditionExpression>"
            if said
            else ""
        )
        made.append(
            f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{inside}'
            "</sequenceFlow>"
        )
    return "".join(made)


def simple(element: str, around: str = "") -> bytes:
    """Return a file ``s > x > b > e`` with *element* as ``x``."""
    inside = f'<startEvent id="s"/>{element}<userTask id="b"/><endEvent id="e"/>'
    return file(inside + arrows("s > x; x > b; b > e"), around)


class Stock:
    """A case on SpiffWorkflow as it comes, of a file that its own parser reads."""

    def __init__(self, data: bytes) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(data)
        self.spec, self.subs = parser.get_spec("P"), parser.get_subprocess_specs("P")
        self.case = self.begin()

    def begin(self) -> BpmnWorkflow:
        """Return another case of the same file."""
        case = BpmnWorkflow(self.spec, self.subs)
        case.do_engine_steps()
        return case

    @property
    def ready(self) -> list[str]:
        return ready(self.case)

    def complete(self, name: str) -> list[str]:
        self.case.get_next_task(spec_name=name, state=TaskState.READY).run()
        self.case.do_engine_steps()
        return self.ready


def ready(case: BpmnWorkflow) -> list[str]:
    return sorted(task.task_spec.name for task in case.get_tasks(state=TaskState.READY))


def states(case: BpmnWorkflow) -> dict[str, str]:
    return {task.task_spec.name: TaskState.get_name(task.state) for task in case.get_tasks()}


def ours(file_data: bytes, **said: object) -> Run:
    """Return a case of the same file on our engine."""
    return Run(read(file_data).procedures[0].flow, **said)


def at(run: Run) -> list[str]:
    return sorted(each.node for each in run.waiting)


def raised(work: Callable[[], object]) -> BaseException | None:
    """Return what *work* raises."""
    try:
        work()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked at
        return error
    return None
