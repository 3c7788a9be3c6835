"""Data that the package ships: messages in both languages, schemas that are schemas."""

from __future__ import annotations

import csv
import json
import string
from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft202012Validator

from house.tree import SRC, files

COLUMNS = ["code", "vi", "en", "hint_vi", "hint_en"]
# Rooms that read other people's files also say what they took for granted meanwhile.
ASSUMING = ("dialect.csv", "read.csv")


def rows() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield each row of the message files."""
    for path in sorted((SRC / "words" / "messages").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from ((path, row) for row in csv.DictReader(lines))


def places(text: str) -> set[str]:
    """Return the names of the ``{place}`` fields of *text*."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_message_file_has_the_same_columns() -> None:
    heads = {}
    for path in sorted((SRC / "words" / "messages").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            heads[path] = next(csv.reader(lines))
    more = ["assumed_vi", "assumed_en"]
    wanted = {path: COLUMNS + more * (path.name in ASSUMING) for path in heads}
    assert heads == wanted


def test_every_message_is_there_in_both_languages_with_its_hint() -> None:
    empty = [
        f"{row['code']}: {column}"
        for _, row in rows()
        for column in ("code", "vi", "en")
        if not row[column].strip()
    ]
    halves = [row["code"] for _, row in rows() if bool(row["hint_vi"]) != bool(row["hint_en"])]
    silent = [
        row["code"]
        for path, row in rows()
        if path.name in ASSUMING and not (row["assumed_vi"] and row["assumed_en"])
    ]
    assert empty + halves + silent == []


def test_both_languages_of_a_message_tell_the_same_facts() -> None:
    differ = [
        row["code"]
        for _, row in rows()
        if places(row["vi"]) != places(row["en"])
        or places(row["hint_vi"]) != places(row["hint_en"])
        or places(row.get("assumed_vi", "")) != places(row.get("assumed_en", ""))
    ]
    assert differ == []


def test_a_message_code_stands_once_and_in_the_file_of_its_prefix() -> None:
    codes = [row["code"] for _, row in rows()]
    strangers = [
        f"{path.name}: {row['code']}"
        for path, row in rows()
        if row["code"].partition("-")[0] != path.stem
    ]
    assert strangers == []
    assert sorted(codes) == sorted(set(codes))


def test_every_json_schema_is_a_schema() -> None:
    for path in files(".json"):
        if path.name.endswith(".schema.json"):
            Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
