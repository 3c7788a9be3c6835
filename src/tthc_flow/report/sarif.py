"""Findings and failed gates as SARIF 2.1.0, which code review shows beside the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.finding import Severity
from tthc_flow.report.record import of_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.model.finding import Finding

_LEVELS: Final = {
    Severity.ERROR.name.lower(): "error",
    Severity.WARNING.name.lower(): "warning",
    Severity.INFO.name.lower(): "note",
}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(
    findings: Iterable[Finding], place: str, lang: str, gates: Sequence[Mapping[str, Any]] = ()
) -> str:
    """Return *findings* about the file *place*, and the *gates* that did not hold, as SARIF text.

    Args:
        findings: What ``check`` found, or what is new in the later of two files.
        place: The file, as the reviewer knows it.
        lang: ``vi`` or ``en``.
        gates: As :func:`~tthc_flow.report.gating.of_gates` tells them.

    Example:
        >>> json.loads(sarif((), "a.bpmn", "en"))["version"]
        '2.1.0'

    Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
    """
    told = of_findings(findings, lang)
    failed = [gate for gate in gates if not gate["passed"]]
    results = [*(_of_finding(each, place) for each in told), *(_of_gate(g, place) for g in failed)]
    run = {
        "tool": {"driver": {"name": "tthc-flow", "rules": _rules(told, failed)}},
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _rules(
    told: Iterable[Mapping[str, Any]], failed: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    helps = {each["code"]: each["hint"] for each in told}
    rules = [{"id": code, "help": {"text": hint}} for code, hint in sorted(helps.items())]
    return [*rules, *({"id": f"gate-{gate['name']}"} for gate in failed)]


def _of_finding(finding: Mapping[str, Any], place: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": place}}
    if finding["line"] is not None:
        physical["region"] = {"startLine": finding["line"]}
    where: dict[str, Any] = {"physicalLocation": physical}
    if finding["element"] is not None:
        logical = {"name": finding["element"]}
        named = {"fullyQualifiedName": finding["name"]} if finding["name"] else {}
        where["logicalLocations"] = [{**logical, **named}]
    return {
        "ruleId": finding["code"],
        "level": _LEVELS[finding["severity"]],
        "message": {"text": finding["message"]},
        "locations": [where],
    }


def _of_gate(gate: Mapping[str, Any], place: str) -> dict[str, Any]:
    return {
        "ruleId": f"gate-{gate['name']}",
        "level": "error",
        "message": {"text": gate["sentence"]},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": place}}}],
    }
