"""What a project has to say of its procedure: what reading left in doubt and what checks find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.model.step import Step
from tthc_flow.report.record import of_findings
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure

_OF_TABLES: Final = ("table-", "office-")
_LIVE: Final = ("check-", "ruling-")
"""Findings that are worked out anew after every action."""

_GIVEN: Final[dict[tuple[str, str], Callable[[Procedure], object]]] = {
    ("table-field-missing", "name"): lambda whole: whole.name,
    ("table-field-missing", "source"): lambda whole: whole.source,
    ("office-name-missing", ""): lambda whole: whole.name,
    ("table-total-missing", ""): lambda whole: whole.total_time.duration,
}
"""Facts of the procedure that the file did not state, and where they stand once it is known."""

_TOLD_BY_CHECKS: Final = {
    "table-time-missing": "check-time-missing",
    "table-performer-missing": "check-performer-missing",
}
"""Doubts of reading, and the check that tells the same as long as it lasts."""

_KNOWN: Final[dict[str, Callable[[Step], object]]] = {
    "role": lambda step: step.performer and step.performer.role,
    "level": lambda step: step.performer and step.performer.levels,
    "office": lambda step: step.performer and step.performer.office,
    "kinds": lambda step: step.kinds,
}
"""Facts of a step that reading could not tell, and where they stand once somebody stated them."""


def notes_of(
    procedure: Procedure, read: Iterable[Finding], found: Sequence[Finding], lang: str
) -> list[dict[str, Any]]:
    """Return what is to be looked at, as plain JSON: doubts of reading first, then the checks.

    A doubt that was settled since is left out. What to do is said as it is done on a page. A line
    is one of the table that was read.

    Args:
        procedure: The procedure as it stands now.
        read: What reading the file was doubtful about.
        found: What the checks say now.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.model.finding import Finding, Severity
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> doubt = Finding(code="table-not-understood", severity=Severity.WARNING,
        ...     values=(("step", "2"), ("field", "kinds")))
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A", number="2"),))
        >>> notes_of(Procedure(flow=flow), [doubt], [], "vi")[0]["element"]
        'a'

    Source: contract of the studio.
    """
    left = [_at_step(each, procedure) for each in read]
    lines = {(_TOLD_BY_CHECKS.get(each.code), each.element): each.line for each in left}
    live = [
        evolve(each, line=lines.get((each.code, each.element)))
        for each in found
        if each.code.startswith(_LIVE)
    ]
    left = [each for each in left if not _settled(each, procedure, live)]
    shown = of_findings((*left, *live), lang)
    return [{**each, "hint": page_hint(each["code"], each["hint"], lang)} for each in shown]


def page_hint(code: str, hint: str, lang: str) -> str:
    """Return what to do about *code* on a page, else *hint*: that names commands and columns.

    Example:
        >>> page_hint("check-answers-stale", "(tthc-flow ask)", "vi")
        'Xem lại bước rồi trả lời lại ở mục Câu hỏi'
    """
    own = f"studio-hint-{code}"
    return message(own, {}, lang).text if own in texts("studio") else hint


def _at_step(finding: Finding, procedure: Procedure) -> Finding:
    """Return *finding* at its element, where it only names the number of one step.

    A line of a drawing is dropped: nobody sees its text on a page.
    """
    if not finding.code.startswith(_OF_TABLES):
        return evolve(finding, line=None)
    number = dict(finding.values).get("step")
    if finding.element is not None or not number:
        return finding
    known = [each for each in procedure.flow.steps if each.number == number]
    if len(known) != 1:
        return finding
    return evolve(finding, element=known[0].id, name=known[0].name)


def _settled(finding: Finding, procedure: Procedure, live: Sequence[Finding]) -> bool:
    step = procedure.flow.by_id.get(finding.element or "")
    field = dict(finding.values).get("field", "")
    given = _GIVEN.get((finding.code, field))
    if given is not None:
        return bool(given(procedure))
    if finding.code in _TOLD_BY_CHECKS:
        return isinstance(step, Step)
    if finding.code == "table-office-unknown":
        field = "office"
    if finding.code in {"table-not-understood", "table-office-unknown"} and field in _KNOWN:
        return isinstance(step, Step) and bool(_KNOWN[field](step))
    if finding.code == "table-total-partial":
        times = [each.time for each in procedure.flow.steps]
        return not any(each.duration is None and each.counted for each in times)
    return finding.code == "table-units-mixed" and any(
        each.code == "check-units-mixed" for each in live
    )
