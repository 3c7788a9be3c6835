"""All 1,223 files of other tools: drawn whole, names inside their shapes, nothing from outside."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from picture.drawn import elements, frame_of, holds, parsed, words_of
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import UnreadableInput
from tthc_flow.verbs.sheets import sheets
from tthc_flow.verbs.show import show_all

UNREADABLE = 11
"""No BPMN at all; tests/bpmn/test_every_file.py names each with its reason."""


@pytest.fixture(scope="module")
def pictures(shared: Path) -> list[tuple[str, Reading, tuple[str, ...]]]:
    """Return each readable file with all its pictures."""
    folder = shared / "data" / "bpmn"
    found, refused = [], 0
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    for name in names:
        try:
            reading = read(folder / "files" / name)
        except UnreadableInput:
            refused += 1
            continue
        found.append((name, reading, show_all(reading, heat="findings")))
    assert refused == UNREADABLE
    assert len(found) == 1223 - UNREADABLE
    return found


def test_every_file_is_drawn_and_every_shape_and_line_of_it_is_in_its_picture(pictures):
    lost = []
    for name, reading, drawn in pictures:
        for sheet, svg in zip(sheets(reading), drawn, strict=False):
            wanted = {*sheet.drawing.shapes, *sheet.drawing.lines}
            missing = wanted - set(elements(parsed(svg)))
            lost += [(name, sheet.id, each) for each in missing]
    assert lost == []


def test_every_node_of_every_file_is_in_a_picture_or_inside_a_collapsed_sub_process(pictures):
    lost = []
    for name, reading, drawn in pictures:
        shown = {each for svg in drawn for each in elements(parsed(svg))}
        for procedure in reading.procedures:
            nodes = procedure.flow.by_id
            lost += [
                (name, each.id)
                for each in nodes.values()
                if not each.scope and each.id not in shown
            ]
    assert lost == []


def test_no_line_of_a_name_leaves_its_activity_pool_or_lane(pictures):
    out = []
    for name, _, drawn in pictures:
        for svg in drawn:
            for element, group in elements(parsed(svg)).items():
                frame = frame_of(group)
                if frame is None:
                    continue
                out += [
                    (name, element, words.text)
                    for words in words_of(group)
                    if not holds(frame, words.box)
                ]
    assert out == []


def test_no_picture_reaches_outside_or_runs_anything(pictures):
    for name, _, drawn in pictures:
        for svg in drawn:
            tags = re.sub(r' data-element="[^"]*"', "", "".join(re.findall(r"<[^>]*>", svg)))
            assert tags.count("http") == 1, name  # the namespace
            assert not re.search(r"<script|<style|<image|<use|href=|url\(|\son\w+=", tags), name
