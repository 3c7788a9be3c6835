"""One glossary for all words of ours: a term that is Vietnamese here is its English there."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tthc_flow.words.syllables import composed

SOURCES = Path(str(files("tthc_flow")))
PAIRS = (("vi", "en"), ("hint_vi", "hint_en"), ("assumed_vi", "assumed_en"))
GLOSSARY = tuple(
    csv.DictReader((SOURCES / "words" / "glossary.csv").read_text("utf-8").splitlines())
)


def said() -> Iterator[tuple[str, str, str]]:
    """Yield where, the Vietnamese and the English of every text in every table of texts."""
    for path in sorted(SOURCES.rglob("*.csv")):
        for number, row in enumerate(csv.DictReader(path.read_text("utf-8").splitlines()), start=2):
            for vi, en in PAIRS:
                if row.get(vi) and row.get(en) and path.stem != "glossary":
                    yield f"{path.stem}.csv:{number} {vi}", composed(row[vi]), row[en]


SAID = tuple(said())


@pytest.mark.parametrize("term", GLOSSARY, ids=lambda term: term["en"])
def test_a_term_is_said_by_its_own_words_in_english(term):
    vietnamese = re.compile(rf"(?<!\w){re.escape(term['vi'])}(?!\w)", re.IGNORECASE)
    english = re.compile(rf"\b(?:{term['said']})", re.IGNORECASE)
    found = [(where, en) for where, vi, en in SAID if vietnamese.search(vi)]
    assert found, "no text says this term: it has no place in the glossary"
    assert [(where, en) for where, en in found if not english.search(en)] == []


def test_every_term_stands_once_and_names_its_english():
    assert len({term["vi"] for term in GLOSSARY}) == len(GLOSSARY)
    for term in GLOSSARY:
        assert re.search(rf"\b(?:{term['said']})", term["en"], re.IGNORECASE), term["vi"]


def test_every_text_is_there_in_both_languages():
    """Vietnamese 100 %, English 100 %."""
    missing = []
    for path in sorted(SOURCES.rglob("*.csv")):
        for number, row in enumerate(csv.DictReader(path.read_text("utf-8").splitlines()), start=2):
            for vi, en in PAIRS:
                if vi in row and en in row and bool(row[vi]) is not bool(row[en]):
                    missing.append(f"{path.stem}.csv:{number} {vi}")
    assert missing == []
