"""The gettext catalogues hold every text, and come back as they went."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from house.tree import ROOT


@pytest.fixture
def catalogues(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("catalogues")

    yield tool
    sys.modules.pop("catalogues")


def through_a_file(given: Catalog) -> Catalog:
    out = io.BytesIO()
    write_po(out, given, width=0)
    return read_po(io.BytesIO(out.getvalue()))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_text_of_every_table_is_in_the_catalogue(
    catalogues: ModuleType, language: str
) -> None:
    found = catalogues.tables()
    texts = [
        row[column]
        for rows in found.values()
        for row in rows
        for column in catalogues.COLUMNS[language]
        if row.get(column)
    ]
    back = through_a_file(catalogues.catalogue(language, found))
    assert sorted(texts) == sorted(str(each.string) for each in back if each.id)
    assert catalogues.taken(back, found) == {}


def test_a_translation_comes_back_into_its_place_only(catalogues: ModuleType) -> None:
    found = catalogues.tables()
    given = through_a_file(catalogues.catalogue("en", found))
    message = next(each for each in given if str(each.context) == "report/texts.csv|unknown|en")
    message.string = "not known"
    changed = catalogues.taken(given, found)
    assert list(changed) == ["report/texts.csv"]
    assert [row["en"] for row in changed["report/texts.csv"] if row["code"] == "unknown"] == [
        "not known"
    ]


@pytest.mark.parametrize(
    ("place", "text"),
    [("report/texts.csv|was|en", "{other}"), ("report/texts.csv|no-such|en", "x")],
)
def test_what_fits_nowhere_is_refused(catalogues: ModuleType, place: str, text: str) -> None:
    given = Catalog(locale="en")
    given.add("a", text, context=place)
    with pytest.raises(ValueError, match=r"other fields|no table"):
        catalogues.taken(given, catalogues.tables())


def test_a_table_that_nobody_changed_is_written_as_it_was(catalogues: ModuleType) -> None:
    name = "report/texts.csv"
    rows = catalogues.tables()[name]
    again = catalogues.written(rows)
    assert again.splitlines()[0] == ",".join(rows[0])
    assert catalogues.tables()[name] == rows


def test_no_place_is_taken_twice(catalogues: ModuleType) -> None:
    for name, rows in catalogues.tables().items():
        codes = [next(iter(row.values())) for row in rows]
        assert len(set(codes)) == len(codes), name
