"""Over all real tables, as printed and with every answer in favour: plans stay lawful and true."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from levers.inventions import inventions
from levers.real_plans import cases, ends_of, kinds_on, procedures
from real_tables import real_tables
from tthc_flow.engine.run import run_every_branch
from tthc_flow.levers import ALL
from tthc_flow.model.actor import Performer
from tthc_flow.model.flow import Event
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Harm, Severity, Step, StepKind, StepTime, TaskType
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION, Duration, TimeUnit

STAYS = frozenset({StepKind.RECEIVE, StepKind.RETURN, StepKind.COUNCIL, StepKind.EXAMINE})
NEEDED = {
    "a receipt": {StepKind.RECEIVE},
    "a signature or council": {StepKind.SIGN, StepKind.COUNCIL},
    "a return": {StepKind.RETURN},
}
PERSONAL = {
    "inspect_afterwards",
    "hand_down_decision",
    "skip_district",
    "consult_in_parallel",
    "drop_relay",
}
"""Levers that rest on what only a person can know."""
MOVES_IT = {"hand_down_decision", "merge_handling"}
"""Levers that put a signature into another row, whose own words then no longer matter."""
DEEDS = {
    "receives": re.compile(r"nhận [^.;]*hồ sơ"),
    "decides": re.compile(r"phê duyệt|ký duyệt|ký ban hành|ban hành|cấp phép"),
    "returns": re.compile(r"trả kết quả|trả cho"),
}
"""What a row is for, by plain words: no kind, no gate, no lexicon of ours."""


def test_every_law_is_kept_and_every_branch_runs():
    applied = set[str]()
    for case in cases():
        assert all(proof.verdict is not Verdict.FAIL for proof in case.plan.proofs), case.name
        assert case.completed, case.name
        applied |= {candidate.lever for candidate in case.plan.applied}
        assert all(each.verdict is Verdict.PASS for each in case.plan.applied), case.name
    assert len(applied) >= 8


def test_the_tables_are_all_there(shared):
    assert shared
    shipped = len(procedures()) - len(real_tables())
    assert len(real_tables()) == 148
    assert shipped >= 50


def test_every_branch_keeps_the_receipt_the_decision_and_the_return_it_had():
    """Ways are told apart by the end they come to: at one end all ways did the same before."""
    seen = dict.fromkeys(NEEDED, 0)
    for case in cases():
        before, after = case.before.flow, case.plan.after.flow
        for run in case.new:
            same = [old for old in case.old if ends_of(before, old) & ends_of(after, run)]
            assert same, (case.name, run)
            for what, kinds in NEEDED.items():
                had = any(not kinds.isdisjoint(kinds_on(before, old)) for old in same)
                assert not had or not kinds.isdisjoint(kinds_on(after, run)), (case.name, what)
                seen[what] += had
    assert min(seen.values()) >= len(cases()) // 2


def test_every_outcome_is_still_come_to_and_the_dossier_still_comes_in():
    for case in cases():
        before, after = case.before, case.plan.after
        ends = [
            {node.outcome for node in each.flow.nodes if _is_end_of_case(node)}
            for each in (before, after)
        ]
        assert ends[0] == ends[1], case.name
        reached = {end for run in case.new for end in ends_of(after.flow, run)}
        kept = {end for run in case.old for end in ends_of(before.flow, run)}
        assert reached == kept, case.name
        assert {m.name for m in before.messages} <= {m.name for m in after.messages}, case.name


def _is_end_of_case(node):
    return isinstance(node, Event) and node.scope is None and node.outcome is not None


def test_who_signs_afterwards_is_a_person():
    for case in cases():
        for step in case.plan.after.flow.steps:
            if not NEEDED["a signature or council"].isdisjoint(step.kinds):
                assert not step.automatic, (case.name, step.id)
                old = case.before.flow.by_id.get(step.id)
                named = isinstance(old, Step) and old.performer is not None
                assert step.performer is not None or not named, (case.name, step.id)


def test_no_row_whose_words_receive_decide_or_return_goes_unasked():
    by_id = {lever.id: lever for lever in ALL}
    asked = 0
    for name, given in procedures():
        for offer in offers(given, ALL, DEFAULT_CONVENTION):
            candidate = offer.candidate
            if candidate.verdict is Verdict.FAIL or candidate.lever in MOVES_IT:
                continue
            left = by_id[candidate.lever].apply(given, candidate).flow.by_id
            gone = [given.flow.by_id[id_] for id_ in candidate.targets if id_ not in left]
            done = {deed for row in gone for deed in _deeds(given.flow, row)}
            questions = {
                each.question for each in candidate.preconditions if each.verdict is Verdict.UNKNOWN
            }
            assert not done or "step-does-nothing-else" in questions, (name, candidate.id, done)
            asked += bool(done)
    assert asked or not real_tables()


def _deeds(flow, row):
    """What *row* says it is for; handing a draft up is deciding where nobody signs after it."""
    if not isinstance(row, Step):
        return
    said = f"{row.name}\n{row.documentation or ''}".casefold()
    yield from (deed for deed, words in DEEDS.items() if words.search(said))
    runs = [run[run.index(row.id) :] for run in run_every_branch(flow).runs if row.id in run]
    signs = NEEDED["a signature or council"]
    later = [not signs.isdisjoint(kinds_on(flow, run[1:])) for run in runs]
    if re.search(r"trình (ubnd|ủy ban|chủ tịch|lãnh đạo)", said) and not all(later):
        yield "decides"


def test_no_kind_of_work_is_lost_altogether():
    for case in cases():
        had = {kind for step in case.before.flow.steps for kind in step.kinds} & STAYS
        left = {kind for step in case.plan.after.flow.steps for kind in step.kinds}
        assert had <= left, (case.name, had - left)


def test_without_answers_nothing_is_decided_that_only_a_person_can_know():
    for case in cases():
        if not case.answered and not case.before.answers:
            assert not {each.lever for each in case.plan.applied} & PERSONAL, case.name


def test_no_plan_invents_a_fact():
    for case in cases():
        assert inventions(case.plan) == [], case.name


def _retold(made, **facts):
    """Return the plan with *facts* about the first step of its after that no change touches."""
    flow = made.after.flow
    touched = {id_ for each in made.applied for id_ in (*each.targets, *each.anchors)}
    step = next(each for each in flow.steps if each.id not in touched)
    nodes = tuple(evolve(n, **facts) if n.id == step.id else n for n in flow.nodes)
    return evolve(made, after=evolve(made.after, flow=evolve(flow, nodes=nodes)))


HOURS = StepTime(duration=Duration(amount=7, unit=TimeUnit.WORKING_HOUR))
INVENTED = {
    "a time": {"time": HOURS},
    "a machine's time that is not nothing": {"time": HOURS, "task": TaskType.SERVICE},
    "a harm": {"harm": Harm(severity=Severity.LOW, reversible=True)},
    "a count": {"checked": 100},
    "a document": {"reads": frozenset({"Giấy mới"})},
    "a performer": {"performer": Performer(name="Ai đó")},
    "that it is not mandatory": {"mandatory": False},
    "a sentence": {"documentation": "Không cần thẩm định."},
}


@pytest.mark.parametrize("facts", INVENTED.values(), ids=INVENTED)
def test_the_law_notices_an_invented_fact_of_a_step(facts):
    made = next(each.plan for each in cases() if each.plan.applied and not each.answered)
    assert inventions(made) == []
    assert inventions(_retold(made, **facts))


def test_the_law_notices_an_invented_volume_and_an_invented_total():
    made = next(each.plan for each in cases() if each.plan.applied and not each.answered)
    volume = Volume(dossiers=Quantity(value=120))
    assert inventions(evolve(made, after=evolve(made.after, volume=volume)))
    total = evolve(made.before.total_time, duration=HOURS.duration)
    assert inventions(evolve(made, after=evolve(made.after, total_time=total)))
