"""Repairs in the words that staff read, and as plain JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.repairs.prepare import Prepared
    from tthc_flow.repairs.repair import Repair
    from tthc_flow.words.messages import Message


def reason(repair: Repair, lang: str = "vi") -> Message:
    """Return why a repair is due and what was assumed, with the hint how to do without it.

    Example:
        >>> from tthc_flow.repairs.repair import Repair
        >>> reason(Repair(code="repair-end-added", element="a", name="Ký"), "en").text
        'Nothing comes after “Ký”: an end event is added'
    """
    values = {"name": repair.name or repair.element, **dict(repair.values)}
    return message(repair.code, values, lang)


def of_repairs(repairs: Iterable[Repair], lang: str = "vi") -> list[dict[str, Any]]:
    """Return repairs as JSON, each with its reason and hint in *lang*."""
    rows = []
    for each in repairs:
        told = reason(each, lang)
        rows.append(
            {
                "id": each.id,
                "code": each.code,
                "element": each.element,
                "name": each.name or None,
                "line": each.line,
                "certain": each.certain,
                "changes": each.changes,
                "applied": each.applied,
                "message": told.text,
                "hint": told.hint,
            }
        )
    return rows


def of_questions(prepared: Prepared) -> list[dict[str, Any]]:
    """Return the decisions people make, each with its answers by the flow they lead over."""
    return [
        {
            "gateway": each.gateway,
            "text": each.text,
            "several": each.several,
            "answers": [{"flow": flow, "label": label} for flow, label in each.answers],
        }
        for each in prepared.questions
    ]
