"""Calls over several files: what each means, what it takes, what leads nowhere or in a circle."""

from __future__ import annotations

import pytest

import tthc_flow
from tthc_flow.bpmn.read import Reading
from tthc_flow.bpmn.write import write
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.source import EvidenceKind
from tthc_flow.report.sentences import finding as told
from tthc_flow.units import Duration, TimeUnit, WorkTime
from tthc_flow.verbs.resolve import resolve

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"


def file(inside: str, head: str = "") -> bytes:
    return (
        f'<definitions xmlns="{BPMN}" xmlns:tthc="urn:tthc-flow:bpmn:1" {head}'
        f' xmlns:zeebe="{ZEEBE}">\n'
        f"{inside}</definitions>"
    ).encode()


def calls(*targets: str, process: str = "P") -> str:
    """Return a process that calls *targets* one after another."""
    steps = "".join(
        f'<callActivity id="{process}_{number}" name="Gọi {target}" calledElement="{target}"/>'
        for number, target in enumerate(targets)
    )
    return f'<process id="{process}" name="Quy trình {process}">{steps}</process>'


def works(process: str, *times: str) -> str:
    """Return a process of steps with *times*, one after another."""
    steps = "".join(
        f'<task id="{process}_{number}" name="Việc"{f" tthc:time={each!r}" if each else ""}/>'
        for number, each in enumerate(times)
    )
    ways = "".join(
        f'<sequenceFlow id="{process}_f{n}" sourceRef="{process}_{n - 1}"'
        f' targetRef="{process}_{n}"/>'
        for n in range(1, len(times))
    )
    return f'<process id="{process}" name="Quy trình {process}">{steps}{ways}</process>'


def told_of_calls(reading: Reading) -> list[tuple[str, str | None]]:
    return [(e.code, e.element) for e in reading.findings if e.code.startswith("read-call")]


def test_a_step_takes_the_time_of_the_process_it_calls_in_its_own_unit():
    other = file(works("Q", "4 giờ làm việc", "6 giờ làm việc"))
    reading = resolve(file(calls("Q")), [other])
    step = reading.procedures[0].flow.steps[0]
    assert step.time.duration == Duration(amount=10, unit=TimeUnit.WORKING_HOUR)
    assert step.time.evidence is EvidenceKind.LEGAL_LIMIT
    assert told_of_calls(reading) == [("read-call-resolved", "P_0"), ("read-call-time", "P_0")]
    assert "10 giờ làm việc" in told(reading.findings[-1]).text
    assert tthc_flow.measure(file(calls("Q")), called=[other]).norm_time.work == WorkTime(600)


def test_a_time_of_the_step_itself_stays():
    flow = calls("Q").replace("calledElement", 'tthc:time="1 giờ làm việc" calledElement')
    reading = resolve(file(flow), [file(works("Q", "4 giờ làm việc"))])
    assert reading.procedures[0].flow.steps[0].time.duration == Duration(
        amount=1, unit=TimeUnit.WORKING_HOUR
    )
    assert told_of_calls(reading) == [("read-call-resolved", "P_0")]


@pytest.mark.parametrize(
    ("times", "why"),
    [
        (("4 giờ làm việc", ""), "Q_1"),
        (("4 giờ làm việc", "2 ngày"), "day + working_hour"),
    ],
)
def test_an_uncertain_time_of_the_called_process_stays_unknown(times, why):
    reading = resolve(file(calls("Q")), [file(works("Q", *times))])
    assert reading.procedures[0].flow.steps[0].time.duration is None
    last = reading.findings[-1]
    assert (last.code, dict(last.values)["why"]) == ("read-call-time-unknown", why)


def test_times_come_up_through_calls_of_calls_whatever_the_order_of_the_files():
    last, middle = file(works("R", "2 ngày làm việc")), file(calls("R", process="Q"))
    for order in ([last, middle], [middle, last]):
        step = resolve(file(calls("Q")), order).procedures[0].flow.steps[0]
        assert step.time.duration == Duration(amount=2, unit=TimeUnit.WORKING_DAY)


