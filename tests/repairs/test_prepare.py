"""Each kind of repair: found where it is due, carried out as told, left out where declined."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from repairs.drawings import (
    BOUNDARY,
    CERTAIN,
    GUESSES,
    PLAIN,
    READINGS,
    block,
    event,
    having,
    within,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import NotRunnable
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association
from tthc_flow.model.flow import (
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    SequenceFlow,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Step
from tthc_flow.repairs.prepare import ALL, CODES, GUESSED, Prepared, prepare_procedure
from tthc_flow.words.messages import texts


def ways(flow: Flow) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in flow.edges}


DATA_NOTED = "repair-data-noted"
ELSEWHERE = {"repair-flow-dropped", "repair-pool-outside", DATA_NOTED}
"""Those are about links, pools and the file: see below and tests/verbs/test_prepare.py."""


def prepared(flow: Flow, **asked: object) -> Prepared:
    return prepare_procedure(procedure_of(flow), **asked)


def about(done: Prepared, code: str) -> list[str]:
    return [repair.element for repair in done.repairs if repair.code == code]


def test_every_kind_of_repair_stands_in_a_table_here_and_has_its_words():
    assert {*CERTAIN, *GUESSES, *READINGS, *ELSEWHERE} == set(CODES)
    assert {kind.code for kind in ALL} <= set(texts("repair"))
    assert set(GUESSED) == {*GUESSES, "repair-flow-dropped"}


@pytest.mark.parametrize("code", CERTAIN)
def test_what_the_standard_says_is_repaired_and_runs_to_its_end_on_every_branch(code):
    flow, element = CERTAIN[code]
    done = prepared(flow)
    assert element in about(done, code)
    assert done.refusals == ()
    assert done.procedure.flow != flow
    assert run_every_branch(done.procedure).completed
    assert about(prepare_procedure(done.procedure), code) == []


@pytest.mark.parametrize("code", CERTAIN)
def test_a_repair_that_is_left_out_changes_nothing(code):
    flow, element = CERTAIN[code]
    others = [each for each in CODES if each not in READINGS and each != code]
    for name in (code, f"{code}:{element}"):
        done = prepared(flow, without=[*others, name])
        assert done.procedure.flow == flow
        assert not next(each for each in done.repairs if each.id == f"{code}:{element}").applied


@pytest.mark.parametrize("code", GUESSES)
def test_a_guess_is_offered_and_carried_out_only_where_it_is_switched_on(code):
    flow, element = GUESSES[code]
    offered = [each for each in prepared(flow).repairs if each.code == code]
    assert element in {each.element for each in offered}
    assert not any(each.applied or each.certain for each in offered)
    for guesses in (True, {*GUESSED}):
        done = prepared(flow, guesses=guesses)
        assert element in about(done, code)
        assert done.refusals == ()
        assert run_every_branch(done.procedure).completed
    one = prepared(flow, guesses=[f"{code}:{element}"])
    assert [each.element for each in one.repairs if each.applied and not each.certain] == [element]


@pytest.mark.parametrize("code", READINGS)
def test_a_reading_changes_nothing_and_whoever_declines_it_gets_a_refusal(code):
    flow, element = READINGS[code]
    done = prepared(flow)
    (reading,) = (each for each in done.repairs if each.code == code)
    assert (reading.element, reading.changes, reading.applied) == (element, False, True)
    assert run_every_branch(done.procedure).completed
    declined = prepared(flow, without=[code])
    refused = [each.element for each in declined.refusals if each.code == "repair-declined"]
    assert refused == [element]
    assert not declined.procedure.flow.executable


RESULTS: list[tuple[str, Flow, tuple[str, ...], set[tuple[str, str]]]] = [
    (
        "several beginnings all begin",
        drawn("a > c; b > c; c > e"),
        (),
        {
            ("flow_start", "flow_start_split"),
            ("flow_start_split", "a"),
            ("flow_start_split", "b"),
            ("a", "c_merge"),
            ("b", "c_merge"),
            ("c_merge", "c"),
            ("c", "e"),
        },
    ),
    (
        "a plain flow beside a condition is always taken",
        having(drawn("s > a; a > b > e; a > c > e"), f2={"condition": "phí > 5"}),
        (),
        {
            ("s", "a"),
            ("a", "a_split"),
            ("a_split", "a_choice"),
            ("a_split", "c"),
            ("a_choice", "b"),
            ("a_choice", "a_end"),
            ("b", "e"),
            ("c", "e"),
        },
    ),
    (
        "a flow into the start goes back to right after it",
        drawn("s > a > xor1; xor1 > s; xor1 > e"),
        ("repair-start-fed",),
        {("s", "s_merge"), ("s_merge", "a"), ("a", "xor1"), ("xor1", "s_merge"), ("xor1", "e")},
    ),
]


@pytest.mark.parametrize(
    ("flow", "guesses", "expected"), [row[1:] for row in RESULTS], ids=[row[0] for row in RESULTS]
)
def test_the_result_is_the_drawing_one_would_make_by_hand(flow, guesses, expected):
    assert ways(prepared(flow, guesses=guesses).procedure.flow) == expected


def test_a_step_s_default_becomes_the_default_of_its_gateway():
    flow = drawn("s > a; a > b > e; a > c > e", Step(id="a", name="Ký", default="f4"))
    after = prepared(having(flow, f2={"condition": "phí > 5"})).procedure.flow
    gateway, step = after.by_id["a_choice"], after.by_id["a"]
    assert (gateway.default, step.default) == ("f4", None)


def test_a_dangling_flow_bars_the_run_until_it_is_dropped_by_guess():
    link = SequenceFlow(id="lost", source="a", target="")
    procedure = Procedure(flow=drawn("s > a"), links=(link,))
    barred = prepare_procedure(procedure)
    assert [each.code for each in barred.refusals] == ["repair-flow-lost"]
    assert about(barred, "repair-end-added") == []
    done = prepare_procedure(procedure, guesses=["repair-flow-dropped"])
    assert done.runnable
    assert done.procedure.links == ()
    assert ways(done.procedure.flow) == {("s", "a"), ("a", "a_end")}


def test_the_messages_of_a_node_that_is_dropped_go_with_it():
    messages = tuple(MessageFlow(id=f"m{n}", source="dan", target=n) for n in ("a", "note"))
    procedure = Procedure(flow=drawn("s > a > e; note"), messages=messages)
    done = prepare_procedure(procedure, guesses=["repair-isolated-dropped"])
    assert done.procedure.messages == messages[:1]


def test_data_are_noted_by_name_and_go_with_the_block_that_held_them():
    data = (
        Artifact(id="so", kind=ArtifactKind.DATA_STORE, text="Sổ"),
        Artifact(id="don", kind=ArtifactKind.DATA_REFERENCE, scope="sub"),
        Artifact(id="ghi", kind=ArtifactKind.NOTE),
    )
    ties = tuple(Association(id=f"t{n}", source=n, target="ghi") for n in ("so", "don"))
    flow = within(drawn("s > a > e; x; sub", block()), "sub", "x")
    procedure = Procedure(flow=flow, artifacts=data, associations=ties)
    noted = [r.values for r in prepare_procedure(procedure).repairs if r.code == DATA_NOTED]
    assert noted == [(("count", "2"), ("names", "“Sổ”, “don”"))]
    after = prepare_procedure(procedure, guesses=["repair-isolated-dropped:sub"]).procedure
    assert (after.artifacts, after.associations) == ((data[0], data[2]), ties[:1])


def test_a_black_box_pool_that_sends_messages_is_told_and_other_pools_are_not():
    procedure = Procedure(
        flow=PLAIN,
        pools=(Pool(id="own", process="flow"), Pool(id="dan", name="Người dân"), Pool(id="so")),
        messages=(MessageFlow(id="m", source="dan", target="a"),),
    )
    done = prepare_procedure(procedure)
    told = [(r.element, r.name) for r in done.repairs if r.code == "repair-pool-outside"]
    assert told == [("dan", "Người dân")]


def test_everything_that_bars_a_run_is_said_at_once():
    flow = drawn(
        "s > g > sub > e; x > y",
        Gateway(id="g", kind=GatewayKind.COMPLEX),
        block(kind=SubProcessKind.EVENT),
        event("undo", BOUNDARY, Trigger.COMPENSATION, attached_to="y"),
    )
    assert {each.code for each in prepared(flow).refusals} == {
        "run-complex-gateway",
        "run-event-sub-process",
        "run-compensation",
        "repair-unreached",
    }


def test_a_question_has_a_label_for_every_way():
    flow = having(
        drawn(
            "s > xor1; xor1 > a > e; xor1 > b > e; xor1 > c > e",
            Gateway(id="xor1", kind=GatewayKind.EXCLUSIVE, name="Đủ hồ sơ?"),
            Step(id="c", name="Trả lại"),
        ),
        f2={"name": "Đủ"},
        f4={"printed": "${thieu}"},
    )
    (question,) = prepared(flow).questions
    assert (question.text, question.several) == ("Đủ hồ sơ?", False)
    assert question.answers == (("f2", "Đủ"), ("f4", "${thieu}"), ("f6", "Trả lại"))


def test_a_decision_whose_every_way_has_a_condition_of_ours_asks_nobody():
    flow = having(
        drawn("s > xor1; xor1 > a > e; xor1 > b > e"),
        f2={"condition": "phí > 5"},
        f4={"condition": "phí <= 5"},
    )
    assert prepared(flow).questions == ()
    assert about(prepared(flow), "repair-question") == []


def test_an_unknown_code_is_an_error_that_names_the_known_ones():
    with pytest.raises(NotRunnable, match="repair-split-drawn") as caught:
        prepared(PLAIN, guesses=["repair-everything"])
    assert caught.value.code == "TF405"


def test_new_elements_stand_in_the_lane_of_what_they_serve_and_under_free_ids():
    flow = drawn("s > a; a > b > e; a > c > e", Step(id="a", name="Ký", lane="L"))
    flow = evolve(flow, lanes=(Lane(id="L"),))
    after = prepared(flow).procedure.flow
    assert after.by_id["a_split"].lane == "L"
    other = prepare_procedure(procedure_of(flow), taken=["a_split"]).procedure.flow
    assert other.by_id["a_split_2"].lane == "L"
