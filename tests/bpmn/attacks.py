"""Files that attack a reader: deep, long, circular, dangling, disguised; by what each tries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MANY = 20_000
DEEP = 5_000


def file(inside: str, around: str = "", prolog: str = "") -> bytes:
    """Return a file with one process that holds *inside*."""
    return (
        f'{prolog}<definitions xmlns="{BPMN}">{around}\n<process id="P">{inside}</process>'
        "</definitions>"
    ).encode()


def chain(count: int) -> bytes:
    """Return *count* steps one after another."""
    nodes = "".join(f'<task id="t{n}" name="Bước {n}"/>' for n in range(count))
    flows = (
        f'<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(count - 1)
    )
    return file(nodes + "\n".join(flows))


def fan(count: int) -> bytes:
    """Return one step that *count* arrows leave."""
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="A" targetRef="B"/>' for n in range(count))
    return file('<task id="A"/><task id="B"/>' + flows)


def nested(tag: str, count: int) -> bytes:
    """Return *count* elements *tag* in each other."""
    opening = "".join(f'<{tag} id="n{n}">' for n in range(count))
    return file(opening + f"</{tag}>" * count)


def lanes(count: int) -> bytes:
    """Return *count* lanes in each other."""
    opening = "".join(f'<lane id="l{n}"><childLaneSet>' for n in range(count))
    return file(f'<laneSet>{opening}{"</childLaneSet></lane>" * count}</laneSet><task id="A"/>')


def same_ids(count: int) -> bytes:
    """Return *count* steps of one id, and arrows between them."""
    flows = '<sequenceFlow id="x" sourceRef="x" targetRef="x"/>' * count
    return file('<task id="x"/>' * count + flows)


def no_ids(count: int) -> bytes:
    """Return *count* steps without an id, all on one line."""
    return file("<task/>" * count)


def processes(count: int) -> bytes:
    """Return *count* processes of one step."""
    made = "".join(f'<process id="p{n}"><task id="t{n}"/></process>' for n in range(count))
    return f'<definitions xmlns="{BPMN}">{made}</definitions>'.encode()


def zipped() -> bytes:
    """Return a drawing inside a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        parcel.writestr("flow.bpmn", file('<task id="A"/>'))
    return out.getvalue()


TASK = '<task id="A"/>'
DECLARED = '<?xml version="1.0" encoding="{}"?>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))

