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
    fields = {each["name"]: each for each in page.get("/api/fields?lang=en")}
    assert {"value": "officer", "text": "officer"} in fields["role"]["choices"]
    assert fields["kinds"]["several"] is True
    assert fields["time"]["choices"] == []


def test_the_page_is_given_its_words_in_the_language_asked(page):
    vietnamese, english = (page.get(f"/api/words?lang={lang}") for lang in ("vi", "en"))
    assert vietnamese.keys() == english.keys() != set()
    assert vietnamese != english
