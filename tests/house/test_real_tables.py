"""``tools/real_tables.py``: what it counts of one shipped table, against the table read by hand."""

from __future__ import annotations

import importlib.util
import sys
from fractions import Fraction
from types import ModuleType

import pytest
from attrs import evolve

from house.tree import ROOT
from tthc_flow.model.plan import Bound

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


def test_the_cut_if_answered_is_that_of_the_best_bound_that_answers_lift(tool: ModuleType) -> None:
    """3 days are 1,440 minutes: one answer leaves 960, all 480; the third bound is no answer."""
    made = tool.planned(PRESS)
    found = (("bound-open", 960), ("bound-all-open", 480), ("bound-best", 0))
    lifted = tuple(Bound(code=code, minutes=Fraction(minutes)) for code, minutes in found)
    assert evolve(made, plan=evolve(made.plan, bounds=lifted)).if_answered == Fraction(2, 3)
    assert evolve(made, plan=evolve(made.plan, bounds=())).if_answered == Fraction(1, 4)
    worse = (Bound(code="bound-open", minutes=Fraction(1440)),)
    assert evolve(made, plan=evolve(made.plan, bounds=worse)).if_answered == Fraction(1, 4)


def test_a_table_that_cannot_be_read_is_counted_by_its_code(tool: ModuleType) -> None:
    missing = tool.planned(ROOT / "processes/nowhere/at-all/steps.yaml")
    assert missing == "TF220"
    assert "Not planned: TF220 2." in tool.section("Nothing", [missing, missing])
