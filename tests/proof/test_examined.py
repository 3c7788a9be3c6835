"""A grant that people surely examined still is one, also where two changes meet."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from by_hand import drawn, procedure_of
from strategies import procedures
from tthc_flow.graph.grants import granting_ends
from tthc_flow.graph.view import live, view
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Outcome,
    SubProcess,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.examined import examined, looks


def step(name, *kinds, **facts):
    return Step(id=name, name=name, kinds=kinds, **facts)


def of(picture, *nodes):
    """A procedure whose ends grant, but for those that begin with ``e_no``."""
    flow = drawn(picture, *nodes)
    ends = tuple(
        evolve(n, outcome=Outcome.REFUSE if n.id.startswith("e_no") else Outcome.GRANT)
        if isinstance(n, Event) and n.position is EventPosition.END
        else n
        for n in flow.nodes
    )
    return procedure_of(evolve(flow, nodes=ends))


A = step("a", StepKind.EXAMINE)
B = step("b", StepKind.REEXAMINE)
VISIT = step("v", StepKind.INSPECT)
SIGN = step("g", StepKind.SIGN)
LOOK = step("look", StepKind.LOOK_UP, task=TaskType.SERVICE)
LATE = (SubProcess(id="box", outside_clock=True), step("late", StepKind.EXAMINE, scope="box"))
BOTH = of("s > a > b > g > e", A, B, SIGN)
LOOKED_UP = "s > look > xor1 > xor2 > g > e; xor1 > a > xor2"


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        pytest.param(BOTH, of("s > a > g > e", A, SIGN), Verdict.PASS, id="one-of-two-stays"),
        pytest.param(BOTH, of("s > g > e", SIGN), Verdict.FAIL, id="none-stays"),
        pytest.param(
            of("s > g > e", SIGN), of("s > g > e", SIGN), Verdict.PASS, id="nobody-ever-did"
        ),
        pytest.param(
            of("s > a > g > e", A, SIGN),
            of(LOOKED_UP, LOOK, A, SIGN),
            Verdict.PASS,
            id="a-look-up-with-people-behind-it",
        ),
        pytest.param(
            of("s > a > g > e", A, SIGN),
            of("s > look > g > e", LOOK, SIGN),
            Verdict.FAIL,
            id="a-look-up-with-nobody-behind-it",
        ),
        pytest.param(
            of("s > a > g > e", A, SIGN),
            of("s > a > g > e", evolve(A, task=TaskType.SERVICE), SIGN),
            Verdict.FAIL,
            id="a-machine-that-examines-is-nobody",
        ),
        pytest.param(
            BOTH,
            of(LOOKED_UP, LOOK, A, SIGN),
            Verdict.FAIL,
            id="a-look-up-for-one-and-the-other-gone",
        ),
        pytest.param(
            BOTH,
            of(LOOKED_UP.replace("xor2 > g", "xor2 > b > g"), LOOK, A, B, SIGN),
            Verdict.PASS,
            id="a-look-up-for-one-and-the-other-there",
        ),
        pytest.param(
            BOTH,
            of(
                "s > look > xor1 > xor2 > two > xor3 > xor4 > g > e; xor1 > a > xor2; "
                "xor3 > b > xor4",
                LOOK,
                evolve(LOOK, id="two"),
                A,
                B,
                SIGN,
            ),
            Verdict.PASS,
            id="look-ups-for-both",
        ),
        pytest.param(
            of("s > a > g > e", A, SIGN),
            of("s > g > box > e", SIGN, *LATE),
            Verdict.FAIL,
            id="put-off-to-after-the-grant",
        ),
        pytest.param(
            of("s > a > v > g > e", A, VISIT, SIGN),
            of("s > v > g > e", VISIT, SIGN),
            Verdict.FAIL,
            id="a-visit-is-no-examination-of-the-dossier",
        ),
        pytest.param(
            of("s > v > g > e", VISIT, SIGN),
            of("s > g > e", SIGN),
            Verdict.PASS,
            id="nobody-examined-the-dossier-before",
        ),
        pytest.param(
            BOTH,
            of("s > xor1 > a > xor2 > g > e; xor1 > xor2", A, SIGN),
            Verdict.FAIL,
            id="only-some-are-examined",
        ),
        pytest.param(
            BOTH,
            of("s > a > g > xor1 > e; s > xor1; xor1 > e_no", A, SIGN),
            Verdict.FAIL,
            id="a-new-way-around-it",
        ),
        pytest.param(
            of("s > a > xor1 > g > e; xor1 > e_no", A, SIGN),
            of("s > xor1 > a > g > e; xor1 > e_no", A, SIGN),
            Verdict.PASS,
            id="a-refusal-needs-nobody",
        ),
        pytest.param(
            of("s > x > g > e", step("x"), SIGN),
            of("s > g > e", SIGN),
            Verdict.UNKNOWN,
            id="who-knows-what-it-did",
        ),
        pytest.param(
            of("s > x > a > g > e", step("x"), A, SIGN),
            of("s > a > g > e", A, SIGN),
            Verdict.PASS,
            id="who-cares-what-it-did",
        ),
        pytest.param(
            of("s > and1 > a > and2 > g > e; and1 > b > and2", A, B, SIGN),
            of("s > g > b > e", B, SIGN),
            Verdict.PASS,
            id="one-of-two-side-by-side-stays",
        ),
        pytest.param(
            of("s > a > g > e", A, SIGN),
            of("s > a > g > e_other; s > g", A, SIGN),
            Verdict.FAIL,
            id="a-new-end-is-held-to-what-all-had",
        ),
    ],
)
def test_the_law_on_a_change(before, after, verdict):
    proof = examined(before, after)
    assert proof.verdict is verdict
    if verdict is not Verdict.PASS:
        assert [key for key, _ in proof.because] == ["unexamined"]


def met_by_all(flow, end):
    """Whether no way leads to *end* once the people who examine are taken out."""
    out = {s.id for s in flow.steps if {StepKind.EXAMINE, StepKind.REEXAMINE} & {*s.kinds}}
    seen = view(flow)
    found, queue = set(), [start for start in seen.starts if start not in out]
    while queue:
        here = queue.pop()
        if here not in found:
            found.add(here)
            queue += [then for then in seen.after[here] if then not in out]
    return end not in found


def one_way_at_a_time(flow):
    """The same ways with nothing side by side, every step a person's, the first one examining."""
    first = flow.steps[0].id

    def plain(node):
        if isinstance(node, Gateway) and node.kind is not GatewayKind.EVENT_BASED:
            return evolve(node, kind=GatewayKind.EXCLUSIVE)
        if isinstance(node, Step):
            kinds = (StepKind.EXAMINE,) if node.id == first else node.kinds or (StepKind.OTHER,)
            return evolve(node, kinds=kinds, task=TaskType.USER)
        return node

    return evolve(flow, nodes=tuple(plain(node) for node in flow.nodes))


@given(procedures(max_steps=10), st.data())
def test_the_law_says_what_taking_people_out_of_the_ways_says(procedure, data):
    """Without parallel ways: each grant that was cut off without people still has to be."""
    flow = one_way_at_a_time(procedure.flow)
    looking = [step.id for step in flow.steps if looks(step)]
    gone = data.draw(st.sets(st.sampled_from(looking), min_size=1))
    left = tuple(evolve(n, kinds=(StepKind.OTHER,)) if n.id in gone else n for n in flow.nodes)
    after = evolve(flow, nodes=left)
    lost = any(
        met_by_all(flow, end) and not met_by_all(after, end)
        for end in granting_ends(flow)
        if end in live(view(flow))
    )
    proof = examined(evolve(procedure, flow=flow), evolve(procedure, flow=after))
    assert proof.verdict is (Verdict.FAIL if lost else Verdict.PASS)
