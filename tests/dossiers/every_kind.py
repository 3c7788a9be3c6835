"""Every kind of step that a dossier takes: how it comes to stand before it, and how it takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import define, frozen

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.job_ends import BpmnError
from tthc_flow.dossiers.office import Retries
from tthc_flow.store.database import Database
from tthc_flow.units import Duration, TimeUnit

from .loop import LOOP, NOW
from .small import Wall, at, bpmn
from .what_is_kept import wipe

LIMIT: Final = Duration(amount=5, unit=TimeUnit.WORKING_DAY)
USER: Final = '<startEvent id="s"/><userTask id="a" name="Ký"/><endEvent id="e"/>'
FUNCTION = bpmn(
    USER + '<serviceTask id="look" name="Tra cứu"/><userTask id="c" name="Xử lý tay"/>'
    '<boundaryEvent id="none" attachedToRef="look"><errorEventDefinition errorRef="E1"/>'
    "</boundaryEvent>",
    "s > look > a > e; none > c > a",
    process="F",
    more='<error id="E1" name="KHONG_CO"/>',
)
TIMER = bpmn(
    USER + '<intermediateCatchEvent id="t" name="Chờ"><timerEventDefinition>'
    "<timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>",
    "s > t > a > e",
    process="T",
)
CYCLE = bpmn(
    USER + '<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
    '<userTask id="b" name="Nhắc"/><endEvent id="e2"/>',
    "s > a > e; t > b > e2",
    process="Y",
)
MESSAGE = bpmn(USER + '<receiveTask id="m" name="Nhận công văn"/>', "s > m > a > e", process="M")
SIGNAL: Final = '<signal id="bell" name="Chuông"/>'
THROWN = bpmn(
    USER + '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="bell"/>'
    "</intermediateThrowEvent>",
    "s > a > t > e",
    process="S",
    more=SIGNAL,
)
HEARD = bpmn(
    USER + '<intermediateCatchEvent id="t"><signalEventDefinition signalRef="bell"/>'
    "</intermediateCatchEvent>",
    "s > t > a > e",
    process="L",
    more=SIGNAL,
)
CALL = bpmn(
    USER + '<callActivity id="ask" name="Lấy ý kiến" calledElement="Q"/>'
    '<boundaryEvent id="stop" attachedToRef="ask"><messageEventDefinition/></boundaryEvent>',
    "s > ask > a > e; stop > a",
    process="C",
)
CALLED = bpmn(USER, "s > a > e", process="Q")
ROUNDS = bpmn(
    USER.replace('name="Ký"/>', 'name="Ký"><multiInstanceLoopCharacteristics/></userTask>'),
    "s > a > e",
    process="R",
)
OLD = bpmn(USER, "s > a > e", process="V")
NEW = bpmn(USER + '<userTask id="b" name="Đóng dấu"/>', "s > a > b > e", process="V")
DEPLOYED: Final = (*(LOOP, FUNCTION, TIMER, CYCLE, MESSAGE, THROWN, HEARD, CALL, CALLED, ROUNDS),)


@define
class Scene:
    """A database with one dossier (or two), an engine on it, its clock, and who answers."""

    database: Database
    engine: Engine
    wall: Wall
    answer: Callable[[], dict[str, Any]] = dict
    dossier: str = ""
    task: str = ""
    other: str = ""

    def anew(self) -> None:
        """Go on as a new program does, which has no dossier at hand."""
        self.engine._office.hot._held.clear()

    def begin(self, process: str, *nodes: str, **more: Any) -> None:
        """Begin the dossier H of *process* at NOW, and complete *nodes*."""
        self.dossier = self.engine.start(process, "H", by="dân", **more).id
        for node in nodes:
            self.engine.work.complete(at(self.engine, self.dossier, node), by="an")
        tasks = self.engine.tasks(dossier=self.dossier)
        self.task = tasks[0].id if tasks else ""

    def due(self, **later: float) -> None:
        """Do what is due *later*."""
        self.wall.forward(**later)
        self.engine.jobs.run_due()


def engine_on(database: Database, scene: Scene) -> Engine:
    return Engine(
        database,
        now=scene.wall,
        deadlines=Deadlines(calendar=Calendar.load(2026), bare_day=TimeUnit.WORKING_DAY),
        functions={"look": lambda _data: scene.answer()},
        retries=Retries(most=2),
    )


def scene_on(database: Database) -> Scene:
    """Return a scene in which all is deployed that :mod:`.kinds` needs."""
    scene = Scene(database, engine=None, wall=Wall())  # type: ignore[arg-type]
    scene.engine = engine_on(database, scene)
    for content in DEPLOYED:
        scene.engine.deploy(content)
    return scene


@frozen
class Kind:
    """A kind of step: *before* brings a scene before it, *act* takes it (also a second time)."""

    name: str
    before: Callable[[Scene], object]
    act: Callable[[Scene], object]

    def prepare(self, scene: Scene) -> None:
        """Bring *scene* before this step, from nothing, at the same moment each time."""
        with scene.engine.database.begin() as connection:
            wipe(connection, "V", "K", "N")
        scene.wall.at, scene.answer = NOW, dict
        scene.anew()
        self.before(scene)


def no_answer() -> dict[str, Any]:
    raise ConnectionError("no answer")


def not_there() -> dict[str, Any]:
    raise BpmnError("KHONG_CO")
