"""Changes of a procedure as a whole, and the texts of all changes."""

from __future__ import annotations

import csv
from importlib import resources

from attrs import evolve

from measures.flows import procedure, step
from tthc_flow.measures.differences import differences, sentence
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    Document,
    PostCheck,
    TotalTime,
)
from tthc_flow.model.source import Quantity
from tthc_flow.units import Duration, TimeUnit

BEFORE = procedure(step("a", 1, name="Tiếp nhận hồ sơ"), step("b", 3, name="Thẩm định hồ sơ"))


def told(before, after):
    return [(each.kind.value, sentence(each)) for each in differences(before, after)]


def test_limit_dossier_and_cost_sheet_have_their_sentences():
    one = evolve(
        BEFORE,
        total_time=TotalTime(duration=Duration(amount=10, unit=TimeUnit.WORKING_DAY)),
        documents=(Document(name="Đơn"), Document(name="Bản sao căn cước")),
        work=(
            ApplicantWork(item=CostItem.FEE, name="Lệ phí", other=Quantity(value=500_000)),
            ApplicantWork(item=CostItem.SUBMIT, name="Đi lại", hours=Quantity(value=4)),
        ),
    )
    two = evolve(
        BEFORE,
        total_time=TotalTime(duration=Duration(amount=7, unit=TimeUnit.WORKING_DAY)),
        documents=(Document(name="Đơn", known_in="CSDL quốc gia về dân cư"),),
        work=(ApplicantWork(item=CostItem.FEE, name="Lệ phí", other=Quantity(value=250_000)),),
        post_check=PostCheck(share=Quantity(value="0.2"), hours=Quantity(value=8)),
    )
    assert [text for _, text in told(one, two)] == [
        "Thời hạn giải quyết đổi từ 10 ngày làm việc thành 7 ngày làm việc.",
        "Bỏ thành phần hồ sơ “Bản sao căn cước”.",
        (
            "Thành phần hồ sơ “Đơn” khai thác từ CSDL quốc gia về dân cư, "
            "người nộp không phải cung cấp."
        ),
        "Người nộp hồ sơ không còn phải chịu mục “Đi lại” (4 giờ).",
        "Chi phí mục “Lệ phí” đổi từ chi phí khác 500.000 đồng thành chi phí khác 250.000 đồng.",
        "Thêm kiểm tra theo mẫu sau khi trả kết quả: kiểm tra 20 % số hồ sơ, 8 giờ một lần.",
    ]


def test_every_sentence_has_its_places_filled():
    table = resources.files("tthc_flow.words").joinpath("messages", "change.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert all(all(row.values()) for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)