def test_a_call_inside_the_same_file_needs_no_other():
    reading = resolve(file(calls("Q") + works("Q", "2 ngày làm việc")))
    assert reading.procedures[0].flow.steps[0].time.duration is not None


def test_a_global_task_and_the_element_of_zeebe_are_found():
    flow = file(
        '<globalUserTask id="G" name="Đóng dấu"/><process id="P">'
        '<callActivity id="A" calledElement="G"/><callActivity id="B"><extensionElements>'
        '<zeebe:calledElement processId="Q"/></extensionElements></callActivity></process>'
    )
    found = told_of_calls(resolve(flow, [file(works("Q", "1 ngày làm việc"))]))
    assert found == [
        ("read-call-task", "A"),
        ("read-call-resolved", "B"),
        ("read-call-time", "B"),
    ]


def test_a_prefix_means_the_file_of_its_namespace_even_before_the_own_one():
    flow = file(
        calls("o:Q") + works("Q", "1 ngày làm việc"),
        head='xmlns:o="urn:other" targetNamespace="urn:own"',
    )
    other = file(works("Q", "3 ngày làm việc"), head='targetNamespace="urn:other"')
    step = resolve(flow, [other]).procedures[0].flow.steps[0]
    assert step.time.duration == Duration(amount=3, unit=TimeUnit.WORKING_DAY)


def test_of_two_processes_of_one_id_the_first_is_taken_and_the_doubt_told():
    one, two = (file(works("Q", f"{days} ngày làm việc")) for days in (1, 2))
    reading = resolve(file(calls("Q")), [one, two])
    assert ("read-call-ambiguous", "P_0") in told_of_calls(reading)
    assert reading.procedures[0].flow.steps[0].time.duration == Duration(
        amount=1, unit=TimeUnit.WORKING_DAY
    )


def test_what_is_in_no_file_is_named_once_and_computed_names_are_too():
    reading = resolve(file(calls("Z", "${next}")), [file(works("Q", ""))])
    assert told_of_calls(reading) == [
        ("read-call-unresolved", "P_0"),
        ("read-call-unresolved", "P_1"),
    ]
    assert told_of_calls(resolve(file(calls("Z")))) == [("read-call-outside", "P_0")]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (calls("P"), works("X", "")),
        (calls("Q"), calls("P", process="Q")),
        (calls("Q"), calls("R", process="Q") + calls("P", process="R")),
    ],
)
def test_a_circle_of_calls_is_a_finding_and_nothing_is_taken_over(first, other):
    reading = resolve(file(first), [file(other)])
    assert ("read-call-cycle", "P") in told_of_calls(reading)
    assert reading.procedures[0].flow.steps[0].time.duration is None


def test_a_caller_of_a_circle_is_in_none():
    circle = file(calls("R", process="Q") + calls("Q", process="R"))
    codes = [code for code, _ in told_of_calls(resolve(file(calls("Q")), [circle]))]
    assert codes == ["read-call-resolved", "read-call-time-unknown"]


def test_two_thousand_processes_that_call_the_next_one_are_joined():
    many = 2_000
    chain = "".join(calls(f"N{n + 1}", process=f"N{n}") for n in range(many))
    reading = resolve(file(chain + works(f"N{many}", "1 ngày làm việc")))
    assert all(each.flow.steps[0].time.duration for each in reading.procedures)


def test_a_folder_means_its_bpmn_files(tmp_path):
    (tmp_path / "q.bpmn").write_bytes(file(works("Q", "1 ngày làm việc")))
    (tmp_path / "note.txt").write_text("no BPMN")
    assert ("read-call-time", "P_0") in told_of_calls(resolve(file(calls("Q")), [tmp_path]))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UnreadableInput, match="TF233"):
        resolve(file(calls("Q")), [empty])


def test_the_file_itself_is_not_changed_and_other_verbs_take_the_result():
    data = file(calls("Q"))
    reading = resolve(data, [file(works("Q", "1 ngày làm việc"))])
    assert write(reading.document, reading.procedures) == data
    assert tthc_flow.measure(reading).unknown_times == ()
