"""Offers say of each candidate what applying it alone does, and which law it would break."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings

from levers.office import AGENCY, NOTHING, case, papers, step
from roster import ANSWERED
from strategies import procedures
from tthc_flow.errors import UnsoundFlow
from tthc_flow.levers import ALL
from tthc_flow.measures.savings import saving, sized
from tthc_flow.model.law import Answer
from tthc_flow.model.lever import Candidate, Effect, Lever, Precondition, Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.model.procedure import CostMethod, Procedure
from tthc_flow.plan.offers import offers
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

OFFICER, HEAD = AGENCY["officer"], AGENCY["head"]
WILLING = tuple(
    Answer(question=each.id, reply=each.passes_on, source=ANSWERED) for each in questions().values()
)
BY_ID = {lever.id: lever for lever in ALL}


def in_full(procedure: Procedure, candidate: Candidate) -> Offer:
    """The same candidate, applied, measured and proven in full."""
    before = sized(procedure, DEFAULT_CONVENTION, CostMethod.TT02_2017)
    try:
        after = BY_ID[candidate.lever].apply(procedure, candidate)
    except UnsoundFlow as error:
        because = (("error", error.code),)
        barred = Precondition(name="can-be-rewritten", verdict=Verdict.FAIL, because=because)
        conditions = (*candidate.preconditions, barred)
        return Offer(candidate=evolve(candidate, preconditions=conditions), measured=Effect())
    laws = tuple(
        Precondition(name=f"keeps-{proof.name}", verdict=Verdict.FAIL, because=proof.because)
        for proof in prove(procedure, after)
        if proof.verdict is Verdict.FAIL
    )
    asked = laws if candidate.verdict is Verdict.PASS else ()
    return Offer(
        candidate=evolve(candidate, preconditions=(*candidate.preconditions, *asked)),
        measured=saving(before, sized(after, DEFAULT_CONVENTION, CostMethod.TT02_2017)),
    )


@settings(max_examples=200, deadline=None)
@given(procedures())
def test_each_offer_is_that_of_applying_measuring_and_proving_in_full(procedure: Procedure) -> None:
    for before in (procedure, evolve(procedure, answers=WILLING)):
        found = [candidate for lever in ALL for candidate in lever.find(before)]
        full = tuple(in_full(before, candidate) for candidate in found)
        assert offers(before, ALL, DEFAULT_CONVENTION) == full


def fake(name: str, apply: object) -> Lever:
    """A lever that finds one candidate, about step ``b``, that passes."""

    def find(_procedure: Procedure):
        passed = Precondition(name="asked", verdict=Verdict.PASS)
        yield Candidate(lever=name, targets=("b",), preconditions=(passed,))

    return Lever(id=name, title="", source="", kinds=frozenset(), find=find, apply=apply)


ROW = case(
    step("a", "examine", OFFICER, writes=papers("D")),
    step("b", "sign", HEAD, reads=papers("D")),
    step("c", "return", OFFICER, reads=NOTHING),
)


def test_a_lever_that_breaks_a_law_is_caught_with_the_law_by_name() -> None:
    def without_signature(procedure: Procedure, _candidate: Candidate) -> Procedure:
        return BY_ID["drop_relay"].apply(procedure, Candidate(lever="x", targets=("b",)))

    (offer,) = offers(ROW, (fake("x", without_signature),), DEFAULT_CONVENTION)
    assert [each.name for each in offer.candidate.preconditions] == ["asked", "keeps-signature"]
    assert offer.candidate.verdict is Verdict.FAIL
    assert offer.effect.steps == 1


def test_a_rewrite_that_is_refused_is_barred_and_saves_nothing() -> None:
    def refuse(_procedure: Procedure, _candidate: Candidate) -> Procedure:
        raise UnsoundFlow("TF320", "no", place="flow", hint="")

    (offer,) = offers(ROW, (fake("x", refuse),), DEFAULT_CONVENTION)
    assert offer.candidate.preconditions[-1].name == "can-be-rewritten"
    assert offer.effect == Effect()


def test_known_candidates_are_left_out() -> None:
    lever = fake("x", lambda procedure, _candidate: procedure)
    assert offers(ROW, (lever,), DEFAULT_CONVENTION, frozenset({"x:b"})) == ()
