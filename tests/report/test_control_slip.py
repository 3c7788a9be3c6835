"""The control slip: each passage with who, when and how; blanks where nothing is known."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import docx
import pytest
from attrs import evolve

from dossiers.licence import LICENCE, moment, told
from dossiers.small import at, bpmn, engine_with
from tthc_flow.report.control_slip import Passage, Slip, SlipHead, control_slip
from tthc_flow.report.plain_text import legal
from tthc_flow.report.slip_document import slip_document
from tthc_flow.report.slip_page import slip_page

from .hostile import CODE, OFFICE, OTHER, OWNER, STEP, WHO, hostile

HEAD = SlipHead(
    parent="UBND TỈNH",
    agency="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    place="Hà Nội",
    date=date(2026, 3, 12),
)


IN_LANE = "<flowNodeRef>x</flowNodeRef>"


def slip_of(engine, dossier, **more) -> Slip:
    return control_slip(engine.audit.log(dossier), engine.audit.history(dossier), **more)


@pytest.fixture(scope="module")
def slip() -> Slip:
    engine, _, dossier = told()
    with engine:
        return slip_of(engine, dossier, head=HEAD)


def test_each_passage_says_who_gave_and_received_when_and_how_the_receiver_kept_its_time(slip):
    assert [
        (each.giver, each.receiver, each.at, each.given_by, each.received_by, each.result)
        for each in slip.passages
    ] == [
        ("Bộ phận Một cửa", "Sở Tư pháp", moment(2, 10), "hoa", "nam", "Đúng hạn"),
        ("Tổ chức, cá nhân nộp hồ sơ", "Sở Tư pháp", moment(9, 9, 30), "dân", "nam", "Quá hạn"),
        ("Sở Tư pháp", "Bộ phận Một cửa", moment(12, 15), "giám đốc", "", ""),
        ("", "", None, "", "", ""),
    ]
    assert (slip.code, slip.handled_by, slip.coordinating) == ("H01-7", "Sở Tư pháp", "")


def test_stops_suspensions_extensions_and_deputies_stand_in_the_notes_of_their_time(slip):
    assert [each.notes for each in slip.passages] == [
        (
            (
                "Dừng tính thời hạn giải quyết từ 09:30 ngày 04/3/2026 đến 09:30 ngày 09/3/2026. "
                "Lý do: Bổ sung hồ sơ"
            ),
            "nam thực hiện “Thẩm định” thay bình",
        ),
        (
            (
                "Tạm dừng xử lý hồ sơ từ 08:00 ngày 10/3/2026 đến 14:00 ngày 10/3/2026. "
                "Lý do: mất điện"
            ),
            (
                "Gia hạn thời gian giải quyết: hạn cũ 17:00 ngày 12/3/2026, "
                "hạn mới 17:00 ngày 19/3/2026. Lý do: phải xác minh"
            ),
            "Văn bản xin lỗi: 01/XL-STP",
        ),
        ("Đang giải quyết",),
        (),
    ]
    assert slip.notes == ()


def test_a_dossier_that_ended_before_anybody_gave_it_on_says_so_and_has_a_blank_passage():
    engine, wall = engine_with("sqlite://", LICENCE)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        wall.forward(hours=1)
        engine.life.withdraw(dossier, by="dân", reason="nộp nhầm")
        slip = slip_of(engine, dossier)
    assert slip.passages == (Passage(),)
    assert slip.notes == ("Người nộp rút hồ sơ lúc 09:00 ngày 02/3/2026. Lý do: nộp nhầm",)


def test_a_dossier_that_has_ended_gets_no_blank_passage():
    engine, wall, dossier = told()
    with engine:
        wall.at = moment(13)
        engine.work.complete(at(engine, dossier, "give"), by="hoa")
        last = slip_of(engine, dossier).passages[-1]
    assert (last.receiver, last.received_by, last.result) == ("Bộ phận Một cửa", "hoa", "")


def lanes(*performers: tuple[str, str, str]) -> str:
    """Return a lane for each (node, role, office)."""
    drawn = "".join(
        f'<lane id="l{node}" name="{node}"><extensionElements><tthc:lane><tthc:performer '
        f'name="{node}" role="{role}" office="{office}"/></tthc:lane></extensionElements>'
        f"<flowNodeRef>{node}</flowNodeRef></lane>"
        for node, role, office in performers
    )
    tasks = "".join(
        f'<userTask id="{node}" name="{node}" tthc:time="2 ngày làm việc"/>'
        for node, _, _ in performers
    )
    return f'<laneSet>{drawn}</laneSet><startEvent id="s"/>{tasks}<endEvent id="e"/>'


def test_within_one_office_the_parties_are_its_roles():
    nodes = lanes(("a", "officer", "Sở Y tế"), ("b", "division_head", "Sở Y tế"))
    engine, _ = engine_with("sqlite://", bpmn(nodes, "s > a > b > e"))
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        engine.work.complete(at(engine, dossier, "a"), by="an")
        done = engine.work.complete(at(engine, dossier, "b"), by="bình")
        (passage,) = slip_of(engine, done.id).passages
    assert (passage.giver, passage.receiver) == (
        "Chuyên viên (Sở Y tế)",
        "Lãnh đạo phòng (Sở Y tế)",
    )
    assert passage.result == "Trước hạn"


def test_work_at_the_same_time_comes_from_who_gave_it_on_not_from_each_other():
    nodes = lanes(
        ("a", "officer", "Sở A"),
        ("b", "consulted_agency", "Sở B"),
        ("c", "consulted_agency", "Sở C"),
        ("d", "officer", "Sở A"),
    )
    gates = '<parallelGateway id="g"/><parallelGateway id="j"/>'
    drawn = bpmn(nodes + gates, "s > a > g > b > j > d > e; g > c > j")
    engine, wall = engine_with("sqlite://", drawn)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        for node in ("a", "c", "b"):
            wall.forward(hours=1)
            engine.work.complete(at(engine, dossier, node), by=node)
        slip = slip_of(engine, dossier)
    assert [(each.giver, each.receiver, each.at) for each in slip.passages[:-1]] == [
        ("Sở A", "Sở B", moment(2, 9)),
        ("Sở A", "Sở C", moment(2, 9)),
        ("Sở B", "Sở A", moment(2, 11)),
    ]
    assert (slip.handled_by, slip.coordinating) == ("Sở A", "Sở B; Sở C")


def test_a_decision_of_nobody_s_comes_from_who_brought_the_dossier_to_it():
    nodes = lanes(("a", "officer", "Sở A"), ("b", "officer", "Sở B"), ("c", "officer", "Sở C"))
    gates = '<parallelGateway id="g"/><parallelGateway id="j"/><exclusiveGateway id="x"/>'
    drawn = bpmn(nodes + gates, "s > g > a > x > c > j > e; g > b > j; x > j")
    engine, _ = engine_with("sqlite://", drawn)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        for node in ("a", "b"):
            engine.work.complete(at(engine, dossier, node), by=node)
        engine.work.choose(at(engine, dossier, "x"), "f4", by="a")
        given = [(each.giver, each.receiver) for each in slip_of(engine, dossier).passages[:-1]]
    assert given == [("Sở A", "Sở C")]


@pytest.mark.parametrize(
    ("decided", "result"),
    [(moment(3, 9), "Trước hạn"), (moment(4, 9), "Đúng hạn"), (moment(5, 9), "")],
)
def test_a_decision_that_has_no_time_of_its_own_counts_with_the_work_before_it(decided, result):
    nodes = lanes(
        ("a", "one_stop_shop", "Một cửa"), ("b", "officer", "Sở A"), ("c", "officer", "C")
    )
    nodes = nodes.replace("<flowNodeRef>b</flowNodeRef>", "<flowNodeRef>b</flowNodeRef>" + IN_LANE)
    drawn = bpmn(nodes + '<exclusiveGateway id="x"/>', "s > a > b > x > c > e; x > a")
    engine, wall = engine_with("sqlite://", drawn)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        engine.work.complete(at(engine, dossier, "a"), by="an")
        wall.at = moment(3)  # due on the 4th
        engine.work.complete(at(engine, dossier, "b"), by="bình")
        assert slip_of(engine, dossier).passages[0].result == ""
        wall.at = decided
        engine.work.choose(at(engine, dossier, "x"), "f4", by="bình")
        assert slip_of(engine, dossier).passages[0].result == result


class Text(HTMLParser):
    """The text of a page, and the elements in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.elements: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, _attrs) -> None:
        self.elements.append(tag)


