"""The project of a studio: a drawing and what people said about it, as a value that can go back.

It knows no page and no server: each action gives another project, and the one before stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.names import DEFINITIONS
from tthc_flow.bpmn.read import Reading
from tthc_flow.bpmn.write import write
from tthc_flow.errors import BadQuantity
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.plan import Targets
from tthc_flow.tables.answers import AnswerSheet
from tthc_flow.verbs.opening import drawing_of, picked

if TYPE_CHECKING:
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.ruling import Ruling

MOST_STEPS_BACK: Final = 100
"""How many actions can be undone; older states are forgotten."""

MOST_BYTES_BACK: Final = 32 * 1024 * 1024
"""How much the drawings of the states before may take together."""


@frozen(kw_only=True)
class State:
    """What undoing goes back to: the file, its process that is meant, and what people said of it.

    *bpmn* is a file with a drawing.
    """

    bpmn: bytes
    process: str
    answers: AnswerSheet = field(factory=AnswerSheet)
    rulings: tuple[Ruling, ...] = ()
    targets: Targets = field(factory=Targets)


@frozen(kw_only=True)
class Project:
    """A procedure at work: the *file* it came from, its bytes, what reading it was doubtful about.

    *past* and *future* are the states to undo and redo to, the nearest last in *past* and first
    in *future*.
    """

    file: str
    original: bytes
    notes: tuple[Finding, ...] = ()
    now: State
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()


def new_project(
    reading: Reading, file: str, original: bytes, process: str | None = None
) -> Project:
    """Return the project of *process*, or of the procedure with the most steps that was read.

    A file that does not draw it is laid out first, as a modeler shows only what is drawn.

    Args:
        reading: What was read or converted.
        file: The name of the file, without a folder.
        original: The bytes of the file as it came.
        process: The id of one of its processes.

    Raises:
        UnreadableInput: TF231 where the file has no process.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> project = new_project(read(text), "a.bpmn", text)
        >>> project.now.process, b"BPMNShape" in project.now.bpmn
        ('P', True)

    Source: contract of this project: the BPMN file is the document.
    """
    process = picked(reading, process).flow.id
    state = State(bpmn=drawn(reading, process), process=process)
    return Project(file=file, original=original, notes=reading.findings, now=state)


def drawn(reading: Reading, process: str) -> bytes:
    """Return the file of *reading* with *process* drawn: as it is, or laid out where nothing is.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> once = drawn(read(text), "P")
        >>> drawn(read(once), "P") == once
        True

    Source: BPMN 2.0.2, 12 (diagram interchange).
    """
    if drawing_of(reading, picked(reading, process)) is not None:
        return reading.document.data
    together = tuple(each for each in reading.procedures if each.flow.nodes)
    if reading.document.root.tag != DEFINITIONS:  # a lone process has no place for a drawing
        procedure = picked(reading, process)
        return build(procedure, lay_out(procedure)).data
    return write(reading.document, reading.procedures, lay_out(*together))


def moved_on(project: Project, state: State) -> Project:
    """Return *project* at *state*, from where it can be undone; the same where nothing changed.

    Example:
        >>> from attrs import evolve
        >>> first = State(bpmn=b"", process="P")
        >>> project = Project(file="a.bpmn", original=b"", now=first)
        >>> later = moved_on(project, evolve(first, targets=Targets(time=0.3)))
        >>> undone(later).now == first, redone(undone(later)) == later
        (True, True)

    Source: undo as a list of values.
    """
    if state == project.now:
        return project
    return evolve(project, now=state, past=_kept((*project.past, project.now)), future=())


def undone(project: Project) -> Project:
    """Return *project* as it was before the last action.

    Raises:
        BadQuantity: TF146 where there is nothing to undo.

    Example: see :func:`moved_on`.
    """
    if not project.past:
        raise _nothing("undo")
    *past, now = project.past
    return evolve(project, now=now, past=tuple(past), future=(project.now, *project.future))


def redone(project: Project) -> Project:
    """Return *project* as it was before the last undoing.

    Raises:
        BadQuantity: TF146 where nothing was undone.

    Example: see :func:`moved_on`.
    """
    if not project.future:
        raise _nothing("redo")
    now, *future = project.future
    return evolve(project, now=now, past=(*project.past, project.now), future=tuple(future))


def _nothing(what: str) -> BadQuantity:
    return BadQuantity(
        "TF146", f"there is nothing to {what}", hint="go on from the procedure as it stands"
    )


def _kept(past: tuple[State, ...]) -> tuple[State, ...]:
    """Return the latest of *past*: as many and as large as may be kept."""
    room, first = MOST_BYTES_BACK, len(past)
    while first and len(past) - first < MOST_STEPS_BACK:
        same = first < len(past) and past[first - 1].bpmn is past[first].bpmn
        room -= 0 if same else len(past[first - 1].bpmn)
        if room < 0:
            break
        first -= 1
    return past[first:]
