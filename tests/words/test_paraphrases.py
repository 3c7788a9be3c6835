"""Sentences of our own, as other provinces would print them: kind, role and levels of each."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tthc_flow.words.actors import read_performer
from tthc_flow.words.kinds import read_kinds

TABLE = Path(__file__).with_name("paraphrases.csv").read_text(encoding="utf-8")
ROWS = tuple(csv.DictReader(TABLE.splitlines(), delimiter="|"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['performer']}: {row['content']}")
def test_a_sentence_in_other_words_is_read_as_what_it_says(row):
    said = read_performer(row["performer"], agency=row["agency"]).performer
    assert said.role == row["role"]
    assert ",".join(sorted(said.levels)) == row["levels"]
    assert [kind.value for kind in read_kinds(row["content"], said).kinds] == [row["kind"]]
