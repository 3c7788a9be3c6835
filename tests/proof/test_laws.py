"""The laws of a rewrite, each on a change that keeps it, breaks it, or leaves it open."""

from __future__ import annotations

import csv
import string
from importlib import resources

import pytest
from attrs import evolve
from hypothesis import given, settings

from by_hand import drawn, procedure_of
from strategies import procedures
from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.rewrite import without
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Event, EventPosition, Outcome, SubProcess
from tthc_flow.model.law import LegalBasis, LegalRank
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.duties import duties
from tthc_flow.proof.mandatory import mandatory
from tthc_flow.proof.outcomes import outcomes
from tthc_flow.proof.prove import prove
from tthc_flow.proof.read_after_write import read_after_write
from tthc_flow.proof.signature import signature

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
HEAD = Performer(name="Lãnh đạo Sở", role=Role.AGENCY_HEAD, office="Sở Nội vụ")
NOTHING: frozenset[str] = frozenset()


def step(name, *kinds, **facts):
    facts = {"reads": NOTHING, "writes": NOTHING} | facts
    return Step(id=name, name=name, kinds=kinds, **facts)


def end(name, outcome):
    return Event(id=name, position=EventPosition.END, outcome=outcome)


def of(picture, *nodes, **facts):
    return procedure_of(drawn(picture, *nodes), **facts)


WRITES = step("a", StepKind.EXAMINE, writes=frozenset({"Tờ trình"}))
SIGNS = step("b", StepKind.SIGN, performer=HEAD)
READS = step("b", StepKind.REVIEW, reads=frozenset({"Tờ trình"}))


def test_a_reader_that_comes_before_its_writer_fails_with_both_named():
    proof = read_after_write(of("s > a > b > e", WRITES, READS), of("s > b > a > e", WRITES, READS))
    assert proof.verdict is Verdict.FAIL
    assert dict(proof.because) == {"document": "Tờ trình", "step": "b"}
    assert proof.trace == ("a",)


def test_a_reader_beside_its_writer_fails():
    after = of("s > and1; and1 > a > and2; and1 > b > and2; and2 > e", WRITES, READS)
    assert read_after_write(of("s > a > b > e", WRITES, READS), after).verdict is Verdict.FAIL


def test_a_reader_after_the_join_of_its_writers_passes():
    other = step("c", writes=frozenset({"Ý kiến"}))
    both = step("b", reads=frozenset({"Tờ trình", "Ý kiến"}))
    before = of("s > a > c > b > e", WRITES, other, both)
    after = of("s > and1; and1 > a > and2; and1 > c > and2; and2 > b > e", WRITES, other, both)
    assert read_after_write(before, after).verdict is Verdict.PASS


def test_a_writer_that_only_some_cases_pass_fails():
    after = of("s > xor1; xor1 > a > xor2; xor1 > xor2; xor2 > b > e", WRITES, READS)
    assert read_after_write(of("s > a > b > e", WRITES, READS), after).verdict is Verdict.FAIL


def test_a_writer_of_nothing_may_go():
    idle = step("c", StepKind.REVIEW)
    before = of("s > a > c > b > e", WRITES, idle, READS)
    assert read_after_write(before, of("s > a > b > e", WRITES, READS)).verdict is Verdict.PASS


def test_a_lost_step_of_unknown_writings_leaves_an_open_reader_unknown():
    silent = step("c", writes=None)
    before = of("s > a > c > b > e", WRITES, silent, step("b", reads=None))
    after = of("s > a > b > e", WRITES, step("b", reads=None))
    proof = read_after_write(before, after)
    assert proof.verdict is Verdict.UNKNOWN
    assert dict(proof.because) == {"writes-unknown": "c", "step": "b"}


@pytest.mark.parametrize(
    ("known_in", "verdict"), [("CSDL dân cư", Verdict.PASS), (None, Verdict.FAIL)]
)
def test_a_dropped_component_must_be_known_to_a_database(known_in, verdict):
    reader = step("a", reads=frozenset({"Căn cước"}))
    before = of("s > a > e", reader, documents=(Document(name="Căn cước", known_in=known_in),))
    assert read_after_write(before, evolve(before, documents=())).verdict is verdict


def test_a_lost_document_leaves_a_reader_of_unknown_documents_unknown():
    open_reader = step("b", reads=None)
    before = of("s > a > b > e", WRITES, open_reader)
    proof = read_after_write(before, of("s > b > e", open_reader))
    assert proof.verdict is Verdict.UNKNOWN
    assert dict(proof.because) == {"document-unsure": "Tờ trình", "step": "b"}


