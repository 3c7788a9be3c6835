"""What cannot be simulated is refused by name, in both languages: nothing is left out silently."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from tthc_flow.errors import NotRunnable
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.step import Step
from tthc_flow.report.simulation.record import of_lacking
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.lacking import FactsMissing
from tthc_flow.simulation.scenario import Scenario, Stream
from tthc_flow.simulation.stated import Stated
from tthc_flow.verbs.simulate import simulate

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)


def aside(scope: str | None = None) -> Flow:
    """Return a step, and beside it an event sub-process for a withdrawn application."""
    flow = drawn(
        "s > a > e; s_gone > b > e_gone",
        Step(id="a", name="Thẩm định", performer=OFFICER),
        Step(id="b", name="Trả hồ sơ", performer=OFFICER),
        SubProcess(id="gone", name="Rút hồ sơ", kind=SubProcessKind.EVENT, scope=scope),
        Event(id="s_gone", position=EventPosition.START, trigger=Trigger.MESSAGE),
        Event(id="e_gone", position=EventPosition.END),
    )
    inner = {"s_gone", "b", "e_gone"}
    nodes = tuple(evolve(n, scope="gone") if n.id in inner else n for n in flow.nodes)
    return evolve(flow, nodes=nodes)


def given(**more: object) -> dict[str, object]:
    return {
        "times": {"a": "1 giờ làm việc", "b": "1 giờ làm việc"},
        "people": {"Chuyên viên": 5}, "arrivals": 100, "cases": 100, **more,
    }  # fmt: skip


@pytest.mark.parametrize("shares", [{}, {"gone": "0.3"}])
def test_an_event_sub_process_is_refused_share_or_not(shares):
    with pytest.raises(FactsMissing, match=r"gone \(simulate-aside\)"):
        simulate(procedure_of(aside()), **given(shares=shares))


def test_an_event_sub_process_that_does_not_happen_is_left_out():
    found = simulate(procedure_of(aside()), **given(shares={"gone": 0}))
    assert [each.element for each in found.before.steps if each.element in {"a", "b"}] == ["a"]


def test_one_inside_a_sub_process_that_cases_come_to_is_refused():
    flow = drawn(
        "s > sub > e; s_in > a > e_in",
        SubProcess(id="sub"),
        SubProcess(id="gone", kind=SubProcessKind.EVENT, scope="sub"),
        Event(id="s_gone", position=EventPosition.START, scope="gone"),
        *(
            Event(id=each, position=position, scope="sub")
            for each, position in (("s_in", EventPosition.START), ("e_in", EventPosition.END))
        ),
        Step(id="a", name="A", scope="sub"),
    )
    assert refused(flow) == ("gone (simulate-aside)",)


def refused(flow: Flow) -> tuple[str, ...]:
    times = dict.fromkeys((step.id for step in flow.steps), Chance.fixed(1))
    stream = Stream(name="p", flow=flow, times=times, who={}, trace=(0.0,))
    with pytest.raises(NotRunnable, match="TF431") as error:
        flatten(Scenario(streams=(stream,), crowds=()))
    return error.value.choices


@pytest.mark.parametrize("quantity", [{"start_quantity": 2}, {"completion_quantity": 3}])
def test_several_tokens_are_refused(quantity):
    step = drawn("s > a > e", Step(id="a", name="Thẩm định", **quantity))
    assert refused(step) == ("Thẩm định (simulate-quantity)",)
    inner = (
        Event(id="s_in", position=EventPosition.START, scope="a"),
        Event(id="e_in", position=EventPosition.END, scope="a"),
    )
    box = drawn("s > a > e; s_in > e_in", SubProcess(id="a", **quantity), *inner)
    assert refused(box) == ("a (simulate-quantity)",)


def beside() -> Flow:
    """Return a process that begins with two steps, nobody says whether with one of them or both."""
    return drawn(
        "a > e; b > e2",
        Step(id="a", name="Nộp trực tuyến", performer=OFFICER),
        Step(id="b", name="b", performer=OFFICER),
    )


def test_several_beginnings_that_are_no_start_events_are_named():
    assert refused(beside()) == ("Nộp trực tuyến, b (simulate-starts)",)
    with pytest.raises(FactsMissing) as error:
        simulate(procedure_of(beside()), **given())
    assert "Nộp trực tuyến, b (simulate-starts)" in error.value.fact


def test_several_starts_of_a_sub_process_are_named():
    inner = (
        Event(id=each, position=position, scope="sub")
        for each, position in (
            ("s_1", EventPosition.START),
            ("s_2", EventPosition.START),
            ("e_in", EventPosition.END),
        )
    )
    flow = drawn(
        "s > sub > e; s_1 > a > e_in; s_2 > e_in",
        SubProcess(id="sub"), Step(id="a", name="A", scope="sub"), *inner,
    )  # fmt: skip
    assert refused(flow) == ("sub (simulate-starts)",)


def test_a_process_that_begins_nowhere_is_named():
    assert refused(drawn("a > b > a")) == ("flow (simulate-no-start)",)


@pytest.mark.parametrize(
    ("flow", "lang", "text", "hint"),
    [
        (beside(), "vi", "nhiều chỗ bắt đầu: Nộp trực tuyến, b", "thay cho: Nộp trực tuyến, b"),
        (beside(), "en", "several starts: Nộp trực tuyến, b", "in place of: Nộp trực tuyến, b"),
        (aside(), "vi", "Rút hồ sơ: quy trình con theo sự kiện", "--share gone=0"),
        (aside(), "en", "Rút hồ sơ: an event sub-process", "--share gone=0"),
        (drawn("s > a > e", Step(id="a", name="A", start_quantity=2)), "vi", "A: ", "bằng 1"),
        (drawn("s > a > e", Step(id="a", name="A", start_quantity=2)), "en", "A: ", "to 1"),
    ],
)  # fmt: skip
def test_staff_read_what_is_wrong_and_what_to_do(flow, lang, text, hint):
    procedure = procedure_of(flow)
    _, lack = scenario_of([procedure], Stated())
    told = [
        e for e in of_lacking(lack, [procedure], lang) if text in e["text"] and hint in e["hint"]
    ]
    assert len(told) == 1
    assert "{" not in told[0]["text"] + told[0]["hint"]
