"""The pages that are made: each lever, check and error code has its entry in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from making.errors import FAMILIES, write_errors
from making.files import write_pages
from making.plain import plain
from making.rooms import HEADINGS_VI, in_vietnamese, told, write_rooms

from house.tree import ROOT, modules, parsed, registered, short
from tthc_flow.words.messages import texts

DOCS = ROOT / "docs"
ROOMS = ("levers", "checks")
CODE = re.compile(r"\bTF\d{3}\b")


def codes_of_the_source() -> dict[str, str]:
    """Return every code that a string of the program names, with one file that does."""
    return {
        node.value: short(path)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    }


def test_every_code_of_the_source_has_its_texts_and_every_text_its_code() -> None:
    named = codes_of_the_source()
    kept = {code.removeprefix("error-") for code in texts("error")}
    assert {code: named[code] for code in named.keys() - kept} == {}
    assert kept - named.keys() == set()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = tmp_path_factory.mktemp("tree") / "docs"
    (docs / "making").mkdir(parents=True)
    (docs / "making" / "rooms_vi.csv").write_bytes((DOCS / "making" / "rooms_vi.csv").read_bytes())
    (docs.parent / "src").symlink_to(ROOT / "src")
    write_rooms(docs)
    write_errors(docs)
    return docs


@pytest.mark.parametrize("folder", ["errors", "vi/errors"])
def test_every_code_has_one_heading_and_one_line_that_leads_to_it(made: Path, folder: str) -> None:
    codes = {code.removeprefix("error-") for code in texts("error")}
    headings = [
        line.removeprefix("## ")
        for page in (made / folder).glob("TF*.md")
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("## ")
    ]
    assert sorted(headings) == sorted(codes)
    index = (made / folder / "index.md").read_text("utf-8")
    leads = re.findall(r"\[(TF\d{3})\]\((TF\d)\.md#(tf\d{3})\)", index)
    assert sorted(leads) == [(code, code[:3], code.lower()) for code in sorted(codes)]


def test_every_family_of_codes_is_named() -> None:
    assert {code.removeprefix("error-TF")[0] for code in texts("error")} <= FAMILIES.keys()


def test_the_vietnamese_rows_are_the_levers_and_checks_that_there_are() -> None:
    rows = in_vietnamese(DOCS)
    there = {(room, path.stem) for room in ROOMS for path in registered(room)}
    assert rows.keys() - there == set()
    assert there - rows.keys() == set()
    assert [
        key for key, row in rows.items() if not all(map(row.get, ("title", *HEADINGS_VI)))
    ] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_lever_and_check_says_what_it_finds_why_when_not_and_by_what(
    made: Path, room: str
) -> None:
    for path in registered(room):
        assert list(told(path)) == ["Finds", "Matters", "Not when", "Source"], short(path)
        assert all(told(path).values()), short(path)
        for folder in (room, f"vi/{room}"):
            page = (made / folder / f"{path.stem}.md").read_text("utf-8")
            assert page.count("\n## ") == len(told(path))
    assert {each.stem for each in (made / room).glob("*.md")} == {
        "index",
        *(each.stem for each in registered(room)),
    }


def test_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a.md": "a", "b.md": "b"})
    write_pages(tmp_path, {"a.md": "a"})
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_text_of_the_program_is_shown_as_it_is() -> None:
    assert plain("<!DOCTYPE …> a_b *c* {field}") == "\\<!DOCTYPE …> a\\_b \\*c\\* …"
