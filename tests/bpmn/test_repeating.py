"""How often an activity is done: read in our words, and written back in its place."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.anything import LOOP_FACTS, TO_RUN
from bpmn.one_element import OURS, file_of, node, rewritten
from bpmn.test_read import codes
from bpmn.test_write import changed
from tthc_flow.bpmn.read import read
from tthc_flow.model.step import Loop


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
        (multi("<completionCondition>${x}</completionCondition>"), {"printed": "${x}"}),
        (
            multi("<completionCondition>hồ sơ đủ và đúng hạn</completionCondition>"),
            "hồ sơ đủ và đúng hạn",
        ),
        (
            multi(f"<completionCondition {OURS}>hồ sơ đủ</completionCondition>"),
            {"until": "hồ sơ đủ"},
        ),
        (multi('<completionCondition language="java">done</completionCondition>'), "done"),
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
        (standard("<loopCondition>${thiếu}</loopCondition>"), "${thiếu}"),
        (standard(), {}),
    ],
)
def test_how_often_an_activity_is_repeated_is_read_in_our_words_or_stays_printed(data, expected):
    facts = {"printed": expected} if isinstance(expected, str) else expected
    loop = node(data).loop
    assert loop == Loop(multi_instance=b"multiInstance" in data, **facts)
    # What the model understands is told nowhere else; what it does not is a finding.
    assert ("read-loop-printed" in codes(read(data))) is ("printed" in facts)


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
)
LOOPS = st.builds(
    Loop,
    multi_instance=st.booleans(),
    **dict.fromkeys(LOOP_FACTS, TO_RUN),
)


@settings(max_examples=100)  # each writes and reads a file
@given(data=st.sampled_from(MARKERS), loop=st.none() | LOOPS)
def test_any_loop_can_be_written_over_any_marker(data, loop):
    rewritten(data, loop=loop)
