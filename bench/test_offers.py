"""Offering: what a candidate costs in a long procedure, against plain Python on the same machine.

The limit is half a millisecond a candidate, as plain Python counts in that time: finding it,
applying it, measuring and proving it.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import AGENCY, ONE_STOP, case, papers, step
from offered import effects
from roster import ANSWERED
from sized import anew
from slopes import best_of_each, count_to, interleaved_ratio, log_log_slope
from tthc_flow.levers import ALL
from tthc_flow.measures.savings import saving, sized
from tthc_flow.model.law import Answer
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import CostMethod, Procedure
from tthc_flow.plan.offers import broken_laws, offers
from tthc_flow.proof.gates.questions import questions
from tthc_flow.units import DEFAULT_CONVENTION

HALF_A_MILLISECOND = 18_000
"""How far plain Python counts in it on the machine the limits were set on."""
COPIED = 1.5
"""Exponent in the flow: its candidates grow with it, and each copies the flow, quickly."""
STEPS = (30, 300)
QUICK = ("drop_relay", "number_by_machine", "assign_by_rule")


def willing_row(steps: int) -> Procedure:
    """A row of assignments, relays and numbers, in which every gate question is answered."""
    row = [step("r", "receive", ONE_STOP)]
    for n in range(steps // 5):
        row += [
            step(f"as{n}", "assign", AGENCY["division"], discretion=False),
            step(f"ex{n}", "examine", AGENCY["officer"], reads=papers(f"d{n}")),
            step(f"nu{n}", "number_and_stamp", AGENCY["clerk"], paper=False),
            step(f"tr{n}", "transfer", AGENCY["clerk"], 0.25, paper=False),
            step(f"tw{n}", "transfer", AGENCY["officer"], 0.25, paper=False),
        ]
    row += [step("si", "sign", AGENCY["head"]), step("re", "return", ONE_STOP)]
    answers = tuple(
        Answer(question=each.id, reply=each.passes_on, source=ANSWERED)
        for each in questions().values()
    )
    return evolve(case(*row), answers=answers)


@pytest.mark.parametrize("steps", STEPS)
def test_a_candidate_takes_half_a_millisecond(steps: int) -> None:
    procedure = willing_row(steps)
    levers = tuple(lever for lever in ALL if lever.id in QUICK)
    found = offers(procedure, levers, DEFAULT_CONVENTION)
    assert all(offer.candidate.verdict is Verdict.PASS for offer in found)
    ratio = interleaved_ratio(
        lambda: effects(anew(procedure), levers),
        lambda: count_to(HALF_A_MILLISECOND * len(found)),
    )
    print(f"\noffers for {steps} steps, {len(found)} candidates: {ratio / 2:.3f} ms each")
    assert ratio <= 1


def test_offering_by_the_part_is_many_times_as_quick_as_in_full() -> None:
    procedure = willing_row(300)
    levers = tuple(lever for lever in ALL if lever.id in QUICK)

    def in_full() -> None:
        before = sized(procedure, DEFAULT_CONVENTION, CostMethod.TT02_2017)
        for lever in levers:
            for candidate in tuple(lever.find(procedure))[::10]:
                after = lever.apply(procedure, candidate)
                tuple(broken_laws(procedure, after))
                saving(before, sized(after, DEFAULT_CONVENTION, CostMethod.TT02_2017))

    ratio = interleaved_ratio(in_full, lambda: effects(procedure, levers), 3)
    print(f"\na candidate in full takes {10 * ratio:.0f} times as long as by what it touches")
    assert ratio >= 1  # every tenth in full takes longer than all by the part


def test_a_candidate_grows_with_the_flow_and_no_faster() -> None:
    rows = {steps: willing_row(steps) for steps in (250, 500, 1_000)}
    levers = tuple(lever for lever in ALL if lever.id == "number_by_machine")
    works = {n: (lambda row=row: effects(anew(row), levers)) for n, row in rows.items()}
    slope = log_log_slope(best_of_each(works, 3))
    print(f"\noffers: slope {slope:.2f} (candidates grow with the flow: each is copied whole)")
    assert slope <= COPIED
