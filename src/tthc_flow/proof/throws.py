"""Who catches what is thrown: terminate, error, cancel and escalation, up through the scopes.

An event sub-process of the scope catches first, then a boundary event of its activity, then the
scopes around. What is thrown in an event sub-process is not caught by another one of the same
scope. An error that nobody catches ends the whole case; an escalation that nobody catches goes by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.proof.scopes import Scopes

THROWN: Final = frozenset({Trigger.ERROR, Trigger.ESCALATION, Trigger.CANCEL})
_THROWING: Final = frozenset({EventPosition.THROW, EventPosition.END})


@frozen(kw_only=True)
class Landing:
    """Where a throw lands: the scope whose tokens it drops, and the event that catches it.

    Without *catch* nobody does: the scope simply ends. *stops* is false where nothing is dropped.
    """

    scope: str | None
    catch: Event | None = None
    stops: bool = True

    @property
    def guard(self) -> Event | None:
        """Return the boundary event it leaves by, if it does."""
        guard = self.catch
        return guard if guard is not None and guard.position is EventPosition.BOUNDARY else None


def landing_of(flow: Flow, scopes: Scopes, node: Node) -> Landing | None:
    """Return where *node* throws to; ``None`` where it throws nothing that matters.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> end = Event(id="e", position=EventPosition.END, trigger=Trigger.TERMINATE)
        >>> landing_of(Flow(id="p", nodes=(end,)), {}, end).stops
        True

    Source: BPMN 2.0.2, 10.5.6 and 13.5.4.
    """
    if not isinstance(node, Event) or node.position not in _THROWING:
        return None
    if node.trigger is Trigger.TERMINATE:
        return Landing(scope=node.scope)
    if node.trigger not in THROWN:
        return None
    for scope, catch in _catches(flow, scopes, node):
        return Landing(scope=scope, catch=catch, stops=catch.interrupting)
    match node.trigger:
        case Trigger.ERROR:
            return Landing(scope=None)
        case Trigger.CANCEL:
            return Landing(scope=transaction_around(flow, node))
        case _:
            return None


def transaction_around(flow: Flow, node: Node) -> str | None:
    """Return the innermost transaction that *node* is in.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> end = Event(id="e", position=EventPosition.END, trigger=Trigger.CANCEL)
        >>> transaction_around(Flow(id="p", nodes=(end,)), end) is None
        True

    Source: BPMN 2.0.2, 10.3.5: a cancel end event is only allowed in a transaction.
    """
    scope = node.scope
    while scope is not None:
        around = flow.by_id[scope]
        if isinstance(around, SubProcess) and around.kind is SubProcessKind.TRANSACTION:
            return scope
        scope = around.scope
    return None


def _catches(flow: Flow, scopes: Scopes, thrown: Event) -> Iterator[tuple[str | None, Event]]:
    scope, from_aside = thrown.scope, False
    while True:
        if not from_aside:
            starts = (s for aside in scopes[scope].asides for s in starts_of(scopes, aside))
            yield from ((scope, start) for start in _fitting(thrown, starts))
        if scope is None:
            return
        around = flow.by_id[scope]
        guards = scopes[around.scope].guards.get(scope, ())
        yield from ((scope, guard) for guard in _fitting(thrown, guards))
        from_aside = isinstance(around, SubProcess) and around.kind is SubProcessKind.EVENT
        scope = around.scope


def starts_of(scopes: Scopes, aside: SubProcess) -> tuple[Event, ...]:
    """Return the start events of an event sub-process.

    Example:
        >>> starts_of({}, SubProcess(id="s"))
        ()

    Source: BPMN 2.0.2, 10.3.5.
    """
    return scopes[aside.id].starts if aside.id in scopes else ()


def _fitting(thrown: Event, catches: Iterable[Event]) -> list[Event]:
    """Return what catches *thrown*: those of its name before those of any."""
    found = [
        catch
        for catch in catches
        if catch.trigger is thrown.trigger
        and (None in {catch.reference, thrown.reference} or catch.reference == thrown.reference)
    ]
    return sorted(found, key=lambda catch: catch.reference is None)
