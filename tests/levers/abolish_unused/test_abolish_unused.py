"""abolish_unused: a procedure that nobody used for years, unless somebody must keep it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given as forall
from hypothesis import strategies as st

from levers.folders import folder, found, keys, the_one
from levers.office import AGENCY, LAW, ONE_STOP, PROVINCIAL, case, not_passed, papers, passed, step
from tthc_flow.errors import BadQuantity
from tthc_flow.levers.abolish_unused import LEVER, asking_for
from tthc_flow.model.law import Answer, Authority, LegalBasis, LegalRank, Reply
from tthc_flow.model.lever import Confidence, Verdict
from tthc_flow.model.procedure import Document, Volume, YearCount
from tthc_flow.model.source import Quantity, Source
from tthc_flow.model.step import TaskType

REPORT = Source(document="BC 12/BC-STP", place="Phụ lục II", date="2026-01-05")
FREE = (
    "obligation-from-treaty-or-law=no text-demands-procedure=no used-by-other-procedure=no"
    " rule-names-the-step=no"
)
DOOR = step("door", "receive", ONE_STOP)
SIGN = step("sign", "sign", AGENCY["head"], writes=papers("Giấy phép A"))
DECREE = (LegalBasis(document="Nghị định 61/2018/NĐ-CP", rank=LegalRank.DECREE),)


def counted(*counts, source=REPORT):
    """Return a volume of (year, dossiers) pairs."""
    rows = tuple(YearCount(year=year, dossiers=many, source=source) for year, many in counts)
    return Volume(by_year=rows)


def unused(*steps, answers=FREE, volume=None, **facts):
    """Return a procedure without a dossier in 2024 and 2025."""
    given = case(*(steps or (DOOR, SIGN)), answers=answers, **facts)
    return evolve(given, volume=counted((2024, 0), (2025, 0)) if volume is None else volume)


USED = case(step("other", "receive", ONE_STOP), volume=counted((2024, 3), (2025, 9)))
READER = case(step("other", "examine", AGENCY["officer"], reads=papers("giấy phép a")))
CALLER = case(step("other", "examine", None, task=TaskType.CALL, calls="flow"))

FINDS = {
    "two-years-in-a-row": folder(a=unused(), b=USED),
    "five-years": folder(a=unused(volume=counted(*((year, 0) for year in range(2021, 2026))))),
    "an-older-gap-does-not-matter": folder(
        a=unused(volume=counted((2021, 0), (2024, 0), (2025, 0)))
    ),
    "every-step-rests-on-the-province": folder(
        a=unused(
            evolve(DOOR, legal_basis=PROVINCIAL),
            evolve(SIGN, legal_basis=PROVINCIAL),
            answers="obligation-from-treaty-or-law=no used-by-other-procedure=no",
        )
    ),
    "the-running-year-is-told-and-not-counted": folder(
        a=unused(volume=counted((2024, 0), (2025, 0), (2026, 0)))
    ),
}
BARRED = {
    "nobody-asked-about-a-treaty": (
        folder(a=unused(answers="text-demands-procedure=no used-by-other-procedure=no")),
        "obligation-from-treaty-or-law",
        Verdict.UNKNOWN,
    ),
    "a-treaty-obliges": (
        folder(a=unused(answers=f"{FREE} obligation-from-treaty-or-law=yes")),
        "obligation-from-treaty-or-law",
        Verdict.FAIL,
    ),
    "a-law-is-behind-a-step": (
        folder(a=unused(DOOR, evolve(SIGN, legal_basis=LAW))),
        "obligation-from-treaty-or-law",
        Verdict.FAIL,
    ),
    "a-decree-prescribes-it": (
        folder(a=unused(DOOR, evolve(SIGN, legal_basis=DECREE))),
        "text-demands-procedure",
        Verdict.FAIL,
    ),
    "an-answer-about-one-step-says-nothing-of-the-whole": (
        folder(a=unused(answers=FREE.replace("law=no", "law@door=no"))),
        "obligation-from-treaty-or-law",
        Verdict.UNKNOWN,
    ),
    "another-reads-its-result": (
        folder(a=unused(), b=READER),
        "used-by-other-procedure",
        Verdict.FAIL,
    ),
    "its-result-is-a-component-elsewhere": (
        folder(a=unused(), b=evolve(USED, documents=(Document(name="Giấy phép A"),))),
        "used-by-other-procedure",
        Verdict.FAIL,
    ),
    "another-calls-it": (folder(a=unused(), b=CALLER), "used-by-other-procedure", Verdict.FAIL),
    "nobody-said-that-no-other-uses-it": (
        folder(a=unused(answers="obligation-from-treaty-or-law=no text-demands-procedure=no")),
        "used-by-other-procedure",
        Verdict.UNKNOWN,
    ),
    "a-count-without-a-source": (
        folder(a=unused(volume=counted((2024, 0), (2025, 0), source=None))),
        "no-dossier-came",
        Verdict.UNKNOWN,
    ),
    "the-counter-says-that-some-came": (
        folder(a=unused(answers=f"{FREE} no-dossier-came=no")),
        "no-dossier-came",
        Verdict.FAIL,
    ),
}
ALONE = {
    "one-dossier-in-one-year": folder(a=unused(volume=counted((2024, 0), (2025, 1)))),
    "only-one-year-counted": folder(a=unused(volume=counted((2025, 0)))),
    "nothing-counted": folder(a=unused(volume=Volume())),
    "the-year-between-was-not-counted": folder(a=unused(volume=counted((2023, 0), (2025, 0)))),
    "one-year-counted-twice": folder(a=unused(volume=counted((2025, 0), (2025, 0)))),
    "the-second-year-was-not-over": folder(a=unused(volume=counted((2025, 0), (2026, 0)))),
    "a-yearly-figure-says-otherwise": folder(
        a=unused(
            volume=evolve(counted((2024, 0), (2025, 0)), dossiers=Quantity(value=12, source=REPORT))
        )
    ),
    "used-every-year": folder(b=USED),
}


@pytest.mark.parametrize("name", FINDS)
def test_what_is_found_passes(name):
    candidate = the_one(LEVER, FINDS[name])
    assert candidate.targets == ("a",)
    assert candidate.verdict is Verdict.PASS


@pytest.mark.parametrize("name", BARRED)
def test_a_trap_is_named_and_does_not_pass(name):
    given, condition, verdict = BARRED[name]
    candidate = the_one(LEVER, given)
    assert not_passed(candidate) == {condition: verdict} or (
        not_passed(candidate)[condition] is verdict and candidate.verdict is Verdict.FAIL
    )
    assert candidate.barred == (verdict is Verdict.FAIL)


@pytest.mark.parametrize("name", ALONE)
def test_what_was_used_or_is_not_known_to_be_unused_is_left_alone(name):
    assert found(LEVER, ALONE[name]) == ()


def test_the_evidence_names_each_year_its_count_and_its_source():
    candidate = the_one(LEVER, FINDS["the-running-year-is-told-and-not-counted"])
    assert [(each.name, each.value, each.source) for each in candidate.evidence] == [
        ("dossiers-in-year", "2024: 0", REPORT),
        ("dossiers-in-year", "2025: 0", REPORT),
        ("dossiers-in-part-of-year", "2026: 0", REPORT),
    ]
    assert candidate.confidence is Confidence.STATED
    assert candidate.terms == (("years", "2"),)
    assert passed(candidate) == [
        "no-dossier-came",
        "obligation-from-treaty-or-law",
        "text-demands-procedure",
        "used-by-other-procedure",
    ]


def test_a_count_without_a_source_is_only_assumed():
    given, _, _ = BARRED["a-count-without-a-source"]
    assert the_one(LEVER, given).confidence is Confidence.ASSUMED


def test_who_abolishes_is_told_by_what_stands_behind_the_steps():
    assert the_one(LEVER, FINDS["two-years-in-a-row"]).authority is Authority.WITHIN
    given, _, _ = BARRED["a-decree-prescribes-it"]
    assert the_one(LEVER, given).authority is Authority.OUTSIDE


def test_staff_may_ask_for_more_years_and_never_for_fewer_than_two():
    five = asking_for(5)
    assert found(five, FINDS["two-years-in-a-row"]) == ()
    assert the_one(five, FINDS["five-years"]).terms == (("years", "5"),)
    for few in (1, 0, -3):
        with pytest.raises(BadQuantity, match="TF114"):
            asking_for(few)


def test_terms_set_later_are_kept_by_the_rewrite():
    given = FINDS["two-years-in-a-row"]
    candidate = the_one(LEVER, given)
    assert keys(LEVER.apply(given, candidate)) == ["b"]
    assert LEVER.apply(given, evolve(candidate, terms=(("years", "5"),))) == given


def test_an_answer_without_a_source_decides_nothing():
    loose = Answer(question="obligation-from-treaty-or-law", reply=Reply.NO)
    given = folder(a=evolve(unused(answers=""), answers=(loose,)))
    condition = the_one(LEVER, given).preconditions[1]
    assert (condition.verdict, condition.question) == (Verdict.UNKNOWN, loose.question)
    assert condition.because == (("answer-without-source", "no"),)


def test_its_own_call_and_its_own_documents_are_no_use_by_another():
    again = step("again", "examine", None, task=TaskType.CALL, calls="flow")
    reading = step("stamp", "number_and_stamp", AGENCY["clerk"], reads=papers("Giấy phép A"))
    given = folder(a=unused(DOOR, SIGN, reading, again))
    assert the_one(LEVER, given).verdict is Verdict.PASS


@forall(st.lists(st.lists(st.tuples(st.integers(2019, 2026), st.integers(0, 1))), max_size=5))
def test_the_others_stay_as_they_are_and_what_goes_was_never_used(volumes):
    given = folder(
        **{
            f"m{place}": unused(volume=counted(*rows, source=evolve(REPORT, date=None)))
            for place, rows in enumerate(volumes)
        }
    )
    for candidate in found(LEVER, given):
        after = LEVER.apply(given, candidate)
        (gone,) = [each for each in given.members if each not in after.members]
        assert candidate.targets == (gone.key,)
        assert after.members == tuple(each for each in given.members if each is not gone)
        years = {each.year for each in gone.procedure.volume.by_year}
        assert {max(years), max(years) - 1} <= years
        assert {each.dossiers for each in gone.procedure.volume.by_year} == {0}
        assert candidate.id not in {again.id for again in LEVER.find(after)}
