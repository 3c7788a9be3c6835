"""The rows of a file say what the single verbs say of it, and every bad file is one row."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from portfolio.given import HEAD, drawn, flow
from tthc_flow.errors import TthcFlowError
from tthc_flow.measures.costs import cost
from tthc_flow.model.plan import Targets
from tthc_flow.model.procedure import CostMethod
from tthc_flow.portfolio.columns import TABLES, columns
from tthc_flow.portfolio.item import Item
from tthc_flow.portfolio.rows import Rows
from tthc_flow.portfolio.settings import ProvinceFrom, Settings
from tthc_flow.portfolio.shards import Shard
from tthc_flow.portfolio.work import Job, _examined
from tthc_flow.verbs.check import check
from tthc_flow.verbs.convert import convert
from tthc_flow.verbs.portfolio import examine
from tthc_flow.verbs.propose import propose

FLOWS = sorted(ROOT.glob("processes/*/*/flow.bpmn"))
SETTINGS = Settings()


def rows_of(path: Path) -> Rows:
    return examine(Item(key="a.bpmn", data=path.read_bytes()), SETTINGS)


def same_as_alone(data: bytes) -> None:
    """Compare the rows of a file with what `propose` and `check` say of it."""
    rows = examine(Item(key="a.bpmn", data=data), SETTINGS)
    row = rows["procedures"][0]
    found = propose(data)
    plan, one, two = found.plan, found.comparison.before, found.comparison.after
    assert row["applied"] == [each.lever for each in plan.applied]
    assert row["optimal"] is plan.optimal
    assert (row["steps"], row["after_steps"]) == (one.steps, two.steps)
    assert (row["hand_offs"], row["after_hand_offs"]) == (one.hand_offs, two.hand_offs)
    assert row["norm_known_minutes"] == minutes(one.norm_time.work)
    assert row["norm_minutes"] == (minutes(one.norm_time.work) if one.norm_time.complete else None)
    assert row["time_cut"] == number(found.comparison.time_cut)
    assert row["cost_cut_tt02"] == number(found.comparison.cost_cut(CostMethod.TT02_2017))
    yearly = cost(plan.before, CostMethod.PROCESSING_TIME, SETTINGS.convention).yearly
    assert row["cost_processing"] == number(None if yearly is None else yearly.amount)
    before, after = found.executed
    assert (row["runnable"], row["after_runnable"]) == (before.completed, after.completed)
    verdicts = {proof.verdict.value for proof in plan.proofs}
    worst = "fail" if "fail" in verdicts else "unknown" if "unknown" in verdicts else "pass"
    assert row["proven"] is {"fail": False, "unknown": None, "pass": True}[worst]
    told = {each["candidate"]: each["verdict"] for each in rows["candidates"]}
    assert (
        told.items()
        >= {offer.candidate.id: offer.candidate.verdict.value for offer in plan.offers}.items()
    )
    assert {each["candidate"] for each in rows["candidates"] if each["applied"]} == {
        each.id for each in plan.applied
    }
    assert Counter(each["code"] for each in rows["findings"]) == Counter(
        each.code for each in check(data)
    )


def minutes(work: Any) -> float | None:
    return None if work is None else float(work.minutes)


def number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.parent.name)
def test_the_row_of_a_shipped_procedure_is_what_propose_and_check_say(path: Path) -> None:
    same_as_alone(path.read_bytes())


@pytest.mark.parametrize("settings", [SETTINGS, Settings(potential=True)])
def test_what_a_candidate_saves_is_told_of_those_that_pass_and_of_all_on_request(
    settings: Settings,
) -> None:
    told = 0
    for path in FLOWS[::3]:
        data = path.read_bytes()
        rows = examine(Item(key="a", data=data), settings)["candidates"]
        effects = {offer.candidate.id: offer.effect for offer in propose(data).plan.offers}
        for row in rows:
            has = row["minutes"], row["cost"], row["steps"], row["hand_offs"]
            if row["verdict"] != "pass" and not settings.potential:
                assert has == (None, None, None, None)
            elif row["candidate"] in effects:
                saved = effects[row["candidate"]]
                assert has[:2] == (number(saved.minutes), number(saved.cost))
                assert has[2:] == (saved.steps, saved.hand_offs)
                told += 1
    assert told > (50 if settings.potential else 0)


def test_the_rows_of_real_tables_are_what_propose_and_check_say(shared: Path) -> None:
    tables = sorted((shared / "data" / "procedures").glob("*.yaml"))[::4]
    compared = 0
    for path in tables:
        try:
            data = convert(path).document.data
            propose(data)
        except TthcFlowError:
            continue
        same_as_alone(data)
        compared += 1
    assert compared >= 8


def test_a_known_procedure_has_the_figures_counted_by_hand() -> None:
    path = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
    row = rows_of(path)["procedures"][0]
    assert (row["steps"], row["hand_offs"]) == (9, 8)
    assert row["norm_minutes"] == 3 * 8 * 60
    assert (row["code"], row["province"]) == ("1.014464", "Sơn La")
    assert (row["sound"], row["runnable"], row["proven"]) == (True, True, True)
    assert row["roles"] == sorted(set(row["roles"]))
    assert row["documents"] is None or row["documents"] >= 0


def test_every_row_has_exactly_the_documented_columns() -> None:
    for path in FLOWS[:12]:
        for table, rows in rows_of(path).items():
            names = {*(each.name for each in columns()[table]), "province"}
            assert all(row.keys() == names for row in rows)


def test_a_file_with_two_processes_has_a_row_for_each_and_its_findings() -> None:
    data = f"{HEAD}{flow('Nhận', process='P')}{flow('Nhận', 'Xét', process='Q')}</definitions>"
    rows = examine(Item(key="a.bpmn", data=data.encode()), SETTINGS)
    assert [(row["key"], row["process"], row["steps"]) for row in rows["procedures"]] == [
        ("a.bpmn", "Q", 2),
        ("a.bpmn#P", "P", 1),
    ]
    counted = Counter(row["key"] for row in rows["findings"])
    told = {(row["key"], row["code"], row["element"]) for row in rows["findings"]}
    assert told >= {
        ("a.bpmn", "check-performer-missing", "Qt1"),
        ("a.bpmn#P", "check-performer-missing", "t0"),
        ("a.bpmn", "check-legal-basis-missing", None),
        ("a.bpmn#P", "check-legal-basis-missing", None),
    }
    for row in rows["procedures"]:
        assert counted[row["key"]] == row["errors"] + row["warnings"] + row["infos"]


def test_an_unsound_flow_is_measured_and_gets_no_plan() -> None:
    text = drawn("Nhận", "Xét").decode()
    broken = text.replace('sourceRef="t1" targetRef="e"', 'sourceRef="t1" targetRef="t0"')
    row = examine(Item(key="a", data=broken.encode()), SETTINGS)["procedures"][0]
    assert (row["steps"], row["sound"], row["plan_error"]) == (2, False, "TF310")
    assert row["applied"] is row["after_steps"] is row["time_cut"] is row["candidates"] is None
    assert row["error"] is None


def test_the_answers_beside_a_file_count() -> None:
    path = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
    alone = rows_of(path)["candidates"]
    opened = next(each for each in alone if "power-is-own" in each["open"])
    answers = (
        "format: tthc-flow-answers/1\nanswers:\n"
        f"- {{question: power-is-own, reply: 'yes', step: {{id: {opened['targets'][-1]}}},"
        " source: QĐ 1/QĐ-UBND}\n"
    )
    item = Item(key="a", data=path.read_bytes(), answers=answers.encode())
    told = {each["candidate"]: each for each in examine(item, SETTINGS)["candidates"]}
    assert "power-is-own" not in told[opened["candidate"]]["open"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TF204"),
        (b"<definitions", "TF209"),
        (b"<!DOCTYPE x><definitions/>", "TF207"),
        (b"%PDF-1.7", "TF212"),
        (HEAD.encode() + b"</definitions>", "TF231"),
    ],
)
def test_a_bad_file_is_one_row_with_its_code(data: bytes, code: str) -> None:
    item = Item(key="son-la/a.bpmn", data=data)
    settings = Settings(province=ProvinceFrom.FOLDER)
    job = Job(shard=Shard(key="x", items=(item,)), settings=settings, out="", examine=examine)
    rows = _examined(item, job)
    assert {table: len(rows[table]) for table in TABLES} == {
        table: int(table == "procedures") for table in TABLES
    }
    row = rows["procedures"][0]
    assert (row["key"], row["province"], row["error"]) == ("son-la/a.bpmn", "son-la", code)
    assert row["error_fact"]


@pytest.mark.parametrize(("most", "reached"), [(None, None), (100, True), (0, False)])
def test_the_row_says_whether_the_asked_targets_are_reached(
    most: int | None,
    reached: bool | None,  # noqa: FBT001 - the known answer
) -> None:
    item = Item(key="a", data=FLOWS[0].read_bytes())
    settings = Settings(targets=Targets(hand_offs=most))
    assert examine(item, settings)["procedures"][0]["reached"] is reached
