"""What a page does to a project: answers, rulings, facts, the drawing, targets, back and forth."""

from __future__ import annotations

import json

import pytest

from web.asking import IN_A_ROW, OWN, PRESS, STUCK, shown


@pytest.fixture
def view(page):
    return page.upload(PRESS.read_bytes(), "cấp.bpmn")


def question(view, id_):
    return next(each for each in view["questions"] if each["id"] == id_)


def test_an_answer_with_its_source_decides_what_hangs_on_it(page, view):
    asked = question(view, "rule-names-the-step")
    (place,) = asked["about"]
    given = {"question": asked["id"], "step": place["element"], "reply": asked["passes_on"]}
    after = page.act(view, kind="answer", **given, source="CV 12/STP-VB", place="mục 2", by="An")
    told = next(each for each in after["questions"] if each["about"] == [place] and each["answer"])
    assert told["answer"]["source"]["document"] == "CV 12/STP-VB"
    assert told["answer"]["source"]["place"] == "mục 2"
    assert (told["answer"]["by"], told["answer"]["counts"]) == ("An", True)
    assert set(told["candidates"]) >= set(asked["candidates"])
    for candidate in after["record"]["candidates"]:
        open_ = {each["question_id"] for each in candidate["preconditions"]}
        assert not (candidate["targets"] == [place["element"]] and asked["id"] in open_)
    back = page.act(after, kind="answer", **{**given, "reply": "unknown"})
    assert question(back, asked["id"])["answer"] is None


def test_an_answer_for_the_whole_procedure_and_one_that_comes_twice(page, view):
    given = {"kind": "answer", "question": "power-is-own", "step": None, "source": "QĐ 1"}
    view = page.act(view, **given, reply="yes")
    view = page.act(view, **given, reply="no")
    rows = [each for each in view["questions"] if each["id"] == "power-is-own" and each["answer"]]
    assert [(each["about"], each["answer"]["reply"]) for each in rows] == [([], "no")]


def test_an_answer_about_work_that_changed_counts_no_longer(page, view):
    asked = question(view, "rule-names-the-step")
    step = asked["about"][0]["element"]
    given = {"question": asked["id"], "step": step, "reply": "no", "source": "CV 1"}
    view = page.act(view, kind="answer", **given)
    view = page.act(view, kind="facts", element=step, fields={"name": "Việc khác hẳn"})
    told = next(each for each in view["questions"] if each["about"] and each["answer"])
    assert told["answer"]["counts"] is False


def test_a_candidate_is_accepted_rejected_and_let_go_again(page, view):
    accepted = view["record"]["plan"]["applied"][0]["id"]
    view = page.act(view, kind="rule", candidate=accepted, ruling="reject", reason="chờ", by="An")
    assert view["rulings"][accepted]["ruling"] == "rejected"
    assert (view["rulings"][accepted]["reason"], view["rulings"][accepted]["by"]) == ("chờ", "An")
    assert accepted not in [each["id"] for each in view["record"]["plan"]["applied"]]
    view = page.act(view, kind="rule", candidate=accepted, ruling="accept")
    assert view["rulings"][accepted]["ruling"] == "accepted"
    assert accepted in [each["id"] for each in view["record"]["plan"]["applied"]]
    view = page.act(view, kind="rule", candidate=accepted, ruling="withdraw")
    assert view["rulings"] == {}


def test_an_accepted_candidate_with_an_open_gate_is_not_applied_and_that_is_said(page, view):
    open_ = next(each for each in view["record"]["candidates"] if each["verdict"] == "unknown")
    view = page.act(view, kind="rule", candidate=open_["id"], ruling="accept")
    assert view["rulings"][open_["id"]]["ruling"] == "accepted"
    assert "ruling-open" in {each["code"] for each in view["record"]["findings"]}


def test_the_drawing_is_taken_from_the_modeler_and_answers_stay(page, view):
    asked = question(view, "rule-names-the-step")
    given = {"question": asked["id"], "step": asked["about"][0]["element"], "reply": "no"}
    view = page.act(view, kind="answer", **given, source="CV 1")
    xml = view["xml"].replace('encoding="UTF-8"', 'encoding="UTF-16"')
    moved = page.act(view, kind="drawing", xml=xml.replace('x="', 'x="1', 1))
    assert moved["version"] == view["version"] + 1
    assert any(each["answer"] for each in moved["questions"])
    assert page.act(moved, kind="undo")["xml"] == view["xml"]


