"""As officers draw: plain boxes and rows in their own words, with what must be found in them.

Nothing here states a kind, a role or an outcome: what a step is, who does it and where a case is
refused is read from what people write. Each table stands alone.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest

import tthc_flow
from tthc_flow.graph.grants import granting_ends
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Candidate, Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

BY_ID = {lever.id: lever for lever in ALL}
TAGS = {"<": "startEvent", ">": "endEvent", "?": "exclusiveGateway", "+": "parallelGateway"}
HEAD = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def among(middle: str) -> str:
    """Return the rows of a department's procedure with *middle* before its own decision."""
    return f"""Tiếp nhận hồ sơ | TTPVHCC
Chuyên viên thụ lý thẩm định hồ sơ | Chuyên viên Sở Xây dựng
{middle}
Ký quyết định | Giám đốc Sở Xây dựng
Trả kết quả | TTPVHCC"""


def looked_at(look: str) -> str:
    """Return the rows of a procedure that the chair decides, with *look* before the signature."""
    return f"""Tiếp nhận hồ sơ | TTPVHCC
Chuyên viên thụ lý thẩm định hồ sơ | Chuyên viên Sở Xây dựng
Trình lãnh đạo phòng | Lãnh đạo phòng, Sở Xây dựng
Ký tờ trình, trình UBND tỉnh | Lãnh đạo Sở Xây dựng
{look}
Ký duyệt | Chủ tịch UBND tỉnh
Vào sổ, đóng dấu | Văn thư VP UBND tỉnh"""


def printed(rows: str, answers: str = "") -> str:
    """Return the step table of *rows*, each ``what | who``, with *answers* ``question=reply``."""
    text = "name: Cấp giấy phép\nsource: {document: QĐ 1/QĐ-UBND}\nanswers:\n"
    for pair in answers.split():
        question, reply = pair.split("=")
        text += (
            f"- {{question: {question}, reply: '{reply}', source: {{document: CV 1}}, step: '5'}}\n"
        )
    text += "steps:\n"
    for number, row in enumerate(rows.splitlines(), start=1):
        what, who = (each.strip() for each in row.split("|"))
        text += f'- {{no: "{number}", content: "{what}", performer: "{who}"}}\n'
    return text


def table(rows: str) -> Procedure:
    return to_procedure(read_table(printed(rows)).table)[0]


def drawing(lanes: str, ways: str, pools: str = "") -> Procedure:
    """Return what *lanes*, each ``who: id what; …``, and *pools* that send to an element say.

    A name that begins with ``<`` or ``>`` is the start or an end, with ``?`` or ``+`` a gateway.
    """
    split = [line.strip().split(": ", 1) for line in lanes.strip().splitlines()]
    boxes = [(who, *box.strip().split(" ", 1)) for who, all_ in split for box in all_.split(";")]
    nodes = "".join(
        f'<{TAGS.get(what[0], "task")} id="{id_}" name="{what.lstrip("<>?+ ")}"/>'
        for _, id_, what in boxes
    )
    listed = "".join(
        f'<lane id="L{place}" name="{who}">'
        + "".join(f"<flowNodeRef>{id_}</flowNodeRef>" for by, id_, _ in boxes if by == who)
        + "</lane>"
        for place, (who, _) in enumerate(split)
    )
    pairs = [pair for way in ways.split(";") for pair in pairwise(way.split())]
    arrows = "".join(
        f'<sequenceFlow id="f{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs
    )
    others = [pool.strip().split(" ", 1) for pool in pools.split(";") if pool.strip()]
    parties = "".join(
        f'<participant id="of_{to}" name="{name}"/>'
        f'<messageFlow id="m{to}" sourceRef="of_{to}" targetRef="{to}"/>'
        for to, name in others
    )
    own = '<participant id="own" name="Cơ quan" processRef="P"/>'
    around = f'<collaboration id="c">{own}{parties}</collaboration>' if others else ""
    process = f'<process id="P"><laneSet id="S">{listed}</laneSet>{nodes}{arrows}</process>'
    text = f'<definitions xmlns="{HEAD}">{around}{process}</definitions>'
    return tthc_flow.read(text.encode()).procedures[0]


def offered(lever: str, procedure: Procedure) -> tuple[Candidate, ...]:
    return tuple(BY_ID[lever].find(procedure))


def left_open(candidate: Candidate) -> set[str | None]:
    return {c.question for c in candidate.preconditions if c.verdict is Verdict.UNKNOWN}


