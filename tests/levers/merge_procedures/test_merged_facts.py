"""merge_procedures: what is known of several procedures, told of the one they become."""

from __future__ import annotations

from attrs import evolve

from levers.folders import folder, the_one
from levers.merge_procedures.test_merge_procedures import (
    DOOR,
    EXAMINE,
    FREE,
    LONGER,
    ROW,
    SIGN,
    anew,
    of_the_agency,
)
from levers.office import LAW, PROVINCIAL, days, told_by
from tthc_flow.levers.merge_procedures import LEVER
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association
from tthc_flow.model.law import Authority, Reply
from tthc_flow.model.procedure import Document, TotalTime, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import StepKind
from tthc_flow.units import Duration, TimeUnit


def test_a_fact_that_differs_is_unknown_and_never_averaged():
    slower = evolve(EXAMINE, time=days(4), checked=9, legal_basis=LAW)
    given = folder(
        a=of_the_agency(
            "Cấp giấy phép", DOOR, evolve(EXAMINE, checked=5, legal_basis=PROVINCIAL), *ROW[2:]
        ),
        b=of_the_agency("Đổi giấy phép", DOOR, slower, *ROW[2:]),
    )
    candidate = the_one(LEVER, given)
    one = LEVER.apply(given, candidate).members[0].procedure
    examine = one.flow.by_id["examine"]
    assert (examine.time.duration, examine.checked) == (None, None)
    assert examine.legal_basis == (*PROVINCIAL, *LAW)
    assert one.flow.by_id["sign"] == SIGN
    assert norm_time(one.flow).unknown == ("examine",)
    assert [(each.name, each.value) for each in candidate.evidence] == [
        ("one-agency", "Sở Xây dựng"),
        ("called-alike", "Cấp giấy phép; Đổi giấy phép"),
        ("near-identical", "b: 8/8, 8/8"),
        ("times-differ-by-case", EXAMINE.name),
    ]
    assert candidate.authority is Authority.OUTSIDE


