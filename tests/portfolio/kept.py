"""Portfolios with rows that a test has made up, and generated ones of any size."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tthc_flow.portfolio.columns import arrow_schema
from tthc_flow.portfolio.place import Place, write_record
from tthc_flow.portfolio.rows import whole
from tthc_flow.portfolio.settings import FORMAT
from tthc_flow.portfolio.work import write_part


def portfolio_of(out: Path, **tables: Iterable[Mapping[str, Any]]) -> Path:
    """Return *out* as a finished portfolio with these rows; a row names its own file."""
    place = Place(out)
    out.mkdir(parents=True, exist_ok=True)
    for table, given in tables.items():
        by_province: dict[str | None, list[dict[str, Any]]] = {}
        for row in given:
            made = whole(table, row)
            if table == "procedures":
                made["file"] = made["file"] or made["key"]
            by_province.setdefault(made["province"], []).append(made)
        for province, rows in by_province.items():
            part = place.part(table, province, "0")
            part.parent.mkdir(parents=True)
            write_part(part, table, rows)
    write_record(place.record, {"format": FORMAT, "state": "complete"})
    return out


def generated(out: Path, count: int) -> Path:
    """Return a portfolio with *count* rows of procedures in 34 provinces, grown from a seed."""
    place, rng, schema = Place(out), random.Random(7), arrow_schema("procedures")
    for number in range(34):
        rows = count // 34 + (number < count % 34)
        before = [480.0 * rng.randrange(1, 60) for _ in range(rows)]
        after = [one * rng.choice((1, 0.9, 0.7, 0.5)) for one in before]
        told_before = [None if at % 11 == 0 else one for at, one in enumerate(before)]
        told_after = [None if at % 7 == 0 else one for at, one in enumerate(after)]
        cuts = [
            None if one is None or two is None else 1 - two / one
            for one, two in zip(told_before, told_after, strict=True)
        ]
        told = {
            "key": [f"{number}/{at}.bpmn" for at in range(rows)],
            "file": [f"{number}/{at}.bpmn" for at in range(rows)],
            "code": [f"{at % 9}.{at % 6_400:06}" for at in range(rows)],
            "kind": ["within_agency" if at % 13 == 3 else "public" for at in range(rows)],
            "agency": [f"Sở {at % 20}" for at in range(rows)],
            "field": [f"Lĩnh vực {at % 60}" for at in range(rows)],
            "steps": [rng.randrange(4, 20) for _ in range(rows)],
            "hand_offs": [rng.randrange(3, 15) for _ in range(rows)],
            "norm_minutes": told_before,
            "after_norm_minutes": told_after,
            "time_cut": cuts,
            "dossiers": [float(rng.randrange(1, 900)) for _ in range(rows)],
            "shingles": [[at % 6_400] for at in range(rows)],
            "sketch": [[at % 6_400 * 32 + number for number in range(32)] for at in range(rows)],
        }
        arrays = [
            pa.array(told[each.name], each.type) if each.name in told else pa.nulls(rows, each.type)
            for each in schema
        ]
        part = place.part("procedures", f"Tỉnh {number}", "0")
        part.parent.mkdir(parents=True)
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), part, compression="zstd")
    write_record(place.record, {"format": FORMAT, "state": "complete"})
    return out
