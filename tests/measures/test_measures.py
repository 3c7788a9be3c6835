"""Measures of one procedure, counted by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from measures.flows import days, end, flow, procedure, start, step, xor
from tthc_flow.measures.by_role import RoleRow, row_of
from tthc_flow.measures.measure import measure
from tthc_flow.measures.stated_total import Agreement
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Lane, SubProcess
from tthc_flow.model.procedure import Document, Procedure, TotalTime
from tthc_flow.model.step import StepKind, TaskType
from tthc_flow.units import Duration, TimeUnit, WorkTime

DAY = 480
PROVINCE, COMMUNE = frozenset({Level.PROVINCE}), frozenset({Level.COMMUNE})


def who(name, role=None, office="Sở Nội vụ", levels=PROVINCE):
    return Performer(name=name, role=role, office=office, levels=levels)


DESK = who("Một cửa", Role.ONE_STOP_SHOP, "Trung tâm Phục vụ hành chính công")
OFFICER = who("Chuyên viên", Role.OFFICER)
SAME_OFFICER = who("Công chức phụ trách", Role.OFFICER, "SỞ NỘI VỤ")
HEAD = who("Lãnh đạo Sở", Role.AGENCY_HEAD)
COMMUNE_HEAD = who("Chủ tịch UBND xã", Role.CHAIRPERSON, "UBND xã", COMMUNE)


def test_what_a_small_procedure_counts():
    found = measure(
        procedure(
            step("1", "0.5", performer=DESK, kinds=(StepKind.RECEIVE,)),
            step("2", 2, performer=OFFICER),
            step("3", 1, performer=SAME_OFFICER, kinds=(StepKind.DRAFT,)),
            step("4", "0.5", performer=HEAD, kinds=(StepKind.SIGN, StepKind.NUMBER_AND_STAMP)),
            documents=(Document(name="Đơn"),),
        )
    )
    assert found.workload == WorkTime(4 * DAY)
    assert (found.steps, found.hand_offs, found.performers) == (4, 2, 3)
    assert (found.signatures, found.stamps, found.documents) == (1, 1, 1)
    assert (found.handling_by_steps, found.handling_by_time) == (Fraction(1, 2), Fraction(1, 4))


def test_workload_counts_every_branch_and_norm_time_the_longest():
    nodes = (start(), xor("x"), step("a", 1), step("b", 3), end())
    found = measure(Procedure(flow=flow(nodes, "start x a end", "x b end")))
    assert (found.workload, found.norm_time.work) == (WorkTime(4 * DAY), WorkTime(3 * DAY))


def test_a_hand_off_skips_machines_and_gateways_and_does_not_go_back():
    machine = step("m", 0, performer=None, task=TaskType.SERVICE)
    nodes = (
        start(),
        step("a", 1),
        machine,
        xor("x"),
        step("b", 1, performer=HEAD),
        xor("y"),
        end(),
    )
    found = measure(Procedure(flow=flow(nodes, "start a m x b y end", "y a")))
    assert (found.hand_offs, found.automatic, found.without_performer) == (1, 1, ())


def test_hand_offs_go_through_the_borders_of_a_sub_process():
    nodes = (
        start(),
        step("a", 1),
        SubProcess(id="s"),
        step("b", 1, performer=HEAD, scope="s"),
        step("c", 1),
        end(),
    )
    assert measure(Procedure(flow=flow(nodes, "start a s c end"))).hand_offs == 2


def test_the_performer_of_a_step_is_taken_from_its_lane_or_the_lane_around_it():
    lanes = (Lane(id="outer", performer=HEAD), Lane(id="inner", parent="outer"))
    steps = (step("a", 1, performer=None, lane="inner"), step("b", 1, performer=HEAD))
    found = measure(Procedure(flow=flow(steps, "a b", lanes=lanes)))
    assert (found.performers, found.hand_offs, found.without_performer) == (1, 0, ())


def test_an_unknown_performer_is_listed_and_makes_no_hand_off():
    found = measure(procedure(step("a", 1, performer=None), step("b", 1)))
    assert (found.hand_offs, found.without_performer) == (0, ("a",))


def test_a_level_is_crossed_only_where_the_levels_have_nothing_in_common():
    either = who("Một cửa", Role.ONE_STOP_SHOP, levels=PROVINCE | COMMUNE)
    found = measure(
        procedure(
            step("a", 1, performer=either),
            step("b", 1, performer=COMMUNE_HEAD),
            step("c", 1, performer=HEAD),
        )
    )
    assert (found.levels_crossed, found.hand_offs) == (1, 2)


def test_an_opinion_right_after_the_request_is_the_same_consultation():
    consult, opinion = (StepKind.CONSULT,), (StepKind.OPINION,)
    steps = (step("a", 1, kinds=consult), step("b", 1, kinds=opinion), step("c", 1))
    assert measure(procedure(*steps)).consultations == 1
    assert measure(procedure(steps[2], steps[1])).consultations == 1


def test_visits_are_unknown_until_some_step_says():
    assert measure(procedure(step("a", 1))).applicant_visits is None
    told = (step("a", 1, applicant_visit=True), step("b", 1, applicant_visit=False))
    assert measure(procedure(*told)).applicant_visits == 1


def test_nothing_known_is_none_and_not_zero():
    found = measure(procedure(step("a", kinds=(), performer=None)))
    unknown = (found.workload, found.norm_time.work, found.handling_by_steps, found.documents)
    assert unknown == (None, None, None, None)
    assert (found.unknown_times, found.unclassified) == (("a",), ("a",))


def test_steps_after_the_grant_are_counted_apart():
    after = SubProcess(id="s", outside_clock=True)
    nodes = (start(), step("a", 1), after, step("b", 9, scope="s"), end())
    found = measure(Procedure(flow=flow(nodes, "start a s end")))
    assert (found.steps, found.after_grant, found.norm_time.work) == (2, 1, WorkTime(DAY))


def test_work_after_the_grant_is_work_but_no_time_of_the_applicant():
    after = SubProcess(id="s", outside_clock=True)
    late = (step("b", 9, scope="s"), step("c", scope="s"))
    found = measure(Procedure(flow=flow((start(), step("a", 1), after, *late), "start a s", "b c")))
    assert (found.workload, found.workload_unknown) == (WorkTime(10 * DAY), ("c",))
    assert (found.norm_time.work, found.unknown_times) == (WorkTime(DAY), ())
    assert sum(row.work.minutes for row in found.by_role if row.work) == 10 * DAY


def test_hand_overs_after_the_grant_are_none_of_the_applicant():
    after = SubProcess(id="s", outside_clock=True)
    late = (step("b", performer=COMMUNE_HEAD, scope="s"), step("c", performer=HEAD, scope="s"))
    steps = (step("a", performer=OFFICER), after, *late)
    found = measure(Procedure(flow=flow((start(), *steps), "start a s", "b c")))
    assert (found.hand_offs, found.levels_crossed) == (0, 0)


def test_a_machine_stands_in_no_row_of_people():
    machine = step("a", "0.5", task=TaskType.SERVICE, kinds=(StepKind.CONSULT,))
    assert row_of(machine, HEAD) is RoleRow.AUTOMATIC


@pytest.mark.parametrize(
    ("performer", "kind", "row"),
    [
        (DESK, StepKind.RECEIVE, RoleRow.ONE_STOP),
        (OFFICER, StepKind.EXAMINE, RoleRow.OFFICER),
        (OFFICER, StepKind.INSPECT, RoleRow.FIELD_INSPECTION),
        (OFFICER, StepKind.CONSULT, RoleRow.OPINION),
        (who("Trưởng phòng", Role.DIVISION_HEAD), StepKind.REVIEW, RoleRow.DIVISION_HEAD),
        (HEAD, StepKind.SIGN, RoleRow.AGENCY_HEAD),
        (COMMUNE_HEAD, StepKind.SIGN, RoleRow.AGENCY_HEAD),
        (who("Văn thư Sở", Role.CLERICAL_OFFICE), StepKind.ISSUE, RoleRow.CLERICAL),
        (
            who("Chuyên viên", Role.OFFICER, "Văn phòng UBND tỉnh Gia Lai"),
            StepKind.EXAMINE,
            RoleRow.PROVINCIAL_OFFICE,
        ),
        (
            who("Văn thư", Role.CLERICAL_OFFICE, "Văn phòng Uỷ ban nhân dân tỉnh"),
            StepKind.ISSUE,
            RoleRow.PROVINCIAL_OFFICE,
        ),
        (who("Sở Xây dựng", Role.CONSULTED_AGENCY), StepKind.OTHER, RoleRow.OPINION),
        (who("Hội đồng", Role.COUNCIL), StepKind.COUNCIL, RoleRow.OTHER),
        (None, StepKind.EXAMINE, RoleRow.OTHER),
    ],
)
def test_each_step_stands_in_one_row_of_the_cut_by_role(performer, kind, row):
    assert row_of(step("a", performer=performer, kinds=(kind,)), performer) is row


def test_the_rows_by_role_are_all_there_and_add_up_to_the_workload():
    found = measure(
        procedure(
            step("1", "0.5", performer=DESK),
            step("2", 2, performer=OFFICER),
            step("3", performer=HEAD),
            step("4", 1, performer=None),
        )
    )
    assert [each.row for each in found.by_role] == list(RoleRow)
    assert sum(each.work.minutes for each in found.by_role if each.work) == found.workload.minutes
    head = found.by_role[3]
    assert (head.row.heading, head.work, head.unknown) == ("Lãnh đạo cơ quan", None, 1)


@pytest.mark.parametrize(
    ("amount", "agreement", "difference"),
    [(3, Agreement.PATH, 0), (4, Agreement.SUM, -1), (5, Agreement.DIFFERS, -2)],
)
def test_the_declared_total_is_held_against_path_and_sum(amount, agreement, difference):
    nodes = (start(), xor("x"), step("a", 1), step("b", 3), end())
    total = TotalTime(duration=Duration(amount=amount, unit=TimeUnit.WORKING_DAY))
    branches = flow(nodes, "start x a end", "x b end")
    found = measure(Procedure(flow=branches, total_time=total)).stated_total
    assert (found.agreement, found.path_difference) == (agreement, WorkTime(difference * DAY))


def test_any_alternative_of_the_declared_total_may_agree():
    alternatives = tuple(
        (case, Duration(amount=amount, unit=TimeUnit.DAY))
        for case, amount in (("", 10), ("xác minh", 30))
    )
    total = TotalTime(alternatives=alternatives)
    found = measure(procedure(step("a", 10), total_time=total)).stated_total
    assert (found.agreement, found.work) == (Agreement.PATH, WorkTime(10 * DAY))


@pytest.mark.parametrize(("amount", "agreement"), [(1, Agreement.UNKNOWN), (9, Agreement.DIFFERS)])
def test_with_a_time_missing_only_too_long_is_certain(amount, agreement):
    total = TotalTime(duration=Duration(amount=5, unit=TimeUnit.DAY))
    found = measure(procedure(step("a", amount), step("b"), total_time=total)).stated_total
    assert found.agreement is agreement


def test_no_limit_is_told_from_an_unknown_one():
    none = TotalTime(none_prescribed=True)
    assert measure(procedure(step("a", 1))).stated_total.agreement is Agreement.UNKNOWN
    found = measure(procedure(step("a", 1), total_time=none)).stated_total
    assert (found.agreement, found.work) == (Agreement.NONE_PRESCRIBED, None)


def test_a_time_that_is_not_counted_is_in_no_sum():
    found = measure(procedure(step("a", time=days(8, counted=False)), step("b", 1)))
    assert (found.workload, found.unknown_times) == (WorkTime(DAY), ())
