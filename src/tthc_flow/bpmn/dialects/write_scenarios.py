"""Write BPSim scenarios: how long the steps take today, and as proposed.

The proposed scenario inherits the one of today and says only what differs, so a file that is
proposed year after year holds one line of scenarios. BPSim has no working day: a working day is
written as its eight hours, a calendar day as a day; a bare "ngày" is not written.

Source: WfMC BPSim 2.0 (2016); one working day is 8 hours (:mod:`tthc_flow.units`).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen
from lxml import etree

from tthc_flow.bpmn.dialects.claim import measure_of
from tthc_flow.bpmn.dialects.scenarios import (
    BASELINE,
    PROPOSED,
    VENDOR,
    Scenario,
    read_scenarios,
    today,
)
from tthc_flow.bpmn.document import Document
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.facts import plain
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.names import BPSIM, bpmn
from tthc_flow.measures.wording import time_words
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.units import Duration, TimeUnit

DATA: Final = "BPSimData"
Value: TypeAlias = tuple[str, dict[str, str]]
"""The tag of a parameter value, and its attributes."""
_MINUTE: Final = 60
_HOUR: Final = 3600


@frozen(kw_only=True)
class WithScenarios:
    """The file with its scenarios, and the times that BPSim cannot hold."""

    data: bytes
    findings: tuple[Finding, ...]


def write_scenarios(document: Document, before: Procedure, after: Procedure) -> WithScenarios:
    """Return the file of *after* with a scenario of today and one of the proposal.

    Today's scenario is written where the file has none; of steps that are gone nothing can be
    said, because BPSim speaks of elements of the file only.

    Args:
        document: The file in which *after* is drawn.
        before: The procedure as it is today.
        after: The procedure as proposed.

    Example:
        >>> from attrs import evolve
        >>> from tthc_flow.bpmn.build import build
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import StepTime
        >>> day = Duration(amount=1, unit="working_day")
        >>> step = Step(id="A", name="Ký", time=StepTime(duration=day))
        >>> before = Procedure(flow=Flow(id="P", nodes=(step,)))
        >>> data = write_scenarios(build(before), before, before).data
        >>> b'<bpsim:DurationParameter value="PT8H"/>' in data
        True

    Source: see the module.
    """
    editor = Editor.of(document)
    known = read_scenarios(document.root)
    findings = Findings(document.index.ids)
    parent = _youngest(known)
    namespace = BPSIM if parent is None else parent.namespace
    there = {step.id: step for step in after.flow.steps if step.id in document.index.elements}
    old = {step.id: step for step in before.flow.steps if step.id in there}
    added = []
    if parent is None:
        added.append(_scenario(namespace, _free(BASELINE, known), None, old.values()))
    inherits = added[0].get("id") if parent is None else parent.id
    differing = [step for step in there.values() if _times(step) != _times(old.get(step.id))]
    added.append(_scenario(namespace, _free(PROPOSED, known), inherits, differing))
    _insert(editor, namespace, added, after.flow.id)
    for step in there.values():
        stated = [each for each in _times(step) if each is not None]
        if stated and not _parts(step):
            words = "; ".join(time_words(each) for each in stated)
            element = document.index.elements[step.id]
            findings.add("dialect-not-written", Severity.INFO, element, words=words)
    text = editor.rendered()
    return WithScenarios(data=document.source.encoded(text), findings=tuple(findings.found))


def _youngest(known: dict[str, Scenario]) -> Scenario | None:
    """Return the scenario a proposal starts from: the last one proposed here, else today's."""
    proposed = [each for each in known.values() if each.vendor == VENDOR]
    return proposed[-1] if proposed else today(known)


def _free(wanted: str, known: dict[str, Scenario]) -> str:
    name, number = wanted, 1
    while name in known:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _times(step: Step | None) -> tuple[Duration | None, Duration | None]:
    return (None, None) if step is None else (step.time.duration, step.work)


def _scenario(
    namespace: str, identifier: str, inherits: str | None, steps: Iterable[Step]
) -> etree._Element:
    """Return a scenario with the times of *steps*."""
    scenario = etree.Element(f"{{{namespace}}}Scenario", id=identifier, vendor=VENDOR)
    if inherits is not None:
        scenario.set("inherits", inherits)
    base = etree.SubElement(scenario, f"{{{namespace}}}ScenarioParameters")
    base.set("baseTimeUnit", "min")
    for step in steps:
        parts = _parts(step)
        if not parts:
            continue
        holder = etree.SubElement(scenario, f"{{{namespace}}}ElementParameters", elementRef=step.id)
        times = etree.SubElement(holder, f"{{{namespace}}}TimeParameters")
        for name, (tag, attributes) in parts.items():
            part = etree.SubElement(times, f"{{{namespace}}}{name}")
            etree.SubElement(part, f"{{{namespace}}}{tag}", attributes)
    return scenario


def _parts(step: Step) -> dict[str, Value]:
    """Return the time parameters of *step*, in the order of the schema.

    A step's time is its limit from end to end. Where its work is known too, the rest is waiting;
    where not, the whole limit stands as processing. Work without a limit is not written: its
    parameter would read as one.
    """
    time, work = _times(step)
    whole, done = measure_of(time), measure_of(work)
    if time is None or whole is None:
        return {}
    if work is None or done is None:
        said = {"ProcessingTime": time}
    elif whole[0] == done[0] and done[1] <= whole[1]:
        unit = TimeUnit.HOUR if whole[0] == "hours" else time.unit
        rest = Duration(amount=whole[1] - done[1], unit=unit)
        said = {"WaitTime": rest, "ProcessingTime": work}
    else:
        return {}
    written = {name: _written(each) for name, each in said.items()}
    found = {name: each for name, each in written.items() if each is not None}
    return found if len(found) == len(written) else {}


def _written(duration: Duration) -> Value | None:
    """Return a length as a parameter value, or ``None`` where BPSim has no word for it."""
    kind, amount = measure_of(duration) or ("", Fraction(0))
    if kind == "hours":
        return _clock(amount * _HOUR)
    if duration.unit is not TimeUnit.CALENDAR_DAY:
        return None
    if amount.denominator == 1:
        return "DurationParameter", {"value": f"P{amount}D"}
    text = plain(amount)
    return None if "/" in text else ("FloatingParameter", {"value": text, "timeUnit": "day"})


def _clock(seconds: Fraction) -> Value | None:
    """Return hours, minutes and seconds; a length that no decimal holds is not written."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    if "/" in plain(rest):
        return None
    parts = ((plain(Fraction(hours)), "H"), (plain(Fraction(minutes)), "M"), (plain(rest), "S"))
    text = "".join(f"{number}{unit}" for number, unit in parts if number != "0")
    return "DurationParameter", {"value": f"PT{text or '0S'}"}


def _insert(editor: Editor, namespace: str, added: list[etree._Element], process: str) -> None:
    """Put scenarios into the data that the file has, or behind everything as new data."""
    data = next(editor.document.root.iter(f"{{{namespace}}}{DATA}"), None)
    if data is not None:
        piece = editor.pieces.of(data)
        piece.last.extend(editor.new(each, piece) for each in added)
        return
    relationship = etree.Element(bpmn("relationship"), type=DATA)
    extensions = etree.SubElement(relationship, bpmn("extensionElements"))
    etree.SubElement(extensions, f"{{{namespace}}}{DATA}").extend(added)
    for end in ("source", "target"):
        etree.SubElement(relationship, bpmn(end)).text = process
    editor.root.last.append(editor.new(relationship, editor.root))
