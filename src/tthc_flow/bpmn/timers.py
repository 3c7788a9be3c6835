"""What a timer's definition says, and the length that it gives; the way back as well."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tthc_flow.bpmn.conditions import words
from tthc_flow.bpmn.facts import plain
from tthc_flow.bpmn.lengths import of_iso
from tthc_flow.bpmn.names import bpmn
from tthc_flow.model.flow import Event, Timer, TimerKind, Trigger
from tthc_flow.model.step import StepTime
from tthc_flow.units import TimeUnit

_ISO: Final = {
    TimeUnit.CALENDAR_DAY: "P{}D",
    TimeUnit.DAY: "P{}D",
    TimeUnit.HOUR: "PT{}H",
}


def read_timer(definition: etree._Element) -> Timer | None:
    """Return what a ``timerEventDefinition`` says, the first of its parts that has words."""
    for kind in TimerKind:
        expression = definition.find(bpmn(kind.value))
        text = "" if expression is None else words(expression).strip()
        if text:
            return Timer(kind=kind, text=text)
    return None


def time_of(timer: Timer | None) -> StepTime:
    """Return the time that *timer* gives where nobody states one: a fixed length, else unknown.

    Example:
        >>> time_of(Timer(kind=TimerKind.DURATION, text="P3D")).duration.amount
        Fraction(3, 1)
        >>> time_of(Timer(kind=TimerKind.CYCLE, text="R/P1D")).duration is None
        True
    """
    if timer is None:
        return StepTime()
    length = of_iso(timer.text).duration if timer.kind is TimerKind.DURATION else None
    return StepTime(duration=length, printed=timer.text)


def in_bpmn(event: Event) -> bool:
    """Return whether BPMN's own definition says the timer of *event* exactly."""
    text = "" if event.timer is None else event.timer.text
    return event.trigger is Trigger.TIMER and bool(text) and text == text.strip()


def timer_element(event: Event) -> etree._Element | None:
    """Return what the definition of *event* says: its timer, else its time where ISO 8601 can.

    The facts of the event say then that this is its time only: an empty ``timer``.
    """
    if event.timer is not None and in_bpmn(event):
        element = etree.Element(bpmn(event.timer.kind.value))
        element.text = event.timer.text
        return element
    duration = event.time.duration
    if event.timer is not None or duration is None or duration.unit not in _ISO:
        return None
    if duration.amount.denominator != 1:
        return None
    element = etree.Element(bpmn(TimerKind.DURATION.value))
    element.text = _ISO[duration.unit].format(plain(duration.amount))
    return element
