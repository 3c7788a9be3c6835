"""A simulation as a page of its own: self-contained, no script, opens by double click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report.blocks import Grid, Section, Story
from tthc_flow.report.page import page
from tthc_flow.report.simulation.rows import say, step_rows
from tthc_flow.report.simulation.sections import narrow_plots_of, plots_of, section_of
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping


def simulation_page(record: Mapping[str, Any], lang: str = "vi", asked: float | None = None) -> str:
    """Return the page of a simulation: its plots, tables, conclusions and method.

    Args:
        record: As :func:`~tthc_flow.report.simulation.record.of_simulation` gives it,
            in the same *lang*.
        lang: ``vi`` or ``en``.
        asked: The late share that is not to be passed, where one was asked for.

    Source: WCAG 2.2 for pictures told in words, with a table beside each.
    """
    names = [each["name"] or each["process"] for each in record["procedures"]]
    sides = ("before", "after") if record["after"] else ("before",)
    steps = [
        Section(
            id=f"buoc-{side}",
            title=f"{say('steps', lang)} – {text(side, lang)}"
            if record["after"]
            else say("steps", lang),
            blocks=(Grid(heading=rows[0], rows=tuple(rows[1:])),),
        )
        for side in sides
        for rows in (step_rows(record, side, lang),)
    ]
    convention = text(f"convention-{record['convention']}", lang)
    told = Story(
        lang=lang,
        title=say("page", lang, name="; ".join(names)),
        facts=(text("convention-line", lang, words=convention),),
        draft="",
        sections=(section_of(record, lang), *steps),
        footer=(text("footer", lang),),
    )
    drawn = {**plots_of(record, lang, asked), **narrow_plots_of(record, lang, asked)}
    return page(told, drawn)
