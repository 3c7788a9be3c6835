"""The attacks, by what each tries, and what each comes to."""

from __future__ import annotations

from collections.abc import Mapping

from bpmn.attacks import nested, zipped

from .attacks import (
    CALLS,
    DMN,
    FOREIGN,
    JUEL,
    LINKS,
    PORT,
    PYTHON,
    TOUCH,
    Attack,
    blocks,
    bomb,
    climbing,
    deciding,
    named,
    noticing,
    quoted,
    repeated,
    rounds_in_rounds,
    several,
    timed,
    vendor,
    with_entity,
)
from .stock import file

LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30)
)
CARDINALITY = "<loopCardinality>{}</loopCardinality>"
ENOUGH = "<loopCardinality>2</loopCardinality><completionCondition>{}</completionCondition>"
HTML = '"><script>alert(1)</script><img src=x onerror=alert(1)>'

ATTACKS: Mapping[str, Attack] = {
    # Python where SpiffWorkflow would run it.
    "python in a script": (
        vendor(f'<scriptTask id="x"><script>{PYTHON}</script></scriptTask>'),
        "x work",
    ),
    "python in a condition": (deciding(PYTHON, ours=False), "g choice"),
    "python said to be ours": (deciding(PYTHON, ours=True), "run-bad-condition w1 w2"),
    "python in a conditional event": (noticing(PYTHON, ours=False), "x event"),
    "python in one said to be ours": (noticing(TOUCH, ours=True), "run-bad-event-condition x"),
    "python in a duration": (timed("timeDuration", PYTHON), "x event"),
    "python in a date": (timed("timeDate", PYTHON), "x event"),
    "python in a cycle": (timed("timeCycle", TOUCH), "x event"),
    "python in a cardinality": (several(CARDINALITY.format(quoted(PYTHON))), "x rounds"),
    "python in a collection": (several("", f'camunda:collection="{quoted(PYTHON)}"'), "x rounds"),
    "python in a completion": (several(ENOUGH.format(quoted(PYTHON))), "x work, x work"),
    "python in a loop": (
        repeated(
            f"<standardLoopCharacteristics><loopCondition>{quoted(PYTHON)}</loopCondition>"
            "</standardLoopCharacteristics>"
        ),
        "x work",
    ),
    "python as our number of rounds": (
        several("", f't:times="{quoted(PYTHON)}"'),
        "run-bad-loop x",
    ),
    "python as our list": (several("", f't:each="{quoted(TOUCH)}"'), "run-bad-loop x"),
    "python as our end of rounds": (several("", f't:until="{quoted(PYTHON)}"'), "run-bad-loop x"),
    "python as a function": (
        vendor(f'<serviceTask id="x" t:function="{quoted(PYTHON)}"/>'),
        "x work",
    ),
    # Languages of other engines.
    "JUEL in a condition": (deciding(JUEL, ours=False), "g choice"),
    "JUEL in a cardinality": (several(CARDINALITY.format(quoted(JUEL))), "x rounds"),
    "JUEL in a service": (
        vendor(f'<serviceTask id="x" camunda:expression="{quoted(JUEL)}"/>'),
        "x work",
    ),
    "a Java class": (vendor('<serviceTask id="x" camunda:class="java.lang.Runtime"/>'), "x work"),
    "groovy": (
        vendor(
            '<scriptTask id="x" scriptFormat="groovy"><script>"touch x".execute()</script>'
            "</scriptTask>"
        ),
        "x work",
    ),
    "javascript in a listener": (
        vendor(
            '<userTask id="x"><extensionElements><camunda:executionListener event="start">'
            '<camunda:script scriptFormat="javascript">java.lang.System.exit(1)</camunda:script>'
            "</camunda:executionListener></extensionElements></userTask>"
        ),
        "x work",
    ),
    "FEEL": (deciding("=context put(a, b)", ours=False), "g choice"),
    # XML that reaches out, or grows.
    "billion laughs": (with_entity(LAUGHS, "&l29;"), "TF207"),
    "an external entity": (with_entity(f'<!ENTITY e SYSTEM "file://{FOREIGN}">'), "TF207"),
    "an entity from the network": (with_entity(f'<!ENTITY e SYSTEM "{PORT}">'), "TF207"),
    "a parameter entity": (with_entity(f'<!ENTITY % p SYSTEM "{PORT}x.dtd"> %p;'), "TF207"),
    "XInclude": (
        vendor(
            '<userTask id="x"/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude"'
            f' href="file://{FOREIGN}" parse="text"/>'
        ),
        "x work",
    ),
    "a schema from the network": (
        vendor(
            '<userTask id="x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            f' xsi:schemaLocation="urn:x {PORT}x.xsd"/>'
        ),
        "x work",
    ),
    "an import": (
        vendor('<userTask id="x"/>').replace(
            b"<process",
            f'<import importType="x" location="file://{FOREIGN}" namespace="u"/><process'.encode(),
            1,
        ),
        "x work",
    ),
    "a zip file": (zipped, "TF212"),
    # What is too deep, too many, too large.
    "a hundred thousand levels": (lambda: nested("subProcess", 100_000), "TF210"),
    "two hundred levels": (lambda: blocks(200), "x work"),
    "a thousand million rounds": (several(CARDINALITY.format(10**9)), "x rounds"),
    "rounds in rounds": (rounds_in_rounds(4), "7993 tokens"),
    "a number of five thousand digits": (
        deciding(f"a < {'9' * 5000}", ours=True),
        "run-bad-condition w1 w2",
    ),
    "a power": (deciding("9**9**9 = 1", ours=True), "run-bad-condition w1 w2"),
    "a product of text": (deciding("'a' * 99999999 = 'b'", ours=True), "run-bad-condition w1 w2"),
    "a thousand comparisons": (
        deciding(" or ".join(["a = 1"] * 1000), ours=True),
        "run-bad-condition w1 w2",
    ),
    "brackets in brackets": (
        deciding("(" * 400 + "a" + ")" * 400, ours=True),
        "run-bad-condition w1 w2",
    ),
    "a time of very many digits": (timed("timeDuration", f"P{'9' * 5000}D"), "x event"),
    "more than may be read": (lambda: file(f"<!--{'x' * 33_600_000}-->"), "TF205"),
    "twenty thousand steps that all begin": (lambda: file("<task/>" * 20_000), "20000 tokens"),
    "a zip of a thousand million zeros": (bomb, "TF212"),
    "a zip that climbs": (climbing, "TF212"),
    # Names and ids.
    "an id that ends an attribute": (named('x" onload="alert(1)'), 'x" onload="alert(1) work'),
    "an id that climbs": (named("../../etc/passwd"), "../../etc/passwd work"),
    "the id End": (named("End"), "End work"),
    "the id Start": (named("Start"), "Start work"),
    "the id End in Cyrillic": (named("Еnd"), "Еnd work"),
    "the id of a node of ours": (named("process:P"), "process:P work"),
    "an id of format signs": (named("{0.__class__}%s%n"), "{0.__class__}%s%n work"),
    "HTML in a name": (named("x", HTML), "x work"),
    "a name in a look-alike letter": (deciding("phі > 1", ours=True), "run-bad-condition w1 w2"),
    "a dunder name": (deciding("__class__ = 1", ours=True), "run-bad-condition w1 w2"),
    # Circles.
    "a process that calls itself through another": (
        lambda: CALLS.encode() + b"</definitions>",
        "cP work | cQ work",
    ),
    "links in a circle": (LINKS, "TF402"),
    # Decision tables.
    "python in a cell": (DMN.encode(), "TF211"),
}
