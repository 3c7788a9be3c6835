"""What each node of a flow is to tokens: how it starts, what it waits for, how it is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from attrs import frozen

from tthc_flow.engine.repeated import Rounds
from tthc_flow.expressions.expression import Expression
from tthc_flow.model.flow import Trigger


class Start(StrEnum):
    """What a token does when it comes to a node."""

    WORK = "work"
    EVENT = "event"
    AT_ONCE = "at_once"
    ALL_IN = "all_in"
    NO_MORE_COMING = "no_more_coming"
    INSIDE = "inside"


class Leave(StrEnum):
    """Over which of its flows a token leaves a node."""

    ALL = "all"
    ONE = "one"
    SOME = "some"
    FIRST_EVENT = "first_event"


class Repeat(StrEnum):
    """How often an activity is done."""

    ONCE = "once"
    IN_A_ROW = "in_a_row"
    ONE_BY_ONE = "one_by_one"
    AT_ONCE = "at_once"


@frozen(kw_only=True)
class Arc:
    """A sequence flow as a token sees it; *always* leaves whatever is decided."""

    id: str
    target: str
    condition: Expression | None = None
    default: bool = False
    always: bool = False


@frozen(kw_only=True)
class Place:
    """A node as a token sees it.

    *armed* are the boundary events that listen while it is worked on; *handlers* the start events
    of the event sub-processes drawn inside it; *jump* is the catching end of a link; *inside* are
    the nodes a sub-process starts with. *undo* is the node that undoes it, *cancelled_by* the event
    a cancelled transaction is left by; *handles* tells an event sub-process, *is_round* one
    round of an activity that repeats, *rounds* how often it does. *condition* is that of a
    conditional event.
    """

    id: str
    start: Start
    leave: Leave
    arcs: tuple[Arc, ...] = ()
    entries: tuple[str, ...] = ()
    scope: str | None = None
    armed: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    interrupting: bool = True
    trigger: Trigger = Trigger.NONE
    reference: str | None = None
    throws: bool = False
    jump: str | None = None
    inside: tuple[str, ...] = ()
    repeat: Repeat = Repeat.ONCE
    rounds: Rounds | None = None
    undo: str | None = None
    cancelled_by: str | None = None
    handles: bool = False
    is_round: bool = False
    condition: Expression | None = None

    def catches(self, thrown: Place) -> bool:
        """Return whether this event catches *thrown*.

        An error or escalation goes to whoever waits for any, or for one of its name; thrown
        without a name it may be any. A signal is heard by its name alone.
        """
        if self.trigger != thrown.trigger:
            return False
        unnamed = None in {self.reference, thrown.reference} and self.trigger != Trigger.SIGNAL
        return unnamed or self.reference == thrown.reference


@frozen(kw_only=True)
class Net:
    """The places of a flow and how a token can come to them within one scope.

    *starts* are the nodes a case begins with; where they are start events, one of them. *handlers*
    start the event sub-processes of the process itself. *watches* says whether some event happens
    by its condition.
    """

    places: Mapping[str, Place]
    before: Mapping[str, tuple[str, ...]]
    source_of: Mapping[str, str]
    starts: tuple[str, ...]
    alternative_starts: bool
    handlers: tuple[str, ...] = ()
    watches: bool = False


def nearest_first(
    places: Mapping[str, Place], events: Iterable[str], border: Collection[str]
) -> list[str]:
    """Return *events* as a throw asks them: inside before *border*, what names its catch first."""
    return sorted(events, key=lambda each: (each in border, places[each].reference is None))


def undoes(place: Place) -> bool:
    """Return whether *place* throws an event that undoes what was done."""
    return place.throws and place.trigger in {Trigger.COMPENSATION, Trigger.CANCEL}


def is_activity(place: Place) -> bool:
    """Return whether *place* is work or a sub-process."""
    return place.start in {Start.WORK, Start.INSIDE}