def of_document(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    inside = [each.text for cell in cells for each in cell.paragraphs]
    return [*(each.text for each in document.paragraphs), *inside]


def test_page_and_document_print_the_same_slip(slip):
    page = Text(slip_page(slip))
    shown = " ".join(" ".join(page.parts).split())
    printed = " ".join(" ".join(of_document(slip_document(slip))).split())
    wanted = [
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", HEAD.agency),
        *(HEAD.parent, "Hà Nội, ngày 12 tháng 3 năm 2026", "Số: ……/……"),
        *("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Mã hồ sơ: H01-7"),
        *("Cơ quan (bộ phận) giải quyết hồ sơ: Sở Tư pháp", "Cơ quan phối hợp giải quyết hồ sơ:"),
        *("TÊN CƠ QUAN", "THỜI GIAN GIAO, NHẬN HỒ SƠ", "KẾT QUẢ GIẢI QUYẾT HỒ SƠ", "GHI CHÚ"),
        *("1. Giao: Bộ phận Một cửa", "2. Nhận: Sở Tư pháp"),
        *("10 giờ 00 phút, ngày 02 tháng 3 năm 2026", "Người giao", "Người nhận", "Quá hạn"),
        *(note for each in slip.passages for note in each.notes),
        "…… giờ …… phút, ngày …… tháng …… năm ……",
    ]
    assert [text for text in wanted if text not in shown] == []
    assert [text for text in wanted if text not in printed] == []
    assert not {"script", "link", "iframe"} & set(page.elements)


def test_a_form_label_is_printed_only_where_it_is_given(slip):
    labelled = control_slip((), (), head=SlipHead(form="Mẫu số 05"))
    for printed in (" ".join(of_document(slip_document(labelled))), slip_page(labelled)):
        assert "Mẫu số 05" in printed
    assert "Mẫu số" not in slip_page(slip)


def test_no_name_is_too_long_or_too_odd_for_a_paper():
    head = SlipHead(agency="Sở " * 200, parent="UBND " * 200, form="Mẫu \x07 số 05")
    odd = evolve(control_slip((), (), head=head), code="H" * 300)
    printed = " ".join(of_document(slip_document(odd)))
    assert printed.count("Sở ") == printed.count("UBND ") == 200
    assert "H" * 300 in printed
    assert "Mẫu \ufffd số 05" in printed
    assert "Mẫu \ufffd số 05" in slip_page(odd)


def test_the_same_slip_is_the_same_file(slip):
    assert slip_document(slip) == slip_document(slip)
    with zipfile.ZipFile(io.BytesIO(slip_document(slip))) as parcel:
        assert parcel.testzip() is None
        for name in parcel.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parcel.read(name))  # noqa: S314 - our own program wrote it


