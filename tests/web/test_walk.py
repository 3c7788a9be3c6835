"""A walk by hand through the drawing: where the tokens are, what can be chosen, where it ends."""

from __future__ import annotations

import pytest

from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from web.asking import IN_A_ROW, LONG, PRESS, STUCK, flow

FORKED = flow(
    '<startEvent id="s"/><parallelGateway id="p"/><task id="A" name="Thuế"/><task id="B"/>'
    '<parallelGateway id="q"/><endEvent id="e"/>',
    *("f0: s p", "f1: p A", "f2: p B", "f3: A q", "f4: B q", "f5: q e"),
)
AGAIN = flow(
    '<startEvent id="s"/><task id="A" name="Xem"/><exclusiveGateway id="x"/><endEvent id="e"/>',
    *("f0: s A", "f1: A x", "f2: x A Làm lại", "f3: x e"),
)
SOME = flow(
    '<startEvent id="s"/><inclusiveGateway id="o"/><task id="A"/><task id="B"/>'
    '<inclusiveGateway id="j"/><endEvent id="e"/>',
    *("f0: s o", "f1: o A", "f2: o B", "f3: A j", "f4: B j", "f5: j e"),
)
WAITING = flow(
    '<startEvent id="s"/><task id="A" name="Ký"/><boundaryEvent id="late" attachedToRef="A">'
    '<timerEventDefinition/></boundaryEvent><intermediateCatchEvent id="m" name="Bổ sung">'
    '<messageEventDefinition/></intermediateCatchEvent><endEvent id="e"/><endEvent id="e2"/>',
    *("f0: s A", "f1: A m", "f2: m e", "f3: late e2"),
)
FIRST_EVENT = flow(
    '<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="m" name="Trả lời">'
    "<messageEventDefinition/></intermediateCatchEvent>"
    '<intermediateCatchEvent id="t" name="7 ngày">'
    "<timerEventDefinition/></intermediateCatchEvent>"
    '<endEvent id="e"/><endEvent id="e2"/>',
    *("f0: s g", "f1: g m", "f2: g t", "f3: m e", "f4: t e2"),
)
TWO_STARTS = flow(
    '<startEvent id="s" name="Nộp trực tiếp"/><startEvent id="z" name="Nộp trực tuyến"/>'
    '<task id="A"/><task id="B"/><endEvent id="e"/>',
    *("f0: s A", "f1: z B", "f2: A e", "f3: B e"),
)


def choices(state, element) -> dict[str, str]:
    (row,) = [each for each in state["waiting"] if each["element"] == element]
    return {each["id"]: each["text"] for each in row["choices"]}


def test_a_step_is_done_and_the_case_ends(page):
    view = page.upload(IN_A_ROW)
    state = page.walk(view)
    assert (state["tokens"], state["done"], state["ended"]) == (["A"], ["s"], False)
    assert choices(state, "A") == {"done": "Làm xong"}
    state = page.walk(view, ("A", "done"))
    assert (state["tokens"], state["done"], state["flows"]) == ([], ["s", "A", "e"], ["f", "g"])
    assert (state["ended"], state["stuck"], state["waiting"]) == (True, False, [])


def test_who_does_a_step_and_what_it_is_called_is_told(page):
    state = page.walk(page.upload(PRESS.read_bytes()))
    (row,) = state["waiting"]
    assert row["label"].startswith("bước 1 “")
    assert row["performer"]


def test_tokens_go_side_by_side_and_wait_for_each_other(page):
    view = page.upload(FORKED)
    assert page.walk(view)["tokens"] == ["A", "B"]
    state = page.walk(view, ("B", "done"))
    assert (state["tokens"], state["ended"]) == (["A"], False)
    assert page.walk(view, ("B", "done"), ("A", "done"))["ended"] is True


def test_a_decision_offers_its_ways_in_words_and_a_loop_may_be_gone_again(page):
    view = page.upload(AGAIN)
    state = page.walk(view, ("A", "done"))
    assert state["tokens"] == ["x"]
    offered = choices(state, "x")
    assert offered["f2"] == "Làm lại"
    assert offered["f3"].startswith("Đi tiếp đến ")
    rounds = [("A", "done"), ("x", "f2")] * 40
    state = page.walk(view, *rounds, ("A", "done"), ("x", "f3"))
    assert (state["ended"], state["done"].count("A")) == (True, 41)


