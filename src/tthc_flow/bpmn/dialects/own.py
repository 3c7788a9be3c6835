"""Which facts of a step the own extension states, also through the element template.

The template of Camunda Modeler cannot write foreign elements, so it writes properties called
``tthc:time``, ``tthc:decides`` …; they are read here as the own extension would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from tthc_flow.bpmn.dialects.claim import Fact, Scene
from tthc_flow.bpmn.dialects.engines import DIALECTS, OWN_PROPERTY, properties
from tthc_flow.bpmn.facts import ITEM, slots
from tthc_flow.bpmn.facts_in import FactReader
from tthc_flow.bpmn.findings import line_of
from tthc_flow.bpmn.lengths import of_words
from tthc_flow.bpmn.names import own
from tthc_flow.bpmn.nodes import STEP_IN_BPMN, extension
from tthc_flow.bpmn.to_run import SHORT
from tthc_flow.model.step import Step, StepTime
from tthc_flow.words.actors import read_performer
from tthc_flow.words.durations import read_duration

if TYPE_CHECKING:
    from tthc_flow.bpmn.dialects.engines import Property
    from tthc_flow.bpmn.document import Document

_SLOTS: Final = {slot.name: slot for slot in slots(Step) if slot.field not in STEP_IN_BPMN}
_PARTED: Final = "|"
_LAST_LINE: Final = 65_535
"""The last line that an element made by hand can be given."""

_TYPED: Final = frozenset({Fact.TIME, Fact.WORK, Fact.PERFORMER})


def stated(element: etree._Element) -> frozenset[str]:
    """Return the fields of a step that the own extension of its *element* states."""
    said = extension(element, "step")
    names = {name for name, short in SHORT.items() if element.get(short) is not None}
    if said is not None:
        names |= {str(name) for name in said.attrib}
        names |= {etree.QName(child).localname for child in said.iterchildren("*")}
    return frozenset(_SLOTS[name].field for name in names if name in _SLOTS)


def templated(scene: Scene, element: etree._Element) -> dict[str, Any]:
    """Return the facts that the element template left as properties of *element*."""
    typed = () if scene.namespaces.isdisjoint(DIALECTS) else _own_properties(element)
    if not typed:
        return {}
    twin = etree.Element(own("step"))
    placed: Any = twin  # the stubs leave the type of its line open
    found: dict[str, Any] = {}
    for said in typed:
        name = said.name.removeprefix(OWN_PROPERTY)
        slot = _SLOTS.get(name)
        line = line_of(said.at)
        if line is not None and line <= _LAST_LINE:
            placed.sourceline = line
        if name in _TYPED:
            found |= _in_words(scene, element, said, Fact(name))
        elif slot is not None and slot.shape == "texts":
            holder = etree.SubElement(twin, own(name))
            for text in said.value.split(_PARTED):
                if text.strip():
                    etree.SubElement(holder, own(ITEM)).set("name", text.strip())
        elif slot is not None:
            twin.set(name, said.value)
        else:
            scene.warn("read-unknown-fact", element, said.at, fact=said.name[:80])
    if twin.attrib or len(twin):
        found |= FactReader(element, scene.findings).fields(Step, twin, STEP_IN_BPMN)
    return found


def _own_properties(element: etree._Element) -> tuple[Property, ...]:
    return tuple(
        each for each in properties(element) if each.name.startswith(OWN_PROPERTY) and each.value
    )


def _in_words(scene: Scene, element: etree._Element, said: Property, fact: Fact) -> dict[str, Any]:
    """Return a time, work or performer that a person typed as words."""
    if fact is Fact.PERFORMER:
        return {"performer": read_performer(said.value).performer}
    length = of_words(said.value)
    if length.duration is None:
        words = f"{said.name}={said.value[:40]}"
        scene.doubt(
            length.doubt, element, said.at, fact=fact.value, dialect=said.dialect, words=words
        )
    if fact is Fact.WORK:
        return {} if length.duration is None else {"work": length.duration}
    counted = read_duration(said.value).counted
    return {"time": StepTime(duration=length.duration, printed=said.value, counted=counted)}


def own_facts(document: Document, step: str) -> frozenset[str]:
    """Return the fields that the file itself states of *step*, not those inferred or taken over.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> document = read(b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky" xmlns:t="urn:tthc-flow:bpmn:1" t:time="1 ngay"/>
        ... </process></definitions>''').document
        >>> own_facts(document, "A")
        frozenset({'time'})
    """
    element = document.index.elements[step]
    typed = {
        _SLOTS[name].field
        for each in _own_properties(element)
        if (name := each.name.removeprefix(OWN_PROPERTY)) in _SLOTS
    }
    return stated(element) | typed
