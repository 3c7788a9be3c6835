"""What a log tells, written into a procedure as measured facts with the number of cases."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.calibration.doubts import Doubts
from tthc_flow.errors import BadQuantity
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import SequenceFlow
from tthc_flow.model.measured import Handling, Taken
from tthc_flow.model.procedure import YearCount
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import Step
from tthc_flow.words.fact_words import fact_words
from tthc_flow.words.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.calibration.found import LogFound, RejectionFound, StepFound, WayFound
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Measured:
    """A procedure with the facts of a log, and what was another before, as findings."""

    procedure: Procedure
    findings: tuple[Finding, ...]


def with_facts(procedure: Procedure, found: LogFound, whole_years: Iterable[int] = ()) -> Measured:
    """Return *procedure* with the facts that *found* holds; what the log does not tell stays.

    Written are how long each step is worked on, the shares of ways, how many dossiers a step
    checked and rejected, and how many came in a year that the log holds as a whole: the years
    between its first and its last one, and those of *whole_years*.

    Args:
        procedure: The one that the log was played on.
        found: What the log tells of it.
        whole_years: Years of which somebody knows that all dossiers are in the log.

    Returns:
        The procedure, and a finding for each fact that was another before.

    Raises:
        BadQuantity: TF157 for a whole year that the log does not reach into.

    Source: the log itself, named with its period.
    """
    whole_years = tuple(whole_years)
    _refuse_other(whole_years, found)
    source = Source(document=found.log or "event log", date=found.period or None)
    replaced = Doubts()
    steps = {each.element: each for each in found.steps}
    rejections = {each.step: each for each in found.rejections}
    ways = {each.edge: each for each in found.ways}
    nodes = tuple(
        _step(node, steps.get(node.id), rejections.get(node.id), source, replaced)
        if isinstance(node, Step)
        else node
        for node in procedure.flow.nodes
    )
    edges = tuple(
        _edge(edge, ways[edge.id], source, replaced) if edge.id in ways else edge
        for edge in procedure.flow.edges
    )
    flow = evolve(procedure.flow, nodes=nodes, edges=edges)
    counted = {year: n for year, n in found.by_year.items() if _is_whole(year, found, whole_years)}
    for year in found.by_year.keys() - counted.keys():
        replaced.add("log-year-partial", severity=Severity.INFO, name=str(year), year=str(year))
    by_year = _years(procedure, counted, source, replaced)
    changed = evolve(procedure, flow=flow, volume=evolve(procedure.volume, by_year=by_year))
    return Measured(procedure=changed, findings=replaced.findings())


def _refuse_other(years: Iterable[int], found: LogFound) -> None:
    """Refuse years without a moment of the log: that none came then, it does not say."""
    there: tuple[int, ...] = ()
    if found.first is not None and found.last is not None:
        there = tuple(range(found.first.year, found.last.year + 1))
    for year in years:
        if year not in there:
            choices = tuple(map(str, there))
            hint = f"give one of {', '.join(choices)}"
            fact = fact_words("log-fact-year", year=year, period=found.period)
            raise BadQuantity("TF157", **fact, place=found.log, hint=hint, choices=choices)


def _is_whole(year: int, found: LogFound, told: Iterable[int]) -> bool:
    if year in told:
        return True
    return (
        found.first is not None
        and found.last is not None
        and (found.first.year < year < found.last.year)
    )


def _step(
    step: Step,
    times: StepFound | None,
    rejection: RejectionFound | None,
    source: Source,
    replaced: Doubts,
) -> Step:
    if times is not None and times.handling is not None:
        handling = Handling(
            chance=times.handling.chance,
            cases=times.timed,
            evidence=EvidenceKind.MEASURED,
            source=source,
        )
        before = step.handling
        if before is not None and before.chance != handling.chance:
            was, now = (_minutes(each.chance.average) for each in (before, handling))
            _tell(replaced, step.id, "handling", was, now)
        step = evolve(step, handling=handling)
    if rejection is not None:
        for name in ("checked", "rejected"):
            was, now = getattr(step, name), getattr(rejection, name)
            if was is not None and was != now:
                _tell(replaced, step.id, name, number(was), number(now))
        step = evolve(step, checked=rejection.checked, rejected=rejection.rejected)
    return step


def _edge(edge: SequenceFlow, found: WayFound, source: Source, replaced: Doubts) -> SequenceFlow:
    share = Fraction(found.taken, found.of)
    if edge.share is not None and edge.share != share:
        _tell(replaced, edge.id, "share", number(edge.share, 3), number(share, 3))
    taken = Taken(taken=found.taken, of=found.of, source=source)
    return evolve(edge, share=share, taken=taken)


def _years(
    procedure: Procedure, counted: Mapping[int, int], source: Source, replaced: Doubts
) -> tuple[YearCount, ...]:
    known = {each.year: each for each in procedure.volume.by_year}
    for year, dossiers in counted.items():
        before = known.get(year)
        if before is not None and before.dossiers != dossiers:
            was, now = number(before.dossiers), number(dossiers)
            _tell(replaced, None, "year", was, now, str(year))
        known[year] = YearCount(year=year, dossiers=dossiers, source=source)
    return tuple(known[year] for year in sorted(known))


def _minutes(value: Fraction) -> str:
    return number(value, 1)


def _tell(
    replaced: Doubts, element: str | None, fact: str, was: str, now: str, name: str | None = None
) -> None:
    replaced.add(
        f"log-{fact}-replaced", severity=Severity.INFO, element=element, name=name, was=was, now=now
    )
