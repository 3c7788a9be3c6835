"""Gates as JUnit XML, which build servers show as passed and failed tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(suites: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]) -> str:
    """Return one test suite for each of *suites* (what was compared, and its gates).

    Args:
        suites: Names with gates as :func:`~tthc_flow.report.gating.of_gates` tells them.

    Example:
        >>> gate = {"name": "time", "passed": False, "sentence": "30 % < 50 %"}
        >>> print(junit([("a.bpmn", [gate])]))
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="tthc-flow" tests="1" failures="1">
          <testsuite name="a.bpmn" tests="1" failures="1">
            <testcase classname="a.bpmn" name="time">
              <failure message="30 % &lt; 50 %"/>
            </testcase>
          </testsuite>
        </testsuites>

    Source: the XML of the Ant JUnit task, as build servers read it.
    """
    every = [gate for _, gates in suites for gate in gates]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="tthc-flow" {_counts(every)}>',
    ]
    for name, gates in suites:
        lines.append(f"  <testsuite name={_text(name)} {_counts(gates)}>")
        for gate in gates:
            case = f"    <testcase classname={_text(name)} name={_text(gate['name'])}"
            if gate["passed"]:
                lines.append(f"{case}/>")
            else:
                failure = f"      <failure message={_text(gate['sentence'])}/>"
                lines += [f"{case}>", failure, "    </testcase>"]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"])


def _counts(gates: Sequence[Mapping[str, Any]]) -> str:
    failed = sum(not gate["passed"] for gate in gates)
    return f'tests="{len(gates)}" failures="{failed}"'


def _text(value: str) -> str:
    return quoteattr(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", value))
