"""Capacity of a whole plan: changes that each fit may be too much together."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import AGENCY, COMMITTEE, ONE_STOP, case, step
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Wishes
from tthc_flow.model.procedure import Crew, Volume
from tthc_flow.model.source import Quantity, Source
from tthc_flow.plan.make import plan
from tthc_flow.proof.capacity import capacity
from tthc_flow.units import Duration, TimeUnit

HEAD, CHAIR = AGENCY["head"], COMMITTEE["chair"]
COUNT = Source(document="Báo cáo 5/BC-SXD")
HOUR = Duration(amount=1, unit=TimeUnit.WORKING_HOUR)
FREE = (
    "power-is-own=yes delegation-barred=no superior-rarely-overrules=yes"
    " rule-names-the-step=no examines-anything-new=no"
)
TWICE = "hand_down_decision"


def twice_signed(dossiers: int, answers: str = FREE):
    """A case that the head submits and the chair signs twice; each signature takes an hour.

    The head has 1,000 hours and signs twice as well: 230 dossiers take 46 % of them; one more
    signature 69 %, two more 92 %.
    """
    crew = Crew(
        office=HEAD.office,
        role=HEAD.role,
        people=Quantity(value=1, source=COUNT),
        hours=Quantity(value=1000),
        other_load=Quantity(value="0"),
    )
    rows = []
    for number in ("1", "2"):
        rows += [
            step(f"draft{number}", "examine draft", AGENCY["officer"], 3),
            step(f"head{number}", "sign", HEAD, 1, work=HOUR),
            step(f"chair{number}", "sign", CHAIR, 2, work=HOUR),
        ]
    volume = Volume(dossiers=Quantity(value=dossiers))
    return case(
        *rows, step("back", "return", ONE_STOP, 1), answers=answers, volume=volume, crews=(crew,)
    )


def handed_down(procedure, wishes=None):
    made = plan(procedure, ALL, wishes=wishes or Wishes())
    return [each.id for each in made.applied if each.lever == TWICE], made


@pytest.mark.parametrize(("dossiers", "times"), [(212, 2), (213, 1), (283, 1), (284, 0)])
def test_one_head_is_handed_what_fits_and_no_more(dossiers, times):
    """850 hours a year: four signatures of 212 dossiers are 848, three of 283 are 849."""
    procedure = twice_signed(dossiers)
    found, made = handed_down(procedure)
    assert len(found) == times
    proof = capacity(procedure, made.after)
    assert proof.verdict is Verdict.PASS
    assert all(each.verdict is not Verdict.FAIL for each in made.proofs)


def test_both_together_are_told_with_the_load_that_they_make():
    procedure = twice_signed(230)
    after = procedure
    for each in ("chair1", "chair2"):
        (candidate,) = (found for found in LEVER.find(procedure) if each in found.targets)
        after = LEVER.apply(after, candidate)
    proof = capacity(procedure, after)
    assert proof.verdict is Verdict.FAIL
    assert proof.because == (("overloaded", f"{HEAD.office}: 92.0 %"),)


def test_a_load_that_was_too_much_before_is_not_blamed_on_the_change():
    procedure = twice_signed(500)
    assert capacity(procedure, procedure).verdict is Verdict.PASS
    assert capacity(evolve(procedure, crews=()), procedure).verdict is Verdict.PASS


LEVER = next(lever for lever in ALL if lever.id == TWICE)
