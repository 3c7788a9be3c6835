"""From where a token comes to each node: over flows, events, borders, and by undoing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from tthc_flow.engine.places import Net, Place, Start, nearest_first, undoes
from tthc_flow.model.flow import Trigger

Spot: TypeAlias = tuple[str, bool]
"""A node, and whether one stands at its exit: they differ for a sub-process."""

_UNDOING: Final[Spot] = ("", False)
"""Where every event that undoes leads, and every activity that undoes begins."""


def arrivals(net: Net) -> tuple[Mapping[Spot, list[Spot]], Mapping[Spot, list[Spot]]]:
    """Return from where one comes to each spot, by itself and with events from outside; linear."""
    alone: dict[Spot, list[Spot]] = {}
    for place in net.places.values():
        for start, end in _onwards(net, place):
            alone.setdefault(end, []).append(start)
    helped = {spot: [*before] for spot, before in alone.items()}
    for place in net.places.values():
        for start, end in _by_events(net, place):
            helped.setdefault(end, []).append(start)
    return alone, helped


def _onwards(net: Net, place: Place) -> Iterator[tuple[Spot, Spot]]:
    """Yield the ways into what *place* holds, through it, and on from it."""
    for arc in place.arcs:
        yield (place.id, True), (arc.target, False)
    for node in place.inside:
        yield (place.id, False), (node, False)
    if place.start is not Start.INSIDE or not place.inside:
        yield (place.id, False), (place.id, True)
    if place.jump is not None:
        yield (place.id, True), (place.jump, False)
    elif not place.arcs:
        for spot in _ways_out(net, place):
            yield (place.id, True), spot


def _by_events(net: Net, place: Place) -> Iterator[tuple[Spot, Spot]]:
    """Yield the ways that events open: at the border of *place*, in it, or thrown by it."""
    for event in (*place.armed, *place.handlers):
        yield (place.id, False), (event, False)
    if place.undo is not None:
        yield _UNDOING, (place.undo, False)
    if undoes(place):
        yield (place.id, False), _UNDOING
    if place.throws and place.trigger is Trigger.CANCEL:
        yield (place.id, False), (str(net.places[str(place.scope)].cancelled_by), False)


def _ways_out(net: Net, end: Place) -> Iterable[Spot]:
    """Return where one comes from *end*, the last node on a way through its sub-process."""
    if not (end.throws and end.trigger == Trigger.ERROR):
        return [] if end.scope is None else [(end.scope, True)]
    catch = catcher(net, end)
    return [] if catch is None else [(catch, False)]


def catcher(net: Net, thrown: Place) -> str | None:
    """Return the event that catches the error or escalation *thrown*: of the nearest scope."""
    within, scope = "", thrown.scope
    while True:
        here = None if scope is None else net.places[scope]
        inner, border = (net.handlers, ()) if here is None else (here.handlers, here.armed)
        for each in nearest_first(net.places, (*inner, *border), border):
            if net.places[each].scope != within and net.places[each].catches(thrown):
                return each
        if here is None:
            return None
        within, scope = here.id, here.scope
