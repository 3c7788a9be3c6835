"""What is known about a flow before its nets are built: throws, openings, messages.

A sub-process is closed (one node of its scope, judged by itself) unless what is in it is seen
outside while it runs: an escalation that does not interrupt it, or a message. Then it is open:
its content is part of the net around it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.flow import Event, SubProcess, SubProcessKind, Trigger
from tthc_flow.proof.scopes import scopes_of
from tthc_flow.proof.throws import landing_of, starts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.proof.scopes import Scope, Scopes
    from tthc_flow.proof.throws import Landing


@frozen(kw_only=True)
class Mail:
    """The channels, by number, that nodes send on and wait for."""

    sends: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    reads: Mapping[str, tuple[int, ...]] = MappingProxyType({})


NO_MAIL: Final = Mail()


@frozen(kw_only=True)
class Break:
    """How a scope ends whose tokens are dropped: *here*, or by a throw to what is around it.

    *aside* is the event sub-process that runs before it ends.
    """

    here: bool
    aside: str | None = None


@frozen(kw_only=True)
class Setting:
    """A flow with its scopes, where its throws land, and which sub-processes are open.

    *breaks* tells the events and closed sub-processes that may drop what else goes on in their
    scope, and how it then ends. *called* are the events that a throw lands on.
    """

    flow: Flow
    scopes: Scopes
    landing: Mapping[str, Landing]
    breaks: Mapping[str, frozenset[Break]]
    called: frozenset[str]
    opened: frozenset[str]
    mail: Mail

    def thrown_through(self, aside: str) -> Iterator[str]:
        """Yield the throws in the event sub-process *aside* that land outside of it."""
        for thrown, landing in self.landing.items():
            if aside in list(_up(self.flow, self.flow.by_id[thrown].scope, landing.scope)):
                yield thrown

    def outside(self, event: Event) -> bool:
        """Return whether *event* may happen at any time, whatever is drawn."""
        if event.trigger is Trigger.ERROR:
            return True
        return event.id not in self.called and event.id not in self.mail.reads

    def around(self, scope: str) -> frozenset[str]:
        """Return *scope* and the sub-processes around it."""
        return frozenset(each for each in _up(self.flow, scope, None) if each is not None)

    def broken_off(self, scopes: frozenset[str]) -> bool:
        """Return whether something may drop all that goes on around the innermost of *scopes*."""
        around = {self.flow.by_id[scope].scope for scope in scopes}
        places = (self.flow.by_id[place] for place in self.breaks)
        return any(place.scope in around and not is_aside(place) for place in places)

    def closed(self) -> list[Scope]:
        """Return the scopes that are judged by themselves, the innermost first."""
        inner = [s for s in self.scopes.values() if s.id is not None and s.id not in self.opened]
        return sorted(inner, key=lambda scope: -len(list(_up(self.flow, scope.id, None))))


def setting_of(flow: Flow, mail: Mail = NO_MAIL) -> Setting:
    """Return what there is to know about *flow*, whose every element is covered.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> setting_of(Flow(id="p")).opened
        frozenset()

    Source: BPMN 2.0.2, 10.5.6.
    """
    scopes = scopes_of(flow)
    landing = {
        node.id: found
        for node in flow.nodes
        if (found := landing_of(flow, scopes, node)) is not None
    }
    breaks: dict[str, set[Break]] = {}
    opened: set[str] = set()
    for thrown, found in landing.items():
        here = flow.by_id[thrown].scope
        way = [scope for scope in _up(flow, here, found.scope) if scope is not None]
        if found.stops:
            for place, parent in ((thrown, here), *((s, flow.by_id[s].scope) for s in way)):
                here_ends = parent == found.scope and found.guard is None
                aside = found.catch.scope if here_ends and found.catch is not None else None
                breaks.setdefault(place, set()).add(Break(here=here_ends, aside=aside))
        elif found.guard is not None and found.scope is not None:
            opened |= {*way, found.scope}
    for speaks in (*mail.sends, *mail.reads):
        node = flow.by_id[speaks]
        opened |= {scope for scope in _up(flow, node.scope, None) if scope is not None}
    return Setting(
        flow=flow,
        scopes=scopes,
        landing=MappingProxyType(landing),
        breaks=MappingProxyType({place: frozenset(found) for place, found in breaks.items()}),
        called=frozenset(f.catch.id for f in landing.values() if f.catch is not None),
        opened=frozenset(opened),
        mail=mail,
    )


def _up(flow: Flow, scope: str | None, until: str | None) -> Iterator[str | None]:
    """Yield *scope* and the scopes around it, below *until*."""
    while scope != until and scope is not None:
        yield scope
        scope = flow.by_id[scope].scope


def rescued(setting: Setting, scope: str | None) -> bool:
    """Return whether what comes from outside can end *scope* or a sub-process around it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> rescued(setting_of(Flow(id="p")), None)
        False

    Source: BPMN 2.0.2, 13.5.3 and 13.5.4: an interruption ends the activity.
    """
    alone = False  # an interrupting event sub-process bars the others of its scope
    while True:
        if not alone and scope in setting.scopes:
            asides = setting.scopes[scope].asides
            starts = [start for aside in asides for start in starts_of(setting.scopes, aside)]
            if any(start.interrupting and setting.outside(start) for start in starts):
                return True
        if scope is None:
            return False
        around = setting.flow.by_id[scope]
        guards = setting.scopes[around.scope].guards.get(scope, ())
        if any(guard.interrupting and setting.outside(guard) for guard in guards):
            return True
        alone = is_aside(around) and any(
            start.interrupting for start in setting.scopes[scope].starts
        )
        scope = around.scope


def is_aside(node: Node) -> bool:
    """Return whether *node* is an event sub-process.

    Example:
        >>> is_aside(SubProcess(id="s"))
        False

    Source: BPMN 2.0.2, 10.3.5.
    """
    return isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT


def begins(scope: Scope, host: SubProcess | None) -> tuple[Event, ...]:
    """Return the start events that a token is given to; the others wait for nothing that comes.

    A sub-process that the flow enters begins at its plain starts, all of them; an event
    sub-process and a process at any one of their starts.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> begins(scopes_of(Flow(id="p"))[None], None)
        ()

    Source: BPMN 2.0.2, 13.3.4: an embedded sub-process begins at its empty start event.
    """
    starts = scope.starts
    compensates = all(start.trigger is Trigger.COMPENSATION for start in starts)
    if host is None or host.kind is SubProcessKind.EVENT or compensates:
        return starts
    return tuple(start for start in starts if start.trigger is Trigger.NONE)
