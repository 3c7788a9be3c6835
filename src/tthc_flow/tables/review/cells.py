"""What the workbook says of a step table: its cells by their paths, before they are words.

A value is a text, an exact number, a label, or a tuple of texts; what is not known is left out, or
is ``UNKNOWN`` where an empty cell would let the words of the table decide.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import fields_dict, frozen

from tthc_flow.model.actor import Role
from tthc_flow.model.procedure import Volume
from tthc_flow.model.step import StepTime
from tthc_flow.tables.labels import CITIZEN, UNKNOWN
from tthc_flow.tables.review.columns import KEY, ROW_ID
from tthc_flow.tables.whole_table import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import ApplicantWork, Crew, TotalTime
    from tthc_flow.model.source import Quantity, Source
    from tthc_flow.model.step import Harm
    from tthc_flow.tables.step_table import StepTable, TableBranch, TableRow
    from tthc_flow.units import Duration

Value: TypeAlias = "str | Fraction | tuple[str, ...] | tuple[TableBranch, ...]"
Cells: TypeAlias = "dict[str, Value]"

_FLAGS = {"pauses": "pause", "resumes": "unpause", "automatic": "automatic", "parallel": "parallel"}
_TRUTHS = ("decides", "mandatory", "discretion", "paper", "applicant_visit")
_COUNTS = ("checked", "rejected", "amended")
_SETS = ("reads", "writes", "criteria")
_QUANTITIES = tuple(name for name in fields_dict(Volume) if name != "by_year")


@frozen
class TableCells:
    """The cells of one table: its head, its rows, and the rows of each of its lists."""

    head: Cells
    rows: tuple[Cells, ...]
    lists: Mapping[str, tuple[Cells, ...]]


def table_cells(table: StepTable, name: str, ids: tuple[str, ...]) -> TableCells:
    """Return what the workbook says of *table*, called *name* there, its rows called *ids*."""
    lists: dict[str, tuple[Cells, ...]] = {
        path: tuple({KEY: name, **each} for each in found)
        for path, found in _lists_of_table(table).items()
    }
    pairs = tuple(zip(ids, table.rows, strict=True))
    for path in ("tasks", "legal_basis", "databases"):
        lists[path] = tuple(
            {KEY: name, ROW_ID: row_id, **each}
            for row_id, row in pairs
            for each in _lists_of_row(row)[path]
        )
    return TableCells(
        head=_said({KEY: name, **_head(table)}),
        rows=tuple(_said({ROW_ID: row_id, **_row(row, table)}) for row_id, row in pairs),
        lists=lists,
    )


def _said(cells: Mapping[str, Value | None]) -> Cells:
    return {path: value for path, value in cells.items() if value not in {None, ""}}


def _head(table: StepTable) -> dict[str, Value | None]:
    kind = INTERNAL if table.internal else table.kind
    volume: dict[str, Value | None] = {}
    for name in _QUANTITIES:
        volume |= _quantity(f"volume.{name}", getattr(table.volume, name))
    return {
        "id": table.id,
        "name": table.name,
        "tthc_code": table.code,
        "kind": kind,
        "field": table.field,
        "province": table.locality,
        "authority_level": table.level,
        "agency": table.agency,
        **_source("source", table.source),
        **_total(table.total_time),
        "documents": () if table.documents == () else None,
        **volume,
        "baseline": _truth(table.baseline or None),
    }


def _total(total: TotalTime) -> dict[str, Value | None]:
    told = total.duration is None and not total.none_prescribed and total.printed is not None
    return {
        "total_time.text": total.printed,
        **_length("total_time", total.duration, unknown=told),
        "total_time.none_prescribed": _truth(total.none_prescribed or None),
    }


def _row(row: TableRow, table: StepTable) -> dict[str, Value | None]:
    facts = row.facts
    return {
        "no": row.number,
        "stage": row.stage,
        "name": row.name,
        "content": row.content,
        **_performer(row.performer),
        "kinds": row.kinds or (UNKNOWN,),
        **_time(row, table),
        "anchor": row.anchor,
        "result": row.result,
        "branches": row.branches or None,
        **{path: _truth(getattr(row, name) or None) for name, path in _FLAGS.items()},
        **_length("work", facts.work),
        **{name: _sorted(getattr(facts, name)) for name in _SETS},
        **{name: _truth(getattr(facts, name)) for name in _TRUTHS},
        "inspects": facts.inspects,
        **{name: _number(getattr(facts, name)) for name in _COUNTS},
        "separate_from": _sorted(facts.separate_from or None),
        **_harm(facts.harm),
    }


def _performer(performer: Performer) -> dict[str, Value | None]:
    if not performer.name:
        return {}
    applicant = performer.role is Role.APPLICANT
    levels = tuple(sorted(performer.levels))
    return {
        "performer": performer.name,
        "office": performer.office or UNKNOWN,
        "role": performer.role or UNKNOWN,
        "level": levels or (CITIZEN if applicant else UNKNOWN,),
    }


def _time(row: TableRow, table: StepTable) -> dict[str, Value | None]:
    time = row.time
    if time == StepTime():
        return {}
    printed = time.printed
    if printed is not None and row.anchor is not None:
        printed = printed.removesuffix(row.anchor).rstrip()
    return {
        "time.text": printed,
        **_length("time", time.duration, unknown=True),
        "time.counted": None if time.counted else "false",
        "time.evidence": None if time.evidence is StepTime().evidence else time.evidence,
        **_source("time.source", None if time.source == table.source else time.source),
    }


def _harm(harm: Harm | None) -> dict[str, Value | None]:
    if harm is None:
        return {}
    return {
        "harm.severity": harm.severity,
        "harm.reversible": _truth(harm.reversible),
        **_quantity("harm.amount", harm.amount),
    }


def _lists_of_row(row: TableRow) -> dict[str, list[Cells]]:
    return {
        "tasks": [
            _said({
                "name": each.name,
                "kind": each.kind,
                "time_as_printed": each.time,
                "pause": _truth(each.pauses or None),
                "unpause": _truth(each.resumes or None),
            })
            for each in row.tasks
        ],
        "legal_basis": [
            _said({"document": each.document, "rank": each.rank, "clause": each.clause})
            for each in row.facts.legal_basis
        ],
        "databases": [
            _said({
                "name": each.name,
                "connected": _truth(each.connected),
                "authoritative": _truth(each.authoritative),
            })
            for each in row.facts.databases
        ],
    }  # fmt: skip


def _lists_of_table(table: StepTable) -> dict[str, Iterable[Cells]]:
    return {
        "total_time.alternatives": (
            _said({"when": when, **_length("length", length)})
            for when, length in table.total_time.alternatives
        ),
        "documents": (
            _said({
                "name": each.name,
                "copies": _number(each.copies),
                "original": _truth(each.original),
                "known_in": each.known_in,
            })
            for each in table.documents or ()
        ),
        "work": (_work(each) for each in table.work),
        "volume.by_year": (
            _said({
                "year": Fraction(each.year),
                "dossiers": Fraction(each.dossiers),
                **_source("source", each.source),
            })
            for each in table.volume.by_year
        ),
        "crews": (_crew(each) for each in table.crews),
        "answers": _answers(table),
    }  # fmt: skip


def _answers(table: StepTable) -> Iterator[Cells]:
    for each in table.answers:
        yield _said({
            "question": each.question,
            "reply": each.reply,
            "step": each.step,
            **_source("source", each.source),
            "by": each.by,
            "on": each.on,
            "about": each.about,
        })  # fmt: skip


def _work(work: ApplicantWork) -> Cells:
    return _said({
        "item": work.item,
        "name": work.name,
        **_quantity("hours", work.hours),
        **_quantity("service", work.service),
        **_quantity("other", work.other),
        "document": work.document,
    })  # fmt: skip


def _crew(crew: Crew) -> Cells:
    return _said({
        "office": crew.office,
        "role": crew.role,
        **_quantity("people", crew.people),
        **_quantity("hours", crew.hours),
        **_quantity("other_load", crew.other_load),
    })  # fmt: skip


def _length(
    path: str, length: Duration | None, *, unknown: bool = False
) -> dict[str, Value | None]:
    if length is None:
        return {f"{path}.value": UNKNOWN} if unknown else {}
    return {
        f"{path}.value": length.amount,
        f"{path}.unit": length.unit,
        f"{path}.at_least": length.at_least,
    }


def _quantity(path: str, quantity: Quantity | None) -> dict[str, Value | None]:
    if quantity is None:
        return {}
    return {
        f"{path}.value": quantity.value,
        f"{path}.evidence": quantity.evidence,
        **_source(f"{path}.source", quantity.source),
    }


def _source(path: str, source: Source | None) -> dict[str, Value | None]:
    if source is None:
        return {}
    names = ("document", "place", "date", "url")
    return {f"{path}.{name}": getattr(source, name) for name in names}


def _sorted(texts: frozenset[str] | None) -> tuple[str, ...] | None:
    return None if texts is None else tuple(sorted(texts))


def _number(count: int | None) -> Fraction | None:
    return None if count is None else Fraction(count)


def _truth(said: bool | None) -> str | None:  # noqa: FBT001 - the value itself
    return None if said is None else "true" if said else "false"
