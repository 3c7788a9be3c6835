"""The progress of a portfolio as papers: dashboard, Word report, workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.progress import Cut, Measure
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.place import Place, read_record
from tthc_flow.portfolio.portfolio import COMPLETE
from tthc_flow.portfolio.progress import PUBLIC, By, coverage, internal, progress, respelled
from tthc_flow.portfolio.twins import twins
from tthc_flow.report.progress.dashboard import dashboard
from tthc_flow.report.progress.given import Alike, Doer, Grouped, Listed, Reach, Stage, Standing
from tthc_flow.report.progress.paper import progress_document
from tthc_flow.report.progress.period import Period
from tthc_flow.report.progress.workbook import progress_workbook
from tthc_flow.verbs.files import place
from tthc_flow.verbs.opening import spoken
from tthc_flow.words.collation import vietnamese_order

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from tthc_flow.portfolio.twins import Twin, Twins
    from tthc_flow.words.collation import Key

NAMES: Final = {
    "page": "tien-do.html",
    "word": "bao-cao-tien-do.docx",
    "excel": "tien-do.xlsx",
}

_MOST_ALIKE: Final = 20
"""Groups of procedures that are the same which a report tells of; ``twins`` tells all."""

_FACTS: Final = ("key", "code", "name", "agency", "field", "province", "dossiers")
_PROCEDURES: Final = f"""
SELECT {", ".join(_FACTS)},
  norm_minutes, cost_tt02, cost_processing, steps,
  after_norm_minutes, after_cost_tt02, after_cost_processing, after_steps,
  error IS NULL, sound, runnable, norm_minutes IS NOT NULL, proven
FROM procedures WHERE {PUBLIC}"""  # noqa: S608 - our own names


def standing(out: str | os.PathLike[str], *, period: Period | str | None = None) -> Standing:
    """Return where the portfolio *out* stands against the targets, as the reports tell it.

    Internal procedures are counted and left out: their targets are others.

    Args:
        out: The folder of a portfolio.
        period: The month, quarter or year that is reported, as ``2026-03`` or ``2026-Q1``.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.
        BadQuantity: TF123 for what is no period.

    Example:
        >>> import tempfile
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from tthc_flow.verbs.portfolio import run_portfolio
        >>> with tempfile.TemporaryDirectory() as where, ThreadPoolExecutor(1) as threads:
        ...     _ = run_portfolio("processes/bao-chi-xuat-ban", where, executor=threads)
        ...     found = standing(where, period="2026-Q1")
        >>> found.period.target, found.whole.reach[0].procedures, len(found.listed)
        (0.5, 5, 5)

    Source: NQ 66/NQ-CP; plan 949/KH-UBND VI.
    """
    record = read_record(Place(Path(out)))
    groups, (agencies, fields) = twins(out), (respelled(out, by) for by in (By.AGENCY, By.FIELD))
    listed = (_listed(row, agencies, fields) for row in ask(out, _PROCEDURES).rows)
    return Standing(
        period=Period.read(period) if isinstance(period, str) else period,
        whole=_grouped(out, By.ALL),
        agencies=_grouped(out, By.AGENCY),
        fields=_grouped(out, By.FIELD),
        listed=tuple(sorted(listed, key=_by_group)),
        alike=tuple(_alike(each) for each in groups[:_MOST_ALIKE]),
        alike_count=len(groups),
        internal=internal(out),
        respelled=len(agencies) + len(fields),
        finished=record["state"] == COMPLETE,
        convention=record.get("settings", {}).get("convention"),
    )


def portfolio_report(
    out: str | os.PathLike[str],
    *,
    period: Period | str | None = None,
    lang: str = "vi",
) -> dict[str, bytes]:
    """Return the progress of a portfolio as dashboard, Word report and workbook.

    The Word report is Vietnamese whatever *lang* says. The same tables give the same bytes.

    Args:
        out: The folder of a portfolio.
        period: The month, quarter or year that is reported, as ``2026-03`` or ``2026-Q1``.
        lang: Of the dashboard and the workbook, ``vi`` or ``en``.

    Returns:
        ``page``, ``word`` and ``excel``, by their names in ``NAMES``.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.
        BadQuantity: TF123 for what is no period, TF108 for another language.
        CannotWrite: TF628 for more procedures than a sheet has rows.

    Example:
        >>> import tempfile
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from tthc_flow.verbs.portfolio import run_portfolio
        >>> with tempfile.TemporaryDirectory() as where, ThreadPoolExecutor(1) as threads:
        ...     _ = run_portfolio("processes/bao-chi-xuat-ban", where, executor=threads)
        ...     sorted(portfolio_report(where, period="2026-Q1"))
        ['excel', 'page', 'word']

    Source: plan 949/KH-UBND VI: progress every month and quarter.
    """
    lang = spoken(lang)
    found = standing(out, period=period)
    return {
        "page": dashboard(found, lang).encode(),
        "word": progress_document(found),
        "excel": progress_workbook(found, lang),
    }


def save_report(made: dict[str, bytes], folder: str | os.PathLike[str]) -> dict[str, str]:
    """Write the papers into *folder*, whole or not at all; return the path of each.

    Raises:
        CannotWrite: TF601 where the place cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as where:
        ...     save_report({"page": b"<!doctype html>"}, where)["page"].endswith("tien-do.html")
        True

    Source: names of the papers of a progress report.
    """
    paths = place(folder, {NAMES[name]: data for name, data in made.items()})
    return {name: str(path) for name, path in zip(made, paths, strict=True)}


def _grouped(out: str | os.PathLike[str], by: By) -> Grouped:
    cuts = progress(out, by)
    reach = tuple(
        Reach(
            group=each.group,
            procedures=each.procedures,
            counts=tuple(getattr(each, stage.value) for stage in Stage),
        )
        for each in coverage(out, by)
    )
    return Grouped(
        cuts=tuple(sorted(cuts, key=_in_order)), reach=tuple(sorted(reach, key=_in_order))
    )


def _in_order(each: Cut | Reach) -> tuple[bool, Key]:
    """Return the place of a group among the others: by its name, what has none last."""
    return each.group is None, vietnamese_order(each.group or "")


def _by_group(row: Listed) -> tuple[object, ...]:
    """Return the place of a procedure: by agency, then by field, what has none last."""
    return row.agency is None, row.agency, row.field is None, row.field, row.key


def _listed(row: tuple[Any, ...], agencies: Mapping[str, str], fields: Mapping[str, str]) -> Listed:
    """Return a procedure with its agency and field as their groups are called."""
    facts = dict(zip(_FACTS, row, strict=False))
    for name, shown in (("agency", agencies), ("field", fields)):
        facts[name] = shown.get(facts[name], facts[name])
    first = len(_FACTS)
    middle, last = first + len(Measure), first + 2 * len(Measure)
    return Listed(**facts, before=row[first:middle], after=row[middle:last], reached=row[last:])


def _alike(group: Twins) -> Alike:
    first, *_, last = group.members
    return Alike(
        same=group.why.value,
        name=first.name,
        code=first.code,
        count=len(group.members),
        lightest=_doer(first),
        heaviest=_doer(last),
        saved=group.saved,
    )


def _doer(twin: Twin) -> Doer:
    return Doer(
        key=twin.key,
        agency=twin.agency,
        province=twin.province,
        minutes=twin.norm_minutes,
        steps=twin.steps,
        hand_offs=twin.hand_offs,
    )
