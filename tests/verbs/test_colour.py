"""Colours written into the file for other tools, and taken away again byte for byte."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from picture.drawn import SVG, elements, parsed
from tthc_flow.bpmn.read import read
from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.verbs.annotate import annotate
from tthc_flow.verbs.show import show
from verbs.test_show import COLOURS, FLOW

BIOC = "{http://bpmn.io/schema/bpmn/biocolor/1.0}"
COLOR = "{http://www.omg.org/spec/BPMN/non-normative/color/1.0}"
SHAPE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"
ADDED = re.compile(
    r" (?:bioc:fill|bioc:stroke|color:background-color|color:border-color|tthc:heat"
    r'|xmlns:bioc|xmlns:color|xmlns:tthc)="[^"]*"'
)


def shapes(data: bytes) -> dict[str, dict[str, str]]:
    root = read(data).document.root
    return {each.get("bpmnElement"): dict(each.attrib) for each in root.iter(SHAPE)}


def test_only_colours_are_added_and_both_ways_of_writing_them_agree():
    after = annotate(FLOW, colour="time").document.data
    assert after != FLOW.read_bytes()
    assert ADDED.sub("", after.decode()) == ADDED.sub("", FLOW.read_text("utf-8"))
    coloured = {key: each for key, each in shapes(after).items() if f"{BIOC}fill" in each}
    steps = {each.id for each in read(FLOW).procedures[0].flow.steps}
    assert set(coloured) == steps
    for each in coloured.values():
        assert each[f"{BIOC}fill"] == each[f"{COLOR}background-color"]
        assert each[f"{BIOC}stroke"] == each[f"{COLOR}border-color"]


def test_what_other_tools_show_is_what_we_show():
    hot = elements(parsed(show(FLOW, heat="time")))
    kept = elements(parsed(show(annotate(FLOW, colour="time"), heat="none")))
    for step in read(FLOW).procedures[0].flow.steps:
        fills = [each[step.id].find(f"{SVG}rect").get("fill") for each in (hot, kept)]
        assert fills[0] == fills[1]


def test_none_gives_the_file_back_also_after_another_colour():
    once = annotate(FLOW, colour="time")
    twice = annotate(once, colour="level")
    assert twice.document.data == annotate(FLOW, colour="level").document.data
    assert annotate(twice, colour="none").document.data == FLOW.read_bytes()
    assert annotate(FLOW, colour="none").document.data == FLOW.read_bytes()


def test_a_user_s_colours_stay_unless_they_are_to_be_replaced():
    kept = shapes(annotate(COLOURS, colour="time").document.data)
    assert kept["A"][f"{BIOC}fill"] == "#112233"
    assert kept["B"] == shapes(COLOURS)["B"]
    assert kept["C"] == shapes(COLOURS)["C"]  # nothing that we would draw, but the user's own
    assert kept["D"][f"{BIOC}fill"] == "#eceff3"
    assert annotate(annotate(COLOURS, colour="time"), colour="none").document.data == COLOURS
    taken = shapes(annotate(COLOURS, colour="time", replace=True).document.data)
    assert {each[f"{BIOC}fill"] for each in taken.values()} == {"#eceff3"}


def test_the_facts_of_the_file_are_the_same_with_colours():
    assert annotate(FLOW, colour="wait").procedures == read(FLOW).procedures


def test_a_file_without_a_drawing_has_nothing_to_colour():
    text = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        b'<process id="P"><task id="A"/></process></definitions>'
    )
    with pytest.raises(CannotWrite, match="TF616"):
        annotate(text, colour="time")
    assert annotate(text, colour="none").document.data == text


def test_prefixes_that_the_file_uses_for_something_else_are_left_to_it():
    text = COLOURS.replace(b"xmlns:bioc", b'xmlns:tthc="urn:other" xmlns:bioc')
    after = annotate(text, colour="time")
    assert b'xmlns:tthc2="urn:tthc-flow:bpmn:1"' in after.document.data
    assert annotate(after, colour="none").document.data == text


def test_every_real_file_comes_back_as_it_was(shared: Path):
    folder = shared / "data" / "bpmn"
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    changed = 0
    for name in names:
        path = folder / "files" / name
        try:
            after = annotate(path, colour="time")
        except (UnreadableInput, CannotWrite):
            continue
        changed += after.document.data != path.read_bytes()
        assert annotate(after, colour="none").document.data == path.read_bytes(), name
    assert changed > 700
