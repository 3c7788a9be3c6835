"""Where scopes begin, where links go on, and what only undoes: small drawings, known answers."""

from __future__ import annotations

from tthc_flow.checks import dead_end, unreachable
from tthc_flow.graph.scopes import jumps, starts, undoers
from tthc_flow.graph.view import view
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.units import DEFAULT_CONVENTION


def link(name: str, position: EventPosition, scope: str | None = None, **told: str) -> Event:
    return Event(id=name, position=position, trigger=Trigger.LINK, scope=scope, **told)


def undo(host: str, handler: str | None = None, scope: str | None = None) -> Event:
    return Event(
        id=f"{host}-undo",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.COMPENSATION,
        attached_to=host,
        handler=handler,
        scope=scope,
    )


def steps(*names: str, scope: str | None = None) -> tuple[Step, ...]:
    return tuple(Step(id=name, name=name, scope=scope) for name in names)


def test_a_link_goes_on_at_the_catch_of_its_name_in_its_own_scope():
    nodes = (
        SubProcess(id="s"),
        link("t", EventPosition.THROW, reference="A"),
        link("e", EventPosition.END, reference="A"),
        link("lost", EventPosition.THROW, reference="B"),
        link("c", EventPosition.CATCH, reference="A"),
        link("inner", EventPosition.CATCH, "s", reference="B"),
    )
    assert dict(jumps(Flow(id="p", nodes=nodes))) == {"t": "c", "e": "c"}


def test_what_is_tied_to_a_compensation_undoes_and_other_work_without_arrows_does_not():
    nodes = (*steps("a", "tied", "alone"), undo("a", "tied"))
    assert undoers(Flow(id="p", nodes=nodes)) == {"tied"}


def test_where_nothing_is_tied_all_work_without_arrows_of_that_scope_undoes():
    inner = (SubProcess(id="s"), *steps("x", "y", scope="s"))
    nodes = (*steps("a", "b", "c", "d"), undo("a"), *inner)
    edges = (SequenceFlow(id="f", source="b", target="s"),)
    assert undoers(Flow(id="p", nodes=nodes, edges=edges)) == {"c", "d"}


def test_a_scope_without_a_start_event_begins_with_what_nothing_enters_and_nothing_else_starts():
    event_block = SubProcess(id="late", kind=SubProcessKind.EVENT)
    nodes = (
        *steps("a", "b", "cancel"),
        undo("a", "cancel"),
        event_block,
        link("c", EventPosition.CATCH),
    )
    edges = (
        SequenceFlow(id="f", source="a", target="b"),
        SequenceFlow(id="g", source="gone", target="a"),
    )
    flow = Flow(id="p", nodes=nodes, edges=edges)
    assert starts(flow, flow.nodes) == ("a",)
    assert view(flow).starts == ("a",)
    begun = (*nodes, Event(id="s", position=EventPosition.START))
    assert starts(Flow(id="p", nodes=begun), begun) == ("s",)


def test_work_that_undoes_and_what_is_in_it_are_no_dead_end_and_not_unreachable():
    ends = Event(id="e", position=EventPosition.END)
    block = (SubProcess(id="back"), *steps("x", "y", scope="back"))
    nodes = (*steps("a", "b"), ends, *block, undo("a", "back"), undo("b", "a2"), *steps("a2"))
    edges = (
        SequenceFlow(id="f", source="a", target="b"),
        SequenceFlow(id="g", source="b", target="e"),
        SequenceFlow(id="h", source="x", target="y", scope="back"),
    )
    start = Event(id="s", position=EventPosition.START)
    edges = (SequenceFlow(id="i", source="s", target="a"), *edges)
    procedure = Procedure(flow=Flow(id="p", nodes=(start, *nodes), edges=edges))
    assert list(dead_end.find(procedure, DEFAULT_CONVENTION)) == []
    assert list(unreachable.find(procedure, DEFAULT_CONVENTION)) == []
