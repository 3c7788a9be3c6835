"""Join a drawing with the drawings that it calls: which are there, and how long they take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.bpmn.library import Call, Library, Place, library
from tthc_flow.bpmn.read import Reading
from tthc_flow.errors import UnreadableInput
from tthc_flow.measures.whole_time import whole_time
from tthc_flow.measures.wording import time_words
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.lever import Verdict
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import Step, StepTime
from tthc_flow.proof.soundness import soundness
from tthc_flow.verbs.opening import opened

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Duration
    from tthc_flow.verbs.opening import Openable

_OUTSIDE: Final = "read-call-outside"
SUFFIXES: Final = (".bpmn", ".bpmn2", ".bpmn20.xml")


def resolve(source: Openable, called: Iterable[Openable] = ()) -> Reading:
    """Return *source* with its call activities joined to the processes that they call.

    A call is looked up in its own file, then in *called*. Where the step has no time of its own
    and the called process has one that is certain, that counts as the step's; what it was taken
    from is a finding, as is every call that leads nowhere and every circle of calls. The file
    itself is not changed, and other verbs take the result as they take a file.

    Args:
        source: The drawing.
        called: Drawings that hold called processes; a folder means every BPMN file in it.

    Raises:
        UnreadableInput: TF2xx where one of the files cannot be read.

    Example:
        >>> head = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        >>> flow = head + b'<process id="P"><callActivity id="A" calledElement="Q"/></process>'
        >>> other = head + b'<process id="Q"><task id="B"/></process></definitions>'
        >>> reading = resolve(flow + b"</definitions>", [other])
        >>> [each.code for each in reading.findings if each.code.startswith("read-call")]
        ['read-call-resolved', 'read-call-time-unknown']

    Source: BPMN 2.0.2, 10.3.6 (callActivity).
    """
    reading = opened(source)
    others = [opened(each) for given in called for each in _files(given)]
    shelf = library((reading, *others))
    procedures = {
        Place(number, each.flow.id): each
        for number, file in enumerate(shelf.readings)
        for each in file.procedures
    }
    return _Join(shelf, bool(others), procedures).reading()


def _files(given: Openable) -> Sequence[Openable]:
    """Return *given*, or the BPMN files of the folder that it is, in the order of their names."""
    if not isinstance(given, str | os.PathLike):
        return (given,)
    folder = Path(given)
    try:
        if not folder.is_dir():
            return (given,)
        inside = sorted(each for each in folder.iterdir() if each.name.endswith(SUFFIXES))
    except (OSError, ValueError):
        return (given,)  # reading it says what is wrong
    if not inside:
        raise UnreadableInput(
            "TF233",
            "the folder holds no BPMN file",
            place=str(given),
            hint=f"name a folder with files that end in {', '.join(SUFFIXES)}",
            choices=SUFFIXES,
        )
    return inside


@define
class _Join:
    """The procedures of all files while calls are joined, callees first."""

    shelf: Library
    given: bool
    procedures: dict[Place, Procedure]
    found: list[Finding] = field(factory=list)
    times: dict[Place, Duration | str] = field(factory=dict)

    def reading(self) -> Reading:
        """Return the first file with what its calls mean."""
        taken: dict[Place, dict[str, StepTime]] = {}
        done: Place | None = None
        for call in self.shelf.calls:  # those of one caller stand together
            if done is not None and call.caller != done:
                self._put(done, taken.pop(done, {}))
            done = call.caller
            time = self._join(call)
            if time is not None:
                taken.setdefault(done, {})[call.step] = time
        if done is not None:
            self._put(done, taken.pop(done, {}))
        self._tell_circles()
        first = self.shelf.readings[0]
        after = tuple(self.procedures[Place(0, each.flow.id)] for each in first.procedures)
        told = [each for each in first.findings if not (self.given and each.code == _OUTSIDE)]
        return evolve(
            first,
            procedures=after,
            findings=(*told, *self.found),
            document=evolve(first.document, procedures=after),
        )

    def _put(self, caller: Place, times: dict[str, StepTime]) -> None:
        procedure = self.procedures[caller]
        if times:
            flow = procedure.flow
            nodes = tuple(
                evolve(node, time=times[node.id])
                if isinstance(node, Step) and node.id in times
                else node
                for node in flow.nodes
            )
            self.procedures[caller] = evolve(procedure, flow=evolve(flow, nodes=nodes))

    def _join(self, call: Call) -> StepTime | None:
        """Tell what *call* means; return the time that its step takes over, if it does."""
        goal = call.goal
        if goal is None:
            if self.given:
                self._tell("read-call-unresolved", call, Severity.WARNING, target=call.target)
            return None
        if call.others:
            places = ", ".join(self._place(each) for each in (goal.file, *call.others))
            self._tell(
                "read-call-ambiguous", call, Severity.WARNING, target=call.target, places=places
            )
        name, place = self._name(goal), self._place(goal.file)
        code = "read-call-task" if call.task else "read-call-resolved"
        self._tell(code, call, Severity.INFO, callee=name, place=place)
        if call.task or call.circular or self._step(call).time != StepTime():
            return None
        length = self._length(goal)
        if isinstance(length, str):
            why = self._called(goal, length)
            self._tell("read-call-time-unknown", call, Severity.INFO, callee=name, why=why)
            return None
        self._tell("read-call-time", call, Severity.INFO, callee=name, words=time_words(length))
        source = Source(document=place, place=name)
        return StepTime(duration=length, evidence=self._evidence(goal), source=source)

    def _length(self, goal: Place) -> Duration | str:
        if goal not in self.times:
            flow = self.procedures[goal].flow
            length = whole_time(flow)
            sound = isinstance(length, str) or soundness(flow).verdict is Verdict.PASS
            self.times[goal] = length if sound else "unsound"
        return self.times[goal]

    def _called(self, goal: Place, why: str) -> str:
        """Return a reason that lists steps with what people call them; others as they are."""
        nodes = self.procedures[goal].flow.by_id
        if not all(each in nodes for each in why.split(", ")):
            return why
        return ", ".join(f"“{nodes[each].name or each}”" for each in why.split(", "))

    def _evidence(self, goal: Place) -> EvidenceKind:
        """Return the kind of evidence of all times of a process, or the weakest where they mix."""
        steps = self.procedures[goal].flow.steps
        kinds = {each.time.evidence for each in steps if each.time.duration is not None}
        return kinds.pop() if len(kinds) == 1 else EvidenceKind.ASSUMED

    def _tell_circles(self) -> None:
        for members in self.shelf.circles:
            if any(place.file == 0 for place in members):
                names = " → ".join(self._name(each) for each in (*members, members[0]))
                own = next(place for place in members if place.file == 0)
                self._about(
                    "read-call-cycle", Severity.WARNING, own.id, self._name(own), cycle=names
                )

    def _step(self, call: Call) -> Step:
        node = self.procedures[call.caller].flow.by_id[call.step]
        assert isinstance(node, Step)  # noqa: S101 - library() takes calls from steps only
        return node

    def _name(self, goal: Place) -> str:
        element = self.shelf.readings[goal.file].document.index.elements[goal.id]
        return " ".join((element.get("name") or goal.id).split())

    def _place(self, number: int) -> str:
        return self.shelf.readings[number].document.source.place

    def _tell(self, code: str, call: Call, severity: Severity, **values: str) -> None:
        if call.caller.file == 0:
            self._about(code, severity, call.step, self._step(call).name, **values)

    def _about(self, code: str, severity: Severity, element: str, name: str, **values: str) -> None:
        self.found.append(
            Finding(
                code=code,
                severity=severity,
                element=element,
                name=" ".join(name.split()) or None,
                line=self.shelf.readings[0].document.line(element),
                values=tuple(values.items()),
            )
        )
