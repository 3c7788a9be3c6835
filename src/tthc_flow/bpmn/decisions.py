"""Read the decision tables of a DMN file of any tool: versions 1.1 to 1.5, cells kept as text.

Source: OMG DMN 1.5, chapter 8 and the exchange format; namespaces as the OMG publishes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn

from attrs import frozen

from tthc_flow.bpmn.findings import Findings, line_of
from tthc_flow.bpmn.names import EXPRESSION
from tthc_flow.bpmn.parse import MAX_DEPTH, parse_any
from tthc_flow.bpmn.source import MAX_BYTES, Readable, load
from tthc_flow.bpmn.truth import truth
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.decision import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputColumn,
    OutputColumn,
    Rule,
)
from tthc_flow.model.finding import Finding, Severity

if TYPE_CHECKING:
    from lxml import etree

MOST_TABLES: Final = 1_000
MOST_RULES: Final = 10_000
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 1_000
LONGEST_NOTE: Final = 10_000

_VERSIONS: Final = {
    "20151101": "1.1",
    "20180521": "1.2",
    "20191111": "1.3",
    "20211108": "1.4",
    "20230324": "1.5",
}
_TAG: Final = re.compile(r"\{https?://www\.omg\.org/spec/DMN/(\d{8})/[^}]*\}(\w+)")
_TYPES_DEEP: Final = 16
_EXPORT: Final = "export the decisions as DMN 1.1 to 1.5"
_SPLIT: Final = "split it into several tables"
_MEND: Final = "mend it in the modeller and save the file again"


@frozen(kw_only=True)
class DecisionReading:
    """The decision tables of a file in its order, and what in it was not read."""

    tables: tuple[DecisionTable, ...]
    findings: tuple[Finding, ...]


def read_decisions(
    source: Readable, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> DecisionReading:
    """Return the decision tables of a DMN file. Linear; no DTD, entity or network is ever used.

    Cells are text here: what they mean is said by ``decisions/``. A decision of another kind
    than a table is a finding.

    Args:
        source: A path, the bytes, or an open binary file.
        max_bytes: Larger files are refused before they are parsed.
        max_depth: Deeper nested elements are refused.

    Returns:
        One table a decision that is one, and findings.

    Raises:
        UnreadableInput: TF201 to TF212 no XML that can be read, TF213 no DMN 1.1 to 1.5, TF214 a
            table with too few or many cells or an unknown hit policy, TF215 more than 1,000 tables,
            10,000 rules, 100 columns or 1,000 characters a cell; with file and line.

    Example:
        >>> text = (
        ...     '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">'
        ...     '<decision id="D" name="Mức phí"><decisionTable hitPolicy="FIRST">'
        ...     '<input><inputExpression><text>cấp</text></inputExpression></input>'
        ...     '<output name="phí"/><rule><inputEntry><text>"xã"</text></inputEntry>'
        ...     '<outputEntry><text>0</text></outputEntry></rule></decisionTable></decision>'
        ...     '</definitions>'
        ... )
        >>> (table,) = read_decisions(text.encode()).tables
        >>> table.title, table.hit_policy.value, table.rules[0].inputs
        ('Mức phí', 'FIRST', ('"xã"',))

    Source: OMG DMN 1.5, the exchange format.
    """
    text = load(source, max_bytes)
    root = parse_any(text, max_depth)
    if _local(root) != "definitions":
        found = f"root element is {root.tag}, not DMN definitions"
        _refuse("TF213", found, text.place, root, _EXPORT)
    return _Reader(root, text.place).reading()


def _local(element: etree._Element) -> str:
    """Return the name of a DMN element of a version that is read, "" for any other."""
    return _local_name(str(element.tag))


@lru_cache(maxsize=256)
def _local_name(tag: str) -> str:
    match = _TAG.fullmatch(tag)
    return match[2] if match is not None and match[1] in _VERSIONS else ""


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in element if _local(child) in names)


def _refuse(code: str, fact: str, place: str, at: etree._Element, hint: str) -> NoReturn:
    raise UnreadableInput(code, fact, place=f"{place}:{line_of(at)}", hint=hint)


class _Reader:
    """Reads one file; knows its types by name and where it is."""

    def __init__(self, root: etree._Element, place: str) -> None:
        self.root = root
        self.place = place
        self.findings = Findings()
        self.types = {each.get("name"): each for each in _children(root, "itemDefinition")}

    def reading(self) -> DecisionReading:
        tables = []
        for decision in _children(self.root, "decision"):
            found = next(_children(decision, "decisionTable"), None)
            if found is None:
                self.findings.add("decision-no-table", Severity.WARNING, decision)
            else:
                tables.append(self.table(decision, found))
            if len(tables) > MOST_TABLES:
                _refuse("TF215", f"more than {MOST_TABLES} tables", self.place, decision, _SPLIT)
        for other in _children(self.root, "businessKnowledgeModel", "decisionService"):
            self.findings.add("decision-not-read", Severity.WARNING, other, kind=_local(other))
        return DecisionReading(tables=tuple(tables), findings=tuple(self.findings.found))

    def table(self, decision: etree._Element, found: etree._Element) -> DecisionTable:
        inputs = tuple(map(self.input, _children(found, "input")))
        outputs = self.outputs(decision, found)
        if len(inputs) + len(outputs) > MOST_COLUMNS:
            self.refuse("TF215", f"more than {MOST_COLUMNS} columns", found, _SPLIT)
        rules = []
        for rule in _children(found, "rule"):
            rules.append(self.rule(rule, len(inputs), len(outputs)))
            if len(rules) > MOST_RULES:
                self.refuse("TF215", f"more than {MOST_RULES} rules", rule, _SPLIT)
        policy, aggregation = self.policy(found)
        self.report_language(found)
        return DecisionTable(
            id=decision.get("id") or found.get("id") or "",
            name=" ".join((decision.get("name") or "").split()),
            inputs=inputs,
            outputs=outputs,
            rules=tuple(rules),
            hit_policy=policy,
            aggregation=aggregation,
            notes=tuple(each.get("name") or "" for each in _children(found, "annotation")),
            line=line_of(found),
        )

    def refuse(self, code: str, fact: str, at: etree._Element, hint: str = _MEND) -> NoReturn:
        _refuse(code, fact, self.place, at, hint)

    def policy(self, found: etree._Element) -> tuple[HitPolicy, Aggregation | None]:
        name = " ".join((found.get("hitPolicy") or "UNIQUE").replace("_", " ").split())
        aggregation = found.get("aggregation")
        try:
            policy = HitPolicy(name)
            collected = None if aggregation is None else Aggregation(aggregation)
        except ValueError as error:
            raise UnreadableInput(
                "TF214",
                f"hit policy {name!r} with aggregation {aggregation!r} is not one of DMN",
                place=f"{self.place}:{line_of(found)}",
                hint=f"choose one of {', '.join(HitPolicy)}",
            ) from error
        if collected is not None and policy is not HitPolicy.COLLECT:
            self.findings.add(
                "decision-aggregation-idle", Severity.WARNING, found, policy=policy.value
            )
            collected = None
        return policy, collected

    def report_language(self, found: etree._Element) -> None:
        """Report a table in another language than FEEL or ours: it is read as ours."""
        for each in (self.root, *found.iter()):
            language = each.get("expressionLanguage") or ""
            if language and language != EXPRESSION and "feel" not in language.lower():
                self.findings.add(
                    "decision-language", Severity.WARNING, found, at=each, language=language
                )
                return

    def input(self, column: etree._Element) -> InputColumn:
        expression = next(_children(column, "inputExpression"), None)
        if expression is None:
            self.refuse("TF214", "an input column asks for nothing", column)
        kind, allowed = self.typed(expression.get("typeRef") or "")
        return InputColumn(
            expression=self.text(expression),
            label=" ".join((column.get("label") or "").split()),
            type=kind,
            allowed=self.part(column, "inputValues") or allowed,
        )

    def outputs(self, decision: etree._Element, found: etree._Element) -> tuple[OutputColumn, ...]:
        columns = list(_children(found, "output"))
        variable = next(_children(decision, "variable"), decision)
        alone = variable.get("name") or decision.get("name") or decision.get("id") or ""
        return tuple(self.output(each, alone if len(columns) == 1 else "") for each in columns)

    def output(self, column: etree._Element, alone: str) -> OutputColumn:
        kind, allowed = self.typed(column.get("typeRef") or "")
        return OutputColumn(
            name=" ".join((column.get("name") or alone).split()),
            label=" ".join((column.get("label") or "").split()),
            type=kind,
            allowed=self.part(column, "outputValues") or allowed,
            default=self.part(column, "defaultOutputEntry"),
        )

    def rule(self, rule: etree._Element, inputs: int, outputs: int) -> Rule:
        asked = tuple(map(self.text, _children(rule, "inputEntry")))
        given = tuple(map(self.text, _children(rule, "outputEntry")))
        if (len(asked), len(given)) != (inputs, outputs):
            fact = f"a rule has {len(asked)} input and {len(given)} output cells"
            self.refuse("TF214", f"{fact}, not {inputs} and {outputs}", rule)
        return Rule(
            inputs=asked,
            outputs=given,
            annotations=tuple(
                self.text(each, LONGEST_NOTE)
                for each in _children(rule, "annotationEntry", "description")
            ),
            id=rule.get("id") or "",
            line=line_of(rule),
        )

    def part(self, column: etree._Element, name: str) -> str:
        return next((self.text(each) for each in _children(column, name)), "")

    def text(self, element: etree._Element, longest: int = LONGEST_CELL) -> str:
        """Return the text of a cell; one that is no plain text is refused."""
        inside = next(_children(element, "text"), element)
        if len(inside) or next(_children(element, "importedValues"), None) is not None:
            self.refuse("TF214", "a cell is more than text", element)
        text = (inside.text or "").strip()
        if len(text) > longest:
            hint = f"write at most {longest} characters, or split the rule"
            self.refuse("TF215", f"a cell of {len(text)} characters", element, hint)
        return text

    def typed(self, name: str) -> tuple[str, str]:
        """Return the built-in type that *name* stands for in this file, and its allowed values."""
        allowed = ""
        for _ in range(_TYPES_DEEP):
            item = self.types.get(name, self.types.get(name.rpartition(":")[2]))
            if item is None or truth(item, "isCollection"):
                return name, allowed
            allowed = allowed or self.part(item, "allowedValues")
            name = self.part(item, "typeRef")
        return name, allowed
