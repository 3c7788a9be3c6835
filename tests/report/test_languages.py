"""Vietnamese first, English on demand: no text of ours is left in the other language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from report.told import FLOWS, record
from tthc_flow.levers import ALL
from tthc_flow.measures.by_role import RoleRow
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import CostMethod, ProcedureKind
from tthc_flow.model.source import EvidenceKind
from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.english import english
from tthc_flow.report.markdown import markdown
from tthc_flow.report.story import story
from tthc_flow.report.texts import rows, text
from tthc_flow.units import CONVENTIONS
from tthc_flow.words.messages import texts

VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
QUOTED = re.compile("“[^”]*”")
# What one types into a file stays as it is typed; đồng is the name of the currency.
OURS_BY_NAME = ("4 giờ làm việc", "ngày", "đồng")


def data_of(flow_record: dict[str, Any]) -> set[str]:
    """Return what the file itself says: names, performers, documents, sources."""
    found = set(flow_record["names"].values())
    for candidate in flow_record["candidates"]:
        found.add(candidate["instrument"] or "")
        found |= {evidence["value"] for evidence in candidate["evidence"]}
        for condition in candidate["preconditions"]:
            if condition["source"]:
                found |= {condition["source"]["document"], condition["source"]["place"] or ""}
    found |= {str(each) for each in flow_record["procedure"].values()}
    found |= {(flow_record["procedure"]["source"] or {}).get("document", "")}
    return {each for each in found if each}


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.parent.name)
def test_the_english_report_holds_no_vietnamese_of_ours(path):
    english_record = record(path, "en")
    told = markdown(story(english_record, "en"), {"svg_before": "a", "svg_after": "b"})
    for name in sorted(data_of(english_record), key=len, reverse=True):
        told = told.replace(name, "·")
    lines = [_without_terms(QUOTED.sub("·", line)) for line in told.replace("\\", "").splitlines()]
    left = [line for line in lines if VIETNAMESE.search(line)]
    assert [line for line in left if not _quotes_the_file(line, path)] == []


def _without_terms(line: str) -> str:
    for term in OURS_BY_NAME:
        line = line.replace(term, "")
    return line


def _quotes_the_file(line: str, path: Any) -> bool:
    """Return whether what is Vietnamese in *line* stands so in the file (performers, lanes)."""
    source = path.read_text("utf-8").replace("&#10;", " ")
    words = re.findall(
        r"[^\s(),.:;·–|>-]*(?:" + VIETNAMESE.pattern + r")[^\s(),.:;·|-]*", line, re.IGNORECASE
    )
    return all(word in source for word in words)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.parent.name)
def test_the_vietnamese_report_holds_no_code_word(path):
    told = markdown(story(record(path), "vi"), {"svg_before": "a", "svg_after": "b"})
    told = re.sub(r"~~~.*?~~~", "", told, flags=re.DOTALL)  # lines for a file hold its words
    found = re.findall(
        r"\b(?:legal_limit|working_day|unknown|within|outside|number_and_stamp)\b", told
    )
    assert found == []
    assert not re.search(r"\bStep_\d", told)


def test_every_row_of_words_has_both_languages_and_the_same_places():
    for code, row in rows().items():
        assert row["vi"].strip(), code
        assert row["en"].strip(), code
        places = [sorted(set(re.findall(r"{(\w+)}", row[lang]))) for lang in ("vi", "en")]
        assert places[0] == places[1], code
        assert not VIETNAMESE.search(_without_terms(QUOTED.sub("", row["en"]))), code


def test_every_value_of_a_record_has_its_words():
    needed = [f"lever-{lever.id}" for lever in ALL]
    needed += [f"role-{row.value}" for row in RoleRow]
    needed += [f"method-{method.value}" for method in CostMethod]
    needed += [f"authority-{each.value}" for each in Authority]
    needed += [f"verdict-{each.value}" for each in Verdict]
    needed += [f"kind-{each.value}" for each in ProcedureKind]
    needed += [f"evidence-{each.value}" for each in EvidenceKind]
    needed += [f"convention-{each.name}" for each in CONVENTIONS]
    assert [code for code in needed if code not in rows()] == []


def test_the_titles_of_levers_are_the_same_everywhere():
    assert {lever.title: text(f"lever-{lever.id}", "vi") for lever in ALL} == {
        lever.title: lever.title for lever in ALL
    }


def test_whom_to_ask_and_every_hint_has_english():
    for question in questions().values():
        for asked in question.ask.split("; "):
            assert english(asked) != asked
    for code, row in texts("gate").items():
        assert not VIETNAMESE.search(row["hint_en"].replace("Luật", "").replace("Điều", "")), code


@pytest.mark.parametrize(
    ("vietnamese", "told"),
    [
        ("4 giờ làm việc", "4 working hours"),
        ("1.000,5 ngày", "1,000.5 days"),
        ("10-15 ngày làm việc", "10-15 working days"),
        ("tới bước “Ký”", "to step “Ký”"),
        ("ký, phát hành", "sign, issue"),
        ("Công an tỉnh; Bộ CHQS tỉnh", "provincial police; provincial military command"),
        ("Sở Tài chính, Sở Y tế", "Sở Tài chính, Sở Y tế"),
        ("Trong ngày", "Trong ngày"),
    ],
)
def test_only_what_is_wholly_ours_is_put_into_english(vietnamese, told):
    assert english(vietnamese) == told
