"""Progress: the three aggregates as measures/aggregate.py makes them, and the SQL of the page."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from portfolio.kept import generated, portfolio_of
from tthc_flow.measures.aggregate import cut, mean, pooled, weighted
from tthc_flow.model.progress import Measure
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.columns import TABLES, columns
from tthc_flow.portfolio.progress import By, Progress, coverage, internal, progress

AMOUNTS = st.none() | st.integers(0, 40).map(lambda days: days * 240)
SIDES = st.tuples(AMOUNTS, AMOUNTS, st.none() | st.integers(0, 500), st.sampled_from("AB"))
SQL = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def rows_of(
    told: Sequence[tuple[int | None, int | None, int | None, str]],
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, (before, after, dossiers, agency) in enumerate(told):
        share = None if before is None or after is None else cut(before, after)
        rows.append(
            {
                "key": str(number),
                "agency": agency,
                "dossiers": dossiers,
                "norm_minutes": before,
                "after_norm_minutes": after,
                "time_cut": None if share is None else float(share),
            }
        )
    return rows


def close(found: float | None, exact: Fraction | None) -> bool:
    if found is None or exact is None:
        return found is exact
    return abs(found - exact) <= 1e-9


@given(st.lists(SIDES, min_size=1, max_size=30))
@settings(max_examples=40)
def test_the_aggregates_are_those_of_the_measures(
    told: list[tuple[int | None, int | None, int | None, str]],
) -> None:
    with tempfile.TemporaryDirectory() as where:
        out = portfolio_of(Path(where), procedures=rows_of(told))
        found = {each.group: each for each in progress(out, By.AGENCY) if each.of is Measure.TIME}
        (whole,) = (each for each in progress(out) if each.of is Measure.TIME)
    for group, one in ((None, whole), *found.items()):
        own = [each for each in told if group in (None, each[3])]
        agrees(one, own)


def agrees(found: Progress, told: list[tuple[int | None, int | None, int | None, str]]) -> None:
    """Compare one figure with the exact one of the measures."""
    known = [(b, a, d) for b, a, d, _ in told if b is not None and a is not None]
    pairs = [(before, after) for before, after, _ in known]
    cuts = [share for pair in pairs if (share := cut(*pair)) is not None]
    counted = [(b, a, d) for b, a, d in known if d is not None]
    heavy = weighted([(b, a) for b, a, _ in counted], [d for _, _, d in counted])
    assert (found.procedures, found.known) == (len(told), len(pairs))
    assert close(found.pooled, pooled(pairs).share)
    assert close(found.mean, mean(pairs).share)
    assert close(found.weighted, heavy.share)
    assert found.with_dossiers == heavy.count
    assert found.at_30 == sum(share >= Fraction(3, 10) for share in cuts)
    assert found.at_50 == sum(share >= Fraction(1, 2) for share in cuts)


def test_known_figures_by_hand(tmp_path: Path) -> None:
    rows = rows_of([(10, 5, 1, "A"), (90, 90, 3, "A"), (10, None, 9, "A"), (10, 7, None, "B")])
    out = portfolio_of(tmp_path, procedures=[*rows, {"key": "bad", "error": "TF204"}])
    told = {each.group: each for each in progress(out, By.AGENCY) if each.of is Measure.TIME}
    assert list(told) == ["A", "B", None]
    first = told["A"]
    assert (first.procedures, first.known, first.before, first.after) == (3, 2, 100.0, 95.0)
    assert first.pooled == pytest.approx(0.05)
    assert first.mean == 0.25
    assert first.weighted == 0.125
    assert (first.with_dossiers, first.at_30, first.at_50) == (2, 1, 1)
    assert (told["B"].weighted, told["B"].at_30, told["B"].at_50) == (None, 1, 0)
    assert (told[None].procedures, told[None].known, told[None].pooled) == (1, 0, None)


def test_how_many_are_as_far_as_all_should_be(tmp_path: Path) -> None:
    rows = [
        {"key": "a", "sound": True, "runnable": True, "norm_minutes": 5.0, "proven": True},
        {"key": "b", "sound": False, "runnable": True, "proven": None},
        {"key": "c", "error": "TF204"},
    ]
    (found,) = coverage(portfolio_of(tmp_path, procedures=rows))
    assert found.procedures == 3
    counted = (found.examined, found.sound, found.runnable, found.timed, found.planned)
    assert counted == (2, 1, 2, 1, 1)


def test_internal_procedures_are_in_no_figure_and_counted_apart(tmp_path: Path) -> None:
    kinds = ("public", None, "within_agency", "between_agencies")
    rows = rows_of([(10, 5, 1, "A"), (90, 90, 3, "A"), (100, 1, 9, "A"), (7, 7, 1, "B")])
    told = [{**row, "kind": kind, "sound": True} for row, kind in zip(rows, kinds, strict=True)]
    out = portfolio_of(tmp_path, procedures=told)
    (time,) = (each for each in progress(out, By.AGENCY) if each.of is Measure.TIME)
    assert (time.group, time.procedures, time.saved) == ("A", 2, 5.0)
    assert [each.sound for each in coverage(out)] == [2]
    assert internal(out) == 2


PAGES = [ROOT / "docs" / lang / "how-to" / "portfolio.md" for lang in ("", "vi")]


@pytest.mark.parametrize("page", PAGES, ids=["en", "vi"])
def test_the_sql_of_the_page_gives_the_figures_of_progress(page: Path, tmp_path: Path) -> None:
    questions = SQL.findall(page.read_text(encoding="utf-8"))
    assert len(questions) == 1
    assert len(questions[0].strip().splitlines()) <= 5
    out = generated(tmp_path / "out", 3_000)
    told = {row[0]: row[1:] for row in ask(out, questions[0]).rows}
    found = {each.group: each for each in progress(out, By.AGENCY) if each.of is Measure.TIME}
    assert told.keys() == found.keys()
    assert len(told) == 20
    for group, one in found.items():
        figures = (one.procedures, one.mean, one.pooled, one.weighted, one.at_30, one.at_50)
        assert told[group] == pytest.approx(figures)


@pytest.mark.parametrize("page", PAGES, ids=["en", "vi"])
def test_the_page_documents_every_column_with_its_unit(page: Path) -> None:
    lang = "vi" if "vi" in page.parts else "en"
    parts = re.split(r"^#+ `?(\w+)`?$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for table in TABLES:
        lines = [line for line in sections[table].splitlines() if line.startswith("| `")]
        assert lines == [
            f"| `{e.name}` | {e.type} | {getattr(e, f'unit_{lang}')} | {getattr(e, lang)} |"
            for e in columns()[table]
        ]
