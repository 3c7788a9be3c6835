"""The facts of a procedure as texts, and the texts that somebody types as its facts."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.model.procedure import TotalTime
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.words.durations import NoLength, read_duration
from tthc_flow.words.numbers import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.procedure import Procedure, Volume

_TEXTS: Final = ("name", "code", "field", "agency", "locality")
_SOURCE: Final = ("source", "source.place", "source.date")
FIGURES: Final = ("dossiers", "subjects", "times", "hourly_income")
"""How often in a year, and the income of an hour: what the compliance cost is worked out of."""

PROCEDURE_FIELDS: Final = (
    *_TEXTS,
    "total_time",
    *_SOURCE,
    *(f"{name}{part}" for name in FIGURES for part in ("", ".evidence", ".source")),
)
"""The facts that can be typed, in the order of a page."""

_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_DECIMALS: Final = 6


def procedure_facts(procedure: Procedure) -> dict[str, str]:
    """Return what is known of *procedure* as texts, by ``PROCEDURE_FIELDS``; unknown is left out.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> procedure_facts(Procedure(flow=Flow(id="p"), name="Cấp giấy", agency="Sở Y tế"))
        {'name': 'Cấp giấy', 'agency': 'Sở Y tế'}

    Source: Phần I of the annexes of QĐ 2816/QĐ-UBND; Thông tư 02/2017/TT-VPCP.
    """
    said = {name: getattr(procedure, name) for name in _TEXTS}
    said |= {"total_time": procedure.total_time.printed, **_of_source(procedure.source)}
    for name in FIGURES:
        figure: Quantity | None = getattr(procedure.volume, name)
        if figure is not None:
            said[name] = number(figure.value, _DECIMALS)
            said[f"{name}.evidence"] = figure.evidence.value
            said[f"{name}.source"] = None if figure.source is None else figure.source.document
    return {name: " ".join(text.split()) for name, text in said.items() if text}


def _of_source(source: Source | None) -> dict[str, str | None]:
    if source is None:
        return {}
    return dict(zip(_SOURCE, (source.document, source.place, source.date), strict=True))


def with_procedure_facts(procedure: Procedure, fields: Mapping[str, str]) -> Procedure:
    """Return *procedure* with its facts as they were typed; an empty text is unknown.

    Args:
        procedure: The procedure.
        fields: Texts as staff write them ("15 ngày làm việc", "1.200"), by ``PROCEDURE_FIELDS``.

    Raises:
        BadQuantity: TF142 where there is no such fact, TF143 for a text that is not understood.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> after = with_procedure_facts(Procedure(flow=Flow(id="p")), {"dossiers": "1.200"})
        >>> after.volume.dossiers.value, after.volume.dossiers.evidence.value
        (Fraction(1200, 1), 'assumed')

    Source: Phần I of the annexes of QĐ 2816/QĐ-UBND; Thông tư 02/2017/TT-VPCP.
    """
    for name in fields:
        if name not in PROCEDURE_FIELDS:
            hint = f"choose one of {', '.join(PROCEDURE_FIELDS)}"
            raise BadQuantity("TF142", f"no fact {name!r}", hint=hint, choices=PROCEDURE_FIELDS)
    known = procedure_facts(procedure)
    given = {name: " ".join(text.split()) for name, text in fields.items()}
    given = {name: text for name, text in given.items() if text != known.get(name, "")}
    now = {**known, **given}
    changed: dict[str, Any] = {name: now[name] or None for name in _TEXTS if name in given}
    if "name" in given:
        changed["name"] = given["name"]
    if set(_SOURCE) & given.keys():
        changed["source"] = _source(procedure.source, now)
    if "total_time" in given:
        changed["total_time"] = _total(given["total_time"])
    return evolve(procedure, volume=_volume(procedure.volume, now, given), **changed)


def _source(before: Source | None, now: Mapping[str, str]) -> Source | None:
    document, place, date = (now.get(name) or None for name in _SOURCE)
    if document is None:
        return None
    same = before is not None and before.document == document
    return Source(
        document=document, place=place, date=date, url=before.url if before and same else None
    )


def _total(text: str) -> TotalTime:
    if not text:
        return TotalTime()
    read = read_duration(text)
    none_prescribed = read.reason is NoLength.NOT_PRESCRIBED
    if read.duration is None and not none_prescribed:
        raise _not_understood("total_time", text)
    return TotalTime(duration=read.duration, printed=text, none_prescribed=none_prescribed)


def _volume(before: Volume, now: Mapping[str, str], given: Mapping[str, str]) -> Volume:
    about = {each.partition(".")[0] for each in given}
    figures: dict[str, Any] = {name: _figure(name, now) for name in FIGURES if name in about}
    return evolve(before, **figures)


def _figure(name: str, now: Mapping[str, str]) -> Quantity | None:
    text, kind = now.get(name, ""), now.get(f"{name}.evidence", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise _not_understood(name, text)
    if kind and kind not in {each.value for each in EvidenceKind}:
        raise _not_understood(f"{name}.evidence", kind)
    document = now.get(f"{name}.source")
    return Quantity(
        value=Fraction(text.replace(".", "").replace(",", ".")),
        evidence=EvidenceKind(kind) if kind else EvidenceKind.ASSUMED,
        source=Source(document=document) if document else None,
    )


def _not_understood(name: str, text: str) -> BadQuantity:
    hint = "write it as an office does: 15 ngày làm việc; 1.200; 0,5"
    return BadQuantity("TF143", f"{name}: {text!r}", place=name, hint=hint)
