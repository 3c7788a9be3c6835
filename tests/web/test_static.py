"""What the page is made of: words in both languages, no markup from data, our facts described."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from importlib.resources import files

from lxml import etree

WEB = files("tthc_flow.web")
STATIC = WEB.joinpath("static")
SCRIPTS = {
    each.name: each.read_text(encoding="utf-8")
    for each in STATIC.iterdir()
    if each.name.endswith(".js")
}
ROWS = list(csv.DictReader(WEB.joinpath("words.csv").read_text(encoding="utf-8").splitlines()))
KEYS = {row["key"] for row in ROWS}
XS = "{http://www.w3.org/2001/XMLSchema}"
TYPED = re.compile(r"[^\w]t\(\s*\"([^\"]+)\"")
MADE = re.compile(r"[^\w](?:t|maybe)\(\s*`([^`$]+)\$")
ONE = ":one"


def test_every_word_that_the_page_says_is_in_the_table():
    said = {key for text in SCRIPTS.values() for key in TYPED.findall(text)}
    assert said - KEYS == set()
    assert len(said) > 100


def test_every_row_of_the_table_is_said_somewhere():
    starts = tuple({start for text in SCRIPTS.values() for start in MADE.findall(text)})
    quoted = {key for text in SCRIPTS.values() for key in re.findall(r"\"([a-z0-9-]+)\"", text)}
    plain = {key.removesuffix(ONE) for key in KEYS}
    assert {key for key in plain if key not in quoted and not key.startswith(starts)} == set()


def test_every_row_has_both_languages_with_the_same_places():
    assert len(KEYS) == len(ROWS)
    for row in ROWS:
        places = [sorted(re.findall(r"\{(\w+)\}", row[lang])) for lang in ("vi", "en")]
        assert row["vi"].strip(), row
        assert row["en"].strip(), row
        assert places[0] == places[1], row
        assert row["key"].removesuffix(ONE) in KEYS, row


def test_data_never_become_markup_or_code():
    for name, text in SCRIPTS.items():
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                     "new Function", "http://", "https://", 'setTimeout("'):  # fmt: skip
            assert word not in text, (name, word)
    page = STATIC.joinpath("index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\bstyle=|https?://", page)


def test_the_files_are_small_and_of_one_purpose():
    for name, text in SCRIPTS.items():
        lines = text.splitlines()
        assert len(lines) <= 300, name
        assert max(map(len, lines)) <= 100, name
        assert lines[0].startswith("// "), name


def test_the_modeler_knows_everything_that_our_schema_knows():
    told = json.loads(STATIC.joinpath("tthc-flow.moddle.json").read_text(encoding="utf-8"))
    schema = etree.fromstring(
        files("tthc_flow.bpmn").joinpath("tthc-flow-1.xsd").read_bytes(),
        etree.XMLParser(resolve_entities=False),
    )
    assert told["uri"] == schema.get("targetNamespace")
    described = {
        each["name"]: {(part["name"], part.get("isAttr", False)) for part in each["properties"]}
        for each in told["types"]
    }
    top = [each for each in schema if each.tag == f"{XS}element"]
    roots = {each.get("type").split(":")[1]: each.get("name") for each in top}
    for kind in schema.findall(f"{XS}complexType"):
        name = roots.get(kind.get("name"), kind.get("name"))
        name = name[:1].upper() + name[1:]
        parts = {(each.get("name"), True) for each in kind.findall(f"{XS}attribute")}
        parts |= {(each.get("name"), False) for each in kind.iter(f"{XS}element")}
        assert described[name] == parts, name
    extending = {part for each in told["types"] if "extends" in each
                 for part in (part["name"] for part in each["properties"])}  # fmt: skip
    assert extending == {each.get("name") for each in schema.findall(f"{XS}attribute")}


def test_bpmn_js_is_as_published_with_its_licence():
    vendor = STATIC.joinpath("vendor", "bpmn-js")
    script = vendor.joinpath("bpmn-modeler.production.min.js").read_bytes()
    assert b"bpmn-js - bpmn-modeler v18.31.1" in script[:200]
    assert hashlib.sha256(script).hexdigest() == (
        "052e46d09a88d301de4ec0b5f3f1f2b56840c455ee85a29068bd5bf6167e99ac"
    )
    assert "MUST NOT be\nremoved or changed" in vendor.joinpath("LICENSE").read_text("utf-8")
    assert "18.31.1" in STATIC.joinpath("vendor", "README.md").read_text("utf-8")


def test_all_of_it_is_below_a_megabyte():
    def size(folder):
        return sum(
            size(each) if each.is_dir() else len(each.read_bytes()) for each in folder.iterdir()
        )

    assert size(STATIC) < 1_000_000
