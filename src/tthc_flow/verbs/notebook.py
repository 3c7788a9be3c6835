"""What a notebook shows of a file, a procedure, a comparison, a proposal, a simulation.

In IPython and what is built on it (Jupyter, VS Code) this is set up when ``tthc_flow`` is imported;
``%load_ext tthc_flow.verbs.notebook`` does it where that was too early. See
``docs/decisions/0021-notebooks.md``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import frozen

from tthc_flow.bpmn.read import Reading
from tthc_flow.front import show_in_notebooks
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.comparison import Comparison
from tthc_flow.measures.heat import Heat, HeatKind
from tthc_flow.measures.measure import measure
from tthc_flow.model.procedure import Procedure
from tthc_flow.picture.svg import draw
from tthc_flow.report import figures
from tthc_flow.report.markup import Markup, tag
from tthc_flow.report.outcome import change_lines
from tthc_flow.report.record import of_measures
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.simulation.role_rows import role_rows
from tthc_flow.report.simulation.rows import case_rows, warnings
from tthc_flow.report.texts import text
from tthc_flow.simulation.simulation import Simulation
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.compare_papers import compare_papers, comparison_record
from tthc_flow.verbs.opening import picked, spoken
from tthc_flow.verbs.papers import pictures, proposal_record
from tthc_flow.verbs.propose import Proposal
from tthc_flow.verbs.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Shown: TypeAlias = Reading | Procedure | Comparison | Proposal | Simulation

_STYLE: Final = "overflow:auto;max-height:640px;border:1px solid #d5dde5;background:#fff"
_CELL: Final = "text-align:left;vertical-align:top;white-space:normal"


@frozen(kw_only=True)
class _Card:
    """What is shown: a title, a table whose first row is the heading, lines below, a picture."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()
    svg: str = ""


def mimebundle(thing: Shown, lang: str = "vi") -> dict[str, str]:
    """Return *thing* as a notebook shows it, by MIME type: plain text, SVG, HTML.

    Every name of the file is escaped. The HTML holds the picture, too, and no script.

    Args:
        thing: What ``read``, ``compare``, ``propose`` or ``simulate`` returned, or a procedure.
        lang: ``vi`` or ``en``.

    Raises:
        UnreadableInput: TF231 for a file without a process.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> reading = read(b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P" name="Cap &lt;phep&gt;"><task id="A" name="Ky"/></process>
        ... </definitions>''')
        >>> made = mimebundle(reading)
        >>> sorted(made)
        ['image/svg+xml', 'text/html', 'text/plain']
        >>> made["text/plain"].splitlines()[0], "Cap &lt;phep&gt;" in made["text/html"]
        ('Cap <phep>', True)

    Source: IPython, "Rich display": a bundle of one representation a MIME type.
    """
    card = _card(thing, spoken(lang))
    return {"text/plain": _plain(card), "image/svg+xml": card.svg, "text/html": _html(card)}


def _card(thing: Shown, lang: str) -> _Card:
    match thing:
        case Reading():
            return _of_procedure(picked(thing), show(thing, lang=lang), lang)
        case Procedure():
            return _of_procedure(thing, draw(thing, lay_out(thing), lang=lang), lang)
        case Comparison():
            svg = compare_papers(thing, lang)["svg_both"].decode()
            return _of_both(thing.procedures[1], comparison_record(thing, lang), svg, lang)
        case Proposal():
            record = proposal_record(thing, lang)
            plan = {**record["plan"], "labels": record["labels"]}
            return _of_both(thing.plan.before, plan, pictures(thing, lang)["svg_both"], lang)
        case Simulation():
            return _of_simulation(thing, lang)


def _of_procedure(procedure: Procedure, svg: str, lang: str) -> _Card:
    side = of_measures(measure(procedure, DEFAULT_CONVENTION), procedure, lang)
    heading = (text("measure", lang), text("value", lang))
    rows = (heading, *figures.measure_rows(side, lang))
    return _Card(title=_title(procedure), rows=rows, svg=svg)


def _of_simulation(found: Simulation, lang: str) -> _Card:
    """Return the first procedure, coloured by how long its steps wait as it is today."""
    first, record = found.procedures[0], of_simulation(found, lang)
    there = first.flow.by_id
    waits = {
        each["element"]: Fraction(each["wait"])
        for each in record["before"]["steps"]
        if each["element"] in there
    }
    svg = draw(first, lay_out(first), heat=Heat(kind=HeatKind.WAIT, values=waits), lang=lang)
    rows = (*case_rows(record, 0, lang), *_narrow(role_rows(record, lang)))
    width = max(map(len, rows))
    return _Card(
        title=_title(first),
        rows=tuple((*row, *("",) * (width - len(row))) for row in rows),
        lines=tuple(dict.fromkeys((*warnings(record, lang), *record["notes"]))),
        svg=svg,
    )


def _narrow(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield rows of roles as a name, and all the rest in one cell."""
    for name, *rest in rows:
        yield name, " · ".join(filter(None, rest))


def _of_both(procedure: Procedure, plan: Mapping[str, Any], svg: str, lang: str) -> _Card:
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    rows = (heading, *figures.before_after_rows(plan, lang))
    lines = change_lines(plan, lang) or (text("no-changes", lang),)
    return _Card(title=_title(procedure), rows=rows, lines=lines, svg=svg)


def _title(procedure: Procedure) -> str:
    return " ".join((procedure.name or procedure.flow.name or procedure.flow.id).split())


def _plain(card: _Card) -> str:
    widths = [max(map(len, column)) for column in zip(*card.rows, strict=True)]
    table = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in card.rows
    )
    return "\n".join((card.title, "", *table, *(("", *card.lines) if card.lines else ())))


def _html(card: _Card) -> str:
    heading, *rows = card.rows
    head = tag("tr", *(tag("th", cell, style=_CELL) for cell in heading))
    body = (tag("tr", *(tag("td", cell, style=_CELL) for cell in row)) for row in rows)
    lines = tag("ul", *map(_line, card.lines))
    return tag(
        "div",
        tag("h4", card.title),
        tag("div", Markup(card.svg), style=_STYLE),
        *([lines] if card.lines else ()),
        tag("table", tag("thead", head), tag("tbody", *body)),
    )


def _line(told: str) -> Markup:
    """Return a line of the list; one that stands under another is set in."""
    style = {"style": "margin-left:1.5em"} if told.startswith(" ") else {}
    return tag("li", told.strip(" -"), **style)


def load_ipython_extension(_shell: object) -> None:
    """Set notebooks up by hand: ``%load_ext tthc_flow.verbs.notebook``.

    Source: IPython, "Writing extensions".
    """
    show_in_notebooks()
