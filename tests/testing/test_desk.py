"""A desk: short steps by name or id, and what waits is told where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from testing.small import ENDS, HEAD, LICENCE, bpmn
from tthc_flow.bpmn.read import read
from tthc_flow.errors import NotRunnable, StoreFault, UnreadableInput
from tthc_flow.model.flow import Outcome
from tthc_flow.testing import Desk, tallied


@pytest.fixture
def desk():
    with Desk(LICENCE.encode()) as desk:
        yield desk


def test_a_dossier_is_taken_to_its_end_by_the_names_of_the_diagram(desk):
    begun = desk.start({"loại": "mới"})
    assert (begun.business_key, begun.status, desk.dossier.id) == ("HS-1", "running", begun.id)
    desk.do("Thẩm định hồ sơ", {"phí": 1})
    desk.choose("Đủ?", "Không đủ")
    desk.do("more")
    desk.do("thẩm  định HỒ SƠ", {"phí": 2}, by="chị Hoa")
    desk.choose("full", "yes")
    assert desk.do("Ký duyệt").status == "completed"
    assert dict(desk.data) == {"loại": "mới", "phí": 2}
    assert [each["actor"] for each in desk.history][-3:] == ["chị Hoa", "cán bộ", "cán bộ"]
    assert desk.waiting == ()


@pytest.mark.parametrize("way", ["Đủ", "đủ", "yes", "Ký duyệt", "sign", "grant"])
def test_a_way_is_meant_by_its_name_id_outcome_or_where_it_leads(way):
    marked = LICENCE.replace(
        '<sequenceFlow id="yes" name="Đủ" sourceRef="full" targetRef="sign"/>',
        '<sequenceFlow id="yes" name="Đủ" sourceRef="full" targetRef="sign"><extensionElements>'
        '<tthc:flow outcome="grant"/></extensionElements></sequenceFlow>',
    )
    (yes,) = [each for each in read(marked.encode()).procedures[0].flow.edges if each.id == "yes"]
    assert yes.outcome is Outcome.GRANT
    with Desk(marked.encode()) as desk:
        desk.start()
        desk.do("check")
        desk.choose("full", way)
        assert [task.node for task in desk.waiting] == ["sign"]


CHECK_WAITS = "waits; the dossier waits for work 'Thẩm định hồ sơ' (check)\n  → "


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (
            lambda desk: desk.do("Tham dinh ho so"),
            "TF421 HS-1 (running): no work 'Tham dinh ho so' "
            + CHECK_WAITS
            + "did you mean 'Thẩm định hồ sơ'?",
        ),
        (
            lambda desk: desk.choose("Thẩm định hồ sơ", "Đủ"),
            "TF421 HS-1 (running): no decision 'Thẩm định hồ sơ' "
            + CHECK_WAITS
            + "that is work: use desk.do(...)",
        ),
        (
            lambda desk: desk.report("Chuông"),
            (
                "TF423 P: the procedure has nothing that is called 'Chuông'\n"
                "  → there is 'Nộp hồ sơ', 's', 'back', 'Thẩm định hồ sơ', 'check', 'Quá hạn', "
                "'late', 'Đủ?', 'full', 'Bổ sung hồ sơ', 'more', 'Ký duyệt' and 7 more"
            ),
        ),
        (
            lambda desk: desk.report("Đã cấp"),
            "TF421 HS-1 (running): no event 'Đã cấp' "
            + CHECK_WAITS
            + "there is 'Thẩm định hồ sơ', 'check'",
        ),
    ],
)
def test_what_does_not_wait_is_told_with_what_does(desk, act, message):
    desk.start()
    with pytest.raises(NotRunnable) as told:
        act(desk)
    assert str(told.value) == message


def test_a_way_that_there_is_not_is_told_with_those_that_there_are(desk):
    desk.start()
    desk.do("check")
    with pytest.raises(NotRunnable) as told:
        desk.choose("Đủ?", "Thiếu")
    assert str(told.value) == (
        "TF423 full: no way out is 'Thiếu'\n  → choose from 'Không đủ' (no) to "
        "'Bổ sung hồ sơ' (more), 'Đủ' (yes) to 'Ký duyệt' (sign)"
    )


def test_without_a_dossier_there_is_nothing_to_do(desk):
    for act in (lambda: desk.do("check"), lambda: desk.data, lambda: desk.waiting):
        with pytest.raises(NotRunnable, match=r"TF424 P: no dossier was begun\n  → begin one with"):
            act()


def test_a_name_that_several_things_bear_is_refused_and_the_id_is_not():
    nodes = ENDS + (
        '<parallelGateway id="g"/><userTask id="a" name="Ký"/><userTask id="b" name="Ký"/>'
        '<exclusiveGateway id="x"/>'
    )
    with Desk(bpmn(nodes, "s > g > a > x; g > b; x > e; x > e")) as desk:
        desk.start()
        with pytest.raises(NotRunnable, match=r"TF422 .*2 things wait .*'Ký'\n  → .*one: a, b"):
            desk.do("Ký")
        with pytest.raises(NotRunnable, match=r"TF421 .*no work '' waits"):
            desk.do("")
        desk.do("a")
        with pytest.raises(NotRunnable, match=r"TF423 x: no way out is ''"):
            desk.choose("x", "")
        with pytest.raises(NotRunnable, match=r"TF421"):
            desk.choose("Ký", "e")


def test_an_id_goes_before_a_name():
    nodes = ENDS + '<parallelGateway id="g"/><userTask id="a" name="b"/><userTask id="b"/>'
    with Desk(bpmn(nodes, "s > g > a > e; g > b > e")) as desk:
        desk.start()
        desk.do("b")
        assert [task.node for task in desk.waiting] == ["a"]


def test_two_ways_of_one_name_have_to_be_told_apart_by_their_ids():
    same = LICENCE.replace('name="Không đủ"', 'name="Đủ"')
    several = r"TF422 full: 2 ways out are meant by 'Đủ'\n.*\(no\)"
    with Desk(same.encode()) as desk:
        desk.start()
        desk.do("check")
        with pytest.raises(NotRunnable, match=several):
            desk.choose("full", "Đủ")
        desk.choose("full", "no")
        assert [task.node for task in desk.waiting] == ["more"]


MESSAGE = '<message id="m" name="Đã nộp phí"/>'


def test_an_event_is_reported_by_its_name_its_id_or_what_it_listens_for():
    nodes = ENDS + (
        '<intermediateCatchEvent id="paid" name="Có biên lai">'
        '<messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    )
    for name in ("Có biên lai", "paid", "Đã nộp phí"):
        with Desk(bpmn(nodes, "s > paid > e", more=MESSAGE)) as desk:
            desk.start()
            assert desk.report(name, {"số": 5}).status == "completed"
            assert desk.data == {"số": 5}


def test_an_event_at_a_border_is_reported_too(desk):
    desk.start()
    desk.report("Quá hạn")
    assert [task.node for task in desk.waiting] == ["sorry"]
    with pytest.raises(NotRunnable, match=r"TF421 .*no event 'Quá hạn' waits"):
        desk.report("Quá hạn")


def test_rounds_are_said_and_done_one_by_one():
    nodes = ENDS + (
        '<userTask id="ask" name="Xin ý kiến"><multiInstanceLoopCharacteristics/></userTask>'
    )
    with Desk(bpmn(nodes, "s > ask > e")) as desk:
        desk.start()
        desk.repeat("Xin ý kiến", 2)
        desk.do("Xin ý kiến")
        assert desk.do("Xin ý kiến").status == "completed"


CALLER = ENDS + (
    '<callActivity id="call" name="Thu phí" calledElement="Q"/><userTask id="a" name="Ký"/>'
)
CALLED = '<startEvent id="qs"/><userTask id="pay" name="Nộp tiền"/><endEvent id="qe"/>'


def test_a_called_procedure_is_worked_on_at_the_same_desk():
    with Desk(
        bpmn(CALLER, "s > call > a > e"), called=(bpmn(CALLED, "qs > pay > qe", process="Q"),)
    ) as desk:
        desk.start()
        assert [task.name for task in desk.waiting] == ["Nộp tiền"]
        desk.do("Nộp tiền", {"biên lai": 9})
        assert ([task.name for task in desk.waiting], desk.data["biên lai"]) == (["Ký"], 9)
        assert [each.process for each in tallied(desk.engine)] == ["P", "Q"]


def test_a_called_procedure_of_the_same_file_is_taken_along():
    one, two = (bpmn(CALLER, "s > call > a > e"), bpmn(CALLED, "qs > pay > qe", process="Q"))
    inner = two.partition(b"<process")[2].partition(b"</definitions>")[0]
    both = one.replace(b"</definitions>", b"<process" + inner + b"</definitions>")
    with Desk(both) as desk:
        desk.start()
        desk.do("Nộp tiền")
        assert desk.do("Ký").status == "completed"
    with Desk(both, process="Q") as desk:
        assert [each.key for each in desk.engine.definitions()] == ["Q"]
    with pytest.raises(UnreadableInput, match="TF230"):
        Desk(both, process="R")


def test_a_desk_takes_a_path_the_bytes_a_reading_a_procedure_or_a_flow(tmp_path: Path):
    path = tmp_path / "a.bpmn"
    path.write_text(LICENCE, encoding="utf-8")
    reading = read(path)
    procedure = reading.procedures[0]
    for source in (path, str(path), LICENCE.encode(), reading, procedure, procedure.flow):
        with Desk(source) as desk:
            desk.start()
            assert [task.name for task in desk.waiting] == ["Thẩm định hồ sơ"]


def test_what_cannot_be_read_or_run_is_refused_by_code(tmp_path: Path):
    for source, code in (
        (tmp_path / "none.bpmn", "TF201"),
        (b"<x", "TF20"),
        (f"{HEAD}</definitions>".encode(), "TF231"),
    ):
        with pytest.raises(UnreadableInput, match=code):
            Desk(source)
    broken = bpmn(ENDS + '<complexGateway id="g"/>', "s > g > e")
    with pytest.raises(NotRunnable, match="TF401"):
        Desk(broken)


def test_claimed_work_is_done_by_whoever_has_claimed_it(desk):
    desk.start()
    desk.engine.work.claim(desk.waiting[0].id, by="chị Hoa")
    with pytest.raises(StoreFault, match="TF708"):
        desk.do("check", by="anh Minh")
    desk.do("check")
    assert desk.history[-1]["actor"] == "chị Hoa"


def test_two_dossiers_are_taken_up_in_turns(desk):
    first = desk.start(business_key="H01-1")
    second = desk.start()
    assert second.business_key == "HS-2"
    desk.do("check")
    assert desk.take_up(first).business_key == "H01-1"
    assert [task.node for task in desk.waiting] == ["check"]


def test_a_desk_is_closed_once_and_says_so_before():
    seen = []
    with Desk(LICENCE.encode(), closing=lambda engine: seen.append(engine.definitions())) as desk:
        desk.close()
    assert [len(each) for each in seen] == [1]
    with pytest.raises(StoreFault, match="TF704"):
        desk.start()


class Reversed:
    """Keeps every text the other way round."""

    def seal(self, text: str) -> str:
        return text[::-1]

    def open(self, text: str) -> str:
        return text[::-1]


def test_sealed_data_are_read_at_the_desk_and_only_there():
    with Desk(LICENCE.encode(), codec=Reversed()) as desk:
        desk.start({"chủ": "Nguyễn Văn A"})
        desk.do("check", {"phí": 7})
        assert desk.data == {"chủ": "Nguyễn Văn A", "phí": 7}
        with desk.engine.database.connect() as here:
            kept = here.exec_driver_sql("SELECT state FROM tthc_instances").scalar_one()
        assert "A năV nễyugN" in kept
        assert "Nguyễn Văn A" not in kept
