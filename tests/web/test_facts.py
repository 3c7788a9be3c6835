"""Facts of a step as they are typed on the page: understood, or refused and nothing changed."""

from __future__ import annotations

import pytest

from web.asking import IN_A_ROW, PRESS


@pytest.fixture
def view(page):
    return page.upload(PRESS.read_bytes(), "cấp.bpmn")


def test_facts_are_typed_as_staff_write_them(page):
    view = page.upload(IN_A_ROW)
    typed = {"time": "0,5 ngày làm việc", "performer": "Chuyên viên", "paper": "có", "no": "1"}
    view = page.act(view, kind="facts", element="A", fields=typed)
    assert typed.items() <= view["facts"]["A"].items()
    assert view["facts"]["A"]["role"] == "officer"
    assert view["heat"]["time"]["elements"]["A"]["badge"] == "0,5 ngày"
    assert 'printed="0,5 ngày làm việc"' in view["xml"]
    view = page.act(view, kind="facts", element="A", fields={"time": "", "paper": None})
    assert not {"time", "paper"} & view["facts"]["A"].keys()
    assert view["heat"]["time"]["elements"]["A"]["badge"] == "?"


def test_a_new_time_has_not_the_source_of_the_old_one_and_a_new_name_not_its_role(page, view):
    step = next(each for each, facts in view["facts"].items() if "source" in facts)
    fields = {"time": "7 giờ làm việc", "performer": "Chuyên viên phòng nào đó"}
    facts = page.act(view, kind="facts", element=step, fields=fields)["facts"][step]
    assert "source" not in facts
    assert (facts["time"], facts["role"]) == ("7 giờ làm việc", "officer")
    fields = {"time": "6 giờ làm việc", "source": "QĐ 9"}
    facts = page.act({**view, "version": 2}, kind="facts", element=step, fields=fields)["facts"]
    assert facts[step]["source"] == "QĐ 9"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"time": "lâu lắm"}, "TF143"),
        ({"time": "-1 ngày"}, "TF143"),
        ({"work": "nhiều"}, "TF143"),
        ({"kinds": "nhảy"}, "TF143"),
        ({"role": "vua"}, "TF143"),
        ({"paper": "maybe"}, "TF143"),
        ({"checked": "1,5"}, "TF143"),
        ({"harm.severity": "x"}, "TF143"),
        ({"color": "red"}, "TF142"),
        ({"id": "B"}, "TF142"),
        ({"time": 3}, "TF141"),
        ({"time": ["1 ngày"]}, "TF141"),
        ({"time": "x" * 5_000}, "TF141"),
        ({"name": "a\x00b"}, "TF141"),
        ("time", "TF141"),
        (None, "TF141"),
    ],
)
def test_facts_that_are_not_understood_change_nothing(page, fields, code):
    view = page.upload(IN_A_ROW)
    refused = page.act(view, 422, kind="facts", element="A", fields=fields)["error"]
    assert refused["code"] == code
    assert refused["hint"]
    if code == "TF143":
        assert refused["place"] == f"A {next(iter(fields))}"
    assert page.get(f"/api/projects/{view['id']}") == view


def test_the_page_is_told_which_facts_can_be_typed_and_what_can_be_chosen(page):
    fields = {each["name"]: each for each in page.get("/api/fields?lang=en")["step"]}
    assert {"value": "officer", "text": "officer"} in fields["role"]["choices"]
    assert fields["kinds"]["several"] is True
    assert fields["time"]["choices"] == []


def test_the_page_is_given_its_words_in_the_language_asked(page):
    vietnamese, english = (page.get(f"/api/words?lang={lang}") for lang in ("vi", "en"))
    assert vietnamese.keys() == english.keys() != set()
    assert vietnamese != english


def test_the_facts_of_the_procedure_are_typed_kept_and_undone(page):
    view = page.upload("no,content,performer,time\n1,Ký,Giám đốc Sở Y tế,1 ngày\n", "a.csv")
    missing = {each["code"] for each in view["notes"]}
    assert {"table-field-missing", "table-total-missing"} <= missing
    fields = {
        "name": "Cấp giấy",
        "agency": "Sở Y tế",
        "source": "QĐ 1/QĐ-UBND",
        "source.date": "2025-05-15",
        "total_time": "05 ngày làm việc",
        "dossiers": "1.200",
        "dossiers.evidence": "measured",
        "dossiers.source": "Báo cáo 1",
        "hourly_income": "45000,5",
    }
    after = page.act(view, kind="procedure", fields=fields)
    assert after["name"] == "Cấp giấy"
    assert after["procedure"] == {
        **fields,
        "hourly_income": "45.000,5",
        "hourly_income.evidence": "assumed",
    }
    assert not {each["code"] for each in after["notes"]} & missing & {
        "table-field-missing", "table-total-missing",
    }  # fmt: skip
    costs = {each["method"]: each for each in after["record"]["plan"]["costs"]["before"]}
    assert costs["processing_time"]["yearly"] == 8 * 1200 * 45000.5
    gone = page.act(after, kind="procedure", fields={"dossiers": "", "source": "", "name": ""})
    assert not {"dossiers", "source", "source.date", "name"} & gone["procedure"].keys()
    assert page.act(page.act(gone, kind="undo"), kind="undo")["procedure"] == view["procedure"]


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ({"dossiers": "nhiều"}, "TF143", "dossiers"),
        ({"dossiers": "1.2"}, "TF143", "dossiers"),
        ({"dossiers": "-5"}, "TF143", "dossiers"),
        ({"dossiers": "5", "dossiers.evidence": "x"}, "TF143", "dossiers.evidence"),
        ({"total_time": "lâu"}, "TF143", "total_time"),
        ({"nothing": "x"}, "TF142", None),
    ],
)
def test_a_fact_of_the_procedure_that_is_not_understood_changes_nothing(page, fields, code, place):
    view = page.upload(IN_A_ROW)
    error = page.act(view, 422, kind="procedure", fields=fields)["error"]
    assert (error["code"], error["place"]) == (code, place)
    assert page.get(f"/api/projects/{view['id']}") == view


def test_the_facts_that_are_known_change_nothing_when_they_are_sent_again(page):
    view = page.upload(PRESS.read_bytes())
    assert page.act(view, kind="procedure", fields=view["procedure"])["can_undo"] is False
