"""Files of one element, to see what is read of it and how it is written back."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:q="urn:q" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:tthc="urn:tthc-flow:bpmn:1" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<process id="P">\n'
)
OURS = 'language="urn:tthc-flow:expression:1"'


def file_of(inside: str, around: str = "") -> bytes:
    return f"{HEAD}{inside}\n</process>\n{around}</definitions>".encode()


def node(data: bytes, identifier: str = "A") -> Any:
    return read(data).procedures[0].flow.by_id[identifier]


def rewritten(data: bytes, identifier: str = "A", **facts: object) -> bytes:
    """Write one node of *data* with other *facts*; it must be read as it was written."""
    reading = read(data)
    before = reading.procedures[0]
    after = evolve(before.flow.by_id[identifier], **facts)
    nodes = tuple(after if each.id == identifier else each for each in before.flow.nodes)
    written = write(reading.document, [evolve(before, flow=evolve(before.flow, nodes=nodes))])
    assert node(written, identifier) == after
    return written