def test_a_drawing_whose_process_got_another_name_is_taken_with_it(page):
    view = page.upload(IN_A_ROW)
    view = page.act(view, kind="drawing", xml=view["xml"].replace('"P"', '"Q"'))
    assert view["record"]["procedure"]["process"] == "Q"
    assert page.act(view, kind="undo")["record"]["procedure"]["process"] == "P"


@pytest.mark.parametrize(
    ("xml", "code"),
    [("", "TF204"), ("<a", "TF209"), ("<a/>", "TF211"), (None, "TF141"), (7, "TF141")],
)
def test_a_drawing_that_cannot_be_read_changes_nothing(page, view, xml, code):
    assert page.act(view, 422, kind="drawing", xml=xml)["error"]["code"] == code
    assert page.get(f"/api/projects/{view['id']}") == view


def test_a_drawing_that_becomes_unsound_is_kept_with_what_is_wrong(page):
    view = page.upload(IN_A_ROW)
    view = page.act(view, kind="drawing", xml=STUCK)
    assert view["unsound"]["code"] == "TF310"
    view = page.act(view, kind="facts", element="A", fields={"time": "1 ngày làm việc"})
    assert view["facts"]["A"]["time"] == "1 ngày làm việc"
    view = page.act(page.act(view, kind="undo"), kind="undo")
    assert view["unsound"] is None


def test_targets_are_set_judged_and_cleared(page, view):
    view = page.act(view, kind="targets", time=0.3, cost=0.5)
    assert view["targets"] == {"time": 0.3, "cost": 0.5}
    assert [each["name"] for each in view["record"]["gates"]] == ["time", "cost"]
    view = page.act(view, kind="targets", time=None)
    assert view["targets"] == {"time": None, "cost": 0.5}


@pytest.mark.parametrize("share", [1.5, -0.1, "30%", True, [0.3], 1e300])
def test_a_target_that_is_no_share_changes_nothing(page, view, share):
    refused = page.act(view, 422, kind="targets", time=share)
    assert refused["error"]["code"] in {"TF109", "TF141"}
    assert page.get(f"/api/projects/{view['id']}") == view


def test_everything_is_undone_and_redone_step_by_step(page):
    views = [page.upload(IN_A_ROW)]
    for action in (
        {"kind": "facts", "element": "A", "fields": {"time": "1 ngày"}},
        {"kind": "targets", "time": 0.3},
        {"kind": "facts", "element": "A", "fields": {"name": "Ký duyệt"}},
    ):
        views.append(page.act(views[-1], **action))
    now, flags = views[-1], {"can_undo", "can_redo"}
    content = [{k: v for k, v in shown(each).items() if k not in flags} for each in views]
    for kind, order in (("undo", content[-2::-1]), ("redo", content[1:])):
        for expected in order:
            now = page.act(now, kind=kind)
            assert {k: v for k, v in shown(now).items() if k not in flags} == expected
    assert (now["can_undo"], now["can_redo"], now["version"]) == (True, False, 10)
    now = page.act(page.act(now, kind="undo"), kind="targets", time=0.9)
    assert now["can_redo"] is False
    assert page.act(now, 422, kind="redo")["error"]["code"] == "TF146"


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (None, "TF141"),
        ([], "TF141"),
        ({}, "TF141"),
        ({"kind": "format"}, "TF141"),
        ({"kind": ["undo"]}, "TF141"),
        ({"kind": "undo"}, "TF146"),
        ({"kind": "rule", "candidate": "drop_relay:none", "ruling": "accept"}, "TF131"),
        ({"kind": "rule", "candidate": "x", "ruling": "maybe"}, "TF141"),
        ({"kind": "rule", "candidate": "x", "ruling": "withdraw"}, "TF147"),
        ({"kind": "rule", "ruling": "accept"}, "TF141"),
        ({"kind": "answer", "question": "who-am-i", "reply": "yes", "source": "a"}, "TF144"),
        ({"kind": "answer", "question": "power-is-own", "reply": "yes"}, "TF145"),
        ({"kind": "answer", "question": "power-is-own", "reply": "yes", "source": "  "}, "TF145"),
        ({"kind": "answer", "question": "power-is-own", "reply": "perhaps"}, "TF141"),
        (
            {
                "kind": "answer",
                "question": "power-is-own",
                "reply": "no",
                "step": "x",
                "source": "a",
            },
            "TF142",
        ),
        ({"kind": "targets", "time": 0.3, "speed": 1}, "TF141"),
        ({"kind": "facts", "element": "x", "fields": {}}, "TF142"),
        ({"kind": "facts", "element": "Start", "fields": {}}, "TF142"),
    ],
)
def test_an_action_that_is_none_changes_nothing(page, view, action, code):
    address = f"/api/projects/{view['id']}/actions"
    refused = page.send(address, {"version": 1, "action": action}, 422)
    assert refused["error"]["code"] == code
    assert page.get(f"/api/projects/{view['id']}") == view


