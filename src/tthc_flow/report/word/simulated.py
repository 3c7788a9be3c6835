"""What simulating a proposal says, as an officer writes it: assumed, before and after, who is busy.

Every figure is told to be simulated. What could not be simulated is named with what lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.simulation import rows
from tthc_flow.report.simulation.role_rows import load_words, role_rows
from tthc_flow.report.simulation.trial import barred_told, gate_told
from tthc_flow.report.word.blocks import Cell, Line, Look, Row, RowKind, Table, plain
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_BOTH: Final = (56.0, 34.0, 34.0, 41.0)
_ALONE: Final = (95.0, 70.0)
_SIZE: Final = 11
_SHARES: Final = ("p50", "p90", "p99")
_MORE: Final = "more"
_OF_THE_PROGRAM: Final = frozenset(
    f"simulate-note-{each}"
    for each in ("settings", "replications", "limit-expect", "share", "alike")
)
"""Notes for whoever runs the program; the paper says in its own words what it needs of them."""


def simulated(one: Reviewed, number: int) -> list[Block]:
    """Return the sheet about the simulation of one procedure; none where nobody asked for one.

    Args:
        one: A reviewed procedure.
        number: Its number in the paper.

    Source: 0027 (capacity by simulation); a figure says what it rests on.
    """
    trial = one.record.get("simulation")
    if trial is None:
        return []
    figures = trial["figures"]
    title = Line(text=say("simulated-title", number=number), look=Look.CAPTION)
    if figures is None:
        return [title, *_lacking(trial)]
    return [
        title,
        Line(text=say("simulated-not-measured"), look=Look.NOTE),
        _table(figures),
        *(Line(text=f"- {each}") for each in _takers(figures)),
        *_gate(trial),
        *_lacking(trial),
        *_assumed(figures),
    ]


def simulated_line(one: Reviewed, number: int) -> str | None:
    """Return the simulation of one procedure in a sentence; ``None`` where there is none.

    Args:
        one: A reviewed procedure.
        number: Its number in the paper.
    """
    trial = one.record.get("simulation")
    if trial is None or trial["figures"] is None or not trial["figures"]["after"]:
        return None
    figures = trial["figures"]
    before, after = rows.cases_of(figures, 0)
    mean = [length(each["means"]["cycle"]["mean"], LANG) for each in (before, after)]
    parts = [say("simulated-times", before=mean[0], after=mean[1])]
    if before["late"] and after["late"]:
        late = [rows.percent(each["late"]["mean"], LANG) for each in (before, after)]
        parts.append(say("simulated-late", before=late[0], after=late[1]))
    parts += [_lowered(each).removesuffix(".") for each in _takers(figures)]
    return say("simulated-line", name=one.name, parts="; ".join(parts), number=number)


def _table(figures: Mapping[str, Any]) -> Table:
    both = figures["after"] is not None
    heads = ("before", "after", "change") if both else ("now",)
    loads = [_plain(*each) for each in _loads(figures)]
    return Table(
        heading=tuple(say(f"simulated-{each}") for each in ("figure", *heads)),
        rows=(
            *_times(figures),
            plain(say("simulated-loads"), kind=RowKind.GROUP),
            *loads,
        ),
        widths=_BOTH if both else _ALONE,
        centred=frozenset(range(1, 4 if both else 2)),
        size=_SIZE,
    )


def _times(figures: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows about the time of a dossier, the waiting for people and the lateness."""
    differences = figures["differences"][0] if figures["after"] else {}
    shares = figures["quantile_differences"][0] if figures["after"] else {}
    names = ("cycle", *figures["before"]["cases"][0]["cycle"])
    for name, row in zip(names, rows.time_rows(figures, 0, LANG), strict=True):
        if name == "cycle" or name in _SHARES:
            yield _plain(*row, change={**differences, **shares}.get(name))
    waits = zip(rows.parts_of(figures, 0), rows.wait_rows(figures, 0, LANG), strict=True)
    for name, row in waits:
        if name == "queue":
            yield _plain(*row, change=differences.get(name))
    yield _plain(*rows.late_row(figures, 0, LANG), change=differences.get("late"))


def _plain(*cells: str, change: Mapping[str, Any] | None = None) -> Row:
    """Return a row; under a change stands whether it is more than chance."""
    notes = () if change is None else (say(f"simulated-{change['verdict']}"),)
    *first, last = (Cell(lines=(each.strip() or say("simulated-none"),)) for each in cells)
    return Row(cells=(*first, Cell(lines=last.lines, notes=notes)))


def _loads(figures: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield how busy each role is, and by how much that changes."""
    changes = {each["role"]: each["change"] for each in figures["load_differences"] or ()}
    for role, people, *loads in role_rows(figures, LANG)[1:]:
        code = "simulated-role" if people.isdecimal() else "simulated-role-unlimited"
        row = (say(code, role=role, people=people), *loads)
        change = changes.get(role)
        last = "" if change is None else rows.signed_share(change, LANG)
        yield (*row, *([last] if figures["after"] else []))


def _takers(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield how busy each role becomes that has more to do than before."""
    if not figures["after"]:
        return
    was = {each["role"]: each for each in figures["before"]["roles"]}
    changes = {each["role"]: each["change"] for each in figures["load_differences"]}
    for now in figures["after"]["roles"]:
        change = changes.get(now["role"])
        if now["role"] in was and (change is None or change["verdict"] != _MORE):
            continue
        load = was[now["role"]]["load"] if now["role"] in was else 0.0
        yield say(
            "simulated-taker",
            role=now["role"],
            people=now["people"],
            before=rows.percent(load, LANG),
            after=load_words(now, LANG),
            verdict=say("simulated-above" if now["load"] > rows.HIGH else "simulated-within"),
        )


def _gate(trial: Mapping[str, Any]) -> Iterator[Block]:
    if trial["late_share"] is not None:
        yield Line(text=f"- {gate_told(trial, LANG)}")
    if trial["barred"]:
        yield Line(text=f"- {say('simulated-barred')}")
        yield from (Line(text=f"+ {barred_told(each, LANG)}") for each in trial["barred"])
    for each in trial["remaining"]:
        yield Line(text=f"- {rows.say('remains', LANG, because=each)}")


def _lacking(trial: Mapping[str, Any]) -> Iterator[Block]:
    if trial["lacking"]:
        code = "simulated-lacking" if trial["figures"] is None else "simulated-lacking-too"
        yield Line(text=say(code))
        yield from (Line(text=f"- {each['text']}") for each in trial["lacking"])


def _assumed(figures: Mapping[str, Any]) -> Iterator[Block]:
    """Yield what the figures rest on."""
    yield Line(text=say("simulated-assumed"), look=Look.SUBHEADING)
    asked = figures["settings"]
    counts = {each: amounts.amount(asked[each], LANG) for each in ("cases", "warm_up")}
    runs = amounts.amount(asked["replications"], LANG)
    yield Line(text=f"- {say('simulated-settings', runs=runs, **counts)}")
    work = (
        say("simulated-work", step=each[0], time=each[3])
        for each in rows.step_rows(figures, "before", LANG)[1:]
    )
    yield Line(text=f"- {say('simulated-works', steps='; '.join(work))}")
    notes = zip(figures["note_codes"], figures["notes"], strict=True)
    told = (text for code, text in notes if code not in _OF_THE_PROGRAM)
    yield from (Line(text=f"- {each}") for each in told)
    yield Line(text=f"- {rows.say('limit-today', LANG)}")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
