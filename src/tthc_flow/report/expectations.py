"""The numbers of one dossier alone as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.expected.together import inclusive_choices
from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.needs import need_code
from tthc_flow.report.record import Json, figure, of_procedure
from tthc_flow.report.sentences import labels_of, names_of
from tthc_flow.units import TimeUnit
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.expected.distribution import Times
    from tthc_flow.expected.effort import Effort
    from tthc_flow.expected.expectation import Expectation


def of_expectation(found: Expectation, lang: str = "vi") -> Json:
    """Return the numbers of a dossier as a record; the three times stand apart in ``times``.

    Minutes are working minutes; unknown is ``None``. ``with_queues`` is always unknown here.

    Args:
        found: What was computed.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.expected.expectation import Asked, expectation
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> of_expectation(expectation(Procedure(flow=flow), Asked()))["missing"][0]["text"]
        '“Ký”: chưa biết làm mất bao lâu'
    """
    norm, labels = found.norm, labels_of(found.procedure, lang=lang)
    return {
        "procedure": of_procedure(found.procedure),
        "names": names_of(found.procedure),
        "convention": found.asked.convention.name,
        "basis": [each.value for each in found.asked.basis],
        "times": {
            "norm": {
                "minutes": None if norm.work is None else figure(norm.work.minutes),
                "complete": norm.complete,
            },
            "alone": None if found.times is None else _of_times(found.times),
            "with_queues": None,
        },
        "effort": None if found.effort is None else _of_effort(found.effort),
        "visits_exact": found.passing.exact,
        "elements": list(_of_elements(found)),
        "missing": [
            {"element": each.element, "what": each.what.value}
            | _told(need_code(each, found.procedure), each.element, labels, lang)
            for each in found.needs
        ],
        "not_exact": [
            {"element": each.element, "why": each.why.value}
            | _told(f"expect-why-{each.why}", each.element, labels, lang)
            for each in found.barriers
        ],
        "notes": [
            *(message(code, lang=lang).text for code in _notes(found)),
            *_limit_told(found, lang),
        ],
    }


def _told(code: str, element: str, labels: Mapping[str, str], lang: str) -> Json:
    told = message(code, {"name": labels.get(element, element), "element": element}, lang)
    return {"text": told.text, "hint": told.hint}


def _notes(found: Expectation) -> Iterator[str]:
    yield "expect-note-independent"
    if inclusive_choices(found.procedure.flow):
        yield "expect-note-together"
    if any(basis == "norm" for basis in found.timing.basis.values()):
        yield "expect-note-norm"
    if not found.passing.exact:
        yield "expect-note-floats"
    if found.broken:
        yield "expect-note-broken"


def _limit_told(found: Expectation, lang: str) -> Iterator[str]:
    """Yield how the limit was counted, which a simulation may do in another way."""
    duration = found.asked.limit or found.procedure.total_time.duration
    if found.times is None or found.times.limit is None or duration is None:
        return
    whole = duration.unit is TimeUnit.WORKING_DAY and duration.amount.denominator == 1
    limit = found.times.limit
    values = {"minutes": amounts.amount(limit, lang), "limit": length(float(limit), lang)}
    yield message(f"expect-note-limit-{'days' if whole else 'minutes'}", values, lang).text


def _of_times(times: Times) -> Json:
    return {
        "mean": times.mean,
        "deviation": times.deviation,
        "p50": times.p50,
        "p90": times.p90,
        "p99": times.p99,
        "limit": figure(times.limit),
        "late": times.late,
        "error": times.error,
    }


def _of_effort(effort: Effort) -> Json:
    return {
        "minutes": figure(effort.minutes),
        "applicant": figure(effort.applicant),
        "third_party": figure(effort.third_party),
        "cost": None if effort.cost is None else figure(effort.cost.amount),
        "missing": list(effort.missing),
        "rows": [
            {
                "performer": None if row.performer is None else row.performer.name,
                "role": None
                if row.performer is None or row.performer.role is None
                else row.performer.role.value,
                "office": None if row.performer is None else row.performer.office,
                "minutes": figure(row.minutes),
                "missing": list(row.missing),
            }
            for row in effort.rows
        ],
    }


def _of_elements(found: Expectation) -> Iterator[Json]:
    """Yield each element: how often a dossier comes by, and the time that it takes there."""
    timing, passing = found.timing, found.passing
    for node in found.procedure.flow.nodes:
        takes = timing.takes.get(node.id)
        given = timing.basis.get(node.id)
        yield {
            "element": node.id,
            "comes": figure(passing.comes.get(node.id)),
            "done": figure(passing.done.get(node.id)),
            "minutes": None if takes is None else figure(takes.average),
            "spread": None if takes is None else takes.spread.value,
            "basis": "given" if takes is not None and given is None else given and given.value,
            "on_clock": node.id not in timing.off_clock,
            "automatic": node.id in timing.automatic,
            "waits": node.id in timing.waiting,
        }
