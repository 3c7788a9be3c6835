"""Examine one file: read, checked, measured, planned, executed; as rows of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.checks import check_together
from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.columns import PROVINCE
from tthc_flow.portfolio.facts import facts, own_documents, own_inspections
from tthc_flow.portfolio.figures import after_figures, figures
from tthc_flow.portfolio.planned import offered_rows, planned
from tthc_flow.portfolio.rows import no_rows, province, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.portfolio.figures import Figures
    from tthc_flow.portfolio.rows import Row, Rows
    from tthc_flow.portfolio.settings import Settings


def examined(key: str, reading: Reading, settings: Settings) -> Rows:
    """Return the rows of a file that was read: one a procedure, and what belongs to each.

    The largest process of the file has the key of the file; each other one that has steps has
    ``#`` and its id behind.

    Args:
        key: The name of the file in its source.
        reading: The file, with the answers beside it.
        settings: What the run is asked.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.portfolio.settings import Settings
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> row = examined("a.bpmn", read(flow), Settings())["procedures"][0]
        >>> row["steps"], row["sound"], row["runnable"], row["norm_minutes"]
        (1, True, True, None)

    Raises:
        UnreadableInput: TF231 where the file has no process.

    Source: the columns are documented in docs/how-to/portfolio.md.
    """
    rows = no_rows()
    members = dict(_members(key, reading))
    told = (*reading.findings, *check_together(reading.procedures, settings.convention))
    findings = _by_member(told, members)
    for name, procedure in members.items():
        made = planned(procedure, settings)
        before = figures(procedure, settings.convention)
        row = {
            "key": name,
            "file": key,
            **facts(procedure),
            **before.row,
            **_counted(findings[name]),
            **made.row,
            **_after(procedure, before, made.after, settings),
        }
        own = {
            "procedures": [row],
            "candidates": offered_rows(procedure, made, settings),
            "findings": [_told(each) for each in findings[name]],
            "documents": own_documents(procedure),
            "inspections": own_inspections(procedure),
        }
        where = province(key, procedure.locality, settings)
        for table, each in own.items():
            rows[table] += [whole(table, {**one, "key": name, PROVINCE: where}) for one in each]
    return rows


def _after(
    procedure: Procedure, before: Figures, after: Procedure | None, settings: Settings
) -> Row:
    """Return the columns of the side after; where nothing was changed it is the side before."""
    if after is None:
        return {}
    same = after is procedure
    return after_figures(before, before if same else figures(after, settings.convention))


def _members(key: str, reading: Reading) -> Iterator[tuple[str, Procedure]]:
    """Yield the largest process of a file, then its others that have steps."""
    if not reading.procedures:
        hint = "draw at least one process with a step"
        raise UnreadableInput("TF231", "the file has no process", place=key, hint=hint)
    largest = max(reading.procedures, key=lambda each: len(each.flow.steps))
    yield key, largest
    for each in reading.procedures:
        if each is not largest and each.flow.steps:
            yield f"{key}#{each.flow.id}", each


def _by_member(found: Sequence[Finding], members: dict[str, Procedure]) -> dict[str, list[Finding]]:
    """Return the findings by the procedure that they are about, as a whole or by an element.

    What is about neither is told with the first.
    """
    items = tuple(reversed(members.items()))  # of two claims that of the largest counts
    owners = {id_: name for name, each in items for id_ in (each.flow.id, *each.flow.by_id)}
    named = {each.name or each.flow.name or each.flow.id: name for name, each in items}
    first = next(iter(members))
    by_member: dict[str, list[Finding]] = {name: [] for name in members}
    for finding in found:
        whole = first if finding.element else named.get(finding.name or "", first)
        by_member[owners.get(finding.element or "", whole)].append(finding)
    return by_member


def _counted(found: Sequence[Finding]) -> Row:
    counted = [each.severity.name for each in found]
    return {
        "errors": counted.count("ERROR"),
        "warnings": counted.count("WARNING"),
        "infos": counted.count("INFO"),
    }


def _told(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "element": finding.element,
        "name": finding.name,
        "line": finding.line,
    }