def test_a_rejection_needs_a_reason(page, view):
    candidate = view["record"]["candidates"][0]["id"]
    refused = page.act(view, 422, kind="rule", candidate=candidate, ruling="reject")
    assert refused["error"]["code"] == "TF132"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"undo"',
        b"\xff\xfe",
        b'{"version": NaN}',
        b'{"version": 1e999, "action": {"kind": "undo"}}',
        b'{"version": "1", "action": {"kind": "undo"}}',
        b'{"version": true, "action": {"kind": "undo"}}',
        b'{"version": 1.5}',
        b'{"a": "\\ud800"}',
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
    ],
)
def test_what_is_no_json_of_ours_is_refused(page, view, body):
    address = f"/api/projects/{view['id']}/actions"
    answer = page.client.post(address, content=body, headers=OWN)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "TF806")
    assert page.get(f"/api/projects/{view['id']}") == view


def test_json_without_end_is_refused(page, view):
    body = json.dumps({"version": 1, "action": {"kind": "drawing", "xml": "x" * 9_000_000}})
    answer = page.client.post(
        f"/api/projects/{view['id']}/actions", content=body.encode(), headers=OWN
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "TF805")


def test_an_older_version_is_refused_and_told_which_is_the_one_now(page, view):
    page.act(view, kind="targets", time=0.3)
    refused = page.act(view, 409, kind="targets", time=0.9)
    assert (refused["error"]["code"], refused["version"]) == ("TF807", 2)
    assert page.get(f"/api/projects/{view['id']}")["targets"]["time"] == 0.3


def test_the_view_speaks_both_languages(page, view):
    english = page.get(f"/api/projects/{view['id']}?lang=en")
    assert english["version"] == view["version"]
    assert english["questions"][0]["text"] != view["questions"][0]["text"]
    assert english["heat"]["level"]["legend"][0]["text"] == "Level of government"
    assert view["heat"]["level"]["legend"][0]["text"] == "Cấp thực hiện"


def test_one_answer_holds_for_several_steps_and_is_undone_at_once(page, view):
    rows = [each for each in view["questions"] if each["id"] == "rule-names-the-step"]
    steps = [each["about"][0]["element"] for each in rows]
    assert len(steps) > 1
    given = {"question": "rule-names-the-step", "reply": "no", "source": "CV 1"}
    after = page.act(view, kind="answer", **given, steps=[*steps, steps[0]])
    told = [each for each in after["questions"] if each["id"] == "rule-names-the-step"]
    assert {each["about"][0]["element"] for each in told if each["answer"]} >= set(steps)
    assert after["version"] == view["version"] + 1
    back = page.act(after, kind="undo")
    assert not any(each["answer"] for each in back["questions"])
    wrong = page.act(view, 409, kind="answer", **given, steps=[steps[0], "nowhere"])
    assert wrong["version"] == back["version"]
    wrong = page.act(back, 422, kind="answer", **given, steps=[steps[0], "nowhere"])
    assert wrong["error"]["code"] == "TF142"
    assert page.get(f"/api/projects/{view['id']}") == back


def test_what_to_do_is_said_as_it_is_done_on_the_page(page):
    refused = page.upload(b"{", "a.bpmn", 422)["error"]
    assert "tthc-flow" not in refused["hint"]
    view = page.upload(IN_A_ROW)
    hints = [each["hint"] for each in view["notes"]]
    assert hints
    assert not [each for each in hints if "tthc-flow" in each or "--" in each]
