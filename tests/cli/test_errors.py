"""Errors on the command line: every code in both languages, and click's own words."""

from __future__ import annotations

import gettext
import pickle
import re

import click
import pytest

from cli.calling import PRESS, ROOT, problems
from tthc_flow.cli.click_words import said, speaking
from tthc_flow.cli.leaving import report_error
from tthc_flow.errors import BadQuantity, TthcFlowError
from tthc_flow.words.messages import message, texts

FLOW = PRESS / "flow.bpmn"
SOURCES = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
RAISED = {code for text in SOURCES for code in re.findall(r'"(TF\d{3})"', text)}
VIETNAMESE = re.compile("[ăâđêôơưạảãàáậầấẩẫằắẵẳặẹẻẽèéệềếểễịỉĩìíọỏõòóộồốổỗợờớởỡụủũùúựừứửữỳýỷỹỵ]")


def test_every_code_that_is_raised_has_its_words_and_no_other_has():
    assert len(RAISED) > 60
    assert {f"error-{code}" for code in RAISED} == set(texts("error"))


@pytest.mark.parametrize("code", sorted(RAISED))
def test_a_code_is_told_in_vietnamese_and_in_english(code, capsys):
    error = TthcFlowError(code, "the fact", place="a.bpmn:3", hint="a hint", choices=("one", "two"))
    report_error(error, "vi", as_json=False)
    told = capsys.readouterr().err
    text, hint = re.fullmatch(rf"{code} a\.bpmn:3: (.+) \(the fact\)\n  → (.+)\n", told).groups()
    assert VIETNAMESE.search(text)
    assert VIETNAMESE.search(hint)
    assert "chưa rõ" not in hint.replace("nếu chưa rõ", "")  # every place of the hint is filled
    report_error(error, "en", as_json=False)
    assert capsys.readouterr().err == f"{code} a.bpmn:3: the fact\n  → a hint\n"


def test_only_codes_that_are_raised_with_choices_name_them():
    naming = {code for code, row in texts("error").items() if "{choices}" in row["hint_vi"]}
    raising = {
        f"error-{code}"
        for text in SOURCES
        for code, call in re.findall(r'"(TF\d{3})"((?:(?!"TF\d{3}")[\s\S]){0,400})', text)
        if "choices=" in call
    }
    assert naming == raising


def test_choices_survive_pickling():
    error = BadQuantity.unknown_language("fr", ("vi", "en"))
    assert pickle.loads(pickle.dumps(error)).choices == ("vi", "en")  # noqa: S301 - our own


def test_a_missing_file_is_told_in_the_language_asked(tthc):
    assert tthc("check", "none.bpmn").err == (
        "TF201 none.bpmn: Không tìm thấy tệp\n  → Kiểm tra lại tên tệp và đường dẫn\n"
    )
    english = "TF201 none.bpmn: no such file\n  → check the path\n"
    assert tthc("check", "none.bpmn", "--lang", "en").err == english
    assert tthc("check", "none.bpmn", "--lang=en").err == english


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_json_keeps_the_fact_and_adds_the_words_of_the_language(lang, tthc):
    left = tthc("measure", FLOW, "--process", "Nope", "--json", "--lang", lang)
    assert problems(left.json) == []
    told = left.json["error"]
    assert told["fact"] == "no process 'Nope'"
    assert told["text"] == message("error-TF230", lang=lang).text
    known = told["hint"].removeprefix("choose one of ")
    assert known.startswith("Process_")
    assert told["advice"] == message("error-TF230", {"choices": known}, lang).hint


WRONG = [
    (("check",), "Thiếu tham số 'TỆP'", "Missing argument 'TỆP'"),
    (("nope",), "Không có lệnh 'nope'", "No such command 'nope'"),
    (("check", FLOW, "--lagn"), "Không có tùy chọn '--lagn'", "No such option '--lagn'"),
    (("check", FLOW, "--fail-on", "x"), "Giá trị của '--fail-on' không hợp lệ: 'x' không phải",
     "Invalid value for '--fail-on': 'x' is not one of"),
    (("measure", FLOW, "more"), "Thừa tham số (more)", "Got unexpected extra argument (more)"),
    (("check", FLOW, "--fail-on"), "Tùy chọn '--fail-on' phải kèm", "requires an argument"),
    (("check", FLOW, "--csv", "--json"), "chỉ chọn một trong --csv và --json",
     "choose one of --csv and --json"),
    (("compare", "-", "-"), "chỉ một trong hai tệp", "only one of the two"),
    (("show", FLOW, "-o", "a.pdf"), "hình vẽ là tệp .svg hoặc .png",
     "a picture is .svg or .png, or"),
    (("propose", FLOW, "--require-time-cut", "130%"),
     "Giá trị của '--require-time-cut' không hợp lệ: ghi tỷ lệ từ 0% đến 100%", "give a share"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "vietnamese", "english"), WRONG)
def test_a_wrong_call_is_told_in_the_language_asked(arguments, vietnamese, english, tthc):
    left = tthc(*arguments)
    assert left.code == 2
    assert left.err.startswith(f"TF001 Gọi lệnh chưa đúng ({vietnamese}")
    assert "tthc-flow LỆNH --help" in left.err
    asked = tthc(arguments[0], "--lang", "en", *arguments[1:])
    assert asked.code == 2
    assert english in asked.err
    assert "see tthc-flow --help" in asked.err


def test_the_help_has_no_english_of_click(tthc):
    for arguments in ((), ("-h",), ("check", "-h")):
        left = tthc(*arguments)
        printed = left.out + left.err
        assert printed.startswith("Cách gọi: tthc-flow ")
        assert "Tùy chọn:" in printed
        assert not re.search("Usage|Options|OPTIONS|COMMAND|ARGS|Show the|Show this", printed)
        english = tthc("check", "-h", "--lang", "en").out
        assert english.startswith("Usage: ")
        assert "Show this message and exit." in english


def test_click_is_left_as_it_was():
    with speaking("vi"):
        assert click.formatting._("Usage:") == "Cách gọi:"
        assert said("no words for this") == "no words for this"
    assert click.formatting._ is gettext.gettext
    assert click.types.ngettext is gettext.ngettext
    assert said("Usage:") == "Usage:"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7", "Tệp này không phải là sơ đồ BPMN (đây là tệp PDF)"),
        (b"PK\x03\x04", "(đây là tệp Word (.docx), Excel (.xlsx), Visio (.vsdx) hoặc tệp nén zip)"),
        (b"{}", "(đây là tệp JSON)"),
        (b" ", "Tệp trống\n"),
        (b"<a", "Tệp bị cắt ngang, thiếu phần cuối\n"),
        (b"<!DOCTYPE a><a/>", "tệp như vậy không được đọc\n"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "vì sai bảng mã ('klingon')"),
        (b"<a/>", "không phải là sơ đồ BPMN 2.0 (<a>)"),
    ],
)
def test_what_is_no_drawing_is_told_in_vietnamese_alone(data, told, tthc, tmp_path):
    path = tmp_path / "a.bpmn"
    path.write_bytes(data)
    err = tthc("check", path).err
    assert told in err
    assert not re.search(r"\b(this is|not BPMN|file|root element|holds)\b", err)
