"""Every check finds what it should, leaves alone what it should, and says both in words."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import pytest

from checks.cases import EMPTY, FINDS, LEAVES_ALONE, LONG, STRANGE, TWICE
from tthc_flow.bpmn.read import read
from tthc_flow.checks import ALL, check
from tthc_flow.model.finding import Severity
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.words.messages import LANGUAGES, message

BY_ID = {each.id: each for each in ALL}
HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*/*.bpmn"))


def found(check_id, given):
    return list(BY_ID[check_id].find(given, DEFAULT_CONVENTION))


def cases(table):
    return [
        pytest.param(check_id, given, id=f"{check_id}-{name}")
        for check_id, by_name in table.items()
        for name, given in by_name.items()
    ]


def test_every_check_has_cases_of_both_sorts():
    assert list(FINDS) == list(LEAVES_ALONE) == list(BY_ID)


@pytest.mark.parametrize(("check_id", "given"), cases(FINDS))
def test_a_check_finds(check_id, given):
    findings = found(check_id, given)
    assert findings
    assert all(each.code.startswith(BY_ID[check_id].code) for each in findings)
    assert {each.element for each in findings} <= {None, *given.flow.by_id}


@pytest.mark.parametrize(("check_id", "given"), cases(LEAVES_ALONE))
def test_a_check_leaves_alone(check_id, given):
    assert found(check_id, given) == []


@pytest.mark.parametrize(("check_id", "given"), cases(FINDS))
def test_a_second_run_says_the_same(check_id, given):
    assert found(check_id, given) == found(check_id, given)


@pytest.mark.parametrize(("check_id", "given"), cases(FINDS))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_finding_have_all_their_places_filled(check_id, given, lang):
    for finding in found(check_id, given):
        said = message(finding.code, dict(finding.values), lang)
        assert said.text
        assert said.hint
        assert "{" not in said.text
        assert not {"chưa rõ", "unknown"} & set(said.text.split(": "))


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_a_drawing_is_found_or_left_alone_as_its_folder_says(file):
    check_id, sort = file.parts[-3:-1]
    (given,) = read(file).procedures
    assert bool(found(check_id, given)) == (sort == "finds")


def test_every_check_has_drawings_of_both_sorts():
    folders = {tuple(file.parts[-3:-1]) for file in FILES}
    assert folders == {(each, sort) for each in BY_ID for sort in ("finds", "leaves-alone")}


def test_all_findings_come_at_once_in_report_order():
    codes = [finding.code for finding in check(FINDS["performer_missing"]["nobody"])]
    assert codes == ["check-performer-missing", "check-legal-basis-missing"]


def test_an_empty_process_is_told_and_nothing_fails():
    assert [each.code for each in check(EMPTY)] == ["check-no-start", "check-no-end"]


def test_hundreds_of_steps_without_a_time_are_one_finding():
    missing = [each for each in check(LONG) if each.code.startswith("check-time-missing")]
    assert [(each.code, dict(each.values)["count"]) for each in missing] == [
        ("check-time-missing-everywhere", "500")
    ]


def test_the_share_of_steps_with_a_basis_is_told():
    (finding,) = found("legal_basis_missing", FINDS["legal_basis_missing"]["none"])
    assert message(finding.code, dict(finding.values)).text == (
        "2 trên 2 bước chưa ghi căn cứ pháp lý (đã ghi 0 %)"
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (FINDS["unsound"]["deadlock"], "check-unsound-cannot-complete"),
        (FINDS["unreachable"]["loose-step"], "check-unsound-dead-element"),
        (TWICE, "check-unsound-unsafe"),
        (STRANGE, "check-unsound-complex-gateway"),
    ],
)
def test_every_way_to_be_unsound_has_its_own_words(given, code):
    (finding,) = found("unsound", given)
    assert finding.code == code
    assert "chưa rõ" not in message(finding.code, dict(finding.values)).text


def test_only_what_stops_the_analysis_is_an_error():
    errors = [each.id for each in ALL if each.severity is Severity.ERROR]
    assert errors == ["unsound", "loop_without_exit"]


def test_every_text_belongs_to_a_check():
    table = resources.files("tthc_flow.words").joinpath("messages", "check.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert all(all(row.values()) for row in rows)
    codes = tuple(each.code for each in ALL)
    assert [row["code"] for row in rows if not row["code"].startswith(codes)] == []
