"""Why a plan is as it is: worked out when it is asked for, once, and the same wherever it is."""

from __future__ import annotations

import pickle
import random

from attrs import evolve

from growing import grow_procedure
from plan.every_set import willing
from plan.moves import day, dropping, in_a_row
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Candidate
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.make import plan


def test_nothing_is_worked_out_before_it_is_asked_for_and_nothing_twice():
    asked: list[Procedure] = []
    drops = dropping("b")

    def find(procedure: Procedure) -> list[Candidate]:
        asked.append(procedure)
        return list(drops.find(procedure))

    made = plan(in_a_row(day("a"), day("b"), day("c")), [evolve(drops, find=find)])
    before = len(asked)
    told = made.explanation
    once = len(asked)
    assert once > before  # what is left to be cut is looked for on the proposed flow
    assert made.explanation is told
    assert len(asked) == once
    assert [each.candidate for each in told.attributions] == [each.id for each in made.applied]


def test_a_plan_that_was_sent_elsewhere_explains_itself_there_as_here():
    changed = 0
    for seed in range(8):
        made = plan(willing(grow_procedure(random.Random(seed), 8)), ALL)
        sent = pickle.loads(pickle.dumps(made))  # noqa: S301 - made here
        assert sent == made
        assert sent.explanation == made.explanation
        changed += bool(made.applied)
    assert changed
