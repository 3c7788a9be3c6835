"""Every real table converts to a sound, valid, runnable BPMN whose time is the hand-made sum."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from lxml import etree

from real_tables import MINUTES, by_hand, plain, real_tables, schema_of_bpmn
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.engine.run import run_every_branch
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table
from tthc_flow.units import DEFAULT_CONVENTION, exact
from tthc_flow.words.messages import message

TABLES = real_tables()
pytestmark = pytest.mark.skipif(
    not TABLES, reason="the material folder ../shared is not beside this repository"
)
every_table = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def converted():
    """Return each table's procedure and findings, converted once."""
    done = {}
    for path in TABLES:
        reading = read_table(path)
        procedure, doubts = to_procedure(reading.table)
        done[path] = procedure, (*reading.findings, *doubts)
    return done


def test_there_are_148_real_tables():
    assert len(TABLES) == 148


@every_table
def test_a_real_table_becomes_one_step_a_row_with_the_labels_it_gives(path, converted):
    procedure, _ = converted[path]
    rows = plain(path)["steps"]
    assert [step.number for step in procedure.flow.steps] == [row["no"] for row in rows]
    assert [len(step.kinds) for step in procedure.flow.steps] == [len(row["kinds"]) for row in rows]
    assert all(0 < len(step.name) <= 60 for step in procedure.flow.steps)
    assert all(step.lane in procedure.flow.lane_by_id for step in procedure.flow.steps)


@every_table
def test_a_real_table_becomes_a_sound_flow(path, converted):
    assert soundness(converted[path][0].flow).verdict is Verdict.PASS


@every_table
def test_the_norm_time_of_a_real_table_is_the_sum_of_its_rows(path, converted):
    procedure, _ = converted[path]
    time = norm_time(procedure.flow, DEFAULT_CONVENTION)
    minutes, unknown = by_hand(plain(path))
    numbers = {step.id: step.number for step in procedure.flow.steps}
    assert (None if time.work is None else time.work.minutes) == minutes
    assert sorted(numbers[step] for step in time.unknown) == sorted(unknown)


# What a table draws on purpose: a description, a black box, answers on arrows, a way back.
OF_EVERY_TABLE = frozenset(
    (
        "read-not-executable",
        "read-pool-black-box",
        "read-condition-in-name",
        "read-several-ends",
        "read-implicit-join",
    )
)


@every_table
def test_the_bpmn_of_a_real_table_is_valid_and_reads_as_the_same_procedure(path, converted):
    procedure, _ = converted[path]
    document = build(procedure, lay_out(procedure))
    schema_of_bpmn().assertValid(etree.fromstring(document.data))
    reading = read(document.data)
    assert reading.procedures == (procedure,)
    told = tuple(each for each in reading.findings if each.code not in OF_EVERY_TABLE)
    assert told == procedure.assumptions


@every_table
def test_every_branch_of_a_real_table_runs_to_its_end(path, converted):
    run = run_every_branch(converted[path][0])
    assert run.missed == ()
    assert run.stopped == ()


@every_table
def test_every_finding_of_a_real_table_has_its_words_and_its_values(path, converted):
    for finding in converted[path][1]:
        for language in ("vi", "en"):
            said = message(finding.code, dict(finding.values), language)
            assert said.text
            assert "{" not in said.text


@every_table
def test_the_printed_total_is_compared_with_the_rows_of_a_real_table(path, converted):
    table = plain(path)
    total = table["total_time"]
    codes = {finding.code for finding in converted[path][1]}
    counted = [
        row["time"]
        for row in table["steps"]
        if row["time"].get("counted", True) and row.get("in_total", True)
    ]
    known = [time for time in counted if time["value"] is not None and time["value"] >= 0]
    units = {time["unit"] for time in known if time["value"]} | {total["unit"] if total else None}
    agreement = codes & {
        "table-total-agrees", "table-total-differs", "table-total-partial", "table-units-mixed"
    }  # fmt: skip
    if total is None or not known:
        expected = set()
    elif len(units) > 1 and units != {"working_day", "working_hour"}:
        expected = {"table-units-mixed"}
    elif len(known) < len(counted):
        expected = {"table-total-partial"}
    else:
        minutes = sum(
            (
                Fraction(str(time["value"])) * MINUTES[time["unit"] or total["unit"]]
                for time in known
            ),
            Fraction(0),
        )
        same = minutes == exact(total["value"]) * MINUTES[total["unit"]]
        expected = {"table-total-agrees" if same else "table-total-differs"}
    assert agreement == expected


def test_what_the_real_tables_leave_open_is_counted(converted):
    """Known answers: each of these was looked up in the tables by a plain search."""
    found = Counter(finding.code for _, findings in converted.values() for finding in findings)
    assert found["table-negative"] == 2  # -1 day in yb-ld05 and yb-ld07
    assert found["table-time-missing"] == 28  # time.value: null
    assert found["table-remark-branch"] == 25  # kind: other
    assert found["table-reject-or-return"] == 13
    assert found["table-alternatives"] == 1
    assert found["table-parallel-row"] == 1
    assert found["table-not-in-total"] == 1
    assert found["table-anchor"] == 3
    assert found["table-unknown-field"] == 0
    assert found["table-unknown-label"] == 0


def test_only_documented_branches_are_drawn(converted):
    """14 rows ask for more, 15 refuse; of 13 that leave it open 7 say one of the two, 2 both."""
    drawn = Counter(
        edge.outcome for procedure, _ in converted.values() for edge in procedure.flow.edges
    )
    assert drawn[Outcome.REWORK] == 0
    assert drawn[Outcome.SUPPLEMENT] == 14 + 4
    assert drawn[Outcome.REFUSE] == 15 + 5
