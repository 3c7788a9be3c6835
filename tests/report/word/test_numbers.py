"""Every number in a paper stands in its record: nothing is worked out where it is printed."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from report.word.cases_of import costed, council, press, unchanged
from report.word.paper import Read, annex_words
from tthc_flow.report import amounts
from tthc_flow.report.totals import of_totals
from tthc_flow.report.word.papers import (
    decision_document,
    results_document,
    workflow_document,
)

NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")


def numbers(text):
    return set(NUMBER.findall(text))


def printed(value):
    """Return every way in which a number of the record may be printed."""
    forms = set()
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            forms |= printed(each)
    elif isinstance(value, bool) or value is None:
        pass
    elif isinstance(value, str):
        forms |= numbers(value)
        for year, month, day in re.findall(r"(\d{4})-(\d\d)-(\d\d)", value):
            forms |= {f"{day}/{month}/{year}", day, str(int(month)), year}
    else:
        size = abs(value)
        for told in (
            amounts.amount(size, "vi"),
            amounts.days(size, "vi"),
            amounts.share(size, "vi"),
        ):
            forms |= numbers(told)
        forms |= numbers(amounts.money(size, "vi"))
    return forms


def fixed():
    """Return the numbers of the words themselves: laws, forms, targets."""
    texts = files("tthc_flow.report")
    words = texts.joinpath("word", "words.csv").read_text("utf-8")
    return numbers(words) | numbers(texts.joinpath("texts.csv").read_text("utf-8"))


@pytest.mark.parametrize("one", [press(), council(), costed(), unchanged()])
def test_every_number_of_every_paper_is_one_of_the_record(one):
    record = {**one.record, "totals": of_totals([one.record])}
    known = printed(record) | fixed()
    known |= {f"1.{part}" for part in "1234"}  # 1.1 … 1.4
    known |= {f"0{each}" for each in known if re.fullmatch("[1-9]", each)}  # 03 ngày
    lengths = {len(each) for each in record["plan"]["before"]["time_evidence"].values()}
    lengths |= {len(each) for each in record["plan"]["after"]["time_evidence"].values()}
    known |= {str(each) for each in (*lengths, 1)}
    papers = [annex_words(one).data, results_document((one,)), workflow_document((one,))]
    papers.append(decision_document((one,)) or b"")
    for paper in filter(None, papers):
        told = "\n".join(re.sub(r"phần \d+/\d+", "", line) for line in Read(paper).lines)
        assert sorted(numbers(told) - known) == []


def test_a_paper_prints_the_number_of_the_record_and_no_other():
    one = costed()
    text = json.dumps(one.record)
    assert "777777" not in text
    one.record["plan"]["benefits"][1]["saved"] = 777_777
    one.record["plan"]["cut"] |= {"minutes": 7777 * 480, "time": 0.7777}
    words = annex_words(one).words
    assert "Chi phí tiết kiệm: 777.777 đồng/năm" in words
    assert "Thời gian tiết kiệm: 7.777 ngày làm việc" in words
    assert "Tỷ lệ cắt giảm thời gian: 77,77 %" in words
