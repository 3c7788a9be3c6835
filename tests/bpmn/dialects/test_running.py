"""What engines need to run a step: functions by name, forms, candidates; never code."""

from __future__ import annotations

import pytest
from attrs import evolve

from bpmn.dialects.drawn import NAMESPACES, doubts, file_with, step
from bpmn.test_write import changed
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.model.step import FieldKind, FormField, Step, TaskType

FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'
FORM = """
<camunda:formData>
  <camunda:formField id="phi" label="Lệ phí" type="long">
    <camunda:validation><camunda:constraint name="required" config="true"/></camunda:validation>
  </camunda:formField>
  <camunda:formField id="ngay" type="date">
    <camunda:validation><camunda:constraint name="required" config="false"/></camunda:validation>
  </camunda:formField>
  <camunda:formField id="du" type="boolean"/>
  <camunda:formField id="loai" type="enum">
    <camunda:value id="A" name="Loại A"/><camunda:value id="B" name="Loại B"/>
  </camunda:formField>
  <camunda:formField id="tep" type="file"/>
  <camunda:formField id="" type="string"/>
</camunda:formData>
"""
READ = (
    FormField(name="phi", kind=FieldKind.NUMBER, label="Lệ phí", required=True),
    FormField(name="ngay", kind=FieldKind.DATE),
    FormField(name="du", kind=FieldKind.TRUTH),
    FormField(name="loai", kind=FieldKind.CHOICE, choices=("A", "B")),
    FormField(name="tep"),
)


def automatic(attributes: str, inside: str = "", tag: str = "serviceTask") -> bytes:
    extension = f"<extensionElements>{inside}</extensionElements>" if inside else ""
    return (
        f'<definitions {NAMESPACES} {FLOWABLE}><process id="P">\n'
        f'<{tag} id="A" {attributes}>{extension}</{tag}>\n</process></definitions>'
    ).encode()


def rewritten(data: bytes, **facts: object) -> bytes:
    """Write the step A of *data* with other *facts*; it must be read as it was written."""
    reading = read(data)
    before = reading.procedures[0]
    after = evolve(before.flow.steps[0], **facts)
    nodes = tuple(after if node.id == "A" else node for node in before.flow.nodes)
    written = write(reading.document, [evolve(before, flow=evolve(before.flow, nodes=nodes))])
    assert step(written) == after
    return written


@pytest.mark.parametrize(
    ("attributes", "inside", "function"),
    [
        ('camunda:type="external" camunda:topic="gui-thu"', "", "gui-thu"),
        ('camunda:delegateExpression="${guiThu}"', "", "guiThu"),
        ('flowable:delegateExpression="#{guiThu}"', "", "guiThu"),
        ("", '<zeebe:taskDefinition type="io.example:mail:1"/>', "io.example:mail:1"),
        ('implementation="guiThu"', "", "guiThu"),
        ('tthc:function="gửi thư"', "", "gửi thư"),
        ("", '<tthc:step function="gửi thư"/>', "gửi thư"),
        # Code, or the name of a technology: nothing to call by name.
        ('camunda:delegateExpression="${a.b()}"', "", None),
        ('camunda:delegateExpression="guiThu"', "", None),
        ('camunda:expression="${guiThu}"', "", None),
        ('camunda:class="vn.gov.GuiThu"', "", None),
        ('camunda:topic="${topic}"', "", None),
        ("", '<zeebe:taskDefinition type="=job"/>', None),
        ('implementation="##WebService"', "", None),
        ('implementation="webService"', "", None),
        ('implementation="http://example.org/soap"', "", None),
    ],
)
@pytest.mark.parametrize("tag", ["serviceTask", "sendTask", "scriptTask", "businessRuleTask"])
def test_a_function_is_read_by_its_name_and_code_never_is(attributes, inside, function, tag):
    assert step(automatic(attributes, inside, tag)).function == function


def test_what_a_person_does_has_no_function_of_an_engine():
    assert step(automatic('camunda:topic="gui-thu"', tag="userTask")).function is None


def test_our_own_function_goes_before_that_of_an_engine_with_both_told():
    data = automatic('tthc:function="a" camunda:topic="b"')
    assert step(data).function == "a"
    assert doubts(data) == ["dialect-conflict"]


def test_a_form_of_camunda_is_read_field_by_field():
    assert step(file_with(inside=FORM)).fields == READ
    assert doubts(file_with(inside=FORM)) == ["dialect-taken"]


def test_a_form_of_flowable_is_read_field_by_field():
    inside = (
        '<flowable:formProperty id="ten" name="Họ tên" required="true"/>'
        '<flowable:formProperty id="loai" type="enum"><flowable:value id="A" name="a"/>'
        "</flowable:formProperty>"
    )
    data = automatic("", inside, "userTask")
    assert step(data).fields == (
        FormField(name="ten", label="Họ tên", required=True),
        FormField(name="loai", kind=FieldKind.CHOICE, choices=("A",)),
    )


