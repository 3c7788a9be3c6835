"""Capacity: computed where everything is known, else asked; a computed failure beats an answer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from levers.office import AGENCY, COMMITTEE, case, step
from tthc_flow.levers import hand_down_decision, skip_district
from tthc_flow.measures.load import DOSSIERS
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.folder import Elsewhere, PooledCrew
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Crew, Volume
from tthc_flow.model.source import Quantity, Source
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.capacity import LIMIT, QUESTION, fits
from tthc_flow.units import Duration, TimeUnit

HEAD = AGENCY["head"]
COUNT = Source(document="Báo cáo 5/BC-SXD", place="biểu 2")


def hours(amount):
    return Duration(amount=amount, unit=TimeUnit.WORKING_HOUR)


def people(who=HEAD, other="0", each=1000):
    return Crew(
        office=who.office,
        role=who.role,
        people=Quantity(value=1, source=COUNT),
        hours=Quantity(value=each),
        other_load=None if other is None else Quantity(value=other),
    )


OWN = step("a", "sign", HEAD, 9, work=hours(1))
COUNTED = (people(),)
HIGHER = step("b", "sign", COMMITTEE["chair"], 9, work=hours(1))


def asked_of(dossiers, answers="", crews=COUNTED, higher=HIGHER):
    """Return what the gate says of handing *higher* down, at that many dossiers a year."""
    volume = Volume(dossiers=None if dossiers is None else Quantity(value=dossiers))
    given = case(OWN, higher, answers=answers, volume=volume, crews=crews)
    return fits(given, HEAD, OWN, higher, moved=(higher,))


@pytest.mark.parametrize(
    ("dossiers", "verdict"),
    [(0, Verdict.PASS), (425, Verdict.PASS), (426, Verdict.FAIL), (5000, Verdict.FAIL)],
)
def test_up_to_85_percent_fits_and_more_does_not(dossiers, verdict):
    assert asked_of(dossiers).verdict is verdict


def test_a_computed_failure_beats_an_answer_and_a_barring_answer_beats_a_computed_pass():
    assert asked_of(426, f"{QUESTION}=yes").verdict is Verdict.FAIL
    assert asked_of(100, f"{QUESTION}=no").verdict is Verdict.FAIL
    assert asked_of(100, f"{QUESTION}@b=no").verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"dossiers": 400, "crews": ()}, "crew-unknown"),
        ({"dossiers": None}, "dossiers-unknown"),
        ({"dossiers": 400, "crews": (people(other=None),)}, "other-load-unknown"),
        ({"dossiers": 400, "higher": evolve(HIGHER, work=None)}, "work-unknown"),
    ],
)
def test_what_is_not_known_is_asked_and_named(given, reason):
    found = asked_of(**given)
    assert (found.verdict, found.question, found.about) == (Verdict.UNKNOWN, QUESTION, ("a", "b"))
    assert reason in dict(found.because)
    assert asked_of(**given, answers=f"{QUESTION}=yes").verdict is Verdict.PASS
    assert asked_of(**given, answers=f"{QUESTION}=no").verdict is Verdict.FAIL


def test_too_much_is_too_much_whatever_else_is_unknown():
    silent = (people(other=None),)
    assert asked_of(500, f"{QUESTION}=yes", silent).verdict is Verdict.FAIL
    assert (
        asked_of(900, f"{QUESTION}=yes", higher=evolve(HIGHER, work=None)).verdict is Verdict.FAIL
    )


def test_the_norm_time_of_a_step_never_loads_anybody():
    days = evolve(HIGHER, work=None)
    found = asked_of(400, higher=days)
    assert dict(found.because)["load-at-least"] == "40.0 %"


def test_the_figure_and_the_people_are_told_with_their_source():
    found = asked_of(426)
    assert dict(found.because) == {
        "load-at-least": "85.2 %",
        "crew": f"{HEAD.office}: 1 × 1000 h",
    }
    assert found.source == COUNT
    assert LIMIT * 100 == 85


def handed(dossiers, answers):
    """Return the verdict of the capacity condition of hand_down_decision."""
    steps = (
        step("d", "examine draft", AGENCY["officer"], 2),
        OWN,
        step("t", "transfer", AGENCY["clerk"], 1, work=hours(50)),
        HIGHER,
    )
    given = case(
        *steps,
        answers=answers,
        volume=Volume(dossiers=Quantity(value=dossiers)),
        crews=(people(),),
    )
    (candidate,) = hand_down_decision.LEVER.find(given)
    return next(each for each in candidate.preconditions if each.name == QUESTION)


def test_a_decision_is_not_handed_to_a_head_without_the_hours():
    assert handed(425, "").verdict is Verdict.PASS
    assert handed(426, f"{QUESTION}=yes").verdict is Verdict.FAIL


def test_the_work_of_the_district_loads_the_commune():
    district = Performer(
        name="Chủ tịch UBND huyện",
        role=Role.CHAIRPERSON,
        levels=frozenset({Level.DISTRICT}),
        office="UBND cấp huyện",
    )
    commune = Performer(name="", role=Role.CHAIRPERSON, office="UBND cấp xã")
    signed = step("k", "sign", district, 2, work=hours(1))
    verdicts = []
    for dossiers in (850, 851):
        given = case(
            signed,
            answers=f"{QUESTION}=yes commune-receives-the-work=yes",
            volume=Volume(dossiers=Quantity(value=dossiers)),
            crews=(people(commune),),
        )
        (candidate,) = skip_district.LEVER.find(given)
        verdicts += [each.verdict for each in candidate.preconditions if each.name == QUESTION]
    assert verdicts == [Verdict.PASS, Verdict.FAIL]


def test_a_performer_of_no_known_office_is_asked_about():
    given = case(Step(id="a", name="Ký"))
    found = fits(given, Performer(name="Giám đốc"), given.flow.steps[0], moved=given.flow.steps)
    assert dict(found.because) == {"crew-unknown": "Giám đốc"}


def served_elsewhere(*elsewhere, other="0", for_all=False):
    """Return what the gate says of 300 hours handed to a head who works elsewhere, too."""
    crew = people(other=other)
    pool = PooledCrew(
        office=crew.office,
        role=crew.role,
        people=crew.people,
        hours=crew.hours,
        other_load=crew.other_load,
        elsewhere=elsewhere,
        for_all=for_all,
    )
    return asked_of(150, crews=(pool,))


def elsewhere(least, most=None, *missing):
    """Return so many hours a year for another procedure."""
    return Elsewhere(
        procedure="Đổi giấy phép",
        least=Fraction(least * 60),
        most=None if missing else Fraction((most or least) * 60),
        missing=missing,
    )


def test_the_work_for_the_other_procedures_of_the_folder_counts():
    assert served_elsewhere(elsewhere(550)).verdict is Verdict.PASS
    found = served_elsewhere(elsewhere(551))
    assert found.verdict is Verdict.FAIL
    assert dict(found.because)["load-at-least"] == "85.1 %"
    assert dict(found.because)["load-elsewhere"] == "Đổi giấy phép: 55.1 %"


def test_another_procedure_that_lacks_its_dossiers_keeps_it_open_and_is_named():
    found = served_elsewhere(elsewhere(0, None, DOSSIERS))
    assert (found.verdict, found.question) == (Verdict.UNKNOWN, QUESTION)
    assert dict(found.because)["dossiers-unknown"] == "Đổi giấy phép"
    steps = served_elsewhere(elsewhere(0, None, "Ký duyệt", "Đóng dấu"))
    assert dict(steps.because)["work-unknown-elsewhere"] == "Đổi giấy phép: Ký duyệt, Đóng dấu"


def test_other_work_that_may_hold_them_already_is_asked_and_not_counted_twice():
    found = served_elsewhere(elsewhere(400), other="0.4")  # 70 % or 110 %
    assert (found.verdict, dict(found.because)["load-at-least"]) == (Verdict.UNKNOWN, "70.0 %")
    assert "other-load-unclear" in dict(found.because)
    assert served_elsewhere(elsewhere(400), other="0.4", for_all=True).verdict is Verdict.FAIL