ASKS = "Xin ý kiến chỉ đạo của Chủ tịch UBND tỉnh | Lãnh đạo Sở Xây dựng"
CONSENT = "Trình xin ý kiến UBND tỉnh trước khi quyết định | Lãnh đạo Sở Xây dựng"
LETTER = "Có văn bản xin ý kiến UBND tỉnh | Lãnh đạo Sở Xây dựng"
DIRECTS = "Chủ tịch UBND tỉnh cho ý kiến chỉ đạo | Chủ tịch UBND tỉnh"
FINANCE = "Lấy ý kiến Sở Tài chính | Chuyên viên Sở Xây dựng"
JUSTICE = "Lấy ý kiến Sở Tư pháp | Chuyên viên Sở Xây dựng"
SEVERAL = "Lấy ý kiến Sở Tài chính, Sở Tư pháp, Công an tỉnh | Chuyên viên Sở Xây dựng"
TEST = "Tổ chức sát hạch cấp chứng chỉ | Sở Xây dựng"
AGAIN = "Kiểm tra lại hồ sơ | CV VP UBND tỉnh"

IN_ROWS = {
    "the-office-checks-again-what-a-department-submits": (
        "drop_second_examination",
        looked_at("Kiểm tra lại hồ sơ do Sở trình | Chuyên viên VP UBND tỉnh"),
        "5",
        "examines-anything-new",
    ),
    "checked-again-with-marks-typed-apart": (
        "drop_second_examination",
        unicodedata.normalize("NFD", looked_at(AGAIN)),
        "5",
        "rule-names-the-step",
    ),
    "the-chair-directs": (
        "decide_then_report",
        among(f"{ASKS}\n{DIRECTS}"),
        "3 4",
        "superior-named-by-law",
    ),
    "the-committee-consents": (
        "decide_then_report",
        among(f"{CONSENT}\nUBND tỉnh có ý kiến chấp thuận | UBND tỉnh"),
        "3 4",
        "superior-named-by-law",
    ),
    "the-answer-is-taken-in": (
        "decide_then_report",
        among(f"{LETTER}\nNhận ý kiến của UBND tỉnh | Sở Xây dựng"),
        "3 4",
        "superior-named-by-law",
    ),
    "a-row-for-each-body-asked": (
        "consult_in_parallel",
        among(f"{FINANCE}\n{JUSTICE}\nTổng hợp ý kiến, dự thảo | Chuyên viên Sở Xây dựng"),
        "3 4",
        "legally-ordered",
    ),
    "a-row-for-each-body-that-answers": (
        "consult_in_parallel",
        among("Lấy ý kiến | Sở Tài chính\nLấy ý kiến | Công an tỉnh"),
        "3 4",
        "one-opinion-needs-the-other",
    ),
    "one-row-whose-words-name-the-bodies": (
        "consult_in_parallel",
        among(SEVERAL),
        "3",
        "asked-one-after-another",
    ),
    "a-test-of-people": ("hand_to_third_party", among(TEST), "3", "public-power"),
}


@pytest.mark.parametrize(("lever", "rows", "numbers", "asks"), IN_ROWS.values(), ids=IN_ROWS)
def test_a_row_in_the_words_of_officers_is_found_with_its_question(lever, rows, numbers, asks):
    (candidate,) = offered(lever, table(rows))
    assert candidate.targets == tuple(f"Step_{number}" for number in numbers.split())
    assert asks in left_open(candidate)
    assert Verdict.FAIL not in {condition.verdict for condition in candidate.preconditions}


