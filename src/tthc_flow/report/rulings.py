"""Rulings as a record and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report.record import Json
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.ruling import Ruling


def of_ruling(ruling: Ruling, lang: str) -> Json:
    """Return one ruling: on what, what was ruled, why, by whom and when."""
    return {
        "lever": ruling.lever,
        "title": text(f"lever-{ruling.lever}", lang),
        "targets": list(ruling.targets),
        "steps": [_step(ruling, each) for each in ruling.targets],
        "decision": ruling.stand.value,
        "reason": ruling.reason,
        "by": ruling.by,
        "on": ruling.on,
        "terms": dict(ruling.terms),
    }


def ruling_rows(rulings: Sequence[Ruling], lang: str) -> tuple[tuple[str, ...], ...]:
    """Return the table of rulings with its heading."""
    codes = ("ruling-candidate", "ruling-steps", "ruling-decision", "ruling-reason", "ruling-by")
    rows = [
        (
            text(f"lever-{each.lever}", lang),
            "; ".join(_step(each, step) for step in each.targets),
            text(f"stand-{each.stand.value}", lang),
            each.reason or "–",
            " ".join(filter(None, (each.by, each.on))) or "–",
        )
        for each in rulings
    ]
    return tuple(text(code, lang) for code in codes), *rows


def _step(ruling: Ruling, step: str) -> str:
    return next((each.name for each in ruling.seen if each.id == step and each.name), step)