def test_who_must_not_do_both_is_kept_in_every_case():
    apart = evolve(SIGN, separate_from=frozenset({"examine"}))
    given = folder(
        a=of_the_agency("Cấp giấy phép"),
        b=anew(of_the_agency("Đổi giấy phép", *ROW[:3], SIGN, *ROW[4:])),
    )
    other = given.members[1].procedure
    nodes = tuple(
        evolve(node, separate_from=frozenset({"n_examine"})) if node.id == "n_sign" else node
        for node in other.flow.nodes
    )
    given = folder(
        a=given.members[0].procedure, b=evolve(other, flow=evolve(other.flow, nodes=nodes))
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert one.flow.by_id["sign"] == apart


def test_documents_are_united_with_the_case_named_and_times_told_by_case():
    def declared(amount):
        return TotalTime(duration=Duration(amount=amount, unit=TimeUnit.WORKING_DAY))

    given = folder(
        a=of_the_agency(
            "Cấp giấy phép",
            documents=(Document(name="Đơn", copies=1), Document(name="Bản vẽ", copies=2)),
            total_time=declared(6),
            volume=Volume(dossiers=Quantity(value=10)),
        ),
        b=of_the_agency(
            "Đổi giấy phép",
            documents=(Document(name="ĐƠN", copies=2), Document(name="Giấy phép cũ")),
            total_time=declared(3),
            volume=Volume(dossiers=Quantity(value=30)),
        ),
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert one.documents == (
        Document(name="Đơn", copies=None),
        Document(name="Bản vẽ (Cấp giấy phép)", copies=2),
        Document(name="Giấy phép cũ (Đổi giấy phép)"),
    )
    assert one.total_time.alternatives == (
        ("Cấp giấy phép", declared(6).duration),
        ("Đổi giấy phép", declared(3).duration),
    )
    assert one.total_time.duration is None
    assert one.volume == Volume()
    assert one.name == "Cấp giấy phép / Đổi giấy phép"


def test_what_one_does_not_know_is_unknown_of_all():
    given = folder(
        a=of_the_agency("Cấp giấy phép", documents=(Document(name="Đơn"),)),
        b=of_the_agency("Đổi giấy phép"),
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert one.documents is None
    assert one.total_time == TotalTime()


def test_an_answer_for_one_case_is_none_for_the_other():
    extra = "paper-original-required=no paper-original-required@sign=no answer-is-used@site=yes"
    given = folder(
        a=of_the_agency("Cấp giấy phép"),
        b=of_the_agency("Đổi giấy phép", *LONGER, answers=f"{FREE} {extra}"),
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert {(each.question, each.step, each.reply) for each in one.answers} == {
        ("same-person-work-moment", None, Reply.YES),
        ("results-differ", None, Reply.NO),
        ("rule-names-the-step", None, Reply.NO),
        ("answer-is-used", "site", Reply.YES),
    }


def test_what_a_shared_step_says_is_said_once_and_to_one_pool():
    other = anew(of_the_agency("Đổi giấy phép", *LONGER))
    other = evolve(other, flow=evolve(other.flow, id="flow"))
    given = folder(
        a=told_by(of_the_agency("Cấp giấy phép"), "return"), b=told_by(other, "n_return")
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert [(each.name, each.process) for each in one.pools] == [
        ("Tổ chức, cá nhân", None),
        ("Sở", "flow"),
    ]
    (message,) = one.messages
    assert (message.id, message.source, message.target) == ("Message_1", "return", "Pool_1")


def test_a_step_that_tells_the_applicant_in_one_case_only_stands_for_that_case_alone():
    given = folder(
        a=of_the_agency("Cấp giấy phép"), b=told_by(of_the_agency("Đổi giấy phép"), "return")
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    (message,) = one.messages
    assert message.source == "return_2"
    assert [each.name for each in one.flow.steps].count(ROW[-1].name) == 2


def test_what_is_drawn_besides_is_kept_from_all_under_ids_of_its_own():
    def noted(procedure):
        note = Artifact(id="note", kind=ArtifactKind.NOTE, text=procedure.name)
        tie = Association(id="tie", source="sign", target="note")
        return evolve(procedure, artifacts=(note,), associations=(tie,))

    given = folder(a=noted(of_the_agency("Cấp giấy phép")), b=noted(of_the_agency("Đổi giấy phép")))
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert [(each.id, each.text) for each in one.artifacts] == [
        ("note", "Cấp giấy phép"),
        ("note_2", "Đổi giấy phép"),
    ]
    assert [(each.source, each.target) for each in one.associations] == [
        ("sign", "note"),
        ("sign", "note_2"),
    ]


def test_a_total_time_that_one_does_not_declare_is_unknown_of_all():
    declared = TotalTime(duration=Duration(amount=6, unit=TimeUnit.WORKING_DAY))
    given = folder(
        a=of_the_agency("Cấp giấy phép", total_time=declared), b=of_the_agency("Đổi giấy phép")
    )
    one = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    assert one.total_time == TotalTime()


def test_what_is_one_of_several_already_is_not_merged_again():
    given = folder(a=of_the_agency("Cấp giấy phép"), b=of_the_agency("Đổi giấy phép", *LONGER))
    once = LEVER.apply(given, the_one(LEVER, given)).members[0].procedure
    again = folder(a=once, b=evolve(once, name="Cấp, đổi giấy phép"))
    assert tuple(LEVER.find(again)) == ()


def test_half_of_the_work_in_common_is_not_near_identical():
    other = [
        evolve(each, name=f"Việc khác {each.id}", kinds=(StepKind.LOOK_UP,)) for each in ROW[1:4]
    ]
    given = folder(
        a=of_the_agency("Cấp giấy phép"),
        b=of_the_agency("Đổi giấy phép", ROW[0], *other, *ROW[4:]),
    )
    assert tuple(LEVER.find(given)) == ()