def test_hostile_names_break_out_of_neither_page_nor_document():
    engine, _, dossier = hostile()
    with engine:
        slip = slip_of(engine, dossier, head=SlipHead(agency=WHO, place="<b>&", number='"><i>'))
    page = Text(slip_page(slip))
    assert set(page.elements) <= {
        *("html", "head", "meta", "title", "style", "body", "header", "div", "p", "b", "h1"),
        *("span", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "small"),
    }
    shown, printed = "".join(page.parts), "\n".join(of_document(slip_document(slip)))
    assert slip.passages[0].given_by == WHO
    names = (OFFICE, OTHER, legal(WHO), STEP, "<b>&", '"><i>')
    for text in (*names, " ".join(CODE.split()), " ".join(OWNER.split())):
        assert text in " ".join(shown.split())
        assert text in " ".join(printed.split())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_slip_without_a_dossier_is_a_form_to_be_filled_in(lang):
    slip = control_slip((), (), lang=lang)
    assert slip.passages == (Passage(),)
    assert slip_page(slip).count("……") > 8
    assert slip_document(slip).startswith(b"PK")


def test_the_english_copy_says_it_in_english():
    engine, _, dossier = told()
    with engine:
        slip = slip_of(engine, dossier, lang="en")
    assert [each.result for each in slip.passages] == ["On time", "Late", "", ""]
    assert "Given by" in slip_page(slip)
    assert "Letter of apology: 01/XL-STP" in slip_page(slip)
