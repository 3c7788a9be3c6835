"""What a published workflow says, taken from its YAML alone: what is printed, and what is expected.

No code of the library reads here: the expected values must not come from what they are to test.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
MATERIAL = ROOT.parent / "shared" / "data"

UNITS = {
    "working_day": "ngày làm việc",
    "working_hour": "giờ làm việc",
    "calendar_day": "ngày theo lịch",
    "day": "ngày",
    "hour": "giờ",
}
LEVELS = {"province": "tỉnh", "district": "huyện", "commune": "xã", "ministry": "Trung ương"}


@dataclass(frozen=True)
class Time:
    """A time as the source has it: an amount of a unit, or words without a length."""

    amount: Fraction | None
    unit: str | None
    words: str

    @property
    def known(self) -> bool:
        """Return whether the source gives a length."""
        return self.amount is not None and self.amount >= 0 and self.unit is not None

    @property
    def zero_without_unit(self) -> bool:
        """Return whether the source prints a bare 0: a length or none, as one takes it."""
        return self.amount == 0 and self.unit is None and not self.words


@dataclass(frozen=True)
class Row:
    """A row: what is printed of it, and the level it belongs to."""

    number: str
    content: str
    performer: str
    time: Time
    result: str
    levels: frozenset[str]
    role: str


@dataclass(frozen=True)
class Table:
    """A procedure with its rows."""

    id: str
    name: str
    code: str
    field: str
    province: str
    level: str
    agency: str
    decision: str
    date: str
    total: str
    rows: tuple[Row, ...]


def files() -> list[Path]:
    """Return the files of the published workflows; none where the material folder is not there."""
    return sorted(MATERIAL.glob("procedures*/*.yaml"))


@cache
def real() -> tuple[Table, ...]:
    """Return the published workflows of the material folder."""
    return tuple(map(_table, files()))


@cache
def shipped() -> tuple[Table, ...]:
    """Return the workflows that the project itself ships."""
    return tuple(_table(path) for path in sorted(ROOT.glob("processes/*/*/steps.yaml")))


def _table(path: Path) -> Table:
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    source, total = plain["source"], plain.get("total_time") or {}
    return Table(
        id=plain["id"],
        name=_one_line(plain["name"]),
        code=str(plain.get("tthc_code") or ""),
        field=plain["field"],
        province=plain.get("province") or "",
        level=plain.get("authority_level") or "",
        agency=plain.get("agency") or "",
        decision=source["document"],
        date=str(source.get("date") or ""),
        total=_total(total),
        rows=tuple(_row(each, at) for at, each in enumerate(plain["steps"], start=1)),
    )


def _total(total: Any) -> str:
    if isinstance(total, str):
        return total
    if total.get("value") is not None and total.get("unit"):
        return f"{amount_words(Fraction(str(total['value'])))} {UNITS[total['unit']]}"
    return str(total.get("text") or "")


def _row(row: dict[str, Any], at: int) -> Row:
    content = _one_line(row.get("content") or row["name"])
    for branch in row.get("branches") or ():
        text = _one_line(branch["text"])
        if text and text not in content:
            content += f"\n- {text}"
    return Row(
        number=str(row.get("no") or at),
        content=content,
        performer=_one_line(row.get("performer") or ""),
        time=_time(row.get("time"), row.get("anchor") or ""),
        result=_one_line(row.get("result") or ""),
        levels=_levels(row.get("level")),
        role=row.get("role") or "",
    )


def _time(time: Any, anchor: str) -> Time:
    if time is None:
        return Time(None, None, anchor)
    if isinstance(time, str):
        return Time(None, None, time)
    words = _one_line(str(time.get("text") or time.get("note") or ""))
    value = time.get("value")
    if value is None:
        return Time(None, None, words or anchor)
    return Time(Fraction(str(value)), time.get("unit"), words if time.get("unit") is None else "")


def _levels(level: Any) -> frozenset[str]:
    given = [level] if isinstance(level, str) else level or []
    found = set[str]()
    for each in given:
        found |= {"province", "commune"} if each == "province_or_commune" else {each}
    return frozenset(found - {"citizen"})


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def amount_words(amount: Fraction, comma: str = ",") -> str:
    """Return an amount as offices print it: 0,5; 01; 12."""
    if amount.denominator == 1:
        return f"{amount.numerator:02d}" if 0 < amount < 10 else str(amount.numerator)
    return f"{float(amount):.10g}".replace(".", comma)


def time_words(time: Time, comma: str = ",") -> str:
    """Return a time as its cell prints it, in its own unit."""
    if time.words or time.amount is None:
        return time.words
    return f"{amount_words(time.amount, comma)} {UNITS.get(time.unit or '', '')}".strip()
