"""Who is believed, what disagrees, and what writing leaves of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.anything import fields
from bpmn.dialects.drawn import (
    adonis,
    doubts,
    file_with,
    fixed,
    iso,
    qbp,
    scenario,
    simulated,
    step,
    timed,
)
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.messages import message

OWN = '<tthc:step><tthc:time amount="1" unit="working_day"/></tthc:step>'
CAMUNDA = '<camunda:property name="time" value="PT7H"/>'
BPSIM = simulated(scenario(timed(ProcessingTime=iso("PT6H"))))
OTHERS = adonis(A_EXECUTION_TIME="PT5H")
QBP = qbp(fixed("14400", "seconds"))


def values(reading: Reading, code: str) -> list[dict[str, str]]:
    return [dict(each.values) for each in reading.findings if each.code == code]


def changed(data: bytes, **facts: object) -> bytes:
    """Return the file after step A got *facts*."""
    reading = read(data)
    before = reading.procedures[0]
    nodes = tuple(evolve(node, **facts) if node.id == "A" else node for node in before.flow.nodes)
    return write(reading.document, [evolve(before, flow=evolve(before.flow, nodes=nodes))])


@pytest.mark.parametrize(
    ("data", "unit", "amount"),
    [
        (file_with(inside=OWN + CAMUNDA + OTHERS, behind=BPSIM), TimeUnit.WORKING_DAY, 1),
        (file_with(inside=CAMUNDA + OTHERS, behind=BPSIM), TimeUnit.HOUR, 7),
        (file_with(inside=OTHERS, behind=BPSIM), TimeUnit.HOUR, 6),
        (file_with(inside=OTHERS), TimeUnit.HOUR, 5),
        (file_with(behind=QBP), TimeUnit.HOUR, 4),
    ],
)
def test_the_own_fact_goes_before_engines_before_bpsim_before_the_others(data, unit, amount):
    assert step(data).time.duration == Duration(amount=amount, unit=unit)


def test_a_conflict_names_both_values_and_both_places():
    data = file_with(inside=OWN + CAMUNDA)
    (conflict,) = values(read(data), "dialect-conflict")
    assert conflict == {
        "fact": "time",
        "taken": "1 working_day",
        "by": "tthc",
        "other": "time=PT7H",
        "dialect": "Camunda",
    }


def test_eight_hours_elsewhere_agree_with_a_working_day():
    eight = '<camunda:property name="time" value="PT8H"/>'
    assert doubts(file_with(inside=OWN + eight)) == []


def test_a_value_of_the_proposed_scenario_is_no_conflict():
    proposed = scenario(timed(ProcessingTime=iso("PT8H")), 'id="proposed" inherits="baseline"')
    behind = simulated(scenario(timed(ProcessingTime=iso("PT9H"))), proposed)
    assert "dialect-conflict" not in doubts(file_with(inside=OWN, behind=behind))


def test_a_time_that_is_known_to_be_unknown_stays_so():
    unknown = "<tthc:step><tthc:time/></tthc:step>"
    assert step(file_with(inside=unknown + CAMUNDA)).time.duration is None


def test_a_lane_goes_before_an_assignment_and_the_assignment_before_the_pool():
    lane = '<laneSet><lane id="L" name="Chuyên viên"><flowNodeRef>A</flowNodeRef></lane></laneSet>'
    plain = file_with('camunda:candidateGroups="Văn thư"')
    drawn = plain.replace(b'<process id="P">', f'<process id="P">{lane}'.encode())
    assert step(drawn).performer == read(drawn).procedures[0].flow.lanes[0].performer
    assert doubts(drawn) == ["dialect-conflict"]
    party = '<participant id="Q" name="Sở Nội vụ" processRef="P"/>'
    pool = f'<collaboration id="C">{party}</collaboration>'
    pooled = plain.replace(b'<process id="P">', f'{pool}<process id="P">'.encode())
    performer = step(pooled).performer
    assert performer is not None
    assert performer.name == "Văn thư"


def test_the_element_template_counts_as_the_own_extension():
    inside = "".join(
        f'<camunda:property name="tthc:{name}" value="{value}"/>'
        for name, value in {
            "time": "4 giờ làm việc",
            "performer": "Văn thư",
            "kinds": "sign",
            "decides": "true",
            "reads": "Đơn | Tờ khai",
            "checked": "",
            "colour": "red",
            "mandatory": "perhaps",
        }.items()
    )
    reading = read(file_with(inside=inside, behind=BPSIM))
    found = step(reading)
    assert found.time == StepTime(
        duration=Duration(amount=4, unit=TimeUnit.WORKING_HOUR), printed="4 giờ làm việc"
    )
    assert found.kinds == (StepKind.SIGN,)
    assert found.decides is True
    assert found.mandatory is None
    assert found.reads == {"Đơn", "Tờ khai"}
    assert [each["by"] for each in values(reading, "dialect-conflict")] == ["tthc"]
    assert [each["fact"] for each in values(reading, "read-unknown-fact")] == ["tthc:colour"]
    assert [each["fact"] for each in values(reading, "read-bad-value")] == ["mandatory"]
    assert all(each.line for each in reading.findings)


def test_a_property_of_the_template_that_the_extension_denies_is_a_conflict():
    typed = "".join(
        f'<camunda:property name="tthc:{name}" value="{value}"/>'
        for name, value in {"time": "2 giờ", "result": "A", "kinds": "sign"}.items()
    )
    own = '<tthc:step result="B" kinds="review"><tthc:time amount="2" unit="hour"/></tthc:step>'
    reading = read(file_with(inside=own + typed))
    assert step(reading).result == "B"
    assert [
        (each["fact"], each["taken"], each["other"])
        for each in sorted(values(reading, "dialect-conflict"), key=lambda each: each["fact"])
    ] == [("kinds", "review", "sign"), ("result", "B", "A")]


@pytest.mark.parametrize(
    "name", ["tthc:", "tthc:no such name", "tthc:share", "tthc:harm", "tthc:é<"]
)
def test_a_template_property_of_another_name_is_a_finding(name):
    said = name.replace("<", "&lt;")
    reading = read(file_with(inside=f'<camunda:property name="{said}" value="1"/>'))
    assert "read-unknown-fact" in {each.code for each in reading.findings}


def test_a_property_far_down_in_a_long_file_is_read():
    long = "<!-- -->" + "\n" * 70_000
    reading = read(file_with(inside=long + '<camunda:property name="tthc:decides" value="x"/>'))
    assert [each["fact"] for each in values(reading, "read-bad-value")] == ["decides"]


def test_what_is_said_of_an_event_is_kept_and_told():
    behind = simulated(scenario(timed(ProcessingTime=iso("PT6H")), element="S"))
    assert doubts(file_with(behind=behind)) == ["dialect-kept", "dialect-kept"]


def test_reading_changes_no_byte():
    data = file_with(inside=CAMUNDA + OTHERS, behind=BPSIM + QBP)
    reading = read(data)
    assert write(reading.document, reading.procedures) == data


@pytest.mark.parametrize("facts", [{"time": StepTime()}, {"work": None}, {"performer": None}])
def test_a_fact_taken_away_does_not_come_back_from_a_dialect(facts):
    data = file_with('camunda:candidateGroups="Văn thư"', inside=OTHERS, behind=BPSIM)
    after = step(changed(data, **facts))
    for name, value in facts.items():
        assert getattr(after, name) == value
    assert step(changed(changed(data, **facts), result="Giấy phép")) == evolve(
        after, result="Giấy phép"
    )


def test_a_changed_fact_goes_before_the_dialect_it_came_from():
    time = StepTime(duration=Duration(amount=2, unit=TimeUnit.WORKING_HOUR))
    again = read(changed(file_with(inside=OTHERS), time=time))
    assert step(again).time == time
    assert doubts(again) == ["dialect-conflict"]


def test_every_finding_of_a_dialect_has_its_words():
    data = file_with('camunda:assignee="${a}"', inside=OWN + CAMUNDA + OTHERS, behind=BPSIM + QBP)
    for finding in read(data).findings:
        for lang in ("vi", "en"):
            assert "{" not in message(finding.code, dict(finding.values), lang).text.replace(
                "${a}", ""
            )


def test_real_files_of_every_dialect_are_heard(shared: Path):
    heard: dict[str, int] = {}
    for path in sorted((shared / "data/bpmn/files").rglob("*")):
        text = path.read_bytes() if path.is_file() else b""
        if b"qbp:element" not in text and b"assignee" not in text and b"candidate" not in text:
            continue
        reading = read(text)
        assert write(reading.document, reading.procedures) == text
        for each in values(reading, "dialect-read"):
            heard[each["dialect"]] = heard.get(each["dialect"], 0) + 1
    assert heard == {"QBP": 223, "Activiti": 55, "Camunda": 10, "Zeebe": 9, "BPMN": 9}


@settings(max_examples=60)  # each writes and reads a file; the fields are drawn in test_write too
@given(
    st.fixed_dictionaries(
        fields(
            Step,
            *("id", "name", "scope", "lane", "loop", "task", "default", "instantiates"),
        )
    )
)
def test_any_facts_written_over_those_of_dialects_are_read_back(facts):
    data = file_with(
        'camunda:candidateGroups="Văn thư"', inside=CAMUNDA + OTHERS, behind=BPSIM + QBP
    )
    assert step(changed(data, **facts)) == evolve(step(data), **facts)


HERE = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'
OTHERWISE = "xmlns:c\n=\n'http://camunda.org/schema/1&#46;0/bpmn'"


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        (f'{HERE} c:assignee="Văn thư"', "<properties>"),
        (f'{OTHERWISE} c:assignee="Văn thư"', "<properties>"),
        ("", f'<c:properties {HERE}><c:property name="performer" value="Văn thư"/>'),
        ("", f'<c:properties {HERE}><c:property name="tthc:performer" value="Văn thư"/>'),
    ],
)
def test_an_engine_is_heard_whose_namespace_is_declared_at_the_element_itself(
    attributes: str, inside: str
) -> None:
    tag = inside.split(" ", maxsplit=1)[0].strip("<>")
    data = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">'
        f'<userTask id="A" {attributes}><extensionElements>{inside}</{tag}></extensionElements>'
        "</userTask></process></definitions>"
    )
    performer = step(data.encode()).performer
    assert performer is not None
    assert performer.name == "Văn thư"
