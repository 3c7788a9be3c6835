"""A file prepared for running: what is written is what was repaired, and nothing else moves."""

from __future__ import annotations

from importlib import resources

import pytest
from lxml import etree

import tthc_flow
from tthc_flow.bpmn.read import Reading
from tthc_flow.errors import NotRunnable
from tthc_flow.model.procedure import Procedure
from tthc_flow.repairs.prepare import ALL, CHOSEN

EVERY_SO_MANY = 12
CHANGES = [kind.code for kind in ALL if kind.mend is not None] + [CHOSEN]
SCHEMA = resources.files("SpiffWorkflow").joinpath("bpmn", "parser", "schema", "BPMN20.xsd")
BPMN20 = etree.XMLSchema(etree.parse(str(SCHEMA)))


@pytest.fixture(scope="module")
def sample(real_files) -> list[tuple[str, Reading]]:
    """Return some of the real files that can be read, the reference models among them."""
    references = (each for each in real_files.read if "/Reference/" in each.name)
    return [(each.name, each.reading) for each in (*real_files.read[::EVERY_SO_MANY], *references)]


def content(procedure: Procedure) -> tuple[object, ...]:
    flow = procedure.flow
    nodes = {node.id: node for node in flow.nodes}
    return nodes, {edge.id: edge for edge in flow.edges}, flow.executable, procedure.links


@pytest.mark.parametrize("guesses", [False, True], ids=["certain", "guessed"])
def test_the_written_file_reads_as_what_was_prepared_is_valid_and_drawn(sample, guesses):
    for name, reading in sample:
        done = tthc_flow.prepare(reading, guesses=guesses)
        for prepared, again in zip(done.prepared, done.document.procedures, strict=True):
            assert content(again) == content(prepared.procedure), name
        # A lone process outside of definitions may be a sub-process, which has no isExecutable.
        whole = reading.document.root.tag.endswith("}definitions")
        if whole and BPMN20.validate(reading.document.root):
            assert BPMN20.validate(done.document.root), (name, BPMN20.error_log[0])
        drawn = {key for each in reading.document.drawings for key in each.shapes}
        shapes = {key for each in done.document.drawings for key in each.shapes}
        for each in done.prepared:
            if drawn & {node.id for node in each.before.flow.nodes}:
                new = {node.id for node in each.procedure.flow.nodes}
                assert new - {node.id for node in each.before.flow.nodes} <= shapes, name


def test_with_every_change_left_out_the_file_stays_byte_for_byte(sample):
    for name, reading in sample:
        done = tthc_flow.prepare(reading, without=CHANGES)
        assert done.document.data == reading.document.data, name
        assert not any(each.applied for each in done.repairs if each.changes), name


FILE = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t">
  <process id="P" name="C\xe1\xba\xa5p gi\xe1\xba\xa5y">
    <startEvent id="s"/>
    <userTask id="a" name="Xem"/>
    <task id="thua" name="Thua"/>
    <sequenceFlow id="f" sourceRef="s" targetRef="a"/>
  </process>
</definitions>
"""


def test_every_repair_has_its_line():
    done = tthc_flow.prepare(FILE)
    assert [(each.code, each.element, each.line, each.applied) for each in done.repairs] == [
        ("repair-isolated-dropped", "thua", 6, False),
        ("repair-end-added", "a", 5, True),
        (CHOSEN, "P", 3, True),
    ]
    assert done.runnable
    assert tthc_flow.run(done.document.data).completed


def test_only_what_was_repaired_changes_in_the_file():
    before, after = (
        set(text.splitlines()) for text in (FILE, tthc_flow.prepare(FILE).document.data)
    )
    assert len(before - after) == 1  # the process, now executable
    assert {line.strip() for line in after - before} == {
        b'<process id="P" name="C\xe1\xba\xa5p gi\xe1\xba\xa5y" isExecutable="true">',
        b'<endEvent id="a_end"/>',
        b'<sequenceFlow id="a_to_a_end" sourceRef="a" targetRef="a_end"/>',
    }


def test_a_guess_goes_by_its_code_or_by_its_code_and_element():
    for guesses in (True, ["repair-isolated-dropped"], ["repair-isolated-dropped:thua"]):
        assert b"thua" not in tthc_flow.prepare(FILE, guesses=guesses).document.data
    assert b"thua" in tthc_flow.prepare(FILE, guesses=["repair-isolated-dropped:a"]).document.data


def test_a_file_without_a_process_is_not_runnable():
    empty = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    done = tthc_flow.prepare(empty)
    assert (done.procedures, done.runnable) == ((), False)


def test_a_code_that_no_repair_has_is_an_error():
    with pytest.raises(NotRunnable, match="TF405"):
        tthc_flow.prepare(FILE, guesses=["isolated"])