def test_our_own_form_is_read_as_people_type_it():
    inside = (
        '<tthc:step><tthc:fields><tthc:field name="phí" type="number" required="true" '
        'label="Lệ phí"/><tthc:field name="loại" type="choice"><tthc:choice name="A"/>'
        '<tthc:choice name="B"/></tthc:field><tthc:field name="ghi chú"/></tthc:fields></tthc:step>'
    )
    assert step(file_with(inside=inside)).fields == (
        FormField(name="phí", kind=FieldKind.NUMBER, label="Lệ phí", required=True),
        FormField(name="loại", kind=FieldKind.CHOICE, choices=("A", "B")),
        FormField(name="ghi chú"),
    )
    assert step(file_with(inside="<tthc:step><tthc:fields/></tthc:step>")).fields == ()
    assert step(file_with()).fields is None


@pytest.mark.parametrize(
    ("said", "performer", "candidates"),
    [
        ('camunda:candidateGroups="Văn thư, Kế toán"', None, ("Văn thư", "Kế toán")),
        ('camunda:candidateGroups="Văn thư"', "Văn thư", ()),
        ('camunda:assignee="An" camunda:candidateGroups="Văn thư"', "An", ("Văn thư",)),
        ('camunda:candidateGroups="${groups}, b"', None, ()),
        ('camunda:candidateUsers="An, Bình"', None, ()),
        ('tthc:candidates="Văn thư; Kế toán"', None, ("Văn thư", "Kế toán")),
    ],
)
def test_several_groups_are_candidates_and_a_lone_one_is_the_performer(said, performer, candidates):
    found = step(file_with(said))
    assert (found.performer.name if found.performer else None) == performer
    assert found.candidates == candidates


def test_several_potential_owners_are_candidates():
    owner = (
        "<potentialOwner><resourceAssignmentExpression><formalExpression>{}"
        "</formalExpression></resourceAssignmentExpression></potentialOwner>"
    )
    data = file_with().replace(
        b"</userTask>",
        (owner.format("Một cửa") + owner.format("Văn thư")).encode() + b"</userTask>",
    )
    assert step(data).candidates == ("Một cửa", "Văn thư")
    assert step(data).performer is None


FOREIGN = 'camunda:assignee="An" camunda:candidateGroups="a, b"'


def test_what_an_engine_states_is_not_said_again_and_stays_when_something_else_changes():
    data = file_with(FOREIGN, FORM)
    written = rewritten(data, result="Giấy phép").decode()
    assert '<tthc:step result="Giấy phép"/>' in written
    assert FORM in written


@pytest.mark.parametrize(
    "facts",
    [
        {"fields": None},
        {"fields": ()},
        {"fields": (FormField(name="x", required=True),)},
        {"candidates": ()},
        {"candidates": ("c; d", "e")},
        {"function": "gửi"},
    ],
)
def test_a_fact_of_an_engine_is_changed_or_taken_away_in_our_words(facts):
    written = rewritten(file_with(FOREIGN, FORM), **facts)
    assert FORM.encode() in written
    assert FOREIGN.encode() in written


def test_a_function_of_an_engine_can_be_taken_away():
    written = rewritten(automatic('camunda:topic="b"'), function=None)
    assert b'<tthc:step function=""/>' in written


@pytest.mark.parametrize("function", [None, "a", "b"])
@pytest.mark.parametrize(("tag", "task"), [("userTask", "SERVICE"), ("serviceTask", "USER")])
def test_a_function_is_what_the_model_says_however_the_task_is_retyped(tag, task, function):
    data = automatic('camunda:topic="a"', tag=tag)
    rewritten(data, task=TaskType[task], function=function)
    rewritten(automatic("", tag=tag), task=TaskType[task], function=function)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"function": "b"}, '<tthc:step function="b"/>'),
        ({"candidates": ("c",)}, '<tthc:item name="c"/>'),
    ],
)
def test_what_was_typed_on_the_task_moves_into_its_facts_when_it_changes(facts, line):
    data = file_with('tthc:function="a" tthc:candidates="x; y"')
    written = rewritten(data, **facts)
    assert line in written.decode()
    [name] = facts
    assert f"tthc:{name}=".encode() not in written
    [other] = {"function", "candidates"} - {name}
    assert f"tthc:{other}=".encode() in written
    lines = [each for each in changed(data, written) if "id=" in each]
    assert len(lines) == 2  # the task's own line, before and after


def test_a_template_types_candidates_and_a_function_as_properties():
    inside = (
        '<camunda:properties><camunda:property name="tthc:candidates" value="a | b"/>'
        '<camunda:property name="tthc:function" value="f"/></camunda:properties>'
    )
    found: Step = step(file_with(inside=inside))
    assert (found.candidates, found.function) == (("a", "b"), "f")
