"""What cannot be run faithfully is refused, with every reason at once."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine import refusals as room
from tthc_flow.engine.compile import compile_flow
from tthc_flow.engine.refusals import refusals
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Behavior, Loop, Step, TaskType

END = EventPosition.END
BOUNDARY = EventPosition.BOUNDARY
CATCH = EventPosition.CATCH


def _conditioned(condition: str) -> Flow:
    flow = drawn("s > xor1; xor1 > e; xor1 > a > e")
    return evolve(flow, edges=tuple(evolve(each, condition=condition) for each in flow.edges))


IN_SUB = Step(id="inner", name="Ký", scope="sub")
CASES = {
    "run-id-twice": drawn("s > a > e", Step(id="f1", name="f1")),
    "run-empty": Flow(id="p"),
    "run-complex-gateway": drawn("s > g > e", Gateway(id="g", kind=GatewayKind.COMPLEX)),
    "run-default-elsewhere": drawn(
        "s > g > e", Gateway(id="g", kind=GatewayKind.EXCLUSIVE, default="nowhere")
    ),
    "run-event-gateway": drawn("s > wait1 > a > e"),
    "run-compensation": drawn(
        "s > a > e",
        Event(id="b", position=BOUNDARY, trigger=Trigger.COMPENSATION, attached_to="a"),
    ),
    "run-cancel": drawn("s > e", Event(id="e", position=END, trigger=Trigger.CANCEL)),
    "run-several-triggers": drawn(
        "s > c > e", Event(id="c", position=CATCH, trigger=Trigger.MULTIPLE)
    ),
    "run-event-sub-process": drawn("s > e", SubProcess(id="sub", kind=SubProcessKind.EVENT)),
    "run-ad-hoc": drawn("s > sub > e", SubProcess(id="sub", kind=SubProcessKind.AD_HOC), IN_SUB),
    "run-repeated-handler": drawn(
        "s > e",
        SubProcess(id="sub", kind=SubProcessKind.EVENT, loop=Loop(multi_instance=True)),
        Event(id="s1", position=EventPosition.START, trigger=Trigger.TIMER, scope="sub"),
    ),
    "run-boundary-loose": drawn(
        "s > a > e; b > c > e",
        Event(id="b", position=BOUNDARY, trigger=Trigger.TIMER, attached_to="gone"),
    ),
    "run-boundary-without-trigger": drawn(
        "s > a > e; b > c > e", Event(id="b", position=BOUNDARY, attached_to="a")
    ),
    "run-flow-into-start": drawn("s > a > xor1 > s; xor1 > e"),
    "run-flow-out-of-end": drawn("s > e > a"),
    "run-scope-unknown": drawn("s > a > e", Step(id="x", name="x", scope="gone")),
    "run-several-starts": drawn(
        "s > sub > e",
        SubProcess(id="sub"),
        Event(id="s1", position=EventPosition.START, scope="sub"),
        Event(id="s2", position=EventPosition.START, scope="sub"),
    ),
    "run-link-unpaired": drawn(
        "s > l",
        Event(id="l", position=EventPosition.THROW, trigger=Trigger.LINK, reference="A"),
    ),
    "run-flow-dangling": evolve(
        drawn("s > a > e"), edges=(SequenceFlow(id="f", source="s", target="gone"),)
    ),
    "run-flow-crosses-border": drawn(
        "s > sub > e; s > a", SubProcess(id="sub"), Step(id="a", name="a", scope="sub")
    ),
    "run-bad-condition": _conditioned("__import__('os')"),
    "run-bad-loop": drawn(
        "s > a > e", Step(id="a", name="a", loop=Loop(multi_instance=True, times="__import__"))
    ),
    "run-bad-event-condition": drawn(
        "s > c > e",
        Event(id="c", position=CATCH, trigger=Trigger.CONDITIONAL, condition="exit()"),
    ),
    "run-trigger-misplaced": drawn(
        "s > t > e", Event(id="t", position=EventPosition.THROW, trigger=Trigger.TIMER)
    ),
    "run-token-quantity": drawn("s > a > e", Step(id="a", name="a", start_quantity=2)),
    "run-instances-throw": drawn(
        "s > a > e",
        Step(id="a", name="a", loop=Loop(multi_instance=True, behavior=Behavior.NONE)),
    ),
    "run-gateway-all-events": drawn(
        "s > g; g > catch1 > e; g > catch2 > e2",
        Gateway(id="g", kind=GatewayKind.EVENT_BASED, parallel=True),
    ),
    "run-instantiates": drawn(
        "s > r > e", Step(id="r", name="r", task=TaskType.RECEIVE, instantiates=True)
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_reason_is_found_and_bars_the_run(code):
    assert code in {each.code for each in refusals(CASES[code])}
    with pytest.raises(NotRunnable, match=code) as caught:
        compile_flow(CASES[code])
    assert caught.value.code == "TF401"


@pytest.mark.parametrize(
    "said",
    [
        {"times": "exit()"},
        {"each": "people.pop"},
        {"each": "1"},
        {"each": "a = b"},
        {"each": "people", "multi_instance": False},
        {"each": "people", "member": "a, b"},
        {"until": "lambda: 1"},
        {"until": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("inside", [False, True])
def test_a_repetition_that_cannot_be_read_is_refused(said, inside):
    loop = Loop(**{"multi_instance": True} | said)
    block = SubProcess(id="a", loop=loop)
    flow = drawn("s > a > e", block, *([evolve(IN_SUB, scope="a")] if inside else []))
    assert [each.code for each in refusals(flow)] == ["run-bad-loop"]


BEGINS = Gateway(id="g", kind=GatewayKind.EVENT_BASED, instantiates=True)
AWAITED = Step(id="r", name="r", task=TaskType.RECEIVE, instantiates=True)


@pytest.mark.parametrize(
    ("flow", "wrong"),
    [
        (drawn("g > catch1 > e; g > catch2 > e2", BEGINS), ()),
        (drawn("r > a > e", AWAITED), ()),
        (drawn("s > g; g > catch1 > e; g > catch2 > e2", BEGINS), ("g",)),
        (drawn("s > a > e; r > b > e2", AWAITED), ("r",)),
        (drawn("r > e; g > catch1 > e2", AWAITED, BEGINS), ("r", "g")),
        (drawn("r > e; b > e2", AWAITED), ("r",)),
        (drawn("s > sub > e", SubProcess(id="sub"), evolve(AWAITED, scope="sub")), ("r",)),
        (drawn("s > a > e", Step(id="a", name="a", instantiates=True)), ()),  # no receive task
        (drawn("s > g > e", evolve(BEGINS, kind=GatewayKind.PARALLEL)), ()),
    ],
)
def test_what_begins_a_case_by_its_own_event_is_its_one_beginning_or_refused(flow, wrong):
    told = [each.element for each in refusals(flow) if each.code == "run-instantiates"]
    assert tuple(told) == wrong


@pytest.mark.parametrize(
    "quantities", [{"start_quantity": 2}, {"completion_quantity": 2}, {"completion_quantity": 0}]
)
def test_whatever_takes_or_gives_more_than_one_token_is_refused(quantities):
    step, block = Step(id="a", name="a", **quantities), SubProcess(id="a", **quantities)
    for node, inside in ((step, ()), (block, ()), (block, (evolve(IN_SUB, scope="a"),))):
        found = refusals(drawn("s > a > e", node, *inside))
        assert [(each.code, each.element) for each in found] == [("run-token-quantity", "a")]


def test_ten_thousand_beginnings_are_refused_in_linear_time():
    many = (evolve(AWAITED, id=f"r{each}") for each in range(10_000))
    flow = Flow(id="p", nodes=tuple(many))
    began = time.process_time()
    assert len(refusals(flow)) == 10_000
    assert time.process_time() - began < 5


def test_scopes_within_each_other_are_refused_and_do_not_hang():
    flow = drawn("s > e", SubProcess(id="x", scope="y"), SubProcess(id="y", scope="x"))
    assert [each.code for each in refusals(flow)] == ["run-scope-unknown"] * 2


def test_all_reasons_come_at_once_with_the_ids_of_their_elements():
    flow = drawn(
        "s > g > c > e",
        Gateway(id="g", kind=GatewayKind.COMPLEX),
        Event(id="c", position=CATCH, trigger=Trigger.MULTIPLE),
        Event(id="e", position=END, trigger=Trigger.CANCEL),
    )
    with pytest.raises(NotRunnable) as caught:
        compile_flow(flow)
    for part in ("run-complex-gateway g", "run-several-triggers c", "run-cancel e"):
        assert part in caught.value.fact


def test_every_code_has_a_row_of_words_and_a_case_here():
    source = Path(room.__file__)
    table = source.parents[1] / "words" / "messages" / "run.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert all(all(row.values()) and None not in row for row in rows.values())
    assert set(CASES) <= set(rows)
    used = set(re.findall(r'"(run-[a-z-]+)"', source.read_text(encoding="utf-8")))
    assert used == set(CASES)


def test_what_people_draw_is_run_though_it_says_it_is_not_executable():
    flow = drawn("s > a > e")
    assert not flow.executable
    assert refusals(flow) == ()


@pytest.mark.parametrize(
    "block", [{"kind": SubProcessKind.AD_HOC}, {"loop": Loop(multi_instance=True)}]
)
def test_a_sub_process_whose_content_is_not_drawn_is_one_piece_of_work_however_often(block):
    assert refusals(drawn("s > sub > e", SubProcess(id="sub", **block))) == ()
