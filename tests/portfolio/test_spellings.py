"""One agency however it is written: a group, its figures, and the SQL of the page."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from portfolio.kept import portfolio_of
from tthc_flow.model.progress import Measure
from tthc_flow.portfolio.asking import ask
from tthc_flow.portfolio.progress import PUBLIC, By, coverage, progress, respelled
from tthc_flow.portfolio.shared import asked_again, inspected_again
from tthc_flow.portfolio.spellings import one_name, spellings
from tthc_flow.report.progress.dashboard import dashboard
from tthc_flow.verbs.portfolio_report import standing

NAME = "Sở Y tế"
SPELLINGS = (
    NAME, "SỞ Y TẾ", "sở y tế", " Sở  Y tế", "Sở Y\u00a0tế ", unicodedata.normalize("NFD", NAME),
    "Sở Y tá", "Sở Y te", "Đội Đo", "ĐỘI ĐO", "",
)  # fmt: skip


def rows_of(agencies: list[str | None]) -> list[dict[str, object]]:
    return [
        {"key": f"{at:03}", "agency": agency, "field": agency, "norm_minutes": 100.0,
         "after_norm_minutes": 60.0 + at, "time_cut": 0.4 - at / 100, "dossiers": 1 + at}
        for at, agency in enumerate(agencies)
    ]  # fmt: skip


def shown_by_hand(agencies: list[str | None]) -> dict[str | None, list[int]]:
    """Return the places of each group, by the spelling that most have, the first of as many."""
    groups: dict[str | None, list[int]] = {}
    for at, each in enumerate(agencies):
        groups.setdefault(None if each is None else one_name(each), []).append(at)
    told: dict[str | None, list[int]] = {}
    for name, places in groups.items():
        counts = Counter(str(agencies[at]) for at in places)
        usual = min(counts, key=lambda each: (-counts[each], each.encode()))
        told[None if name is None else usual] = places
    return told


@given(st.lists(st.sampled_from(SPELLINGS) | st.none(), min_size=1, max_size=25))
@settings(max_examples=8, deadline=None)
def test_the_groups_are_those_by_hand(agencies: list[str | None]) -> None:
    with tempfile.TemporaryDirectory() as where:
        out = portfolio_of(Path(where), procedures=rows_of(agencies))
        found = {each.group: each for each in progress(out, By.AGENCY) if each.of is Measure.TIME}
        counted = {each.group: each.procedures for each in coverage(out, By.AGENCY)}
        others = respelled(out, By.AGENCY)
    told = shown_by_hand(agencies)
    assert found.keys() == told.keys() == counted.keys()
    for group, places in told.items():
        assert found[group].procedures == counted[group] == len(places)
        assert found[group].after == pytest.approx(sum(60.0 + at for at in places))
        own = {str(agencies[at]) for at in places} - {group} if group is not None else set()
        assert {each for each, shown in others.items() if shown == group} == own


AGENCIES = [
    NAME,
    "SỞ Y TẾ",
    NAME,
    unicodedata.normalize("NFD", NAME),
    "Sở  Y tế",
    "Sở Nội vụ",
    None,
]


@pytest.mark.parametrize("lang", ["", "vi"])
def test_the_sql_of_the_page_groups_alike(tmp_path: Path, lang: str) -> None:
    page = (ROOT / "docs" / lang / "how-to" / "portfolio.md").read_text("utf-8")
    (question,) = re.findall(r"^```sql\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    out = portfolio_of(tmp_path, procedures=rows_of(AGENCIES))
    told = {row[0]: row[1:] for row in ask(out, question).rows}
    found = {each.group: each for each in progress(out, By.AGENCY) if each.of is Measure.TIME}
    assert list(told) == ["Sở Nội vụ", NAME, None]
    for group, one in found.items():
        figures = (one.procedures, one.mean, one.pooled, one.weighted, one.at_30, one.at_50)
        assert told[group] == pytest.approx(figures)


def test_what_is_counted_under_another_spelling_is_told(tmp_path: Path) -> None:
    out = portfolio_of(tmp_path, procedures=rows_of(AGENCIES))
    assert set(spellings(out, "agency", PUBLIC)) == set(AGENCIES[:5]) - {NAME}
    assert respelled(out, By.ALL) == {}
    found = standing(out)
    assert found.respelled == 2 * 3
    groups = {each.group for each in found.agencies.reach}
    assert groups == {each.agency for each in found.listed} == {NAME, "Sở Nội vụ", None}
    agencies = [each.agency for each in found.listed]
    assert agencies == ["Sở Nội vụ", *[NAME] * 5, None]
    assert "6 cách viết khác (chữ hoa, khoảng trắng, dấu) của cùng một tên" in dashboard(
        found, "vi"
    )
    assert "6 other spellings" in dashboard(found, "en")


def test_names_that_are_written_alike_are_told_of_nothing(tmp_path: Path) -> None:
    out = portfolio_of(tmp_path, procedures=rows_of([NAME, NAME, "Sở Nội vụ"]))
    found = standing(out)
    assert found.respelled == 0
    assert "cách viết khác" not in dashboard(found, "vi")


def test_a_name_is_one_whatever_its_capitals_blanks_and_accents() -> None:
    assert {one_name(each) for each in SPELLINGS[:6]} == {"sở y tế"}
    assert len({one_name(each) for each in SPELLINGS}) == 5


def test_who_asks_and_who_inspects_again_is_one_however_it_is_written(tmp_path: Path) -> None:
    procedures = [
        {"key": key, "file": key, "province": "Sơn La", "agency": agency}
        for key, agency in zip("abcd", (NAME, "SỞ Y TẾ", NAME, None), strict=True)
    ]
    documents = [
        {"key": key, "name": "Đơn", "name_key": "don", "province": "Sơn La"} for key in "abcd"
    ]
    inspections = [
        {"key": key, "step": "s", "subject": "Kho", "subject_key": "kho", "office": office}
        for key, office in zip("abc", ("sở y tế", " Sở  Y tế", None), strict=True)
    ]
    out = portfolio_of(
        tmp_path, procedures=procedures, documents=documents, inspections=inspections
    )
    ((asked,), (inspected,)) = asked_again(out), inspected_again(out)
    assert (asked.keys, asked.agencies) == (("a", "b", "c", "d"), (NAME,))
    assert inspected.steps == (("a", "s"), ("b", "s"), ("c", "s"))
    assert inspected.offices == (" Sở  Y tế",)  # of as many the first by its letters
