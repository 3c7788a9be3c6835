"""Procedures that are one and the same, or nearly: by their code, or by what their steps are.

Flows are found alike by their sketches: those that share a band of it are compared with the first
of the band, so the work grows with the procedures and not with their pairs. Of two flows that have
eight tenths in common, 98 in a hundred are found so, of seven tenths 89.

Source: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3 (banding).
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from attrs import fields, frozen

from tthc_flow.portfolio.asking import answered, opened
from tthc_flow.portfolio.sketch import HASHES, resemblance
from tthc_flow.portfolio.spellings import one_name

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ALIKE: Final = 0.7
"""The share of steps and ways between them from which flows are called alike."""

_FEWEST: Final = 3
"""Flows of fewer steps are alike by chance."""

_BAND: Final = 4
_FACTS: Final = (
    "key, file, code, name, province, agency, field, norm_minutes, steps, hand_offs, shingles"
)


class Why(StrEnum):
    """What makes procedures twins."""

    CODE = "code"
    FLOW = "flow"


@frozen(kw_only=True)
class Twin:
    """One of several twins; *resemblance* is that of its flow to the lightest one's, 0 to 1."""

    key: str
    file: str
    name: str | None
    code: str | None
    province: str | None
    agency: str | None
    norm_minutes: float | None
    steps: int
    hand_offs: int
    resemblance: float


@frozen(kw_only=True)
class Twins:
    """Procedures for the same work, the lightest first.

    *lightest_by* is ``time`` where all norm times are known, else ``hand_offs``. *saved* are the
    minutes of norm time, all dossiers counting once, if each took as long as the first; ``None``
    where a time is unknown, and for flows that are only alike: they may be for other work, which
    has its own time.
    """

    why: Why
    members: tuple[Twin, ...]
    lightest_by: str
    saved: float | None

    @property
    def places(self) -> int:
        """Return how many agencies and provinces are among them, as pairs, however written."""
        pairs = ((each.province or "", each.agency or "") for each in self.members)
        return len({tuple(map(one_name, each)) for each in pairs})


def twins(out: str | os.PathLike[str]) -> tuple[Twins, ...]:
    """Return the groups of twins: those of one code first, what would save most, the largest.

    A procedure is in one group of its code at most, and in one of its flow; groups by flow whose
    members all have one code are left out, as they are told already.

    Args:
        out: The folder of a portfolio.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Source: plan 949/KH-UBND III.1.3(i); see the module.
    """
    with opened(out) as connection:
        groups = [
            *((Why.CODE, keys) for keys in _by_code(connection)),
            *((Why.FLOW, keys) for keys in _by_flow(connection)),
        ]
        wanted = sorted({key for _, keys in groups for key in keys})
        question = f"SELECT {_FACTS} FROM procedures JOIN (SELECT unnest(?) AS key) USING (key)"  # noqa: S608 - ours
        found = answered(connection, question, [wanted])
    facts = {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows}
    told = [_group(why, [facts[key] for key in keys]) for why, keys in groups]
    kept = (each for each in told if each.why is Why.CODE or not _one_code(each))
    return tuple(
        sorted(kept, key=lambda e: (e.why, -(e.saved or 0), -len(e.members), e.members[0].key))
    )


_CODES: Final = r"""
SELECT list(key ORDER BY key) FROM procedures
WHERE key = file AND error IS NULL AND code IS NOT NULL
GROUP BY coalesce(nullif(regexp_extract(code, '^\d+\.\d+'), ''), code)
HAVING count(*) > 1 ORDER BY min(key)"""


def _by_code(connection: Any) -> Iterator[Sequence[str]]:  # noqa: ANN401 - duckdb's own
    """Yield the keys of each code that several files have; what follows the code's dots is left."""
    for (keys,) in answered(connection, _CODES).rows:
        yield keys


_BANDS: Final = f"""
WITH flows AS (SELECT key, file, sketch, shingles FROM procedures
               WHERE len(sketch) = {HASHES} AND steps >= {_FEWEST}),
bands AS (SELECT key, file, band, hash(sketch[band * {_BAND} + 1 : (band + 1) * {_BAND}]) AS bucket
          FROM flows, range({HASHES // _BAND}) AS numbered(band)),
pairs AS (SELECT DISTINCT key, min(key) OVER (PARTITION BY band, bucket) AS head FROM bands)
SELECT key, head, a.shingles, b.shingles FROM pairs
JOIN flows a USING (key) JOIN flows b ON b.key = head
WHERE key <> head AND a.file <> b.file ORDER BY key, head"""  # noqa: S608 - our own numbers


def _by_flow(connection: Any) -> Iterator[Sequence[str]]:  # noqa: ANN401 - duckdb's own
    """Yield the keys of flows that are like the first of them."""
    leader: dict[str, str] = {}
    shingles: dict[str, Sequence[int]] = {}
    for key, head, own, other in answered(connection, _BANDS).rows:
        shingles[key] = own
        shingles.setdefault(head, other)
        first = leader.get(head, head)  # heads come before what they head: the order is by key
        if key not in leader and resemblance(own, shingles[first]) >= ALIKE:
            leader[key] = first
    groups = defaultdict[str, list[str]](list)
    for key, first in leader.items():
        groups[first].append(key)
    for first, keys in sorted(groups.items()):
        yield [first, *keys]


def _one_code(group: Twins) -> bool:
    return len({each.code for each in group.members}) == 1 and group.members[0].code is not None


def _group(why: Why, rows: Sequence[Mapping[str, Any]]) -> Twins:
    timed = all(row["norm_minutes"] is not None for row in rows)
    ranked = sorted(rows, key=lambda row: _weight(row, timed=timed))
    least = ranked[0]
    saved = None
    if timed and why is Why.CODE:
        saved = sum(row["norm_minutes"] - least["norm_minutes"] for row in rows)
    return Twins(
        why=why,
        members=tuple(_members(ranked)),
        lightest_by="time" if timed else "hand_offs",
        saved=saved,
    )


def _members(ranked: Iterable[Mapping[str, Any]]) -> Iterator[Twin]:
    first: Sequence[int] | None = None
    for row in ranked:
        own = row["shingles"]
        first = own if first is None else first
        names = [each.name for each in fields(Twin)[:-1]]
        told = {name: row[name] for name in names}
        yield Twin(**told, resemblance=resemblance(own, first))


def _weight(row: Mapping[str, Any], *, timed: bool) -> tuple[float, int, int, str]:
    time = row["norm_minutes"] if timed else 0.0
    return time, row["hand_offs"], row["steps"], row["key"]
