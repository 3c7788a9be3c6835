"""The files for other editors: all that the schema has, and only what the reader reads."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from lxml import etree

from bpmn.dialects.drawn import file_with
from tthc_flow.bpmn.facts import slots
from tthc_flow.bpmn.nodes import STEP_IN_BPMN
from tthc_flow.bpmn.read import read
from tthc_flow.model.step import Step, StepKind

XS = "{http://www.w3.org/2001/XMLSchema}"
BPMN = resources.files("tthc_flow.bpmn")
SCHEMA = etree.fromstring(BPMN.joinpath("tthc-flow-1.xsd").read_bytes())


def shipped(name: str) -> Any:
    return json.loads(BPMN.joinpath("editors", name).read_text("utf-8"))


MODDLE = shipped("tthc-flow.moddle.json")
TEMPLATES = shipped("tthc-flow.element-template.json")
TYPES = {each["name"]: each for each in MODDLE["types"]}
ROOTS = {each.get("type"): each.get("name") for each in SCHEMA.iterchildren(f"{XS}element")}


def type_of(qualified: str) -> str:
    """Return how the descriptor calls a type of the schema: that of a root by its element."""
    element = ROOTS.get(qualified)
    return qualified.removeprefix("tthc:") if element is None else element[0].upper() + element[1:]


def in_schema() -> dict[str, dict[str, str]]:
    """Return the attributes and child elements of every complex type, by type."""
    found = {}
    for each in SCHEMA.iterchildren(f"{XS}complexType"):
        attributes = {a.get("name"): "attribute" for a in each.iterchildren(f"{XS}attribute")}
        elements = {e.get("name"): "element" for e in each.iter(f"{XS}element")}
        found[type_of(f"tthc:{each.get('name')}")] = attributes | elements
    return found


def in_descriptor() -> dict[str, dict[str, str]]:
    return {
        name: {
            each["name"]: "attribute" if each.get("isAttr") else "element"
            for each in kind["properties"]
        }
        for name, kind in TYPES.items()
    }


def test_the_descriptor_has_every_element_and_attribute_of_the_schema():
    known = in_descriptor()
    assert known.pop("TextItem") == {"name": "attribute"}  # the schema has no type for it
    # Attributes of BPMN's own elements: a typed task, the marker of a repeated one, a shape.
    typed = known.pop("TimedActivity") | known.pop("RepeatedActivity") | known.pop("ColouredShape")
    assert typed == {
        each.get("name"): "attribute" for each in SCHEMA.iterchildren(f"{XS}attribute")
    }
    assert known == in_schema()


def test_the_descriptor_has_the_namespace_and_roots_of_the_schema():
    assert MODDLE["uri"] == SCHEMA.get("targetNamespace")
    roots = {name for name, kind in TYPES.items() if kind.get("superClass") == ["Element"]}
    assert roots == {name[0].upper() + name[1:] for name in ROOTS.values()}


def test_the_descriptor_knows_every_word_of_the_schema():
    words = {
        each.get("name"): [word.get("value") for word in each.iter(f"{XS}enumeration")]
        for each in SCHEMA.iterchildren(f"{XS}simpleType")
    }
    known = {
        each["name"]: [word["name"] for word in each["literalValues"]]
        for each in MODDLE["enumerations"]
    }
    assert known == {name: members for name, members in words.items() if members}


def test_every_type_that_the_descriptor_names_is_there():
    names = {*TYPES, *(each["name"] for each in MODDLE["enumerations"])}
    names |= {"String", "Boolean", "Integer"}
    used = {each["type"] for kind in MODDLE["types"] for each in kind["properties"]}
    assert used <= names


@pytest.mark.parametrize("template", TEMPLATES, ids=["camunda"])
def test_a_template_asks_for_facts_of_a_step_in_vietnamese(template):
    facts = {slot.name for slot in slots(Step) if slot.field not in STEP_IN_BPMN}
    bindings = [each["binding"] for each in template["properties"]]
    names = [each["name"].removeprefix("tthc:") for each in bindings]
    assert set(names) <= facts
    assert len(names) == len(set(names))
    assert {each["name"][:5] for each in bindings} == {"tthc:"}
    labels = [each["label"] for each in template["properties"]]
    assert all(any(ord(letter) > 127 for letter in label) for label in labels)
    groups = {each["id"] for each in template["groups"]}
    assert {each["group"] for each in template["properties"]} == groups


def test_a_template_offers_every_kind_of_work():
    for template in TEMPLATES:
        kinds = next(each for each in template["properties"] if each["label"] == "Loại việc")
        assert {each["value"] for each in kinds["choices"]} == {"", *StepKind}


@pytest.mark.parametrize("template", TEMPLATES, ids=["camunda"])
def test_what_a_template_writes_is_read_without_a_doubt(template):
    dialect = template["properties"][0]["binding"]["type"]
    texts = {"time": "4 giờ làm việc", "work": "1 giờ", "checked": "3"}
    inside = ""
    for each in template["properties"]:
        name = each["binding"]["name"]
        chosen = each["choices"][1]["value"] if "choices" in each else None
        value = chosen or texts.get(name.removeprefix("tthc:"), "3")
        inside += f'<{dialect} name="{name}" value="{value}"/>'
    reading = read(file_with(inside=inside))
    step = reading.procedures[0].flow.steps[0]
    plain = Step(id="", name="")
    for each in template["properties"]:
        name = each["binding"]["name"].removeprefix("tthc:")
        field = next(slot.field for slot in slots(Step) if slot.name == name)
        assert getattr(step, field) != getattr(plain, field)
    assert [each.code for each in reading.findings if each.severity] == []