def test_some_of_several_ways_are_chosen_together(page):
    view = page.upload(SOME)
    (row,) = page.walk(view)["waiting"]
    assert (row["element"], row["several"]) == ("o", True)
    assert page.walk(view, ("o", ["f1", "f2"]))["tokens"] == ["A", "B"]
    assert page.walk(view, ("o", "f2"), ("B", "done"))["ended"] is True


def test_a_deadline_and_a_letter_are_choices(page):
    view = page.upload(WAITING)
    offered = choices(page.walk(view), "A")
    assert [*offered] == ["done", "late"]
    assert offered["late"] == "Hết thời gian: “Ký”"
    assert page.walk(view, ("A", "late"))["done"] == ["s", "late", "e2"]
    state = page.walk(view, ("A", "done"))
    assert choices(state, "m") == {"m": "Nhận được: “Bổ sung”"}
    assert page.walk(view, ("A", "done"), ("m", "m"))["ended"] is True


def test_behind_an_event_gateway_the_first_event_decides(page):
    view = page.upload(FIRST_EVENT)
    offered = choices(page.walk(view), "g")
    assert offered == {"f1": "Đi tiếp đến “Trả lời”", "f2": "Đi tiếp đến “7 ngày”"}
    assert page.walk(view, ("g", "f2"))["done"][-2:] == ["t", "e2"]


def test_the_start_is_chosen_where_there_are_several(page):
    view = page.upload(TWO_STARTS)
    state = page.walk(view)
    assert [row["element"] for row in state["waiting"]] == ["s", "z"]
    assert state["waiting"][1]["choices"] == [{"id": "start", "text": "Bắt đầu từ đây"}]
    assert page.walk(view, ("z", "start"))["tokens"] == ["B"]


def test_a_walk_that_gets_stuck_says_so(page):
    view = page.upload(STUCK)
    state = page.walk(view, ("x", "f1"), ("A", "done"))
    assert (state["ended"], state["stuck"]) == (False, True)


@pytest.mark.parametrize("side", ["before", "after"])
def test_every_branch_that_the_engine_runs_can_be_walked(page, side):
    view = page.upload(LONG.read_bytes())
    drawn = read(view["xml" if side == "before" else "after_xml"].encode()).procedures[0]
    for history in run_every_branch(drawn).runs:
        taken, state, passed = [], page.walk(view, side=side), list(history)
        while not state["ended"]:
            row = state["waiting"][0]
            ways = [each["id"] for each in row["choices"]]
            seen = len(state["done"])
            for way in ways:
                state = page.walk(view, *taken, (row["element"], way), side=side)
                if state["done"][seen:] == passed[seen : len(state["done"])]:
                    taken.append((row["element"], way))
                    break
            else:
                pytest.fail(f"no way on from {row['element']}")
        assert state["done"] == passed


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "TF141"),
        ({"side": "left", "taken": []}, "TF141"),
        ({"side": "before", "taken": {"element": "A"}}, "TF141"),
        ({"side": "before", "taken": [7]}, "TF141"),
        ({"side": "before", "taken": [{"element": "A"}]}, "TF141"),
        ({"side": "before", "taken": [{"element": "A", "choice": []}]}, "TF141"),
        ({"side": "before", "taken": [{"element": "A", "choice": "done", "x": 1}]}, "TF141"),
        ({"side": "before", "taken": [{"element": "A", "choice": "done", "token": "1"}]}, "TF141"),
        ({"side": "before", "taken": [{"element": "A", "choice": "done"}] * 501}, "TF148"),
        ({"side": "before", "taken": [{"element": "A", "choice": "done"}] * 2}, "TF403"),
        ({"side": "before", "taken": [{"element": "e", "choice": "done"}]}, "TF403"),
        ({"side": "before", "taken": [{"element": "A", "choice": "f"}]}, "TF404"),
        ({"side": "before", "taken": [{"element": "A", "choice": "done", "token": 99}]}, "TF403"),
    ],
)
def test_a_walk_that_is_none_is_refused(page, body, code):
    view = page.upload(IN_A_ROW)
    refused = page.send(f"/api/projects/{view['id']}/walk", body, 422)
    assert refused["error"]["code"] == code


def test_the_side_after_of_what_cannot_be_proposed_for_is_refused_with_the_reason(page):
    view = page.upload(STUCK)
    refused = page.send(f"/api/projects/{view['id']}/walk", {"side": "after", "taken": []}, 422)
    assert refused["error"]["code"] == "TF310"


def test_a_walk_changes_nothing(page):
    view = page.upload(IN_A_ROW)
    page.walk(view, ("A", "done"))
    assert page.get(f"/api/projects/{view['id']}") == view
