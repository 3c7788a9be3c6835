"""Event sub-processes: who hears first, what is taken off, how often they begin."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn, edges_of
from tthc_flow.engine.arrivals import catcher
from tthc_flow.engine.cover import Guide
from tthc_flow.engine.instance import Run
from tthc_flow.engine.net import net_of
from tthc_flow.engine.run import run_every_branch
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.step import Step

END, THROW = EventPosition.END, EventPosition.THROW


def at(run: Run) -> list[str]:
    return sorted(each.node for each in run.waiting)


def handled(picture: str, trigger: Trigger, *, interrupting: bool, around: str = "") -> Flow:
    """Return the flow of *picture* with ``when > heal > healed`` as a handler of *around*."""
    flow = drawn(
        f"{picture}; when > heal > healed",
        SubProcess(id="handler", kind=SubProcessKind.EVENT, scope=around or None),
        Event(id="when", position=EventPosition.START, trigger=trigger, interrupting=interrupting),
        Event(id="healed", position=END),
    )
    inside = {"when", "heal", "healed"}
    return evolve(
        flow,
        nodes=tuple(
            evolve(node, scope="handler") if node.id in inside else node for node in flow.nodes
        ),
    )


def test_a_deadline_of_the_whole_case_takes_every_token_off_and_ends_the_case():
    run = Run(handled("s > and1; and1 > a > e; and1 > b > e", Trigger.TIMER, interrupting=True))
    assert (at(run), run.listening) == (["a", "b"], ("when",))
    run.deliver("when")
    assert (at(run), run.listening) == (["heal"], ())
    run.complete("heal")
    assert run.finished


def test_a_message_may_come_again_and_again_while_the_work_goes_on():
    run = Run(handled("s > a > e", Trigger.MESSAGE, interrupting=False))
    run.deliver("when")
    run.deliver("when")
    assert at(run) == ["a", "heal", "heal"]
    run.complete("a")
    assert not run.finished
    run.complete("heal")
    run.complete("heal")
    assert (run.finished, run.history[-3:]) == (True, ("heal", "healed", "handler"))


def _failing(*, own: bool) -> Flow:
    """Return a sub-process that fails: its boundary listens, with *own* a handler inside too."""
    picture = "s > sub > z > e; wrong > w > e2; s2 > a > bad"
    flow = handled(picture, Trigger.ERROR, interrupting=True, around="sub" if own else "")
    inside = {"s2", "a", "bad"}
    given = {
        "sub": SubProcess(id="sub"),
        "wrong": Event(
            id="wrong",
            position=EventPosition.BOUNDARY,
            trigger=Trigger.ERROR,
            attached_to="sub",
        ),
        "bad": Event(id="bad", position=END, trigger=Trigger.ERROR),
    }
    nodes = (given.get(node.id, node) for node in flow.nodes)
    scoped = (evolve(node, scope="sub") if node.id in inside else node for node in nodes)
    return evolve(flow, nodes=tuple(scoped))


@pytest.mark.parametrize(("own", "first", "then"), [(True, "heal", ["z"]), (False, "w", [])])
def test_an_error_is_heard_inside_its_scope_first_and_at_its_border_next(own, first, then):
    run = Run(_failing(own=own))
    run.complete("a")
    assert at(run) == [first]
    run.complete(first)
    assert at(run) == then


def test_what_fails_while_it_is_being_healed_goes_outwards_and_not_round_in_a_circle():
    flow = _failing(own=True)
    again = Event(id="healed", position=END, trigger=Trigger.ERROR, scope="handler")
    run = Run(evolve(flow, nodes=tuple(again if n.id == "healed" else n for n in flow.nodes)))
    run.complete("a")
    run.complete("heal")
    assert at(run) == ["w"]


def test_a_signal_thrown_inside_that_interrupts_its_own_scope_takes_the_thrower_off():
    cry = Event(id="cry", position=THROW, trigger=Trigger.SIGNAL, reference="S")
    flow = handled("s > a > cry > b > e", Trigger.SIGNAL, interrupting=True)
    heard = evolve(flow.by_id["when"], reference="S")
    given = {"cry": cry, "when": heard}
    run = Run(evolve(flow, nodes=tuple(given.get(node.id, node) for node in flow.nodes)))
    run.complete("a")
    assert at(run) == ["heal"]


@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("trigger", [Trigger.TIMER, Trigger.ERROR, Trigger.ESCALATION])
def test_every_branch_runs_those_inside_the_handler_and_those_beside_it(trigger, interrupting):
    done = run_every_branch(handled("s > a > b > e", trigger, interrupting=interrupting))
    assert done.completed, done
    assert any("healed" in run for run in done.runs)
    assert any("b" in run for run in done.runs)


def test_the_search_for_branches_knows_who_catches_an_error_as_the_run_does():
    boundary = {"position": EventPosition.BOUNDARY, "trigger": Trigger.ERROR, "attached_to": "b"}
    nodes = (
        Event(id="s", position=EventPosition.START),
        SubProcess(id="b"),
        Step(id="x", name="Xem", scope="b"),
        Event(
            id="fails",
            position=EventPosition.END,
            trigger=Trigger.ERROR,
            reference="E1",
            scope="b",
        ),
        Event(id="any", **boundary),
        Event(id="named", reference="E1", **boundary),
        Event(id="e", position=EventPosition.END),
    )
    pairs = (("s", "b"), ("x", "fails"), ("any", "e"), ("named", "e"), ("b", "e"))
    net = net_of(Flow(id="p", nodes=nodes, edges=edges_of(pairs)))
    assert catcher(net, net.places["fails"]) == "named"
    assert Guide(net).thrown == {"named"}
    run = Run(Flow(id="p", nodes=nodes, edges=edges_of(pairs)))
    run.complete("x")
    assert run.finished
    assert "named" in run.history
    assert "any" not in run.history


def test_a_case_that_has_ended_listens_no_more_after_it_was_put_away():
    flow = handled("s > a > e", Trigger.MESSAGE, interrupting=False)
    run = Run(flow)
    run.complete("a")
    again = Run.resumed(flow, run.state)
    assert (again.finished, again.listening, again.scopes) == (True, (), ())
