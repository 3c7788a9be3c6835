"""What was said of several procedures: answers and rulings hold for what they were about."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.abolish_unused.test_abolish_unused import unused
from levers.folders import folder
from levers.merge_procedures.test_merge_procedures import LONGER, of_the_agency
from levers.office import AGENCY, case, step
from measures.test_load import hours, people
from tthc_flow.graph.fingerprint import procedure_fingerprint
from tthc_flow.levers import merge_procedures
from tthc_flow.model.folder import Together
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Volume
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.model.source import Quantity, Source
from tthc_flow.proof.gates.capacity import QUESTION
from tthc_flow.tables.folder_answers import folder_answers_text
from tthc_flow.verbs.ask_folder import ask_folder
from tthc_flow.verbs.decide import OF_FOLDER, Given
from tthc_flow.verbs.decide_folder import decide_folder
from tthc_flow.verbs.folder import ANSWERS, opened_folder
from tthc_flow.verbs.folder_replay import replayed_together, seen_together
from tthc_flow.verbs.propose_folder import propose_folder
from verbs.test_propose_folder import signed_twice, written

ASKED = ("same-person-work-moment", "results-differ")
THREE = folder(
    a=of_the_agency("Cấp giấy phép", answers=""),
    b=of_the_agency("Gia hạn giấy phép", *LONGER, answers=""),
    c=of_the_agency("Cấp lại giấy phép", answers=""),
)


def said(question, reply, *members):
    answer = Answer(question=question, reply=reply, source=Source(document="CV 1"))
    return Together(answer=answer, members=members)


def verdict_of(*answers):
    """Return the verdict on merging all three."""
    (candidate,) = merge_procedures.LEVER.find(evolve(THREE, answers=answers))
    assert candidate.targets == ("a", "b", "c")
    return candidate.verdict


def yes_for(*members):
    return (
        said("same-person-work-moment", Reply.YES, *members),
        said("results-differ", Reply.NO, *members),
    )


def test_an_answer_counts_for_those_it_is_about_and_not_for_more():
    assert verdict_of(*yes_for("a", "b", "c")) is Verdict.PASS
    assert verdict_of(*yes_for("a", "b", "c", "d")) is Verdict.PASS
    assert verdict_of(*yes_for("a", "b"), *yes_for("b", "c"), *yes_for("a", "c")) is (
        Verdict.UNKNOWN
    )


def test_of_two_answers_the_one_that_bars_counts():
    bars = said("results-differ", Reply.YES, "a", "b", "c")
    assert verdict_of(*yes_for("a", "b", "c"), bars) is Verdict.FAIL


@pytest.fixture
def asked(tmp_path):
    """Return a folder with every open question written into its answers file."""
    given = written(
        tmp_path,
        cap=of_the_agency("Cấp giấy phép", answers=""),
        gia_han=of_the_agency("Gia hạn giấy phép", *LONGER, answers=""),
    )
    text = folder_answers_text(ask_folder(given))
    (given / ANSWERS).write_text(text, encoding="utf-8")
    return given


def fill(given):
    """Answer every question of the file so that it lets the proposal on."""
    lines, reply = [], ""
    for line in (given / ANSWERS).read_text("utf-8").splitlines():
        if line.startswith("# Trả lời "):
            reply = "yes" if " yes " in line else "no"
        filled = line.replace('reply: "unknown"', f'reply: "{reply}"')
        lines.append(filled.replace("document: ''", "document: CV 1"))
    (given / ANSWERS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_is_open_is_asked_once_for_all_of_them_and_no_more_once_answered(asked):
    sheet = ask_folder(asked)
    assert sorted(each.answer.question for each in sheet.answers) == sorted(ASKED)
    keys = {tuple(seen.id for seen in each.procedures) for each in sheet.answers}
    assert keys == {("cap.bpmn", "gia-han.bpmn")}
    assert propose_folder(asked).merged == ()
    fill(asked)
    assert len(propose_folder(asked).merged) == 1
    assert {each.answer.reply for each in ask_folder(asked).answers} == {Reply.YES, Reply.NO}


def test_an_answer_about_a_procedure_that_changed_does_not_count_and_is_asked_again(asked):
    fill(asked)
    path = asked / "cap.bpmn"
    path.write_bytes(path.read_bytes().replace("Ký duyệt".encode(), "Ký ban hành".encode()))
    read = opened_folder(asked)
    assert read.folder.answers == ()
    assert [each.code for each in read.findings] == ["ask-procedure-stale"] * 2
    assert propose_folder(asked).merged == ()
    assert len(ask_folder(asked).answers) == 4


def test_an_answer_goes_with_a_procedure_that_was_moved_to_another_file(asked):
    fill(asked)
    (asked / "so").mkdir()
    (asked / "cap.bpmn").rename(asked / "so" / "cap.bpmn")
    assert [each.members for each in opened_folder(asked).folder.answers] == [
        ("so/cap.bpmn", "gia-han.bpmn")
    ] * 2
    assert len(propose_folder(asked).merged) == 1
    assert len(ask_folder(asked).answers) == 2


def test_an_answer_about_a_procedure_that_is_gone_is_told(asked):
    (asked / "cap.bpmn").unlink()
    assert {each.code for each in opened_folder(asked).findings} == {"ask-procedure-lost"}


def test_a_question_that_does_not_exist_is_told(asked):
    text = (asked / ANSWERS).read_text("utf-8").replace("results-differ", "no-such-question")
    (asked / ANSWERS).write_text(text, encoding="utf-8")
    assert "ask-question-unknown" in {each.code for each in opened_folder(asked).findings}


def test_people_who_serve_several_are_to_be_counted_for_all(tmp_path):
    done = step("a", "sign", AGENCY["head"], work=hours(1))
    facts = {
        "volume": Volume(dossiers=Quantity(value=10)),
        "crews": (people(who=AGENCY["head"], other="0.4"),),
    }
    given = written(tmp_path, mot=case(done, **facts), hai=case(done, **facts))
    head = AGENCY["head"]
    sheet = ask_folder(given)
    assert sheet.uncounted == ((head.office, head.role),)
    text = folder_answers_text(evolve(sheet, uncounted=(), crews=facts["crews"]))
    (given / ANSWERS).write_text(text, encoding="utf-8")
    assert ask_folder(given).uncounted == ()
    (load,) = propose_folder(given).loads[0]
    assert load.load.least == load.load.most


def test_capacity_that_only_the_other_procedures_leave_open_is_asked_of_the_folder(tmp_path):
    """By itself each has the hours; what the first adds (a report) leaves the second open."""
    crews = (people(who=AGENCY["head"]),)
    given = written(
        tmp_path,
        hai=signed_twice(100, "Hai", crews=crews),
        mot=signed_twice(100, "Một", crews=crews),
    )

    def handed():
        rows = (dict(each.verdicts) for each in propose_folder(given).summaries)
        return [each["hand_down_decision:t+b"] for each in rows]

    assert handed() == [Verdict.PASS, Verdict.UNKNOWN]
    sheet = ask_folder(given)
    capacity = [each for each in sheet.answers if each.answer.question == QUESTION]
    assert [[seen.id for seen in each.procedures] for each in capacity] == [["mot.bpmn"]]
    (given / ANSWERS).write_text(folder_answers_text(sheet), encoding="utf-8")
    fill(given)
    assert handed() == [Verdict.PASS, Verdict.PASS]
    assert [each.answer.reply for each in ask_folder(given).answers] == [Reply.YES]
    for each in propose_folder(given).after.members:
        assert QUESTION not in {answer.question for answer in each.procedure.answers}


def ruling(stand=Stand.ACCEPT, *, seen=None, **facts):
    """Return a ruling on merging all three."""
    about = seen_together(THREE, ("a", "b", "c")) if seen is None else seen
    return Ruling(
        lever="merge_procedures", targets=("a", "b", "c"), stand=stand, seen=about, **facts
    )


@pytest.mark.parametrize(
    ("answers", "code"),
    [((), "ruling-open"), ((said("results-differ", Reply.YES, *"abc"),), "ruling-barred")],
)
def test_a_gate_goes_before_an_acceptance(answers, code):
    given = evolve(THREE, answers=answers)
    replay = replayed_together([ruling()], given, merge_procedures.LEVER.find(given))
    assert [each.code for each in replay.findings] == [code]
    assert replay.pinned == ()


def test_a_ruling_holds_for_what_was_moved_and_not_for_what_changed():
    moved = evolve(THREE, members=(*THREE.members[:2], evolve(THREE.members[2], key="d")))
    candidates = tuple(merge_procedures.LEVER.find(moved))
    rejected = ruling(Stand.REJECT, reason="x")
    assert replayed_together([rejected], moved, candidates).forbidden == ("merge_procedures:a+b+d",)
    stale = (*rejected.seen[:2], Seen(id="c", name="Cấp lại", fingerprint="0" * 16))
    for members, code in ((THREE, "stale"), (moved, "lost")):
        found = replayed_together([ruling(seen=stale)], members, candidates)
        assert [each.code for each in found.findings] == [f"ruling-procedure-{code}"]


def test_a_merge_that_only_an_abolition_opens_can_be_rejected(tmp_path):
    """Of three alike one is abolished: the merge of the other two is a candidate of its own."""
    gone = evolve(of_the_agency("Cấp mới giấy phép"), volume=unused().volume)
    free = evolve(gone, answers=(*gone.answers, *unused().answers))
    given = written(
        tmp_path,
        bo=free,
        cap=of_the_agency("Cấp giấy phép"),
        cap_lai=of_the_agency("Cấp lại giấy phép", *LONGER),
    )
    found = propose_folder(given)
    ids = [each.id for each in found.applied]
    assert ids == ["abolish_unused:bo.bpmn", "merge_procedures:cap-lai.bpmn+cap.bpmn"]
    assert "merge_procedures:bo.bpmn+cap-lai.bpmn+cap.bpmn" in {
        each.id for each in found.candidates if each.verdict is Verdict.UNKNOWN
    }
    rejected = Given(candidate=ids[1], stand=Stand.REJECT, reason="Chờ liên thông")
    decide_folder(found, [rejected], given / OF_FOLDER)
    after = propose_folder(given)
    assert [each.id for each in after.applied] == ids[:1]
    assert after.findings == ()


def test_two_rulings_that_differ_count_for_nothing():
    both = [ruling(Stand.REJECT, reason="x"), ruling()]
    found = replayed_together(both, THREE, merge_procedures.LEVER.find(THREE))
    assert [each.code for each in found.findings] == ["ruling-twice"]
    assert found.forbidden == ()


def test_a_ruling_on_what_is_not_found_or_cannot_be_set_is_told():
    found = replayed_together([ruling()], THREE, ())
    assert [each.code for each in found.findings] == ["ruling-no-candidate"]
    given = evolve(THREE, answers=yes_for("a", "b", "c"))
    edited = ruling(Stand.EDIT, terms=(("share", "0.2"),))
    found = replayed_together([edited], given, merge_procedures.LEVER.find(given))
    assert [each.code for each in found.findings] == ["ruling-unknown-term"]
    assert found.terms == ()


def test_the_mark_of_a_procedure_is_that_of_its_work():
    marks = {each.fingerprint for each in seen_together(THREE, ("a", "b"))}
    assert marks == {procedure_fingerprint(each.procedure) for each in THREE.members[:2]}
