"""Names that try to break a paper: they stand in it as they are, and nothing more comes of them."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from report.hostile import CODE, OFFICE, REASON, STEP, WHO
from report.told import HARM, harmful
from report.word.cases_of import costed, press
from report.word.paper import Read, W, annex_words
from tthc_flow.report.plain_text import legal
from tthc_flow.report.word.papers import (
    decision_document,
    results_document,
    workflow_document,
)


def annex_document(reviewed):
    return annex_words(*reviewed).data


EVERY = (annex_document, results_document, workflow_document, decision_document)
NAMES = (STEP, OFFICE, CODE, WHO, REASON, "{{ 7 * 7 }} {% raw %} & < > \" '")


def spoilt(name):
    one = press()
    record = one.record
    record["procedure"] |= {"name": name, "code": name, "field": name, "agency": name}
    record["labels"] = dict.fromkeys(record["labels"], name)
    for step in record["plan"]["steps"]["after"]:
        step |= {"name": name, "performer": name, "result": name, "time": name}
    for change in record["plan"]["changes"]:
        change["sentence"] = name
    return one


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("made", EVERY)
def test_a_hostile_name_stands_in_the_paper_as_it_is(made, name):
    data = made((spoilt(name),))
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        for each in parcel.namelist():
            if each.endswith((".xml", ".rels")):
                ET.fromstring(parcel.read(each))  # noqa: S314 - our own program wrote it
    shown = " ".join(Read(data).words.split())
    assert " ".join(legal(name).split()) in shown
    fields = [each.text for each in Read(data).body.iter(f"{W}instrText")]
    assert fields == []  # the only field, the number of the page, stands in the header


def test_a_record_full_of_scripts_becomes_a_paper():
    one = evolve(costed(), record=harmful(costed().record))
    for made in (annex_document, results_document):
        assert HARM in Read(made((one,))).words


def test_a_very_long_name_is_lost_nowhere():
    name = "Thẩm định " * 300
    words = Read(annex_document((spoilt(name),))).words
    assert name.strip() in words
    assert "D" * 400 in Read(annex_document((spoilt("D" * 400),))).words
