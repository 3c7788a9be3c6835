"""Many proposals in one record: what all of them cut, by each named way, against the targets."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tthc_flow.measures.aggregate import Aggregate, mean, pooled
from tthc_flow.model.procedure import CostMethod
from tthc_flow.report.record import Json, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tthc_flow.units import Exact

Pair: TypeAlias = tuple[Fraction, Fraction]

_BOTH: Final = ("time", "cost")
TARGETS_OF: Final = {
    "public": ((0.3, _BOTH), (0.5, _BOTH)),
    "between_agencies": ((0.2, ("cost",)),),
    "within_agency": ((0.2, ("cost",)),),
}
"""The cuts to reach by the kind of procedure, and of what: 2025 and 2026, or by QĐ 1085/QĐ-TTg."""

_PLACES: Final = 10**9
"""A number of the record is a float; the exact one behind it has a denominator below this."""


def of_totals(records: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Return what all *records* cut together: of the time, and of the cost by each method.

    A procedure whose figures are not known on both sides is left out of a total and named there,
    by its place in *records* (from 1).

    Args:
        records: What ``tthc-flow propose --json`` prints, one a procedure.

    Returns:
        A part for each kind of procedure there is, as the targets differ: ``kind``; ``members``,
        the places in *records* from 1; how many of them ``changed``; ``targets``, the cuts to
        reach; ``rows``, one for each total and way of making it: ``pooled`` (Σ saved / Σ before)
        or ``mean`` (of the cuts), with the verdict on each target, ``None`` where there is none
        for it or the share is not known.

    Example:
        >>> of_totals(())
        []

    Source: NQ 66/NQ-CP and QĐ 1085/QĐ-TTg for the targets; no official formula says how to add
    procedures up.
    """
    places: dict[str, list[int]] = {}
    for place, each in enumerate(records, start=1):
        places.setdefault(each["procedure"]["kind"], []).append(place)
    return [_of_kind(kind, found, records) for kind, found in sorted(places.items(), reverse=True)]


def _of_kind(kind: str, members: Sequence[int], records: Sequence[Mapping[str, Any]]) -> Json:
    own = {place: records[place - 1] for place in members}
    targets = TARGETS_OF[kind]
    sides: dict[tuple[str, str | None], dict[int, Pair | None]] = {
        ("time", None): {place: _times(each) for place, each in own.items()},
        **{
            ("cost", method.value): {place: _costs(each, method) for place, each in own.items()}
            for method in CostMethod
        },
    }
    return {
        "kind": kind,
        "members": list(members),
        "changed": sum(bool(each["plan"]["applied"]) for each in own.values()),
        "targets": [share for share, _ in targets],
        "rows": [
            _row(of, method, pairs, made, aims)
            for (of, method), pairs in sides.items()
            for aims in ([None if of not in held else share for share, held in targets],)
            for made in (pooled, mean)
        ],
    }


def _row(
    of: str,
    method: str | None,
    pairs: Mapping[int, Pair | None],
    made: Callable[[Iterable[tuple[Exact, Exact]]], Aggregate],
    targets: Sequence[float | None],
) -> Json:
    known = [each for each in pairs.values() if each is not None]
    whole = made(known)
    before = sum((one for one, _ in known), Fraction(0)) if known else None
    after = sum((two for _, two in known), Fraction(0)) if known else None
    share = whole.share
    return {
        "of": of,
        "method": method,
        "aggregate": whole.method.value,
        "count": whole.count,
        "before": figure(before),
        "after": figure(after),
        "saved": None if before is None or after is None else figure(before - after),
        "share": figure(share),
        "targets": list(targets),
        "reached": [
            None if share is None or each is None else share >= _exact(each) for each in targets
        ],
        "unknown": [place for place, each in pairs.items() if each is None],
    }


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(_PLACES)


def _times(record: Mapping[str, Any]) -> Pair | None:
    one, two = (record["plan"][side]["norm_time"] for side in ("before", "after"))
    if record["plan"]["cut"]["time"] is None:
        return None
    return _exact(one["minutes"]), _exact(two["minutes"])


def _costs(record: Mapping[str, Any], method: CostMethod) -> Pair | None:
    costs = record["plan"]["costs"]
    one, two = (
        next(each["yearly"] for each in costs[side] if each["method"] == method.value)
        for side in ("before", "after")
    )
    return None if one is None or two is None else (_exact(one), _exact(two))
