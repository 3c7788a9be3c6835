"""How many tokens work takes and what begins a case: read, written in its place, and told."""

from __future__ import annotations

import pytest

from bpmn.one_element import file_of, node, rewritten
from bpmn.test_read import codes
from bpmn.test_write import changed
from tthc_flow.bpmn.read import read
from tthc_flow.model.step import TaskType

GATEWAY = '<eventBasedGateway id="A" {}/>'
NOTHING = {"instantiates": False, "parallel": False}
QUANTITIES = {"start_quantity": 1, "completion_quantity": 1}

READ = [
    ('<task id="A"/>', QUANTITIES),
    ('<task id="A" startQuantity="2"/>', QUANTITIES | {"start_quantity": 2}),
    ('<subProcess id="A" completionQuantity=" 03 "/>', QUANTITIES | {"completion_quantity": 3}),
    ('<callActivity id="A" startQuantity="1"/>', QUANTITIES),
    ('<receiveTask id="A" instantiate="true"/>', {"instantiates": True}),
    ('<receiveTask id="A" instantiate="false"/>', {"instantiates": False}),
    ('<userTask id="A" instantiate="true"/>', {"instantiates": False}),
    (GATEWAY.format(""), NOTHING),
    (GATEWAY.format('eventGatewayType="Exclusive"'), NOTHING),
    (GATEWAY.format('eventGatewayType="Parallel"'), NOTHING | {"parallel": True}),
    (GATEWAY.format('instantiate="1"'), NOTHING | {"instantiates": True}),
    ('<parallelGateway id="A" instantiate="true" eventGatewayType="Parallel"/>', NOTHING),
]


@pytest.mark.parametrize(("inside", "facts"), READ)
def test_what_attributes_say_of_tokens_is_in_the_model(inside, facts):
    found = node(file_of(inside))
    assert {name: getattr(found, name) for name in facts} == facts


@pytest.mark.parametrize("said", ["0", "-1", "two", "1.5", "", "9999999999"])
def test_a_number_of_tokens_that_cannot_be_is_told_and_taken_as_one(said):
    reading = read(file_of(f'<task id="A" completionQuantity="{said}"/>'))
    assert reading.procedures[0].flow.steps[0].completion_quantity == 1
    (told,) = (each for each in reading.findings if each.code == "read-bad-value")
    assert dict(told.values)["value"] == said


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ('<task id="A" startQuantity="2"/>', "read-tokens-several"),
        ('<subProcess id="A" completionQuantity="2"/>', "read-tokens-several"),
        (GATEWAY.format('eventGatewayType="Parallel"'), "read-gateway-all-events"),
    ],
)
def test_what_the_analysis_does_not_follow_is_told_and_what_it_does_is_not(inside, code):
    assert code in codes(read(file_of(inside)))
    plain = inside.replace("2", "1").replace("Parallel", "Exclusive")
    assert code not in codes(read(file_of(plain)))


@pytest.mark.parametrize(
    ("inside", "facts", "lines"),
    [
        (
            '<task id="A"/>',
            {"start_quantity": 2},
            ['-<task id="A"/>', '+<task id="A" startQuantity="2"/>'],
        ),
        (
            '<task id="A" startQuantity="2" completionQuantity="2"/>',
            {"completion_quantity": 1},
            [
                '-<task id="A" startQuantity="2" completionQuantity="2"/>',
                '+<task id="A" startQuantity="2"/>',
            ],
        ),
        (
            '<receiveTask id="A" instantiate="true"/>',
            {"task": TaskType.USER, "instantiates": False},
            ['-<receiveTask id="A" instantiate="true"/>', '+<userTask id="A"/>'],
        ),
        (
            GATEWAY.format('instantiate="true" eventGatewayType="Parallel"'),
            {"instantiates": False},
            [
                '-<eventBasedGateway id="A" instantiate="true" eventGatewayType="Parallel"/>',
                '+<eventBasedGateway id="A" eventGatewayType="Parallel"/>',
            ],
        ),
    ],
)
def test_a_changed_attribute_touches_its_own_line_alone(inside, facts, lines):
    data = file_of(f"\n{inside}")
    assert changed(data, rewritten(data, **facts)) == lines


def test_attributes_that_say_what_goes_without_saying_stay_when_something_else_changes():
    data = file_of('<task id="A" startQuantity="1" completionQuantity="1"/>')
    assert b'startQuantity="1" completionQuantity="1"' in rewritten(data, name="Ký")
