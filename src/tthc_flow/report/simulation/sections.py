"""A simulation as parts of a report: plots, a sentence and a table each, conclusions, method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.blocks import (
    NARROWED,
    Bullets,
    Grid,
    Heading,
    Item,
    Paragraph,
    Picture,
    Section,
)
from tthc_flow.report.simulation.capacity import capacity_blocks
from tthc_flow.report.simulation.histogram import NARROW
from tthc_flow.report.simulation.narrow import narrow_beams, narrow_stacks
from tthc_flow.report.simulation.plots import late_plot, loads_plot, times_plot, waits_plot
from tthc_flow.report.simulation.role_rows import role_rows
from tthc_flow.report.simulation.rows import (
    cases_of,
    heads,
    late_row,
    say,
    time_rows,
    wait_rows,
    warnings,
)
from tthc_flow.report.simulation.told import late_told, loads_told, times_told, waits_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.report.blocks import Block

PLOTS: Final = ("plot_times", "plot_waits", "plot_loads", "plot_late")
"""The names of the pictures of a single procedure."""


def plots_of(record: Mapping[str, Any], lang: str, asked: float | None = None) -> dict[str, str]:
    """Return the plots of a simulation as SVG by their names; those of others are numbered.

    Args:
        record: As :func:`~tthc_flow.report.simulation.record.of_simulation` gives it.
        lang: ``vi`` or ``en``.
        asked: The late share that is not to be passed, where one was asked for.
    """
    found: dict[str, str] = {"plot_loads": loads_plot(record, "plot_loads", lang)}
    for number in range(len(record["procedures"])):
        times, waits, late = (_name(each, number) for each in ("times", "waits", "late"))
        found[times] = times_plot(record, number, times, lang)
        found[waits] = waits_plot(record, number, waits, lang)
        drawn = late_plot(record, number, late, lang, asked)
        if drawn is not None:
            found[late] = drawn
    return found


def narrow_plots_of(
    record: Mapping[str, Any], lang: str, asked: float | None = None
) -> dict[str, str]:
    """Return the same plots for a telephone; each has the name of the wide one, and ``_narrow``.

    Args:
        record: As for :func:`plots_of`.
        lang: ``vi`` or ``en``.
        asked: As for :func:`plots_of`.
    """
    name = f"plot_loads{NARROWED}"
    found: dict[str, str] = {name: loads_plot(record, name, lang, narrow_beams)}
    for number in range(len(record["procedures"])):
        times, waits, late = (f"{_name(e, number)}{NARROWED}" for e in ("times", "waits", "late"))
        found[times] = times_plot(record, number, times, lang, NARROW)
        found[waits] = waits_plot(record, number, waits, lang, narrow_stacks)
        drawn = late_plot(record, number, late, lang, asked, draw=narrow_beams)
        if drawn is not None:
            found[late] = drawn
    return found


def _name(what: str, number: int) -> str:
    return f"plot_{what}" if number == 0 else f"plot_{what}_{number + 1}"


def simulated(record: Mapping[str, Any], lang: str) -> list[Block]:
    """Return what is told of a simulation: conclusions first, then each plot, then the method."""
    return [
        *_conclusions(record, lang),
        *(block for n in range(len(record["procedures"])) for block in cases_told(record, n, lang)),
        *roles_told(record, lang),
        *capacity_blocks(record["capacity"], lang),
        *method(record, lang),
    ]


def section_of(record: Mapping[str, Any], lang: str) -> Section:
    """Return a simulation as one part of another report."""
    blocks = tuple(simulated(record, lang))
    return Section(id="mo-phong", title=say("section", lang), blocks=blocks)


def _conclusions(record: Mapping[str, Any], lang: str) -> Iterator[Block]:
    for line in dict.fromkeys(warnings(record, lang)):
        yield Paragraph(text=line, tone="bad")
    if record["statements"]:
        yield Heading(text=say("conclusion", lang))
        yield Bullets(items=tuple(Item(text=each) for each in record["statements"]))


def cases_told(record: Mapping[str, Any], number: int, lang: str) -> Iterator[Block]:
    """Yield the plots of one procedure, each with its sentence and its table."""
    several = len(record["procedures"]) > 1
    if several:
        name = record["procedures"][number]["name"] or str(number + 1)
        yield Heading(text=say("procedure", lang, name=name))
    yield from _shown(_name("times", number), "plot-times", times_told(record, number, lang), lang)
    yield Grid(heading=heads(record, lang), rows=tuple(time_rows(record, number, lang)))
    yield from _shown(_name("waits", number), "plot-waits", waits_told(record, number, lang), lang)
    yield Grid(heading=heads(record, lang), rows=tuple(wait_rows(record, number, lang)))
    if any(each["late"] is None for each in cases_of(record, number)):
        yield Paragraph(text=" ".join(late_told(record, number, lang)), tone="ask")
        return
    yield from _shown(_name("late", number), "plot-late", late_told(record, number, lang), lang)
    yield Grid(heading=heads(record, lang), rows=(late_row(record, number, lang),))


def roles_told(record: Mapping[str, Any], lang: str) -> Iterator[Block]:
    """Yield the plot of the loads with its sentence and its table."""
    yield from _shown("plot_loads", "plot-loads", loads_told(record, lang), lang)
    heading, *rows = role_rows(record, lang)
    yield Grid(heading=heading, rows=tuple(rows))


def method(record: Mapping[str, Any], lang: str) -> Iterator[Block]:
    """Yield how it was computed and what was assumed."""
    yield Heading(text=say("method", lang))
    yield Bullets(items=tuple(Item(text=each) for each in record["notes"]))


def _shown(name: str, code: str, told: Iterable[str], lang: str) -> Iterator[Block]:
    yield Picture(name=name, title=say(code, lang))
    yield Paragraph(text=" ".join(told))
