"""People who serve several procedures of a folder: their load is that of all that names them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given as forall
from hypothesis import strategies as st

from levers.folders import folder
from levers.office import AGENCY, case, picture, step
from measures.test_load import hours, people
from tthc_flow.measures.load import DOSSIERS, load_of
from tthc_flow.measures.pools import Pools
from tthc_flow.model.folder import PooledCrew
from tthc_flow.model.procedure import Procedure, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.units import DEFAULT_CONVENTION

OFFICER = AGENCY["officer"]
CREW = people()  # one person, 1,000 hours a year, no other work


def serving(dossiers, *, work=1, crews=(CREW,), who=OFFICER, **facts) -> Procedure:
    """Return a procedure in which the officer works so many hours on each dossier."""
    volume = Volume(dossiers=None if dossiers is None else Quantity(value=dossiers))
    done = step("a", "examine", who, work=None if work is None else hours(work))
    return evolve(case(done), volume=volume, crews=crews, **facts)


def seen(given, key) -> PooledCrew:
    """Return the only crew as it is busy where the member *key* is."""
    (crew,) = Pools(given, DEFAULT_CONVENTION).at(key)
    return crew


def busy(given, key):
    """Return the least and the most of the load as the member *key* sees it."""
    procedure = next(each.procedure for each in given.members if each.key == key)
    found = load_of(procedure, seen(given, key))
    return found.least, found.most


def share(percent):
    return Fraction(percent, 100)


def test_the_load_is_the_sum_over_all_procedures_that_name_the_people():
    given = folder(a=serving(300), b=serving(200, work=2), c=serving(90, who=AGENCY["head"]))
    assert busy(given, "a") == busy(given, "b") == (share(70), share(70))
    assert [each.least for each in seen(given, "a").elsewhere] == [200 * 2 * 60]


def test_people_counted_in_one_file_are_counted_for_the_others_too():
    given = folder(a=serving(300), b=serving(200, crews=()))
    assert busy(given, "b") == (share(50), share(50))


def test_of_two_counts_of_the_same_people_the_fewer_people_and_the_more_other_work_count():
    given = folder(
        a=serving(300, crews=(people(2, other="0.1"),)),
        b=serving(100, crews=(people(1, other="0.2"),)),
    )
    crew = seen(given, "a")
    assert (crew.people.value, crew.other_load and crew.other_load.value) == (1, share(20))


def test_what_one_of_them_lacks_leaves_the_load_open_and_is_named():
    silent = serving(None, name="Đổi giấy phép")
    given = folder(a=serving(300), b=silent, c=serving(100, work=None, name="Gia hạn"))
    assert busy(given, "a") == (share(30), None)
    told = [(each.procedure, each.missing) for each in seen(given, "a").elsewhere]
    assert told == [("Đổi giấy phép", (DOSSIERS,)), ("Gia hạn", ("Thẩm định hồ sơ",))]


@pytest.mark.parametrize(
    ("here", "there", "least"),
    [
        ("Sơn La", "SƠN LA", 50),
        ("Sơn La", "Cao Bằng", 30),
        ("Sơn La", None, 50),
        (None, "Sơn La", 50),
    ],
)
def test_two_localities_that_are_known_have_two_offices_of_one_name(here, there, least):
    given = folder(a=serving(300, locality=here), b=serving(200, locality=there))
    assert busy(given, "a")[0] == share(least)


def test_other_work_that_may_hold_the_other_procedures_makes_a_range():
    """0.4 told beside one file: all else, or all else but the other procedures of the folder."""
    crews = (people(other="0.4"),)
    given = folder(a=serving(200, crews=crews), b=serving(100, crews=crews))
    assert busy(given, "a") == (share(60), share(70))


def test_people_counted_for_the_whole_folder_have_their_other_work_on_top():
    own = (people(other="0.1"),)
    given = evolve(
        folder(a=serving(200, crews=own), b=serving(100, crews=own)),
        crews=(people(other="0.4"),),
    )
    assert busy(given, "a") == busy(given, "b") == (share(70), share(70))
    assert seen(given, "a").for_all


def test_a_member_that_changes_or_goes_takes_its_work_along():
    pools = Pools(folder(a=serving(300), b=serving(200)), DEFAULT_CONVENTION)
    pools.now("b", serving(100))
    assert [each.load.most for each in pools.loads()] == [share(40)]
    pools.now("b", None)
    assert [each.load.most for each in pools.loads()] == [share(30)]
    assert [len(each.parts) for each in pools.loads()] == [1]


def test_a_step_that_nobody_is_named_for_may_be_theirs_where_they_are_named():
    nobody = step("n", "draft", None, work=hours(1))
    named = case(step("a", "examine", OFFICER, work=hours(1)), nobody)
    volume = Volume(dossiers=Quantity(value=100))
    other = case(nobody, volume=volume, crews=(CREW,))
    given = folder(a=evolve(named, volume=volume, crews=(CREW,)), b=other, c=serving(100))
    assert busy(given, "c") == (share(20), share(30))


def test_of_a_flow_that_is_not_sound_nobody_can_say_how_often_a_case_comes_by():
    stuck = picture(
        "a > b; b > a", step("a", "examine", OFFICER, work=hours(1)), step("b", "draft", OFFICER)
    )
    volume = Volume(dossiers=Quantity(value=10))
    given = folder(a=serving(300), b=evolve(stuck, volume=volume, name="Vòng"))
    pools = Pools(given, DEFAULT_CONVENTION, frozenset({"b"}))
    (crew,) = pools.at("a")
    assert [(each.least, each.most, each.missing) for each in crew.elsewhere] == [
        (0, None, ("Thẩm định hồ sơ", "Dự thảo văn bản"))
    ]
    assert [(each.load.least, each.load.most) for each in pools.loads()] == [(share(30), None)]


@forall(
    st.lists(
        st.tuples(st.integers(0, 400) | st.none(), st.integers(0, 3) | st.none()),
        min_size=1,
        max_size=5,
    )
)
def test_every_member_sees_the_same_load_and_it_is_what_a_sum_by_hand_gives(facts):
    given = folder(**{f"m{at}": serving(many, work=each) for at, (many, each) in enumerate(facts)})
    known = [many * each for many, each in facts if many is not None and each is not None]
    none_to_do = {0}  # hours that take nothing, or dossiers that never come, are no gap
    complete = all(
        (many is not None and each is not None) or each in none_to_do for many, each in facts
    )
    expected = Fraction(sum(known), 1000)
    for each in given.members:
        least, most = busy(given, each.key)
        assert least == expected
        assert most == (expected if complete else None)
