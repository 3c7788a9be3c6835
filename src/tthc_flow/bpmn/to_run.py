"""The facts of a step that running needs, where they are not the plain codec's: short forms, none.

A person may type ``tthc:function`` and ``tthc:candidates="a; b"`` as attributes of the task, as
``tthc:time``. That a fact is known *not* to be there is written where another dialect states it:
an empty ``function`` or ``calls``, a form (``fields``) that is ``open``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from tthc_flow.bpmn.called import asks_engine, is_name
from tthc_flow.bpmn.names import own
from tthc_flow.model.step import Step, TaskType

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORT: Final = MappingProxyType({name: own(name) for name in ("time", "function", "candidates")})
"""The facts that an attribute of the task itself may state, by field."""
ELSEWHERE: Final = ("time", "work", "candidates", "fields", "function", "calls")
OPEN: Final = "open"
_FORM: Final = own("fields")
_PARTED: Final = ";"
_TEXTS: Final = ("function", "calls")


def completed(
    element: etree._Element, said: etree._Element | None, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Return *facts*, read from *said*, with the short forms of *element*; empty ones are none."""
    found = dict(facts)
    for name in ("function", "candidates"):
        text = element.get(SHORT[name])
        if text is not None and name not in found:
            found[name] = text.strip() if name == "function" else parted(text)
    for name in _TEXTS:
        found[name] = found.get(name) or None
    form = None if said is None else next(said.iterchildren(_FORM), None)
    if form is not None and form.get(OPEN) == "true":
        found["fields"] = None
    return found


def parted(text: str) -> tuple[str, ...]:
    """Return the members of a list that a person typed.

    Example:
        >>> parted("Văn thư; Một cửa;")
        ('Văn thư', 'Một cửa')
    """
    return tuple(each.strip() for each in text.split(_PARTED) if each.strip())


def calls_in_bpmn(step: Step) -> bool:
    """Return whether BPMN's own attribute can hold the process that *step* calls."""
    return step.task is TaskType.CALL and step.calls is not None and is_name(step.calls)


def say_none(
    facts: etree._Element,
    step: Step,
    element: etree._Element,
    stated: frozenset[tuple[str, str]],
) -> None:
    """Add to *facts* what *step* does not have, but other words of its *element* would give it.

    *stated* are the facts that other dialects state, each with its element.
    """
    elsewhere = {name for name in ELSEWHERE if (step.id, name) in stated}
    for name in ELSEWHERE[:3]:
        if name in elsewhere and facts.find(own(name)) is None:
            etree.SubElement(facts, own(name))
    if "fields" in elsewhere and step.fields is None:
        etree.SubElement(facts, _FORM).set(OPEN, "true")
    if "function" in elsewhere and step.function is None:
        facts.set("function", "")
    asked = step.task is TaskType.CALL and asks_engine(element) is not None
    if step.calls is None and (asked or "calls" in elsewhere):
        facts.set("calls", "")
