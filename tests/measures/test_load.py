"""How busy the people of a role are: known answers by hand, ranges where something is unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from levers.office import AGENCY, case, picture, step
from strategies import procedures
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.load import crew_of, load, load_of
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.procedure import Crew, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import TaskType
from tthc_flow.units import Convention, Duration, TimeUnit

OFFICER = AGENCY["officer"]


def hours(amount):
    return Duration(amount=amount, unit=TimeUnit.WORKING_HOUR)


def people(number=1, each=1000, other="0", who=OFFICER):
    """Return the people of the role and office of *who*."""
    load_ = None if other is None else Quantity(value=other)
    return Crew(
        office=who.office,
        role=who.role,
        people=Quantity(value=number),
        hours=Quantity(value=each),
        other_load=load_,
    )


def busy(given, crew=None, **more):
    """Return the least, the most and what is missing."""
    crew = crew or people()
    found = load_of(evolve(given, crews=(crew,)), crew, **more)
    return found.least, found.most, found.missing


A = step("a", "examine", OFFICER, 9, work=hours(2))
B = step("b", "draft", OFFICER, 9, work=hours(1))
SIGNED = step("c", "sign", AGENCY["head"], 9, work=hours(100))
YEAR = {"volume": Volume(dossiers=Quantity(value=100))}


def test_the_load_is_work_times_dossiers_by_the_hours_there_are():
    assert busy(case(A, B, SIGNED, **YEAR)) == (Fraction(3, 10), Fraction(3, 10), ())
    assert busy(case(A, **YEAR), people(2, 500))[0] == Fraction(1, 5)
    assert busy(case(A, **YEAR), people(other="0.5"))[0] == Fraction(7, 10)


def test_the_norm_time_is_never_taken_for_work():
    silent = step("a", "examine", OFFICER, 9)
    assert busy(case(silent, B, **YEAR)) == (Fraction(1, 10), None, ("a",))


def test_without_the_dossiers_or_the_other_work_the_load_is_not_known():
    assert busy(case(A)) == (0, None, ("dossiers",))
    assert busy(case(A, **YEAR), people(other=None)) == (Fraction(1, 5), None, ("other_load",))
    assert busy(case(SIGNED), people(other="0.3")) == (Fraction(3, 10), Fraction(3, 10), ())


def test_a_step_whose_performer_is_unknown_may_be_theirs():
    nobody = evolve(B, performer=None)
    assert busy(case(A, nobody, **YEAR)) == (Fraction(1, 5), Fraction(3, 10), ())
    assert busy(case(A, evolve(nobody, work=None), **YEAR)) == (Fraction(1, 5), None, ("b",))


def test_what_a_machine_does_is_nobodys_work():
    machine = evolve(B, task=TaskType.SERVICE, work=None)
    assert busy(case(A, machine, **YEAR)) == (Fraction(1, 5), Fraction(1, 5), ())


def test_a_branch_counts_by_its_share_and_lies_between_without_one():
    given = picture("s > a > xor1 > b > e; xor1 > e_no", A, B, **YEAR)
    assert busy(given) == (Fraction(1, 5), Fraction(3, 10), ())
    edges = tuple(
        evolve(edge, share=Fraction(1, 2)) if edge.target == "b" else edge
        for edge in given.flow.edges
    )
    shared = evolve(given, flow=evolve(given.flow, edges=edges))
    assert busy(shared) == (Fraction(1, 4), Fraction(1, 4), ())


def test_what_may_come_back_has_no_upper_bound():
    given = picture("s > xor1 > a > xor2 > e; xor2 > xor1", A, **YEAR)
    assert busy(given) == (Fraction(1, 5), None, ("a",))


def test_work_that_moves_comes_on_top_and_work_that_goes_falls_away():
    given = case(A, B, evolve(SIGNED, work=hours(4)), **YEAR)
    signed = given.flow.by_id["c"]
    assert busy(given, moved=(signed,))[0] == Fraction(7, 10)
    assert busy(given, moved=(signed,), gone=(B, signed))[0] == Fraction(6, 10)


def test_a_convention_that_does_not_know_the_unit_leaves_the_work_unknown():
    bare = evolve(A, work=Duration(amount=1, unit=TimeUnit.DAY))
    strict = Convention.named("strict")
    assert busy(case(bare, **YEAR))[0] == Fraction(8, 10)
    crew = people()
    assert load_of(case(bare, **YEAR), crew, strict).missing == ("a",)


def test_without_anybody_there_any_work_is_too_much():
    assert busy(case(A, **YEAR), people(0))[0] == 1
    assert busy(case(SIGNED, **YEAR), people(0))[0] == 0


def test_of_two_counts_of_the_same_people_the_fewer_count():
    one, two = people(3, 1000, "0.1"), people(2, 1800, "0.2")
    given = evolve(case(A, **YEAR), crews=(one, two))
    assert crew_of(given, OFFICER) == people(2, 1000, "0.2")
    assert [each.crew for each in load(given)] == [people(2, 1000, "0.2")]
    silent = evolve(given, crews=(one, people(3, 1000, None)))
    assert crew_of(silent, OFFICER).other_load is None


def test_nobody_is_counted_for_another_office_or_role():
    given = evolve(case(A), crews=(people(),))
    assert crew_of(given, evolve(OFFICER, name="Công chức")) is not None
    assert crew_of(given, evolve(OFFICER, office="Sở Y tế")) is None
    assert crew_of(given, Performer(name="Chuyên viên", role=Role.OFFICER)) is None


@pytest.mark.parametrize("number", [1, 3])
def test_every_crew_is_told_once_in_the_order_of_the_list(number):
    given = evolve(
        case(A, SIGNED, **YEAR), crews=(people(number), people(number, who=AGENCY["head"]))
    )
    assert [each.crew.role for each in load(given)] == [Role.OFFICER, Role.AGENCY_HEAD]


@given(procedures(), st.randoms(use_true_random=False))
def test_knowing_more_only_narrows_the_range(procedure, rng):
    """Stating the work of one more step never leaves the range there was before."""
    performers = [performer_of(procedure.flow, each) for each in procedure.flow.steps]
    known = [who for who in performers if who is not None and who.office and who.role]
    if not known:
        return
    who = rng.choice(known)
    crew = people(3, 1800, "0.1", who=who)
    nodes = tuple(
        evolve(node, work=hours(rng.randint(0, 9)))
        if node in procedure.flow.steps and rng.random() < 0.8
        else node
        for node in procedure.flow.nodes
    )
    before = evolve(procedure, flow=evolve(procedure.flow, nodes=nodes), **YEAR)
    silent = [each for each in before.flow.steps if each.work is None]
    if not silent:
        return
    told = evolve(silent[0], work=hours(rng.randint(0, 9)))
    more = tuple(told if node.id == told.id else node for node in nodes)
    after = evolve(before, flow=evolve(before.flow, nodes=more))
    one, two = load_of(before, crew), load_of(after, crew)
    assert two.least >= one.least
    assert one.most is None or two.most == one.most
    assert set(two.missing) <= set(one.missing)
