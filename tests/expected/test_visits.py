"""How often a dossier comes by: known answers, what lacks, what is not covered."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from expected.drawn import drawn
from tthc_flow.errors import BadQuantity, UnsoundFlow
from tthc_flow.expected import visits
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Barrier, Given, Need, What, Why
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.measured import Taken
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step


def looked_at(flow, given=None):
    return expectation(Procedure(flow=flow), Asked(given=given or Given()))


def comes(flow, given=None):
    """Return how often a dossier comes by each node, as text."""
    found = looked_at(flow, given).passing
    assert (found.needs, found.barriers) == ((), ())
    return {node: str(often) for node, often in found.comes.items()}


def test_a_loop_is_left_after_one_over_the_share_that_leaves():
    flow = drawn("s xa a xb e", "xb c xa", xbc="2/5")
    assert comes(flow) == {
        "s": "1", "xa": "5/3", "a": "5/3", "xb": "5/3", "e": "1", "c": "2/3"
    }  # fmt: skip


def test_loops_in_loops():
    # The inner loop is gone round twice in the mean, the outer four times: eight times the inner.
    flow = drawn("s xa xb b xc xd e", "xc xb", "xd xa", xcxb="1/2", xdxa="3/4")
    assert comes(flow)["b"] == "8"


def test_a_parallel_join_lets_one_case_pass():
    flow = drawn("s pa a pb e", "pa b pb", "pa c pb")
    assert comes(flow) == dict.fromkeys(["s", "pa", "a", "b", "c", "pb", "e"], "1")


def test_a_parallel_block_in_a_loop():
    flow = drawn("s xa pa a pb xb e", "pa b pb", "xb xa", xbxa="1/3")
    assert comes(flow)["a"] == comes(flow)["pb"] == "3/2"


def test_an_inclusive_join_is_passed_as_often_as_its_split():
    flow = drawn("s oa a ob e", "oa b ob", oaa="3/4", oab="1/2")
    assert comes(flow) == {"s": "1", "oa": "1", "a": "3/4", "b": "1/2", "ob": "1", "e": "1"}


def test_an_inclusive_join_that_something_else_enters_is_told():
    flow = drawn("s xa oa a ob e", "oa b ob", "xa ob", xaoa="1/2", oaa="1", oab="1")
    assert looked_at(flow).barriers == ()  # then the choice before it is what it closes
    flow = drawn("s oa a xc ob e", "oa b ob", "xc f", oaa="1", oab="1", xcf="1/2")
    assert looked_at(flow).barriers == (Barrier("ob", Why.LOOSE_JOIN),)
    flow = drawn("s xa a xb ob e", "xa b ob", "xb xa", xaa="1/2", xbxa="1/4")
    assert looked_at(flow).barriers == (Barrier("ob", Why.LOOSE_JOIN),)
    # What goes back into the block passes the join once more than the split.
    flow = drawn("s oa xc a ob xb e", "oa b ob", "xb xc", oaxc="1", oab="1/2", xbxc="1/4")
    assert looked_at(flow).barriers == (Barrier("ob", Why.LOOSE_JOIN),)


@pytest.mark.parametrize(
    ("nodes", "source"),
    [
        ((), "x"),
        ((Gateway(id="x", kind=GatewayKind.EVENT_BASED),), "x"),
        ((Step(id="a", name="A", default="ac"),), "a"),
    ],
)
def test_the_last_share_follows_from_the_others(nodes, source):
    flow = drawn(f"s {source} b", f"{source} c", nodes=nodes, **{f"{source}b": "1/10"})
    if source == "a":  # a conditional flow and the default one: this or that
        edges = (evolve(e, condition="y" if e.id == "ab" else None) for e in flow.edges)
        flow = evolve(flow, edges=tuple(edges))
    assert comes(flow)["c"] == "9/10"


def test_several_flows_out_of_a_step_are_all_taken():
    assert comes(drawn("s a e", "s b f"))["f"] == "1"


def test_given_goes_before_stated_and_stated_before_counted():
    flow = drawn("s x a", "x b", xa="1/4")
    counted = tuple(
        evolve(e, taken=Taken(taken=30 if e.id == "xa" else 10, of=50))
        for e in drawn("s x a", "x b").edges
    )
    assert comes(flow)["a"] == "1/4"
    assert comes(flow, Given(shares={"xa": "1/2"}))["a"] == "1/2"
    assert comes(evolve(flow, edges=counted))["a"] == "3/4"


def test_what_lacks_is_listed_and_nothing_is_made_up():
    found = looked_at(drawn("s x a", "x b", "x c", xa="1/2"))
    assert found.passing.comes == {}
    assert found.effort is None
    lacking = {each for each in found.needs if each.what is What.SHARE}
    assert lacking == {Need("xb", What.SHARE), Need("xc", What.SHARE)}


@pytest.mark.parametrize("shares", [{"xa": "1/2", "xb": "2/3"}, {"xa": "1/2", "xb": "1/4"}])
def test_shares_that_do_not_make_the_whole_are_refused(shares):
    with pytest.raises(BadQuantity) as error:
        looked_at(drawn("s x a", "x b", **shares))
    assert (error.value.code, error.value.place) == ("TF118", "x")


def test_a_share_for_nothing_is_refused():
    with pytest.raises(BadQuantity) as error:
        looked_at(drawn("s a"), Given(shares={"zz": 0.5}))
    assert error.value.code == "TF117"


def test_a_loop_without_a_way_out_is_refused():
    with pytest.raises(UnsoundFlow) as error:
        looked_at(drawn("s xa a xb e", "xb xa", xbxa="1"))
    assert error.value.code == "TF331"


def guarded(*, interrupting):
    guard = Event(
        id="t",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.TIMER,
        attached_to="a",
        interrupting=interrupting,
    )
    return drawn("s a e", "t b", nodes=(guard,))


def test_a_boundary_event_happens_as_often_as_is_said():
    assert looked_at(guarded(interrupting=True)).passing.needs == (Need("t", What.HAPPENS),)
    often = comes(guarded(interrupting=True), Given(shares={"t": "1/5"}))
    assert (often["a"], often["b"], often["e"]) == ("1", "1/5", "4/5")
    often = comes(guarded(interrupting=False), Given(shares={"t": "1/5"}))
    assert (often["a"], often["b"], often["e"]) == ("1", "1/5", "1")
    never = comes(guarded(interrupting=True), Given(shares={"t": 0}))
    assert (never["b"], never["e"]) == ("0", "1")


def boxed(box):
    inside = Step(id="i", name="I", scope="box")
    return drawn("s box e", nodes=(box, inside))


def test_what_is_in_a_repeated_sub_process_is_done_as_often():
    box = SubProcess(id="box", loop=Loop(multi_instance=True, each="hồ sơ"))
    assert looked_at(boxed(box)).passing.needs == (Need("box", What.ROUNDS),)
    found = looked_at(boxed(box), Given(rounds={"box": "5/2"})).passing
    assert (found.comes["box"], found.done["box"]) == (1, Fraction(5, 2))
    assert found.done["i"] == Fraction(5, 2)
    assert found.comes["e"] == 1


@pytest.mark.parametrize(
    ("flow", "barrier"),
    [
        (boxed(SubProcess(id="box", kind=SubProcessKind.AD_HOC)), Barrier("box", Why.AD_HOC)),
        (
            drawn("s g a", "g b", nodes=(Gateway(id="g", kind=GatewayKind.COMPLEX),)),
            Barrier("g", Why.COMPLEX),
        ),
        (
            drawn(
                "s g a", "g b",
                nodes=(Gateway(id="g", kind=GatewayKind.EVENT_BASED, parallel=True),),
                ga="1/2",
            ),
            Barrier("g", Why.EVENTS_TOGETHER),
        ),
        (
            drawn("s a e", nodes=(Step(id="a", name="A", completion_quantity=2),)),
            Barrier("a", Why.QUANTITY),
        ),
        (
            drawn(
                "s p a f", "p b",
                nodes=(Event(id="f", position=EventPosition.END, trigger=Trigger.TERMINATE),),
            ),
            Barrier("f", Why.ABRUPT),
        ),
    ],
)  # fmt: skip
def test_what_is_not_covered_is_named(flow, barrier):
    shares = {"ga": 1, "gb": 1} if barrier.why is Why.COMPLEX else {}
    found = looked_at(flow, Given(shares=shares))
    assert barrier in found.barriers
    assert found.passing.comes == {}
    assert found.times is None


def test_a_terminate_end_beside_nothing_is_an_end_like_others():
    stop = Event(id="f", position=EventPosition.END, trigger=Trigger.TERMINATE)
    assert comes(drawn("s x f", "x e", nodes=(stop,), xf="1/4"))["f"] == "1/4"


def test_floats_of_large_flows_are_right(monkeypatch):
    names = " ".join(f"a{n} x{n}" for n in range(60))
    rows = [f"s {names} e", *(f"x{n} f{n}" for n in range(60))]
    flow = drawn(*rows, **{f"x{n}f{n}": f"1/{n + 2}" for n in range(60)})
    exact = looked_at(flow).passing
    monkeypatch.setattr(visits, "EXACT_UP_TO", 10)
    near = looked_at(flow).passing
    assert (exact.exact, near.exact) == (True, False)
    for node, often in exact.comes.items():
        assert abs(near.comes[node] - often) <= visits.TOLERANCE * often
