"""Results as flat rows: for a data frame, a spreadsheet, or a loop of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from tthc_flow.errors import CannotWrite
from tthc_flow.measures.comparison import Comparison
from tthc_flow.measures.measure import Measures
from tthc_flow.model.finding import Finding
from tthc_flow.report.record import figure, of_change, of_findings
from tthc_flow.verbs.opening import spoken
from tthc_flow.verbs.papers import proposal_record
from tthc_flow.verbs.propose import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

Tabular: TypeAlias = Measures | Comparison | Proposal | Sequence[Finding]


def to_records(thing: Tabular, lang: str = "vi") -> list[dict[str, Any]]:
    """Return *thing* as flat rows of text, numbers, truth and ``None`` (unknown).

    Args:
        thing: Measures (one row), findings (one each), a comparison (one a change) or a proposal
            (one a candidate, with what it saves alone).
        lang: The language of texts, ``vi`` or ``en``.

    Returns:
        Dictionaries with the same keys in the same order. Times are working minutes; shares are
        of the whole.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.measures.measure import measure
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> (row,) = to_records(measure(Procedure(flow=flow)))
        >>> row["steps"], row["norm_minutes"], row["norm_complete"]
        (1, None, False)

    Source: tidy data: one observation a row.
    """
    lang = spoken(lang)
    match thing:
        case Measures():
            return [_measures(thing)]
        case Comparison():
            changes = (of_change(each, lang) for each in thing.changes)
            return [{key: row[key] for key in _CHANGE} for row in changes]
        case Proposal():
            return [_candidate(each) for each in proposal_record(thing, lang)["candidates"]]
        case _:
            return [dict(row) for row in of_findings(thing, lang)]


_CHANGE = ("kind", "code", "element", "name", "before", "after", "sentence")
_COUNTS = (
    "steps", "automatic", "after_grant", "hand_offs", "performers", "levels_crossed",
    "signatures", "stamps", "consultations", "applicant_visits", "documents",
)  # fmt: skip
_EFFECT = ("minutes", "cost", "steps", "hand_offs", "performers", "levels", "documents", "visits")


def _measures(found: Measures) -> dict[str, Any]:
    norm, work = found.norm_time, found.workload
    return {
        "convention": found.convention,
        "norm_minutes": None if norm.work is None else figure(norm.work.minutes),
        "norm_complete": norm.complete,
        "work_minutes": None if work is None else figure(work.minutes),
        "work_complete": not found.workload_unknown,
        **{name: getattr(found, name) for name in _COUNTS},
        "handling_by_steps": figure(found.handling_by_steps),
        "handling_by_time": figure(found.handling_by_time),
        "unknown_times": len(found.unknown_times),
    }


def _candidate(found: Mapping[str, Any]) -> dict[str, Any]:
    effect = found["effect"] or {}
    asked = [each for each in found["preconditions"] if each["verdict"] != "pass"]
    return {
        "id": found["id"],
        "lever": found["lever"],
        "title": found["title"],
        "targets": ", ".join(found["targets"]),
        "verdict": found["verdict"],
        "applied": found["applied"],
        "authority": found["authority"],
        "instrument": found["instrument"],
        **{f"saves_{name}": effect.get(name) for name in _EFFECT},
        "open": "; ".join(each["text"] for each in asked),
    }


def to_frame(thing: Tabular, lang: str = "vi") -> Any:  # noqa: ANN401 - pandas is no dependency
    """Return the rows of :func:`to_records` as a pandas ``DataFrame``.

    Raises:
        CannotWrite: TF619 where pandas is not installed.

    Source: pandas, ``DataFrame.from_records``.
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise CannotWrite(
            "TF619", "pandas is not installed", hint="install pandas, or use to_records"
        ) from error
    return pandas.DataFrame.from_records(to_records(thing, lang))
