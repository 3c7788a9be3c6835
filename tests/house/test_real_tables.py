"""``tools/real_tables.py``: what it counts of one shipped table, against the table read by hand."""

from __future__ import annotations

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from attrs import evolve

from house.tree import ROOT
from tthc_flow.levers import ALL
from tthc_flow.model.law import Answer, Authority, Reply
from tthc_flow.plan.make import plan
from tthc_flow.verbs.convert import convert

PRESS = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la/steps.yaml"
WAITING = ROOT / "processes/bao-chi-xuat-ban/1.014464-ha-tinh/steps.yaml"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return tools/real_tables.py as a module."""
    spec = importlib.util.spec_from_file_location("counting", ROOT / "tools" / "real_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # the annotations of its values are looked up by name
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def plans(tool: ModuleType) -> ModuleType:
    """Return what the tool imports to make the plans."""
    return sys.modules[tool.planned.__module__]


@pytest.fixture(scope="module")
def read(tool: ModuleType) -> ModuleType:
    """Return what the tool imports to tell of the proposals trusted least."""
    return sys.modules[tool.least.__module__]


def test_the_press_certificate_of_son_la_is_counted_as_its_answers_allow(tool: ModuleType) -> None:
    """3 days; the assignment, the relay and the numbering go to rules and machines: 3 x 0.25."""
    made = tool.planned(PRESS)
    assert made.name == "bao-chi-xuat-ban/1.014464-son-la"
    assert made.figures.time_cut == Fraction(3 * 25, 300)
    (row,) = (line for line in tool.each_cut([made]) if made.name in line)
    assert row.startswith(f"| {made.name} | 9 → 8 | 8 → 5 | 25 % |")
    assert "assign_by_rule 1, drop_relay 1, number_by_machine 1" in row


def test_every_candidate_stands_in_one_column(tool: ModuleType) -> None:
    made = tool.planned(PRESS)
    cells = [line.split("|")[2:-1] for line in tool.by_lever([made])[2:]]
    rows = [[int(cell) for cell in row] for row in cells]
    assert sum(row[1] for row in rows) == len(made.plan.offers) > 0
    assert all(row[1] == sum(row[2:6]) for row in rows)
    assert sum(row[6] for row in rows) == len(made.plan.applied) == 3


def test_a_candidate_that_another_change_may_free_waits(tool: ModuleType) -> None:
    """At Hà Tĩnh's counter a dossier may be refused: the choice is in the way of the post."""
    made = tool.planned(WAITING)
    (row,) = (line for line in tool.by_lever([made]) if "`post_by_courier`" in line)
    assert row.split("|")[6].strip() == "1"
    assert tool.each_cut([made])[-1].split("|")[-3].strip() == "1"


def test_the_cut_if_answered_is_that_of_the_plan_made_with_the_answers(tool: ModuleType) -> None:
    """3 days; besides the three quarter days that pass, the signature goes down: one more."""
    made = tool.planned(PRESS)
    best = made.everybody[tool.Known.ANSWERED]
    assert made.if_answered == best.cut == Fraction(4 * 25, 300)
    assert "hand_down_decision" in {candidate.lever for candidate in best.applied}


def test_what_a_table_answers_itself_stays_and_bars(plans: ModuleType) -> None:
    """Where paper is required, answers in favour of everything else do not lift that."""
    (before,) = convert(PRESS).procedures
    barring = Answer(
        question="paper-original-required", reply=Reply.YES, step="Step_6", source=before.source
    )
    given = plans.as_known(evolve(before, answers=(barring,)), plans.Known.ANSWERED)
    barred = {each.candidate.id for each in plan(given, ALL).offers if each.candidate.barred}
    assert "number_by_machine:Step_6" in barred


def test_the_province_alone_reaches_no_more_than_everybody(tool: ModuleType) -> None:
    """Only the relay was answered to be in no text; the rest may be anybody's to amend."""
    made = tool.planned(PRESS)
    own = made.province[tool.Known.PRINTED]
    assert [each.id for each in own.applied] == ["drop_relay:Step_4"]
    assert own.cut == Fraction(25, 300)
    for known in tool.Known:
        assert made.province[known].cut <= made.everybody[known].cut
    rows = tool.reaches([made])[2:]
    assert rows[0] == ("| as printed | the province's own | 1 | 1 | 1 | 1 | 8,33 % | 8,33 % | 0 |")
    assert len(rows) == 6


def test_nobody_has_said_who_may_amend_what_has_no_basis(tool: ModuleType) -> None:
    made = tool.planned(PRESS)
    (told,) = tool.powers([made])
    left = [each for each in made.plan.offers if tool.standing(each.candidate) in {"pass", "open"}]
    unknown = [each for each in left if each.candidate.authority is Authority.UNKNOWN]
    assert told.startswith(f"Of {len(left)} candidates")
    assert f"of {len(unknown)} nobody has said" in told


def test_the_doubt_of_a_proposal_is_the_sum_of_the_five_shares_of_the_rule(
    read: ModuleType, tool: ModuleType
) -> None:
    """Row 5 and the first examination are stated; harm unknown; 2 of 4 open; 6 of 8 facts not."""
    made = tool.planned(PRESS)
    found = {each.key[1]: each for each in read.proposals([made])}
    doubt = found["drop_second_examination:Step_5"].doubt
    assert (doubt.evidence, doubt.risk, doubt.questions) == (0, 1, Fraction(2, 4))
    assert (doubt.facts, doubt.match) == (Fraction(6, 8), Fraction(1, 2))
    relay = found["drop_relay:Step_4"]
    assert relay.applied
    assert relay.doubt.total == relay.doubt.facts == Fraction(6, 8)
    order = [each.doubt.total for each in read.proposals([made])]
    assert order == sorted(order, reverse=True)


def test_one_decision_is_listed_once_for_a_lever(read: ModuleType, tool: ModuleType) -> None:
    """Both counters of the one table may go online: the same proposal twice."""
    made = tool.planned(PRESS)
    levers = [each.offer.candidate.lever for each in read.least_trusted(read.proposals([made]))]
    assert levers.count("go_online") == 1
    assert len(levers) == len(set(levers))


def test_a_reading_that_is_missing_stale_or_asked_for_by_nobody_is_an_error(
    read: ModuleType, tool: ModuleType, tmp_path: Path
) -> None:
    (one, *_) = read.least_trusted(read.proposals([tool.planned(PRESS)]))
    table, candidate = one.key
    step = " + ".join(each.name for each in one.steps)
    file = tmp_path / "read.csv"
    head = "table,candidate,step,reading\n"
    row = f'{table},{candidate},"{step}",No.\n'
    file.write_text(head + row, encoding="utf-8")
    assert read.readings([one], file) == {one.key: "No."}
    for text, wrong in (
        (head, "not read yet"),
        (head + row + row.replace(candidate, "drop_relay:gone"), "no longer listed"),
        (head + row.replace(step, "Bước khác"), "its step is another now"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(read.StaleReading, match=wrong):
            read.readings([one], file)


def test_a_table_that_cannot_be_read_is_counted_by_its_code(tool: ModuleType) -> None:
    missing = tool.planned(ROOT / "processes/nowhere/at-all/steps.yaml")
    assert missing == "TF220"
    assert "Not planned: TF220 2." in tool.section("Nothing", [missing, missing])
