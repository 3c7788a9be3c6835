"""Every text that staff read: complete, in both languages, with the same places."""

from __future__ import annotations

import csv
from pathlib import Path
from string import Formatter

import pytest

import tthc_flow.words.messages as module
from tthc_flow.words.messages import message

FOLDER = Path(module.__file__).with_name("messages")
COLUMNS = ["code", "vi", "en", "hint_vi", "hint_en"]
ASSUMED = ["assumed_vi", "assumed_en"]
"""What is taken for granted meanwhile: of the findings about what a file says."""
ASSUMING = {"read", "dialect"}
ROWS = [
    (file.stem, row)
    for file in sorted(FOLDER.glob("*.csv"))
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.csv")), ids=lambda file: file.stem)
def test_a_message_file_has_the_columns_and_each_code_once(file):
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == COLUMNS + (ASSUMED if file.stem in ASSUMING else [])
    codes = [row[0] for row in rows[1:]]
    assert len(codes) == len(set(codes))


LABELS = {
    *("decision", "engine", "excel", "expect", "field", "file", "log", "migrate", "portfolio"),
    *("progress", "sheet", "simulate", "slip", "studio"),
}
"""Files that hold words of lists and papers besides findings: a label needs no hint."""


@pytest.mark.parametrize(("prefix", "row"), ROWS, ids=[row["code"] for _, row in ROWS])
def test_every_text_is_complete_in_both_languages(prefix, row):
    assert set(row) == {*COLUMNS, *(ASSUMED if prefix in ASSUMING else [])}
    assert places(row.get("assumed_vi", "")) == places(row.get("assumed_en", ""))
    spoken = COLUMNS if prefix not in LABELS else ("code", "vi", "en")
    assert all((row[column] or "").strip() for column in spoken)
    assert bool(row["hint_vi"]) is bool(row["hint_en"])
    assert row["code"].partition("-")[0] == prefix
    assert places(row["vi"]) == places(row["en"])
    assert places(row["hint_vi"]) == places(row["hint_en"])
    assert "" not in places(row["vi"] + row["hint_vi"])


def test_values_fill_their_places_and_a_missing_one_is_said_to_be_unknown():
    assert (
        message("time-no_unit", {"text": "5"}).text == 'thời gian "5" có số nhưng không có đơn vị'
    )
    assert "chưa rõ" in message("time-no_unit").text


def test_a_value_with_braces_is_printed_as_it_is():
    assert "{code.__class__}" in message("time-no_unit", {"text": "{code.__class__}"}, "en").text


def test_a_code_without_a_text_is_an_error():
    with pytest.raises(KeyError):
        message("time-nowhere")
