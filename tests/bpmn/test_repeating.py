"""How often an activity is done: read in our words, and written back in its place."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.anything import LOOP_FACTS, TO_RUN, loop_of
from bpmn.one_element import OURS, file_of, node, rewritten
from bpmn.test_read import codes
from bpmn.test_write import changed
from tthc_flow.bpmn.read import read
from tthc_flow.model.step import Behavior, Loop


def repeated(marker: str, more: str = "") -> bytes:
    return file_of(f'<userTask id="A">{more}\n{marker}\n</userTask>')


def multi(inside: str = "", attributes: str = "") -> bytes:
    return repeated(
        f"<multiInstanceLoopCharacteristics {attributes}>{inside}"
        "</multiInstanceLoopCharacteristics>"
    )


def standard(inside: str = "", attributes: str = "") -> bytes:
    return repeated(
        f"<standardLoopCharacteristics {attributes}>{inside}</standardLoopCharacteristics>"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (multi("<loopCardinality>3</loopCardinality>"), {"times": "3"}),
        (multi("<loopCardinality>${số_người}</loopCardinality>"), {"times": "số_người"}),
        (multi("<loopCardinality>${n + 1}</loopCardinality>"), {"printed": "${n + 1}"}),
        (multi("<loopCardinality>một lần mỗi sở</loopCardinality>"), {"printed": "một lần mỗi sở"}),
        (multi("<completionCondition>đạt &gt;= 2</completionCondition>"), {"until": "đạt >= 2"}),
        (multi("<completionCondition>${x}</completionCondition>"), {"foreign": "${x}"}),
        (
            multi("<completionCondition>hồ sơ đủ và đúng hạn</completionCondition>"),
            {"foreign": "hồ sơ đủ và đúng hạn"},
        ),
        (
            multi(f"<completionCondition {OURS}>hồ sơ đủ</completionCondition>"),
            {"until": "hồ sơ đủ"},
        ),
        (
            multi('<completionCondition language="java">done</completionCondition>'),
            {"foreign": "done"},
        ),
        (
            multi(
                "<loopCardinality>${a.b}</loopCardinality>"
                "<completionCondition>${!x}</completionCondition>"
            ),
            {"printed": "${a.b}", "foreign": "${!x}"},
        ),
        (
            multi(attributes='camunda:collection="sở" camunda:elementVariable="một"'),
            {"each": "sở", "member": "một"},
        ),
        (multi(attributes='flowable:collection="${sở}"'), {"each": "sở"}),
        (multi(attributes='flowable:collection="${a.b()}"'), "${a.b()}"),
        (
            multi(
                '<extensionElements><zeebe:loopCharacteristics inputCollection="= items" '
                'inputElement="item"/></extensionElements>'
            ),
            {"each": "items", "member": "item"},
        ),
        (standard(attributes='loopMaximum="5"'), {"times": "5"}),
        # BPMN says when a loop goes on, the model when it ends.
        (standard("<loopCondition>thiếu</loopCondition>"), {"until": "không (thiếu)"}),
        (standard("<loopCondition>không (đủ)</loopCondition>"), {"until": "đủ"}),
        (standard("<loopCondition>${thiếu}</loopCondition>"), {"foreign": "${thiếu}"}),
        (standard(), {}),
        (standard(attributes='testBefore="true"'), {"test_before": True}),
        (multi(attributes='behavior="None"'), {"behavior": Behavior.NONE}),
        (multi(attributes='behavior="One"'), {"behavior": Behavior.ONE}),
        (multi(attributes='behavior=" Complex "'), {"behavior": Behavior.COMPLEX}),
        (multi(attributes='behavior="All" testBefore="true"'), {}),
        (standard(attributes='behavior="None" isSequential="true"'), {}),
    ],
)
def test_how_often_an_activity_is_repeated_is_read_in_our_words_or_stays_printed(data, expected):
    facts = {"printed": expected} if isinstance(expected, str) else expected
    loop = node(data).loop
    assert loop == Loop(multi_instance=b"multiInstance" in data, **facts)
    # What the model does not understand is a finding; else that the time counts once is one.
    told = {each for each in codes(read(data)) if each.startswith("read-loop")}
    foreign = {"printed", "foreign"} & set(facts)
    assert told == {"read-loop-printed" if foreign else "read-loop-once"}


COUNTED = [
    ("${nrOfCompletedInstances == 1}", "numberOfCompletedInstances == 1"),
    (
        "#{ nrOfCompletedInstances >= nrOfInstances }",
        "numberOfCompletedInstances >= numberOfInstances",
    ),
    ("${2 <= nrOfCompletedInstances}", "2 <= numberOfCompletedInstances"),
    ("${nrOfActiveInstances != 0}", "numberOfActiveInstances != 0"),
    ("nrOfCompletedInstances > 1 và đạt", "numberOfCompletedInstances > 1 và đạt"),
    ("loại = 'nrOfInstances'", "loại = 'nrOfInstances'"),
    ("= numberOfCompletedInstances = 2", "numberOfCompletedInstances = 2"),
    # Arithmetic, data and calls of the engine's language, and its assignment, are not ours.
    ("${nrOfCompletedInstances/nrOfInstances >= 0.5}", None),
    ("${nrOfCompletedInstances == n}", None),
    ("${nrOfCompletedInstances == 1 and ok}", None),
    ("${nrOfCompletedInstances = 1}", None),
    ("${nrOfLoops == 1}", None),
    ("${nrOfCompletedInstances}", None),
]


@pytest.mark.parametrize(("text", "until"), COUNTED)
def test_the_counts_of_engines_are_those_of_bpmn_where_they_are_only_compared(text, until):
    said = text.replace("<", "&lt;").replace(">", "&gt;")
    data = multi(f"<completionCondition>{said}</completionCondition>")
    loop = node(data).loop
    assert (loop.until, loop.foreign) == (until, text if until is None else None)
    assert rewritten(data, name="Lấy ý kiến").count(said.encode()) == 1
    java = data.replace(b"<completionCondition>", b'<completionCondition language="java">')
    assert node(java).loop.foreign == text


def test_a_word_for_when_rounds_throw_events_that_nobody_knows_is_told():
    reading = read(multi(attributes='behavior="Some"'))
    assert "read-bad-value" in codes(reading)
    assert reading.procedures[0].flow.steps[0].loop.behavior is Behavior.ALL


def test_the_list_that_is_gone_through_is_the_data_that_fill_the_input():
    marker = (
        "<multiInstanceLoopCharacteristics><loopDataInputRef>{}</loopDataInputRef>"
        '<inputDataItem id="I" name="sở"/></multiInstanceLoopCharacteristics>'
    )
    filled = (
        "<dataInputAssociation><sourceRef>D</sourceRef><targetRef>In</targetRef>"
        "</dataInputAssociation>"
    )
    data = '<dataObject id="D" name="các sở"/>'
    for reference, inside in (("D", ""), ("In", filled)):
        task = f'<task id="A">{inside}{marker.format(reference)}</task>'
        loop = node(file_of(data + task)).loop
        assert (loop.each, loop.member) == ("các sở", "sở")


def test_an_own_attribute_goes_before_what_the_marker_says_and_an_empty_one_says_nothing():
    said = 'camunda:collection="a" tthc:each="b" tthc:until=""'
    data = multi("<completionCondition>x</completionCondition>", said)
    assert node(data).loop == Loop(multi_instance=True, each="b")


@pytest.mark.parametrize(
    ("data", "facts", "lines"),
    [
        (
            multi("\n<loopCardinality>3</loopCardinality>\n", 'camunda:collection="a"'),
            {"times": "4"},
            ["-<loopCardinality>3</loopCardinality>", "+<loopCardinality>4</loopCardinality>"],
        ),
        (
            multi("\n<completionCondition>x</completionCondition>\n"),
            {"times": "n"},
            ["+<loopCardinality>n</loopCardinality>"],
        ),
        (
            multi('\n<inputDataItem id="i"/>\n', 'camunda:collection="a"'),
            {"each": "b"},
            [
                '-<multiInstanceLoopCharacteristics camunda:collection="a">',
                '+<multiInstanceLoopCharacteristics camunda:collection="a" tthc:each="b">',
            ],
        ),
        (
            multi("\n<loopCardinality>3</loopCardinality>\n"),
            {"until": "đủ"},
            [f'+<completionCondition xsi:type="tFormalExpression" {OURS}>đủ</completionCondition>'],
        ),
        (
            standard("\n<loopCondition>x</loopCondition>\n", 'loopMaximum="2"'),
            {"times": "3"},
            [
                '-<standardLoopCharacteristics loopMaximum="2">',
                '+<standardLoopCharacteristics loopMaximum="3">',
            ],
        ),
        (
            standard("\n<loopCondition>x</loopCondition>\n", 'loopMaximum="2"'),
            {"test_before": True},
            [
                '-<standardLoopCharacteristics loopMaximum="2">',
                '+<standardLoopCharacteristics loopMaximum="2" testBefore="true">',
            ],
        ),
        (
            multi("\n<loopCardinality>3</loopCardinality>\n", 'behavior="None"'),
            {"behavior": Behavior.ALL},
            [
                '-<multiInstanceLoopCharacteristics behavior="None">',
                '+<multiInstanceLoopCharacteristics behavior="All">',
            ],
        ),
    ],
)
def test_one_changed_fact_of_a_loop_touches_its_own_line(data, facts, lines):
    loop = node(data).loop
    assert changed(data, rewritten(data, loop=evolve(loop, **facts))) == lines


MARKERS = (
    multi(),
    multi("<loopCardinality>${a.b}</loopCardinality>"),
    multi("<loopCardinality>3</loopCardinality><completionCondition>${x}</completionCondition>"),
    multi('<inputDataItem id="i"/>', 'camunda:collection="a" tthc:until="y" isSequential="true"'),
    standard("<loopCondition>x</loopCondition>", 'loopMaximum="2"'),
    standard(attributes='tthc:times="n" tthc:printed=""'),
    standard("<loopCondition>${x}</loopCondition>", 'testBefore="true" tthc:foreign=""'),
    multi("<completionCondition>${nrOfInstances > 1}</completionCondition>", 'behavior="One"'),
)
LOOPS = st.builds(
    Loop,
    multi_instance=st.booleans(),
    sequential=st.booleans(),
    test_before=st.booleans(),
    behavior=st.sampled_from(Behavior),
    **dict.fromkeys(LOOP_FACTS, TO_RUN),
).map(loop_of)


@settings(max_examples=100)  # each writes and reads a file
@given(data=st.sampled_from(MARKERS), loop=st.none() | LOOPS)
def test_any_loop_can_be_written_over_any_marker(data, loop):
    rewritten(data, loop=loop)
