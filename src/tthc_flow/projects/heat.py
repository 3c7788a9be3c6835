"""Heat as plain JSON: the colour, the badge and the words of each element, and the legend."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.measures.heat import (
    Heat,
    HeatKind,
    end_of_scale,
    heat,
    heat_of_cost,
    heat_of_findings,
)
from tthc_flow.model.finding import Severity
from tthc_flow.picture.legend import UNKNOWN_SIGN, badge_words, heat_words
from tthc_flow.picture.style import UNKNOWN_FILL, heat_colour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure

KINDS: Final = {
    "time": HeatKind.TIME,
    "work": HeatKind.WORK,
    "wait": HeatKind.WAIT,
    "cost": HeatKind.COST,
    "hand_offs": HeatKind.HAND_OFFS,
    "level": HeatKind.LEVEL,
    "findings": HeatKind.FINDINGS,
}
_IN_DAYS: Final = frozenset({HeatKind.TIME, HeatKind.WORK, HeatKind.WAIT})
_LEVELS: Final = 4
_SHARES: Final = (Fraction(0), Fraction(1, 2), Fraction(1))


def heats_of(procedure: Procedure, findings: Iterable[Finding], lang: str) -> dict[str, Any]:
    """Return every heat of *procedure* by its name.

    Args:
        procedure: The procedure.
        findings: What ``check`` says of it; what is only worth knowing does not count.
        lang: ``vi`` or ``en``.

    Returns:
        By kind ``legend`` (``text`` and ``colour``, the first the title with no colour) and
        ``elements`` (``colour``, ``badge``, ``text`` by element id).

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> made = heats_of(one, (), "vi")
        >>> made["time"]["elements"]["a"]["badge"], made["findings"]["elements"]
        ('?', {})

    Source: ``measures.heat``.
    """
    doubts = [each for each in findings if each.severity > Severity.INFO]
    return {name: _told(_made(procedure, kind, doubts), lang) for name, kind in KINDS.items()}


def _made(procedure: Procedure, kind: HeatKind, doubts: Iterable[Finding]) -> Heat:
    match kind:
        case HeatKind.FINDINGS:
            return heat_of_findings(procedure.flow, doubts)
        case HeatKind.COST:
            return heat_of_cost(procedure)
        case _:
            return heat(procedure.flow, kind)


def _told(made: Heat, lang: str) -> dict[str, Any]:
    title, unknown, _ = heat_words(made.kind, lang)
    top = end_of_scale(made)
    elements = {
        each: _element(heat_colour(value, top), badge_words(value, made.kind, lang), title)
        for each, value in made.values.items()
    }
    for each in sorted(made.unknown):
        elements[each] = _element(UNKNOWN_FILL, UNKNOWN_SIGN, unknown)
    return {"legend": _legend(made, title, unknown, lang), "elements": elements}


def _element(colour: str, badge: str, words: str) -> dict[str, str]:
    text = words if badge == UNKNOWN_SIGN else f"{words}: {badge}"
    return {"colour": colour, "badge": badge, "text": text}


def _legend(made: Heat, title: str, unknown: str, lang: str) -> list[dict[str, str | None]]:
    rows: list[dict[str, str | None]] = [{"text": title, "colour": None}]
    top = end_of_scale(made)
    shares = _SHARES if made.kind in _IN_DAYS else (_SHARES[0], _SHARES[-1])
    marks = [top * share for share in shares] if made.values else []
    if made.kind is HeatKind.LEVEL:
        marks = [Fraction(rank) for rank in range(1, _LEVELS + 1)]
    for value in dict.fromkeys(marks):
        text = badge_words(value, made.kind, lang)
        rows.append({"text": text, "colour": heat_colour(value, top)})
    if made.unknown:
        rows.append({"text": unknown, "colour": UNKNOWN_FILL})
    return rows
