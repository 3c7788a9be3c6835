"""Files that attack whoever runs them, and what each comes to: refused with a code, or inert.

An outcome is the code of a refusal (``TF207``), the reason why nothing is run (``run-bad-loop x``)
or what the case waits for (``x work``): then the text was kept as text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tthc_flow.bpmn.names import EXPRESSION, OWN

from .stock import HEAD, arrows, file, simple

CANARY = "/tmp/tthc-flow-canary"  # noqa: S108  # no such file may ever be there
FOREIGN = "/etc/hostname"
PORT = "http://127.0.0.1:9/"
PYTHON = f"__import__('os').system('touch {CANARY}')"
TOUCH = f'open("{CANARY}", "w")'
JUEL = "${execution.getClass().forName('java.lang.Runtime').getRuntime().exec('touch x')}"
VENDORS = (
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/'
    f'zeebe/1.0" xmlns:t="{OWN}" '
)

Attack = tuple[bytes | Callable[[], bytes], str]


def quoted(text: str) -> str:
    """Return *text* as it stands in an attribute or an element."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(sign, f"&{name};")
    return text


def vendor(element: str) -> bytes:
    """Return a simple file that knows the namespaces of the vendors."""
    return simple(element).replace(b"<definitions", f"<definitions{VENDORS}".encode(), 1)


def repeated(marker: str) -> bytes:
    """Return a file whose step ``x`` is repeated as *marker* says."""
    return vendor(f'<userTask id="x">{marker}</userTask>')


def several(inside: str, said: str = "") -> bytes:
    """Return a file whose step ``x`` has several instances."""
    marker = "multiInstanceLoopCharacteristics"
    return repeated(f"<{marker} {said}>{inside}</{marker}>")


def deciding(condition: str, *, ours: bool) -> bytes:
    """Return a file whose gateway ``g`` asks *condition*, said to be of our language or not."""
    says = f' language="{EXPRESSION}"' if ours else ""
    asked = (
        f'<conditionExpression xsi:type="tFormalExpression"{says}>{quoted(condition)}'
        "</conditionExpression>"
    )
    ways = "".join(
        f'<sequenceFlow id="{way}" sourceRef="g" targetRef="{way}e">{asked}</sequenceFlow>'
        f'<endEvent id="{way}e"/>'
        for way in ("w1", "w2")
    )
    inside = '<startEvent id="s"/><exclusiveGateway id="g"/>'
    return file(inside + ways + arrows("s > g"))


def noticing(condition: str, *, ours: bool) -> bytes:
    """Return a file with a conditional event ``x``."""
    says = f' language="{EXPRESSION}"' if ours else ""
    return simple(
        '<intermediateCatchEvent id="x"><conditionalEventDefinition><condition'
        f' xsi:type="tFormalExpression"{says}>{quoted(condition)}</condition>'
        "</conditionalEventDefinition></intermediateCatchEvent>"
    )


def timed(kind: str, text: str) -> bytes:
    """Return a file with a timer ``x``."""
    return simple(
        f'<intermediateCatchEvent id="x"><timerEventDefinition><{kind}>{quoted(text)}</{kind}>'
        "</timerEventDefinition></intermediateCatchEvent>"
    )


def named(identifier: str, name: str = "x") -> bytes:
    """Return a file whose step has this id and name."""
    step, title = quoted(identifier), quoted(name)
    inside = f'<startEvent id="s"/><userTask id="{step}" name="{title}"/><endEvent id="e"/>'
    return file(
        f'{inside}<sequenceFlow id="f0" sourceRef="s" targetRef="{step}"/>'
        f'<sequenceFlow id="f1" sourceRef="{step}" targetRef="e"/>'
    )


def with_entity(definition: str, name: str = "&e;") -> bytes:
    """Return a file with a document type of its own."""
    head, rest = named("x", "NAME").decode().split("<definitions", 1)
    text = f"{head}<!DOCTYPE definitions [{definition}]><definitions{rest}"
    return text.replace("NAME", name).encode()


def blocks(depth: int) -> bytes:
    """Return sub-processes in each other, a step in the innermost."""
    inside = '<userTask id="x"/>'
    for number in range(depth):
        inside = f'<subProcess id="b{number}">{inside}</subProcess>'
    return file(inside)


def rounds_in_rounds(depth: int) -> bytes:
    """Return sub-processes of a thousand instances in each other."""
    inside = '<userTask id="x"/>'
    for number in range(depth):
        inside = (
            f'<subProcess id="b{number}"><multiInstanceLoopCharacteristics><loopCardinality>1000'
            f"</loopCardinality></multiInstanceLoopCharacteristics>{inside}</subProcess>"
        )
    return file(inside)


LINKS = file(
    '<startEvent id="s"/><intermediateThrowEvent id="t"><linkEventDefinition name="L"/>'
    '</intermediateThrowEvent><intermediateCatchEvent id="c"><linkEventDefinition name="L"/>'
    '</intermediateCatchEvent><intermediateThrowEvent id="u"><linkEventDefinition name="L"/>'
    "</intermediateThrowEvent>" + arrows("s > t; c > u")
)
CALLS = HEAD + "".join(
    f'<process id="{one}"><startEvent id="s{one}"/><callActivity id="c{one}" calledElement="{other}'
    f'"/><sequenceFlow id="f{one}" sourceRef="s{one}" targetRef="c{one}"/></process>'
    for one, other in (("P", "Q"), ("Q", "P"))
)
DMN = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d">'
    f"<decisionTable><rule><inputEntry><text>{PYTHON}</text></inputEntry></rule></decisionTable>"
    "</decision></definitions>"
)


def bomb() -> bytes:
    """Return a small zip file that holds a thousand million zeros."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel,
        parcel.open("flow.bpmn", "w", force_zip64=True) as inside,
    ):
        for _ in range(100):
            inside.write(bytes(10_000_000))
    return out.getvalue()


def climbing() -> bytes:
    """Return a zip file whose member climbs out of its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        parcel.writestr(f"../../../..{CANARY}", named("x"))
    return out.getvalue()