IN_DRAWINGS = {
    "an-office-that-receives-and-passes-on": (
        "drop_relay",
        drawing(
            """TTPVHCC tỉnh: s <; a Tiếp nhận hồ sơ; d Trả kết quả; e >
            Văn phòng Sở Y tế: r Nhận hồ sơ và chuyển tiếp
            Phòng Nghiệp vụ - Sở Y tế: b Thẩm định hồ sơ
            LĐ Sở Y tế: c Ký""",
            "s a r b c d e",
        ),
        "r",
        "registers-legal-record",
    ),
    "two-teams-at-once-on-what-nobody-named": (
        "one_inspector",
        drawing(
            """CV Sở Công Thương: s <; a Thẩm định hồ sơ; p +; q +
            Sở Y tế: b Kiểm tra an toàn thực phẩm tại cơ sở
            Công an tỉnh: c Kiểm tra PCCC tại cơ sở
            GĐ Sở Công Thương: d Ký giấy phép; e >""",
            "s a p b q d e; p c q",
        ),
        "b c",
        "inspects-one-object",
    ),
    "answers-that-other-pools-send": (
        "consult_in_parallel",
        drawing(
            """CV Sở Nội vụ: s <; a Gửi lấy ý kiến Sở Tài chính; b Nhận ý kiến; """
            """c Gửi lấy ý kiến Sở Xây dựng; d Nhận ý kiến góp ý; f Tổng hợp
            GĐ Sở Nội vụ: k Ký quyết định; e >""",
            "s a b c d f k e",
            "b Sở Tài chính; d Sở Xây dựng",
        ),
        "a b c d",
        "legally-ordered",
    ),
    "refused-at-an-end-by-its-name": (
        "knock_out_first",
        drawing(
            """CV Sở Xây dựng: s <; a Thẩm định thiết kế; x ?Đạt?; b Kiểm tra quy hoạch; y ?Đạt?
            LĐ Sở Xây dựng: c Ký giấy phép; r Ký văn bản; e >Cấp phép; n >Từ chối""",
            "s a x b y c e; x r n; y r",
        ),
        "a b",
        "one-check-needs-the-other",
    ),
    "a-team-is-called-together": (
        "inspect_afterwards",
        drawing(
            """CV Sở Y tế: s <; a Thẩm định hồ sơ; b Thành lập đoàn kiểm tra; c Kiểm tra thực tế
            LĐ Sở Y tế: d Ký giấy phép; e >""",
            "s a b c d e",
        ),
        "b c",
        "public-health",
    ),
}


@pytest.mark.parametrize(
    ("lever", "procedure", "ids", "asks"), IN_DRAWINGS.values(), ids=IN_DRAWINGS
)
def test_a_drawing_in_the_words_of_officers_is_found_with_its_question(lever, procedure, ids, asks):
    (candidate,) = offered(lever, procedure)
    assert candidate.targets == tuple(ids.split())
    assert asks in left_open(candidate)


ALONE = {
    "a-registry-that-only-takes-in": (
        "drop_second_examination",
        looked_at("Tiếp nhận, vào sổ công văn đến, chuyển chuyên viên | Văn thư VP UBND tỉnh"),
    ),
    "one-body-asked-twice": ("consult_in_parallel", among(f"{FINANCE}\n{FINANCE}")),
    "requests-that-wait-for-one-answer": (
        "consult_in_parallel",
        among(f"{FINANCE}\n{JUSTICE}\nCác sở trả lời ý kiến bằng văn bản | Các sở, ngành"),
    ),
    "a-council-tests": ("hand_to_third_party", among("Sát hạch tại Hội đồng | Sở Xây dựng")),
    "the-superior-signs": ("decide_then_report", looked_at(f"{ASKS}\n{DIRECTS}")),
}


@pytest.mark.parametrize(("lever", "rows"), ALONE.values(), ids=ALONE)
def test_what_only_sounds_like_it_is_left_alone(lever, rows):
    assert offered(lever, table(rows)) == ()


def test_bodies_named_in_the_words_are_asked_side_by_side_by_the_same_officer():
    before = table(among(SEVERAL))
    (candidate,) = offered("consult_in_parallel", before)
    flow = BY_ID["consult_in_parallel"].apply(before, candidate).flow
    rows = [step for step in flow.steps if step.name.startswith("Lấy ý kiến ")]
    assert [step.name[11:] for step in rows] == ["Sở Tài chính", "Sở Tư pháp", "Công an tỉnh"]
    assert {step.performer for step in rows} == {before.flow.by_id["Step_3"].performer}
    (split,) = {flow.incoming[step.id][0].source for step in rows}
    assert not isinstance(flow.by_id[split], Step)


@pytest.mark.parametrize(
    ("ends", "granting"),
    [
        ("e >Hoàn thành; n >Từ chối", {"e"}),
        ("e >; n >Trả lại hồ sơ", {"e"}),
        ("e >Đã trả kết quả; n >Xong", {"e", "n"}),
        ("e >Không đủ điều kiện; n >Từ chối", {"e", "n"}),
    ],
)
def test_an_end_that_names_a_refusal_grants_nothing_while_another_may(ends, granting):
    procedure = drawing(f"CV Sở Y tế: s <; a Thẩm định; x ?; {ends}", "s a x e; x n")
    assert granting_ends(procedure.flow) == granting


def test_what_another_change_opens_is_asked_about_as_well():
    free = "rule-names-the-step=no examines-anything-new=no result-is-used=no"
    reading = tthc_flow.convert(printed(looked_at(AGAIN), answers=free).encode())
    asked = {(row.answer.question, row.answer.step) for row in tthc_flow.ask(reading).answers}
    assert ("power-is-own", "Step_6") in asked
