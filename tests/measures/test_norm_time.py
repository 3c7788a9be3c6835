"""Norm time by hand arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest

from measures.flows import both, chain, days, end, flow, start, step, xor
from tthc_flow.bpmn.read import read
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow, SubProcess, Trigger
from tthc_flow.units import Convention, TimeUnit, WorkTime
from tthc_flow.words.messages import message

DAY = 480


def test_a_sequence_adds_up():
    found = norm_time(chain(step("a", 1), step("b", "0.5")))
    assert (found.work, found.path) == (WorkTime(720), ("a", "b"))


def test_parallel_branches_count_by_their_longest():
    nodes = (start(), both("split"), step("a", 3), step("b", 5), both("join"), step("c", 1), end())
    found = norm_time(flow(nodes, "start split a join c end", "split b join"))
    assert (found.work, found.path) == (WorkTime(6 * DAY), ("b", "c"))


def test_alternatives_count_by_the_longest_that_can_happen():
    nodes = (start(), step("a", 1), xor("x"), step("b", 2), end("refused"), end())
    found = norm_time(flow(nodes, "start a x b end", "x refused"))
    assert found.work == WorkTime(3 * DAY)


def test_a_loop_counts_once():
    nodes = (start(), step("a", 1), step("b", 2), xor("x"), end())
    assert norm_time(flow(nodes, "start a b x end", "x a")).work == WorkTime(3 * DAY)


def test_work_that_only_leads_back_does_not_count():
    nodes = (start(), step("a", 1), xor("x"), step("redo", 9), end())
    found = norm_time(flow(nodes, "start a x end", "x redo a"))
    assert (found.work, found.path) == (WorkTime(DAY), ("a",))


def test_two_loops_one_in_the_other_count_once():
    nodes = (start(), step("a", 1), step("b", 2), xor("x"), step("c", 4), xor("y"), end())
    assert norm_time(flow(nodes, "start a b x c y end", "x b", "y a")).work == WorkTime(7 * DAY)


def test_a_step_without_time_is_listed_and_not_zero():
    found = norm_time(chain(step("a"), step("b", 1)))
    assert (found.work, found.unknown, found.complete) == (WorkTime(DAY), ("a",), False)


def test_no_known_time_at_all_is_no_figure():
    assert norm_time(chain(step("a"), step("b"))).work is None


def test_a_printed_zero_is_a_known_time():
    found = norm_time(chain(step("a", 0)))
    assert (found.work, found.unknown) == (WorkTime(0), ())


def test_a_unit_that_the_convention_refuses_is_unknown():
    bare = step("a", time=days(3, TimeUnit.DAY))
    found = norm_time(chain(bare, step("b", 1)), Convention.named("strict"))
    assert (found.work, found.unknown) == (WorkTime(DAY), ("a",))
    assert found.units == {TimeUnit.DAY, TimeUnit.WORKING_DAY}


def test_the_convention_is_named_in_the_result():
    bare = step("a", time=days(7, TimeUnit.DAY))
    found = norm_time(chain(bare), Convention.named("bare-day-is-calendar-day"))
    assert (found.work, found.convention) == (WorkTime(5 * DAY), "bare-day-is-calendar-day")


def test_time_that_stops_the_clock_or_is_not_counted_stays_out():
    waiting = step("a", 4, pauses_clock=True)
    beside = step("b", time=days(8, counted=False))
    found = norm_time(chain(waiting, beside, step("c", 1)))
    assert (found.work, found.unknown) == (WorkTime(DAY), ())


def test_the_applicants_own_time_is_no_gap():
    applicant = Performer(name="Tổ chức, cá nhân", role=Role.APPLICANT)
    found = norm_time(chain(step("a", performer=applicant), step("b", 1)))
    assert (found.work, found.unknown) == (WorkTime(DAY), ())


@pytest.mark.parametrize(("outside", "expected"), [(False, 6), (True, 1)])
def test_a_sub_process_counts_unless_it_lies_after_the_grant(outside, expected):
    nodes = (
        start(),
        step("a", 1),
        SubProcess(id="check", outside_clock=outside),
        start("in", scope="check"),
        step("b", 2, scope="check"),
        SubProcess(id="deeper", scope="check"),
        step("c", 3, scope="deeper"),
        end("out", scope="check"),
        end(),
    )
    found = norm_time(flow(nodes, "start a check end", "in b deeper out"))
    assert found.work == WorkTime(expected * DAY)


def test_an_empty_sub_process_is_passed_through():
    nodes = (start(), SubProcess(id="sub"), step("a", 1), end())
    assert norm_time(flow(nodes, "start sub a end")).work == WorkTime(DAY)


def test_the_way_over_a_boundary_event_comes_after_the_step_it_sits_on():
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a", trigger=Trigger.TIMER)
    nodes = (start(), step("a", 2), late, step("b", 5), end(), end("other"))
    found = norm_time(flow(nodes, "start a end", "late b other"))
    assert (found.work, found.path) == (WorkTime(7 * DAY), ("a", "b"))


def test_a_link_joins_what_the_drawing_cuts():
    jump = Event(id="t", position=EventPosition.THROW, trigger=Trigger.LINK, reference="L")
    land = Event(id="c", position=EventPosition.CATCH, trigger=Trigger.LINK, reference="L")
    nodes = (start(), step("a", 1), jump, land, step("b", 2), end())
    assert norm_time(flow(nodes, "start a t", "c b end")).work == WorkTime(3 * DAY)


def test_a_timer_that_the_flow_waits_for_counts_and_a_message_does_not():
    timer = Event(id="t", position=EventPosition.CATCH, trigger=Trigger.TIMER, time=days(3))
    message = Event(id="m", position=EventPosition.CATCH, trigger=Trigger.MESSAGE, time=days(9))
    found = norm_time(flow((start(), step("a", 1), timer, message, end()), "start a t m end"))
    assert (found.work, found.path) == (WorkTime(4 * DAY), ("a", "t"))


def test_a_loop_without_exit_still_has_a_figure():
    nodes = (start(), step("a", 1), step("b", 2))
    assert norm_time(flow(nodes, "start a b a")).work == WorkTime(3 * DAY)


def test_an_empty_flow_takes_no_time():
    assert norm_time(Flow(id="p")).work == WorkTime(0)


def test_a_dangling_edge_is_passed_over():
    nodes = (start(), step("a", 1), end())
    loose = (*flow(nodes, "start a end").edges, SequenceFlow(id="x", source="a", target="gone"))
    assert norm_time(Flow(id="p", nodes=nodes, edges=loose)).work == WorkTime(DAY)


def test_thirds_stay_exact():
    third = step("a", time=days("1/3"))
    assert norm_time(chain(third, step("b", "1/3"))).work == WorkTime(Fraction(320))


def test_twenty_thousand_steps_in_a_row_do_not_overflow_the_stack():
    many = [step(f"s{each}", 1) for each in range(20_000)]
    assert norm_time(chain(*many)).work == WorkTime(20_000 * DAY)


@pytest.mark.parametrize(
    "marker",
    [
        '<multiInstanceLoopCharacteristics tthc:times="3"/>',
        '<multiInstanceLoopCharacteristics isSequential="true" tthc:each="sở"/>',
        '<standardLoopCharacteristics loopMaximum="3"/>',
    ],
)
@pytest.mark.parametrize("tag", ["userTask", "subProcess"])
def test_repeated_work_counts_once_and_the_reading_says_so(marker, tag):
    inside = '<userTask id="a" tthc:time="1 ngày làm việc">{}</userTask>'
    drawing = (
        inside.format(marker)
        if tag == "userTask"
        else f'<subProcess id="box">{marker}{inside.format("")}</subProcess>'
    )
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tthc='
    around = f'"urn:tthc-flow:bpmn:1"><process id="P">{drawing}</process></definitions>'
    reading = read((head + around).encode())
    assert norm_time(reading.procedures[0].flow).work == WorkTime(DAY)
    (told,) = (each for each in reading.findings if each.code == "read-loop-once")
    assert told.element == ("a" if tag == "userTask" else "box")
    for lang in ("vi", "en"):
        assert message(told.code, dict(told.values), lang).assumed


def test_work_that_is_done_once_is_told_nothing_about():
    data = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">'
        b'<userTask id="a"/></process></definitions>'
    )
    assert "read-loop-once" not in {each.code for each in read(data).findings}
