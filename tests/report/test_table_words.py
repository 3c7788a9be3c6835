"""Findings about tables: columns and labels are said in words, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tthc_flow.model.finding import Finding, Severity
from tthc_flow.report.sentences import finding
from tthc_flow.tables.labels import KINDS, LEVELS, ROLES
from tthc_flow.tables.step_table import BranchKind
from tthc_flow.verbs.convert import convert
from tthc_flow.words.messages import texts

INNER = re.compile(
    r"[a-z]+_[a-z_]+|\b(?:role|level|source|officer|performer|kinds|refuse|rework)\b"
)
"""Names of columns and labels, as programs call them; none of them is a Vietnamese word."""


def told(code: str, lang: str = "vi", **values: str) -> str:
    said = finding(Finding(code=code, severity=Severity.INFO, values=tuple(values.items())), lang)
    return f"{said.text} {said.hint}"


def test_the_columns_and_labels_of_a_finding_are_in_words():
    guessed = told("table-by-words", step="1", field="level", value="commune, province", words="Sở")
    assert "Bước 1: bảng không ghi cấp thực hiện, hiểu là “xã, tỉnh”" in guessed
    assert "nhánh “đi tiếp”" in told("office-branch-by-words", step="3", kind="pass", text="đạt")
    assert "hiểu là “bổ sung, từ chối”" in told(
        "table-reject-or-return", step="3", text="trả", assumed="supplement, refuse"
    )
    assert "day, working day" in told("table-units-mixed", "en", units="day, working_day")
    assert "12 days" in told("table-total-partial", "en", computed="12 ngày", printed="12 ngày")


def test_words_of_the_user_stay_as_they_are():
    assert "“role_x”" in told("table-unknown-field", field="role_x")
    assert "“đơn vị nào đó”" in told("table-unknown-label", field="role", value="đơn vị nào đó")
    assert "“officer”" in told("table-by-words", step="1", field="role", value="x", words="officer")


@pytest.mark.parametrize("field", ["role", "level", "kinds"])
def test_no_label_of_a_step_is_said_as_programs_call_it(field: str):
    labels = {"role": ROLES.values(), "level": (), "kinds": KINDS.values()}[field]
    levels = {level.value for each in LEVELS.values() for level in each}
    for label in levels if field == "level" else {each.value for each in labels}:
        said = told("table-by-words", step="1", field=field, value=label, words="…")
        assert f"“{label}”" not in said
    assert not INNER.findall(told("table-not-understood", step="1", field=field))


def test_no_text_about_tables_names_a_column_of_programs():
    known = {*ROLES, *KINDS, *LEVELS, *BranchKind, "role", "level", "source", "performer", "kinds"}
    known -= {"other", "sign", "draft", "review", "return", "report", "opinion"}
    for room in ("table", "office"):
        for code, row in texts(room).items():
            for column in ("vi", "hint_vi"):
                bare = re.sub(r"\{\w+\}", "", row[column])
                assert known.isdisjoint(re.findall(r"[a-z_]+", bare)), (code, row[column])


def test_a_whole_table_is_told_in_words(tmp_path: Path):
    rows = ("no,content,performer,time", "1,Tiếp nhận hồ sơ,Chuyên viên,", "2,Ký,Giám đốc,1 ngày")
    file = tmp_path / "a.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    found = convert(file).findings
    assert found
    said = [finding(each, "vi") for each in found if each.code.startswith("table-")]
    assert not [each.text for each in said if INNER.search(each.text)]