BIG: Mapping[str, Callable[[], bytes]] = {
    "20,000 steps in a chain": lambda: chain(MANY),
    "100,000 arrows from one step": lambda: fan(100_000),
    "an attribute of one megabyte": lambda: file(f'<task id="A" name="{"x " * 500_000}"/>'),
    "an id of one megabyte": lambda: file(f'<task id="{"x" * 1_000_000}"/>'),
    "100,000 attributes": lambda: file(
        "<task " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>"
    ),
    "20,000 steps of one id": lambda: same_ids(MANY),
    "20,000 steps without an id": lambda: no_ids(MANY),
    "a comment of ten megabytes": lambda: file(f"<!--{'x' * 10_000_000}-->{TASK}"),
    "100,000 comments": lambda: file("<!--x-->" * 100_000 + TASK),
    "100,000 instructions": lambda: file("<?x y?>" * 100_000 + TASK),
    "100,000 lane references": lambda: file(
        f'<laneSet><lane id="L">{"<flowNodeRef>A</flowNodeRef>" * 100_000}</lane></laneSet>{TASK}'
    ),
    "20,000 lanes of one step": lambda: file(
        "<laneSet>"
        + "".join(f'<lane id="L{n}"><flowNodeRef>A</flowNodeRef></lane>' for n in range(MANY))
        + f"</laneSet>{TASK}"
    ),
    "20,000 steps inside a step": lambda: file(
        f'<task id="A">{"".join(f"<task id={n!r}/>" for n in map(str, range(MANY)))}</task>'
    ),
    "20,000 namespaces": lambda: file(
        f"<task {' '.join(f'xmlns:p{n}={chr(34)}urn:{n}{chr(34)}' for n in range(MANY))} id='A'/>"
    ),
    "20,000 links of one name": lambda: file(
        "".join(
            f'<intermediateThrowEvent id="t{n}"><linkEventDefinition name="x"/>'
            f'</intermediateThrowEvent><intermediateCatchEvent id="c{n}">'
            '<linkEventDefinition name="x"/></intermediateCatchEvent>'
            for n in range(MANY // 2)
        )
    ),
    "20,000 boundary events of one step": lambda: file(
        TASK
        + "".join(
            f'<boundaryEvent id="b{n}" attachedToRef="A"><timerEventDefinition/></boundaryEvent>'
            for n in range(MANY)
        )
    ),
    "20,000 processes": lambda: processes(MANY),
    "5,000 sub-processes in each other": lambda: nested("subProcess", DEEP),
    "5,000 lanes in each other": lambda: lanes(DEEP),
    "5,000 foreign elements in each other": lambda: nested("x", DEEP),
}
"""Large files: they end in a result or a refusal, in time that grows as the file does."""

SMALL: Mapping[str, bytes] = {
    "nothing": b"",
    "zero bytes": b"\x00" * 500,
    "billion laughs": file("<task id='A' name='&l29;'/>", prolog=f"<!DOCTYPE a [{LAUGHS}]>"),
    "an external entity": file(
        "&e;", prolog='<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    ),
    "a parameter entity": file(TASK, prolog='<!DOCTYPE a [<!ENTITY % e SYSTEM "file:///x"> %e;]>'),
    "a DOCTYPE of two words": file(TASK, prolog="<!DOCTYPE a>"),
    "an entity without a DOCTYPE": file('<task id="A" name="&e;"/>'),
    "UTF-7": (DECLARED.format("UTF-7") + "+ADw-definitions/+AD4-").encode(),
    "UTF-16 without a mark": file(TASK).decode().encode("utf-16-le"),
    "UTF-16 the other way round": file(TASK).decode().encode("utf-16-be"),
    "UTF-16 with a DOCTYPE": file(TASK, prolog="<!DOCTYPE a>").decode().encode("utf-16"),
    "UTF-32": file(TASK).decode().encode("utf-32"),
    "UTF-32 without a mark": file(TASK).decode().encode("utf-32-le"),
    "UTF-8 that says UTF-16": DECLARED.format("UTF-16").encode() + file(TASK),
    "EBCDIC": file(TASK, prolog=DECLARED.format("cp037")).decode().encode("cp037"),
    "an encoding that says nothing": DECLARED.format("rot13").encode() + file(TASK),
    "lone surrogates": DECLARED.format("utf-16").encode("utf-16") + b"\x00\xd8" * 9,
    "a NUL in a name": file('<task id="A" name="a\x00b"/>'),
    "a NUL as a reference": file('<task id="A" name="&#0;"/>'),
    "mixed prefixes": file(
        f'<a:task xmlns:a="{BPMN}" id="A"/><b:task xmlns:b="{BPMN}" id="B"/>'
        '<sequenceFlow xmlns:c="urn:c" id="F" sourceRef="c:A" targetRef="d:B"/>'
    ),
    "a stylesheet": file(TASK, prolog='<?xml-stylesheet href="file:///etc/passwd"?>'),
    "xml:base": file('<task xml:base="file:///etc/" id="A"/>'),
    "XInclude": file('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
    "a schema from elsewhere": file(
        '<task xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="urn:x http://127.0.0.1:1/x.xsd" id="A"/>'
    ),
    "a zip file": zipped(),
    "JSON": b'{"definitions": {"process": {"id": "P"}}}',
    "a Visio file": b"PK\x03\x04visio/document.xml",
    "an old Visio file": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "HTML": b"<html><body>no BPMN</body></html>",
    "BPMN inside SOAP": b"<e:Envelope xmlns:e='urn:e'>" + file(TASK) + b"</e:Envelope>",
    "a boundary event on itself": file('<boundaryEvent id="A" attachedToRef="A"/>'),
    "boundary events in a circle": file(
        '<boundaryEvent id="A" attachedToRef="B"/><boundaryEvent id="B" attachedToRef="A"/>'
    ),
    "default flows in a circle": file(
        '<exclusiveGateway id="A" default="F"/><exclusiveGateway id="B" default="G"/>'
        '<sequenceFlow id="F" sourceRef="A" targetRef="B"/>'
        '<sequenceFlow id="G" sourceRef="B" targetRef="A"/>'
    ),
    "a step that leads to itself": file(
        TASK + '<sequenceFlow id="F" sourceRef="A" targetRef="A"/>'
    ),
    "an arrow that starts at itself": file('<sequenceFlow id="F" sourceRef="F" targetRef="F"/>'),
    "a lane that lists itself": file(
        '<laneSet><lane id="L"><flowNodeRef>L</flowNodeRef></lane></laneSet>'
    ),
    "a call of itself": file('<callActivity id="A" calledElement="P"/>'),
    "a process inside a process": file('<process id="Q"><task id="A"/></process>'),
    "data that stands for itself": file('<dataObjectReference id="A" dataObjectRef="A"/>'),
    "an event that is its own definition": file(
        '<startEvent id="A"><eventDefinitionRef>A</eventDefinitionRef></startEvent>'
    ),
    "everything dangling": file(
        '<sequenceFlow id="F"/><boundaryEvent id="B"/><association/><callActivity/>'
        "<dataObjectReference/><startEvent><eventDefinitionRef/><messageEventDefinition"
        ' messageRef=""/></startEvent><exclusiveGateway default=""/><laneSet><lane><flowNodeRef/>'
        "</lane></laneSet>",
        around='<collaboration><participant processRef=""/><messageFlow/></collaboration>',
    ),
    "scenarios that inherit each other": file(
        '<extensionElements><b:BPSimData xmlns:b="http://www.bpsim.org/schemas/2.0">'
        '<b:Scenario id="a" inherits="b"/><b:Scenario id="b" inherits="a"/></b:BPSimData>'
        f"</extensionElements>{TASK}"
    ),
    "coordinates that are none": file(
        TASK,
        around='<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"><d:BPMNPlane>'
        '<d:BPMNShape bpmnElement="A"><c:Bounds xmlns:c="http://www.omg.org/spec/DD/20100524/DC"'
        ' x="NaN" y="1e999" width="-1" height="inf"/></d:BPMNShape></d:BPMNPlane></d:BPMNDiagram>',
    ),
    "a time of very many digits": file(
        f'<task id="A" t:time="{"9" * 5000} giờ" xmlns:t="urn:tthc-flow:bpmn:1"/>'
    ),
}
"""Small files: each ends in a result or a coded refusal, at once."""