def test_a_signer_who_is_no_longer_known_leaves_the_verdict_open():
    drafts = step("a", StepKind.DRAFT, performer=OFFICER)
    before = of("s > a > b > e", drafts, SIGNS)
    proof = duties(before, of("s > a > b > e", drafts, evolve(SIGNS, performer=None)))
    assert proof.verdict is Verdict.UNKNOWN
    assert dict(proof.because) == {"signer-unknown": "b"}


def test_a_document_that_nobody_writes_is_not_judged():
    reader = step("a", reads=frozenset({"Quy hoạch"}))
    before = of("s > c > a > e", reader, step("c"))
    assert read_after_write(before, of("s > a > e", reader)).verdict is Verdict.PASS


def test_steps_that_must_be_separate_stay_two_and_by_two():
    one = step("a", StepKind.EXAMINE, performer=OFFICER, separate_from=frozenset({"b"}))
    two = step("b", StepKind.REVIEW, performer=HEAD)
    before = of("s > a > b > e", one, two)
    assert duties(before, before).verdict is Verdict.PASS
    assert duties(before, of("s > a > e", one)).verdict is Verdict.FAIL
    same = of("s > a > b > e", one, evolve(two, performer=OFFICER))
    assert duties(before, same).verdict is Verdict.FAIL
    nobody = of("s > a > b > e", one, evolve(two, performer=None))
    assert duties(before, nobody).verdict is Verdict.UNKNOWN


def test_nobody_newly_signs_what_he_prepared():
    drafts = step("a", StepKind.EXAMINE, StepKind.DRAFT, performer=OFFICER)
    signs = step("b", StepKind.SIGN, performer=HEAD)
    before = of("s > a > b > e", drafts, signs)
    after = of("s > a > b > e", drafts, evolve(signs, performer=OFFICER))
    proof = duties(before, after)
    assert proof.verdict is Verdict.FAIL
    assert dict(proof.because) == {"preparer": "a", "signer": "b"}
    assert duties(after, after).verdict is Verdict.PASS  # it was so before


def test_a_result_keeps_a_signature_before_it():
    before = of("s > a > b > e", step("a", StepKind.EXAMINE), SIGNS)
    assert signature(before, of("s > b > e", SIGNS)).verdict is Verdict.PASS
    gone = signature(before, of("s > a > e", step("a", StepKind.EXAMINE)))
    assert gone.verdict is Verdict.FAIL
    assert gone.trace == ("e",)


def test_one_signature_of_two_is_enough():
    higher = step("c", StepKind.SIGN)
    before = of("s > b > c > e", SIGNS, higher)
    assert signature(before, of("s > b > e", SIGNS)).verdict is Verdict.PASS


def test_a_refusal_at_the_door_needs_no_signature():
    door = step("a", StepKind.RECEIVE)
    picture = "s > a > xor1; xor1 > b > e1; xor1 > e2"
    before = of(picture, door, SIGNS, end("e1", Outcome.GRANT), end("e2", Outcome.REFUSE))
    assert signature(before, before).verdict is Verdict.PASS


def test_a_new_grant_without_a_signature_fails():
    ends = end("e1", Outcome.GRANT), end("e2", Outcome.GRANT)
    before = of("s > a > b > e1", step("a"), SIGNS, ends[0])
    after = of("s > a > xor1; xor1 > b > e1; xor1 > e2", step("a"), SIGNS, *ends)
    assert signature(before, after).verdict is Verdict.FAIL


def test_a_lost_step_of_unknown_kind_may_have_signed():
    before = of("s > a > e", step("a"))
    after = of("s > c > e", step("c", StepKind.EXAMINE))
    assert signature(before, after).verdict is Verdict.UNKNOWN


def test_the_end_of_a_sub_process_is_no_result_and_needs_no_signature():
    inner = Event(id="e_in", position=EventPosition.END, outcome=Outcome.OTHER, scope="box")
    begins = Event(id="s_in", position=EventPosition.START, scope="box")
    nodes = SIGNS, SubProcess(id="box"), begins, step("c", scope="box"), inner
    signed = evolve(SIGNS, id="d"), end("e", Outcome.GRANT)
    before = of("s > b > box > d > e; s_in > c > e_in", *nodes, *signed)
    kept = signature(before, of("s > box > d > e; s_in > c > e_in", *nodes[1:], *signed))
    assert kept.verdict is Verdict.PASS
    bare = signature(before, of("s > box > e; s_in > c > e_in", *nodes[1:], signed[1]))
    assert (bare.verdict, bare.trace) == (Verdict.FAIL, ("e",))


def test_a_paper_issued_inside_a_sub_process_is_a_result_that_needs_its_signature():
    issues = step("c", StepKind.ISSUE, scope="box")
    nodes = SubProcess(id="box"), issues, SIGNS
    proof = signature(of("s > b > box > e; c", *nodes), of("s > box > b > e; c", *nodes))
    assert (proof.verdict, proof.trace) == (Verdict.FAIL, ("c",))


