"""reuse_known_data: what a database holds is looked up; people check where it does not answer."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    arrows,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
)
from levers.reuse_known_data.cases import (
    ALONE,
    BARRED,
    BASED,
    CHECK,
    COPY,
    FINDS,
    FREE,
    KNOWN,
    OPEN,
    READER,
    RECEIVE,
    SIGN,
    papered,
)
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.levers.inspect_afterwards import LEVER as AFTERWARDS
from tthc_flow.levers.reuse_known_data import LEVER
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ApplicantWork, CostItem
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import StepKind, TaskType
from tthc_flow.plan.make import plan
from tthc_flow.proof.prove import prove
from tthc_flow.proof.soundness import soundness

__all__ = ["ALONE", "BARRED", "FINDS"]


def the_check(given):
    """The candidate about the step, beside that about the component it reads."""
    return next(each for each in found(LEVER, given) if each.targets == ("check",))


def test_the_check_is_passed_over_where_the_database_answers():
    given = FINDS["identity"]
    candidate = the_check(given)
    assert passed(candidate) == [
        "does-nothing-else",
        "decides-no-branch",
        "nobody-reads-its-result",
        "rule-names-the-step",
        "no-separate-duty",
        "database-holds-all",
        "database-connected",
        "data-authoritative",
        "paper-original-required",
    ]
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "start>LookUp_check",
        "LookUp_check>Answered_check",
        "Answered_check>Checked_check",
        "Answered_check>check",
        "check>Checked_check",
        "Checked_check>sign",
        "sign>end",
    }


def test_the_longest_case_keeps_its_time_and_nothing_is_claimed():
    given = FINDS["identity"]
    after = LEVER.apply(given, the_check(given))
    assert length(given) == length(after) == 3
    look_up = after.flow.by_id["LookUp_check"]
    assert (look_up.name, look_up.task) == ("Tra cứu CSDL dân cư", TaskType.SERVICE)
    assert (look_up.kinds, look_up.writes) == ((StepKind.LOOK_UP,), frozenset())
    assert look_up.time.duration.amount == 0


def test_the_ways_are_named_as_an_officer_would():
    given = FINDS["identity"]
    after = LEVER.apply(given, the_check(given))
    assert after.flow.by_id["Answered_check"].name == "Cơ sở dữ liệu trả lời?"
    assert {e.name: e.target for e in after.flow.outgoing["Answered_check"]} == {
        "Có": "Checked_check",
        "Không": "check",
    }


def test_the_fall_back_is_not_found_again():
    given = FINDS["identity"]
    again = found(LEVER, LEVER.apply(given, the_check(given)))
    assert "check" not in {target for each in again for target in each.targets}


def test_the_component_leaves_the_dossier_and_is_asked_for_where_the_database_is_silent():
    row = ApplicantWork(
        item=CostItem.PREPARE, name="Bản sao", document="Căn cước", other=Quantity(value=5000)
    )
    given = evolve(FINDS["a-component"], work=(row,))
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.authority) == (("Căn cước",), Authority.UNKNOWN)
    after = LEVER.apply(given, candidate)
    assert (after.documents, after.work) == ((), ())
    assert set(arrows(after)) == {
        "start>receive",
        "receive>LookUp_receive_Document",
        "LookUp_receive_Document>Answered_AskFor_receive_Document",
        "Answered_AskFor_receive_Document>AskFor_receive_Document",
        "Answered_AskFor_receive_Document>Checked_AskFor_receive_Document",
        "AskFor_receive_Document>Checked_AskFor_receive_Document",
        "Checked_AskFor_receive_Document>draft",
        "draft>sign",
        "sign>end",
    }
    ask = after.flow.by_id["AskFor_receive_Document"]
    assert (ask.name, ask.pauses_clock) == ("Yêu cầu bổ sung: Căn cước", True)
    assert length(given) == length(after) == 3
    assert norm_time(after.flow).complete
    assert found(LEVER, after) == ()


def test_the_look_up_is_before_a_receipt_that_reads_the_paper():
    given = FINDS["a-component-that-the-receipt-reads"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert "start>LookUp_receive_Document" in set(arrows(after))


def test_a_loop_back_to_the_receipt_looks_nothing_up_again():
    given = picture(
        "s > xor1 > receive > xor2 > sign > e; xor2 > xor1",
        evolve(RECEIVE, reads=papers("Căn cước")),
        BASED,
        answers=FREE,
        documents=COPY,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert "xor1>LookUp_receive_Document" in set(arrows(after))
    given = picture(
        "s > receive > xor2 > sign > e; xor2 > receive",
        evolve(RECEIVE, reads=papers("Căn cước")),
        BASED,
        answers=FREE,
        documents=COPY,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert {"s>LookUp_receive_Document", "xor2>receive"} <= set(arrows(after))


@pytest.mark.parametrize("name", FINDS)
def test_what_is_emitted_is_read_again_sound_and_runs_on_every_branch(name):
    given = FINDS[name]
    for candidate in found(LEVER, given):
        after = LEVER.apply(given, candidate)
        (again,) = read(build(after, lay_out(after)).data).procedures
        assert same(again.flow, after.flow)
        assert again.documents == after.documents or not after.documents
        assert run_every_branch(again).completed
        assert soundness(again.flow).verdict is Verdict.PASS


def test_two_components_are_looked_up_one_after_the_other():
    both = (*COPY, evolve(COPY[0], name="Hộ khẩu"))
    given = papered(RECEIVE, READER, BASED, documents=both)
    one, two = found(LEVER, given)
    after = LEVER.apply(LEVER.apply(given, one), two)
    assert after.documents == ()
    assert run_every_branch(after).completed


def test_of_two_examinations_one_may_be_looked_up_but_not_the_other_put_off_as_well():
    """Each passes alone; together nobody would examine where the database answers."""
    again = step("again", "examine", AGENCY["division"], 2, reads=papers("Bản vẽ"))
    given = case(CHECK, again, SIGN, documents=KNOWN, answers=OPEN)
    look_up = the_check(given)
    (put_off,) = [each for each in found(AFTERWARDS, given) if each.targets == ("again",)]
    assert {look_up.verdict, put_off.verdict} == {Verdict.PASS}
    for one in (LEVER.apply(given, look_up), AFTERWARDS.apply(given, put_off)):
        assert all(proof.verdict is not Verdict.FAIL for proof in prove(given, one))
    both = AFTERWARDS.apply(LEVER.apply(given, look_up), put_off)
    broken = [proof.name for proof in prove(given, both) if proof.verdict is Verdict.FAIL]
    assert broken == ["examined"]
    chosen = plan(given, (LEVER, AFTERWARDS)).applied
    assert {each.targets for each in chosen} != {("check",), ("again",)}
