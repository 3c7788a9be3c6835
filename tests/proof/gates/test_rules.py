"""What a verdict rests on: the text named, the work it is about, what a change may cure."""

from __future__ import annotations

from attrs import evolve

from levers.office import AGENCY, LAW, PROVINCIAL, case, labelled, papers, picture, step
from tthc_flow.graph.fingerprint import fingerprint
from tthc_flow.model.flow import Outcome
from tthc_flow.model.law import Answer, LegalBasis, LegalRank, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.conditions import asked, duties_allow, no_text_demands
from tthc_flow.proof.gates.losses import decides_nothing, nobody_sends_back, nothing_awaited
from tthc_flow.proof.gates.questions import questions

A = step("a", "examine", AGENCY["officer"])
B = step("b", "sign", AGENCY["head"])
RULE = "rule-names-the-step"


def test_an_answer_for_other_work_neither_passes_nor_bars():
    given = case(A, B)
    about = fingerprint(given.flow, A)
    for reply in (Reply.NO, Reply.YES):
        source = Source(document="CV 1")
        answer = Answer(question=RULE, reply=reply, step="a", source=source, about=about)
        assert asked(evolve(given, answers=(answer,)), RULE, A).verdict is not Verdict.UNKNOWN
        changed = evolve(A, name="Thẩm định lại hồ sơ")
        found = asked(evolve(case(changed, B), answers=(answer,)), RULE, changed)
        assert (found.verdict, found.question) == (Verdict.UNKNOWN, RULE)
        assert found.because == (("answer-for-other-work", reply.value),)


def test_an_open_question_says_which_steps_it_is_about():
    assert asked(case(A, B), RULE, A, B).about == ("a", "b")
    assert asked(case(A, B, answers=f"{RULE}=no"), RULE, A, B).about == ()


def test_the_text_that_supports_or_forbids_is_told():
    based = evolve(A, legal_basis=LAW)
    assert no_text_demands(case(based), RULE, based).rule == LAW[0]
    own = evolve(A, legal_basis=PROVINCIAL)
    assert no_text_demands(case(own), RULE, own).rule == PROVINCIAL[0]
    for document, rank in (("NĐ 61/2018/NĐ-CP", LegalRank.DECREE), ("CV 12/STP-VB", None)):
        source = Source(document=document, place="Điều 5")
        answer = Answer(question=RULE, reply=Reply.YES, source=source)
        rule = asked(evolve(case(A), answers=(answer,)), RULE, A).rule
        assert (rule and (rule.rank, rule.clause)) == (rank and (rank, "Điều 5"))


def test_a_decree_typed_in_as_a_provincial_text_bars():
    typed = LegalBasis(document="Nghị định 61/2018/NĐ-CP", rank=LegalRank.PROVINCIAL)
    based = evolve(A, legal_basis=(typed,))
    found = no_text_demands(case(based, answers=f"{RULE}=no"), RULE, based)
    assert found.verdict is Verdict.FAIL
    assert dict(found.because)["rank"] == "decree"


def test_only_what_the_shape_of_the_flow_says_can_be_cured():
    forked = picture("s > a > xor1 > b > e; xor1 > e_no", A, B)
    assert decides_nothing(forked, A).curable
    assert not decides_nothing(case(evolve(A, decides=True)), evolve(A, decides=True)).curable
    rejects = evolve(A, checked=100, rejected=9)
    assert not decides_nothing(case(rejects), rejects).curable
    asking = step("ask", "consult", AGENCY["officer"])
    assert nothing_awaited(picture("s > ask > catch > e", asking), asking).curable
    back = labelled(picture("s > xor1 > a > xor2 > e; xor2 > xor1", A), xor2__xor1=Outcome.REWORK)
    assert nobody_sends_back(back, A).curable
    barring = case(A, B, answers=f"{RULE}=yes")
    assert not asked(barring, RULE, A).curable
    assert not duties_allow(case(evolve(A, separate_from=papers("b")), B), B).curable


def test_a_question_brings_the_text_that_has_it_asked():
    assert questions()["power-is-own"].source == Source(
        document="Luật 72/2025/QH15", place="Điều 13-14"
    )
    assert questions()["public-health"].source == Source(document="NQ 68-NQ/TW; NQ 66/NQ-CP")
    assert questions()["answer-is-used"].source is None
