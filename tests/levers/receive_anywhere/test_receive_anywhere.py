"""receive_anywhere: a receipt bound to one level may be made at any counter of the province."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    ONE_STOP,
    around,
    case,
    done_by,
    found,
    length,
    passed,
    picture,
    step,
    the_one,
    within,
)
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.levers.receive_anywhere import ANYWHERE, LEVER
from tthc_flow.model.actor import Level
from tthc_flow.model.flow import Lane
from tthc_flow.model.law import Authority, LegalBasis, LegalRank
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import StepKind, TaskType

COMMUNE = evolve(ONE_STOP, levels=frozenset({Level.COMMUNE}))
DOOR = step("door", "receive", ONE_STOP, 0.5)
SIGN = step("sign", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, 0.5)
FREE = "site-bound-by-law=no"


def laned():
    """The procedure in which only the lane says who receives."""
    given = case(evolve(DOOR, performer=None, lane="L1"), SIGN, answers=FREE)
    lanes = (Lane(id="L1", name=ONE_STOP.name, performer=ONE_STOP), Lane(id="L2", name="Sở"))
    nodes = tuple(evolve(n, lane="L2" if n.id == "sign" else "L1") for n in given.flow.nodes)
    return around(evolve(given.flow, lanes=lanes, nodes=nodes), FREE)


FINDS = {
    "province-only": case(DOOR, SIGN, RETURN, answers=FREE),
    "commune-only": case(evolve(DOOR, performer=COMMUNE), SIGN, answers=FREE),
    "the-lane-says-who": laned(),
    "a-branch-follows-the-receipt": picture(
        "s > door > xor1 > sign > e; xor1 > e_no", DOOR, SIGN, answers=FREE
    ),
    "with-a-fee": case(
        evolve(DOOR, kinds=(StepKind.RECEIVE, StepKind.PAYMENT)), SIGN, answers=f"{FREE}"
    ),
    "inside-a-sub-process": within("s > box > e", "s2 > door > e2", DOOR, answers=FREE),
}
BARRED = {
    "nobody-asked": (case(DOOR, SIGN), "site-bound-by-law", Verdict.UNKNOWN),
    "law-names-the-place": (
        case(DOOR, SIGN, answers="site-bound-by-law=yes"),
        "site-bound-by-law",
        Verdict.FAIL,
    ),
    "law-names-the-place-of-this-step": (
        case(DOOR, SIGN, answers=f"{FREE} site-bound-by-law@door=yes"),
        "site-bound-by-law",
        Verdict.FAIL,
    ),
    "the-row-also-examines": (
        case(evolve(DOOR, kinds=(StepKind.RECEIVE, StepKind.EXAMINE)), SIGN, answers=FREE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "the-row-also-inspects-the-site": (
        case(evolve(DOOR, kinds=(StepKind.RECEIVE, StepKind.INSPECT)), SIGN, answers=FREE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "anywhere-already": case(
        evolve(DOOR, performer=evolve(ONE_STOP, levels=ANYWHERE)), SIGN, answers=FREE
    ),
    "nobody-knows-the-level": case(
        evolve(DOOR, performer=evolve(ONE_STOP, levels=frozenset())), SIGN, answers=FREE
    ),
    "the-clerk-of-the-agency-receives": case(
        evolve(DOOR, performer=AGENCY["clerk"]), SIGN, answers=FREE
    ),
    "at-a-ministry": case(
        evolve(DOOR, performer=evolve(ONE_STOP, levels=frozenset({Level.MINISTRY}))),
        SIGN,
        answers=FREE,
    ),
    "between-agencies": case(DOOR, SIGN, answers=FREE, kind=ProcedureKind.BETWEEN_AGENCIES),
    "a-machine-receives": case(evolve(DOOR, task=TaskType.SERVICE), SIGN, answers=FREE),
    "nobody-known": case(evolve(DOOR, performer=None), SIGN, answers=FREE),
}


def test_the_counter_stands_at_both_levels_and_stays_the_same_performer():
    given = FINDS["province-only"]
    candidate = the_one(LEVER, given)
    assert passed(candidate) == ["does-nothing-else", "site-bound-by-law"]
    after = LEVER.apply(given, candidate)
    who = performer_of(after.flow, after.flow.by_id["door"])
    assert who.levels == {Level.PROVINCE, Level.COMMUNE}
    assert who.name == "Công chức Một cửa (nơi bất kỳ trong tỉnh)"
    assert identity(who) == identity(ONE_STOP)
    assert length(after) == length(given) == 2


def test_only_the_level_is_written_and_the_return_stays_where_it_was():
    given = FINDS["province-only"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.edges == given.flow.edges
    assert after.flow.by_id["return"] == given.flow.by_id["return"]
    assert evolve(after.flow.by_id["door"], performer=ONE_STOP) == given.flow.by_id["door"]


def test_a_new_lane_holds_the_counter_where_lanes_are_drawn():
    given = FINDS["the-lane-says-who"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert done_by(after, "door") == "Công chức Một cửa (nơi bất kỳ trong tỉnh)"
    lane = after.flow.lane_by_id[after.flow.by_id["door"].lane]
    assert lane.performer.levels == ANYWHERE
    assert found(LEVER, after) == ()


def test_a_counter_without_an_office_keeps_its_name_for_it_is_told_by_it():
    nameless = evolve(ONE_STOP, office=None)
    given = case(evolve(DOOR, performer=nameless), SIGN, answers=FREE)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert identity(performer_of(after.flow, after.flow.by_id["door"])) == identity(nameless)


def test_a_national_rule_on_the_receipt_makes_it_a_proposal_to_the_ministry():
    rule = LegalBasis(document="Thông tư 01", rank=LegalRank.CIRCULAR)
    given = case(evolve(DOOR, legal_basis=(rule,)), SIGN, answers=FREE)
    assert the_one(LEVER, given).authority is Authority.OUTSIDE