def test_every_outcome_stays_reachable():
    ends = end("e1", Outcome.GRANT), end("e2", Outcome.REFUSE)
    before = of("s > a > xor1; xor1 > e1; xor1 > e2", *ends)
    assert outcomes(before, before).verdict is Verdict.PASS
    proof = outcomes(before, of("s > a > e1", ends[0]))
    assert proof.verdict is Verdict.FAIL
    assert dict(proof.because) == {"outcome": "refuse"}


def test_an_end_that_says_nothing_and_is_gone_is_unknown():
    before = of("s > a > xor1; xor1 > e1; xor1 > e2")
    assert outcomes(before, of("s > a > e1")).verdict is Verdict.UNKNOWN


DEMANDED = step(
    "a",
    StepKind.INSPECT,
    legal_basis=(LegalBasis(document="Luật Xây dựng", rank=LegalRank.LAW),),
)


def test_a_step_that_law_demands_stays():
    before = of("s > a > b > e", DEMANDED, SIGNS)
    proof = mandatory(before, of("s > b > e", SIGNS))
    assert proof.verdict is Verdict.FAIL
    assert proof.trace == ("a",)
    provincial = evolve(
        DEMANDED, legal_basis=(LegalBasis(document="QĐ 1", rank=LegalRank.PROVINCIAL),)
    )
    before = of("s > a > b > e", provincial, SIGNS)
    assert mandatory(before, of("s > b > e", SIGNS)).verdict is Verdict.PASS


def test_a_decree_typed_in_as_a_text_of_the_province_still_demands_its_step():
    mistyped = LegalBasis(document="NĐ 61/2018/NĐ-CP", rank=LegalRank.PROVINCIAL)
    before = of("s > a > b > e", evolve(DEMANDED, legal_basis=(mistyped,)), SIGNS)
    assert mandatory(before, of("s > b > e", SIGNS)).verdict is Verdict.FAIL


def test_a_step_that_took_over_the_demanded_one_stands_for_it():
    before = of("s > a > b > e", DEMANDED, SIGNS)
    merged = evolve(
        SIGNS, kinds=(StepKind.SIGN, StepKind.INSPECT), legal_basis=DEMANDED.legal_basis
    )
    assert mandatory(before, of("s > b > e", merged)).verdict is Verdict.PASS


def test_a_demanded_step_is_not_put_off_to_after_the_grant():
    before = of("s > a > b > e", DEMANDED, SIGNS)
    late = SubProcess(id="post", outside_clock=True)
    after = of("s > b > post > e", SIGNS, late, evolve(DEMANDED, scope="post"))
    proof = mandatory(before, after)
    assert dict(proof.because) == {"mandatory-late": "a"}


@given(procedures())
def test_a_procedure_that_is_not_changed_keeps_every_law(procedure):
    assert {proof.verdict for proof in prove(procedure, procedure)} == {Verdict.PASS}


@given(procedures(8))
@settings(max_examples=60)  # each example takes out every step in turn
def test_a_removed_step_gives_every_law_a_verdict_with_a_reason(procedure):
    for gone in procedure.flow.steps:
        try:
            after = evolve(procedure, flow=without(procedure.flow, gone.id))
        except UnsoundFlow:
            continue
        for proof in prove(procedure, after):
            assert proof.verdict is Verdict.PASS or proof.because
            if proof.name == "mandatory" and gone.mandatory:
                assert proof.verdict is Verdict.FAIL or _heir(after, gone)


def _heir(after, gone):
    return any(set(gone.kinds) <= set(other.kinds) for other in after.flow.steps)


def test_every_reason_and_place_of_a_proof_has_its_text():
    file = resources.files("tthc_flow.words").joinpath("messages", "proof.csv")
    rows = {row["code"]: row for row in csv.DictReader(file.read_text("utf-8").splitlines())}
    laws = ("soundness", "read-after-write", "duties", "signature", "outcomes", "mandatory")
    laws += ("examined", "capacity")
    reasons = ("unsafe", "improper-completion", "cannot-complete", "dead-element", "undecided")
    facts = ("document", "document-unsure", "writes-unknown", "separate", "preparer", "end")
    more = ("signer-unknown", "unsigned", "outcome", "mandatory-gone", "mandatory-late")
    more += ("mandatory-unknown", "unexamined", "overloaded")
    assert {f"proof-{name}" for name in laws + reasons + facts + more} <= rows.keys()
    for row in rows.values():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(row[lang]) if name}
            for lang in ("vi", "en")
        ]
        assert fields[0] == fields[1], row["code"]
