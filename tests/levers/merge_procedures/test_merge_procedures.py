"""merge_procedures: near-identical procedures of one agency become one, chosen by case."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.folders import folder, found, keys, the_one
from levers.office import (
    AGENCY,
    ONE_STOP,
    case,
    not_passed,
    picture,
    step,
    told_by,
    within,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.graph.united import CASE
from tthc_flow.levers.merge_procedures import LEVER
from tthc_flow.model.flow import EventPosition, Gateway, Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Pool, ProcedureKind
from tthc_flow.proof.soundness import soundness

FREE = "same-person-work-moment=yes results-differ=no rule-names-the-step=no"
DOOR = step("door", "receive", ONE_STOP, 0.5)
EXAMINE = step("examine", "examine draft", AGENCY["officer"], 2)
SITE = step("site", "inspect", AGENCY["officer"], 1)
REVIEW = step("review", "review", AGENCY["division"], 1)
SIGN = step("sign", "sign", AGENCY["head"], 1)
STAMP = step("stamp", "number_and_stamp", AGENCY["clerk"], 0.5)
RETURN = step("return", "return", ONE_STOP, 0.5)
ROW = (DOOR, EXAMINE, REVIEW, SIGN, STAMP, RETURN)
LONGER = (DOOR, EXAMINE, SITE, REVIEW, SIGN, STAMP, RETURN)
SHORTER = (DOOR, EXAMINE, REVIEW, SIGN, RETURN)


def of_the_agency(name, *steps, answers=FREE, **facts):
    """Return the procedure of a row of *steps* at the agency of the tests."""
    return named(case(*(steps or ROW), answers=answers), name, **facts)


def named(procedure, name, **facts):
    """Return *procedure* of the agency, called *name*."""
    return evolve(procedure, name=name, agency="Sở Xây dựng", **facts)


def anew(procedure):
    """Return *procedure* with other ids of nodes, as another tool would have drawn it."""
    flow = procedure.flow
    nodes = tuple(evolve(node, id=f"n_{node.id}") for node in flow.nodes)
    edges = tuple(
        evolve(edge, source=f"n_{edge.source}", target=f"n_{edge.target}") for edge in flow.edges
    )
    return evolve(procedure, flow=evolve(flow, id="other", nodes=nodes, edges=edges))


def branching(name, text, *steps):
    """Return the procedure of a text picture with the steps of the row."""
    return named(picture(text, *(steps or ROW), answers=FREE), name)


def beside(procedure):
    """Return *procedure* with a pool that has a process of its own."""
    told = told_by(procedure, "sign")
    return evolve(told, pools=(*told.pools, Pool(id="P3", name="Sở khác", process="other")))


BRANCH = "s > door > examine > xor > review > sign > stamp > return > e; xor > e_no"
LOOPED = "s > door > examine > xor > review > sign > stamp > return > e; xor > door"
BLOCK = "s > door > and1 > examine > and2 > review > sign > stamp > return > e; and1 > site > and2"
BOXED = within("s > door > box > sign > stamp > return > e", "s2 > examine > review > e2", *ROW)

FINDS = {
    "one-inspects-the-site": folder(
        a=of_the_agency("Cấp giấy phép"), b=of_the_agency("Gia hạn giấy phép", *LONGER)
    ),
    "one-needs-no-stamp": folder(
        a=of_the_agency("Cấp giấy phép"), b=anew(of_the_agency("Cấp lại giấy phép", *SHORTER))
    ),
    "the-same-flow": folder(
        a=of_the_agency("Cấp giấy phép"), b=anew(of_the_agency("Cấp lại giấy phép"))
    ),
    "three-of-them": folder(
        a=of_the_agency("Cấp giấy phép"),
        b=of_the_agency("Gia hạn giấy phép", *LONGER),
        c=anew(of_the_agency("Cấp lại giấy phép", *SHORTER)),
    ),
    "with-a-refusal": folder(
        a=branching("Cấp giấy phép", BRANCH), b=anew(branching("Đổi giấy phép", BRANCH))
    ),
    "with-a-loop": folder(
        a=branching("Cấp giấy phép", LOOPED), b=anew(branching("Đổi giấy phép", LOOPED))
    ),
    "with-a-parallel-block": folder(
        a=branching("Cấp giấy phép", BLOCK, *LONGER),
        b=anew(branching("Đổi giấy phép", BLOCK, *LONGER)),
    ),
    "with-a-sub-process": folder(
        a=named(BOXED, "Cấp giấy phép", answers=of_the_agency("").answers),
        b=named(BOXED, "Đổi giấy phép", answers=of_the_agency("").answers),
    ),
    "the-applicant-is-told": folder(
        a=told_by(of_the_agency("Cấp giấy phép"), "return"),
        b=told_by(of_the_agency("Đổi giấy phép", *LONGER), "return"),
    ),
    "one-name-for-both": folder(
        a=of_the_agency("Cấp giấy phép"), b=of_the_agency("Cấp giấy phép", *LONGER)
    ),
}
BARRED = {
    "nobody-asked": (
        folder(
            a=of_the_agency("Cấp giấy phép", answers=""),
            b=of_the_agency("Đổi giấy phép", answers=""),
        ),
        "results-differ",
        Verdict.UNKNOWN,
    ),
    "nobody-knows-who-does-a-step": (
        folder(
            a=of_the_agency("Cấp giấy phép", DOOR, evolve(EXAMINE, performer=None), *ROW[2:]),
            b=of_the_agency("Đổi giấy phép", DOOR, evolve(EXAMINE, performer=None), *ROW[2:]),
        ),
        "same-offices",
        Verdict.UNKNOWN,
    ),
    "answered-for-one-of-them-only": (
        folder(
            a=of_the_agency("Cấp giấy phép"),
            b=of_the_agency("Đổi giấy phép", answers="results-differ=no"),
        ),
        "same-person-work-moment",
        Verdict.UNKNOWN,
    ),
    "another-moment": (
        folder(
            a=of_the_agency("Cấp giấy phép"),
            b=of_the_agency(
                "Đổi giấy phép", answers="same-person-work-moment=no results-differ=no"
            ),
        ),
        "same-person-work-moment",
        Verdict.FAIL,
    ),
    "law-demands-two-forms": (
        folder(
            a=of_the_agency("Cấp giấy phép"),
            b=of_the_agency(
                "Đổi giấy phép", answers="same-person-work-moment=yes results-differ=yes"
            ),
        ),
        "results-differ",
        Verdict.FAIL,
    ),
}
ELSEWHERE = evolve(EXAMINE, performer=evolve(AGENCY["officer"], office="Sở Tài chính"))
ALONE = {
    "another-agency": folder(
        a=of_the_agency("Cấp giấy phép"),
        b=evolve(of_the_agency("Đổi giấy phép"), agency="Sở Tài chính"),
    ),
    "no-agency-known": folder(a=case(*ROW, answers=FREE), b=case(*ROW, answers=FREE)),
    "another-kind-of-procedure": folder(
        a=of_the_agency("Cấp giấy phép"),
        b=of_the_agency("Đổi giấy phép", kind=ProcedureKind.WITHIN_AGENCY),
    ),
    "another-office-takes-part": folder(
        a=of_the_agency("Cấp giấy phép"),
        b=of_the_agency("Đổi giấy phép", DOOR, ELSEWHERE, *ROW[2:]),
    ),
    "too-little-in-common": folder(
        a=of_the_agency("Cấp giấy phép"), b=of_the_agency("Đổi giấy phép", DOOR, SITE, SIGN, RETURN)
    ),
    "another-pool-works-beside": folder(
        a=beside(of_the_agency("Cấp giấy phép")), b=beside(of_the_agency("Đổi giấy phép"))
    ),
    "another-province": folder(
        a=of_the_agency("Cấp giấy phép", locality="Cao Bằng"),
        b=of_the_agency("Đổi giấy phép", locality="Sơn La"),
    ),
    "another-field": folder(
        a=of_the_agency("Cấp giấy phép", field="Xây dựng"),
        b=of_the_agency("Đổi giấy phép", field="Đất đai"),
    ),
    "called-otherwise": folder(
        a=of_the_agency("Cấp giấy phép"), b=of_the_agency("Bổ nhiệm giám định viên")
    ),
    "only-one": folder(a=of_the_agency("Cấp giấy phép")),
    "other-outcomes-of-other-work": folder(
        a=of_the_agency("Cấp giấy phép"),
        b=of_the_agency(
            "Đổi giấy phép", *(evolve(each, kinds=SITE.kinds, name="Việc") for each in ROW)
        ),
    ),
}


@pytest.mark.parametrize("name", FINDS)
def test_what_is_found_passes_and_becomes_one_sound_procedure(name):
    given = FINDS[name]
    candidate = the_one(LEVER, given)
    assert candidate.targets == tuple(keys(given))
    assert candidate.verdict is Verdict.PASS
    (member,) = LEVER.apply(given, candidate).members
    assert member.key == "a"
    assert soundness(member.procedure.flow).verdict is Verdict.PASS
    assert run_every_branch(member.procedure).completed
    assert found(LEVER, LEVER.apply(given, candidate)) == ()


@pytest.mark.parametrize("name", BARRED)
def test_a_trap_is_named_and_does_not_pass(name):
    given, condition, verdict = BARRED[name]
    candidate = the_one(LEVER, given)
    assert not_passed(candidate)[condition] is verdict
    assert candidate.verdict is verdict


@pytest.mark.parametrize("name", ALONE)
def test_what_is_not_near_identical_is_left_alone(name):
    assert found(LEVER, ALONE[name]) == ()


def merged(name):
    """Return the one procedure that a case of ``FINDS`` becomes."""
    given = FINDS[name]
    return LEVER.apply(given, the_one(LEVER, given)).members[0].procedure


def walked(procedure, called):
    """Return the steps that a dossier of the case *called* goes through, by their names."""
    flow, seen = procedure.flow, []
    (node,) = [each for each in flow.nodes if not flow.incoming[each.id]]
    while ways := flow.outgoing[node.id]:
        open_ways = [
            way
            for way in ways
            if way.condition is None or compile_expression(way.condition).holds({CASE: called})
        ]
        (way,) = open_ways
        node = flow.by_id[way.target]
        seen += [node.name] if node in flow.steps else []
    return seen


def names(*steps):
    return [each.name for each in steps]


def test_a_dossier_of_each_case_goes_the_way_of_its_own_procedure():
    one = merged("three-of-them")
    assert walked(one, "Cấp giấy phép") == names(*ROW)
    assert walked(one, "Gia hạn giấy phép") == names(*LONGER)
    assert walked(one, "Cấp lại giấy phép") == names(*SHORTER)


def test_the_case_is_asked_only_where_the_flows_differ():
    one = merged("one-inspects-the-site").flow
    split, join = [each for each in one.nodes if isinstance(each, Gateway)]
    assert (split.name, join.name) == ("Trường hợp?", "")
    assert [(way.name, way.target, way.condition) for way in one.outgoing[split.id]] == [
        ("Cấp giấy phép", join.id, f'{CASE} == "Cấp giấy phép"'),
        ("Gia hạn giấy phép", "site", f'{CASE} == "Gia hạn giấy phép"'),
    ]
    assert len(one.steps) == len(LONGER)
    assert not [each for each in merged("the-same-flow").flow.nodes if isinstance(each, Gateway)]


def test_cases_of_one_name_are_told_apart():
    one = merged("one-name-for-both")
    assert walked(one, "Cấp giấy phép (a)") == names(*ROW)
    assert walked(one, "Cấp giấy phép (b)") == names(*LONGER)


def test_both_outcomes_stay_and_a_refusal_stands_once():
    nodes = merged("with-a-refusal").flow.nodes
    ends = [each.outcome for each in nodes if getattr(each, "position", None) is EventPosition.END]
    assert ends == [Outcome.GRANT, Outcome.REFUSE]


def test_a_parallel_block_that_differs_stays_whole_in_either_case():
    other = BLOCK.replace("and1 > site > and2", "and1 > opinion > and2")
    opinion = evolve(SITE, id="opinion", name="Cho ý kiến", kinds=EXAMINE.kinds[:1])
    given = folder(
        a=branching("Cấp giấy phép", BLOCK, *LONGER),
        b=branching("Đổi giấy phép", other, *ROW, opinion),
    )
    for candidate in found(LEVER, given):
        one = LEVER.apply(given, candidate).members[0].procedure
        assert soundness(one.flow).verdict is Verdict.PASS
        assert run_every_branch(one).completed
        assert len([each for each in one.flow.steps if each.kinds == EXAMINE.kinds]) == 2
        return
    pytest.fail("near-identical but for one arm")
