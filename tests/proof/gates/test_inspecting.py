"""Whether inspectors can take the sample after the grant: by hand, else asked with what lacks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from levers.inspect_afterwards.cases import EXAMINE, OPEN, SIGN, VISIT, shut
from levers.office import AGENCY, case, not_passed, the_one
from tthc_flow.levers.inspect_afterwards import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Crew, PostCheck, Volume
from tthc_flow.model.source import Quantity, Source
from tthc_flow.proof.gates.inspecting import QUESTION, can_inspect
from tthc_flow.units import Duration, TimeUnit

OFFICER = AGENCY["officer"]
COUNT = Source(document="BC 5/BC-SXD")
HOURS = Duration(amount=10, unit=TimeUnit.WORKING_HOUR)
LOOK = evolve(EXAMINE, work=Duration(amount=1, unit=TimeUnit.WORKING_HOUR))
WALK = evolve(VISIT, work=HOURS)
TEAM = Crew(
    office=OFFICER.office,
    role=OFFICER.role,
    people=Quantity(value=1, source=COUNT),
    hours=Quantity(value=1000),
    other_load=Quantity(value=0),
)


def gate(share, *, dossiers=100, crew=TEAM, visit=WALK, answers=""):
    """What the gate says where one officer of 1,000 hours examines (1 h) and visits (10 h)."""
    given = case(
        LOOK,
        visit,
        SIGN,
        answers=answers,
        volume=Volume(dossiers=None if dossiers is None else Quantity(value=dossiers)),
        crews=() if crew is None else (crew,),
    )
    return can_inspect(given, visit, share, visit)


@pytest.mark.parametrize(
    ("share", "verdict", "load"),
    [
        # 100 dossiers: 100 h of examinations, and 1,000 h × share of visits, of 1,000 hours.
        (Fraction(0), Verdict.PASS, "10.0 %"),
        (Fraction(1, 5), Verdict.PASS, "30.0 %"),
        (Fraction(3, 4), Verdict.PASS, "85.0 %"),
        (Fraction(76, 100), Verdict.FAIL, "86.0 %"),
        (Fraction(1), Verdict.FAIL, "110.0 %"),
    ],
)
def test_the_load_is_that_of_the_sample_and_of_what_else_they_do(share, verdict, load):
    found = gate(share)
    assert (found.name, found.verdict, found.source) == (QUESTION, verdict, COUNT)
    because = dict(found.because)
    assert because["load-at-most" if verdict is Verdict.PASS else "load-at-least"] == load
    assert "sample-share" in because


def test_without_a_share_a_crew_that_can_inspect_all_passes_and_one_that_cannot_is_asked():
    assert gate(None, dossiers=77).verdict is Verdict.PASS  # 11 h each: 847 of 1,000
    assert dict(gate(None, dossiers=77).because)["load-at-most"] == "84.7 %"
    asked = gate(None, dossiers=78)
    assert (asked.verdict, asked.question, asked.about) == (Verdict.UNKNOWN, QUESTION, ("visit",))
    assert dict(asked.because).keys() == {"load-at-least", "sample-share-unknown", "crew"}


def test_a_crew_that_is_full_without_any_inspection_fails_whatever_the_share():
    busy = evolve(TEAM, other_load=Quantity(value=Fraction(9, 10)))
    assert gate(None, crew=busy, dossiers=1).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"crew": None}, "crew-unknown"),
        ({"dossiers": None}, "dossiers-unknown"),
        ({"visit": VISIT}, "work-unknown"),
        ({"crew": evolve(TEAM, other_load=None)}, "other-load-unknown"),
    ],
)
def test_what_is_not_known_is_named_and_asked(lacks, named):
    found = gate(Fraction(1, 5), **lacks)
    assert (found.verdict, found.question) == (Verdict.UNKNOWN, QUESTION)
    assert named in dict(found.because)


def test_nobody_knows_who_inspects():
    nobody = evolve(WALK, performer=None)
    assert gate(Fraction(1, 5), visit=nobody).because == (("inspector-unknown", "visit"),)


def test_a_computed_overload_beats_an_answer_and_a_barring_answer_a_computed_pass():
    assert gate(Fraction(1), answers="inspection-capacity=yes").verdict is Verdict.FAIL
    assert gate(Fraction(1, 5), answers="inspection-capacity=no").verdict is Verdict.FAIL
    assert gate(None, crew=None, answers="inspection-capacity=yes").verdict is Verdict.PASS


def given(share, answers):
    sample = PostCheck(share=Quantity(value=share), hours=Quantity(value=8))
    return case(
        LOOK, WALK, SIGN, answers=answers, post_check=sample,
        volume=Volume(dossiers=Quantity(value=100)), crews=(TEAM,),
    )  # fmt: skip


def test_the_lever_asks_nothing_where_the_figures_tell():
    unasked = OPEN.replace(f"{QUESTION}=yes", "")
    assert not_passed(the_one(LEVER, given(Fraction(1, 5), unasked))) == {}
    too_much = not_passed(the_one(LEVER, given(Fraction(9, 10), OPEN)))
    assert too_much == {QUESTION: Verdict.FAIL}
    assert QUESTION in not_passed(the_one(LEVER, given(Fraction(1, 5), shut(QUESTION))))
