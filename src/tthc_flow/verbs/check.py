"""Check whether a drawing is fit for analysis: everything wrong or doubtful, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.checks import check_together
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import chosen
from tthc_flow.verbs.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.bpmn.document import Document
    from tthc_flow.model.finding import Finding
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


def check(
    source: Openable,
    convention: Convention | str = DEFAULT_CONVENTION,
    *,
    called: Iterable[Openable] = (),
) -> tuple[Finding, ...]:
    """Return the findings of a file: those of reading it, then those of every check.

    Each says on which line of the file its element starts, where it is about one.

    Args:
        source: The drawing. Answers to gate questions are taken from the file beside it
            (``<name>.answers.yaml``); with others, give what ``answered`` returns.
        convention: The rule that turns printed units into working minutes.
        called: Drawings of the processes that it calls, as for ``resolve``.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read at all.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> "check-time-missing" in {finding.code for finding in check(text)}
        True

    Source: one page a check under ``docs/checks``.
    """
    convention = chosen(convention)
    reading = resolve(answered(source), called)
    found = (*reading.findings, *check_together(reading.procedures, convention))
    return tuple(_placed(each, reading.document) for each in found)


def _placed(finding: Finding, document: Document) -> Finding:
    """Return *finding* with the line of its element; the checks know no file, only the flow."""
    if finding.line is not None or finding.element is None:
        return finding
    return evolve(finding, line=document.line(finding.element))
