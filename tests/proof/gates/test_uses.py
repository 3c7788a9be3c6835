"""Looked up once a flow, the answers are those of a walk over all steps."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levers.office import AGENCY, case, papers, step
from rewriting import PAPERS, told
from strategies import SEEDS, procedures
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.gates.conditions import duties_allow
from tthc_flow.proof.gates.uses import uses

OFFICER = AGENCY["officer"]


@given(procedures(), SEEDS, st.integers(0, 3))
def test_the_first_reader_and_the_first_to_be_kept_apart_are_those_of_a_walk(
    procedure: Procedure, seed: int, many: int
) -> None:
    rng = random.Random(seed)
    flow = told(rng, procedure.flow)
    ids = [each.id for each in flow.steps]
    pairs = {each: frozenset(rng.sample(ids, rng.randint(0, 1))) for each in ids}
    steps = tuple(evolve(each, separate_from=pairs[each.id]) for each in flow.steps)
    flow = evolve(flow, nodes=steps, edges=())
    some = set(rng.sample(ids, min(many, len(ids))))
    documents = set(rng.sample(PAPERS, rng.randint(0, 2)))
    others = [each for each in steps if each.id not in some]
    found = uses(flow)
    walk = next((each for each in others if documents & (each.reads or set())), None)
    assert found.reader(documents, some) == walk
    assert found.unsaid(some) is any(each.reads is None for each in others)
    apart = (each for each in steps if each.separate_from and some & {each.id, *each.separate_from})
    assert found.kept_apart(some) == next(apart, None)


def test_a_step_of_two_duties_names_the_pair_that_stands_first() -> None:
    procedure = case(
        step("a", "examine", OFFICER, separate_from=papers("c")),
        step("b", "review", OFFICER, separate_from=papers("a")),
        step("c", "sign", OFFICER),
    )
    by_id = procedure.flow.by_id
    because = {each: duties_allow(procedure, by_id[each]).because for each in "abc"}
    assert because == {
        "a": (("separate", "a / c"),),
        "b": (("separate", "b / a"),),
        "c": (("separate", "a / c"),),
    }
