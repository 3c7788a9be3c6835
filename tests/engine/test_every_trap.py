"""Every trap of SpiffWorkflow that we know of: the test that pins it, and the one of ours.

One row a trap, or a part of one. What stands twice is a test that shows both sides on one file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CONTRACT, FILES, READING = (
    f"engine/test_spiff_{name}.py" for name in ("contract", "files", "reading")
)
INSTANCE, STATE, SCALE = (f"engine/test_{name}.py" for name in ("instance", "state", "scale"))

# What it does · where that is pinned · where ours is shown to do it right.
TRAPS: tuple[tuple[int, str, str, str], ...] = (
    (1, "a deep case stands still", f"{FILES}::a_loop_of_a_file", f"{FILES}::goes_round_the_same"),
    (1, "deep tasks are not seen", f"{CONTRACT}::deeper_than_a_thousand", f"{CONTRACT}::two_thous"),
    (1, "deep trees recurse", f"{CONTRACT}::looking_up_a_deep_tree", f"{SCALE}::five_thousand_sup"),
    (1, "loops grow dearer", f"{FILES}::333_rounds", f"{SCALE}::cost_of_a_supplement"),
    (2, "handlers begin at once", f"{FILES}::begins_with_the_process", f"{FILES}::begins_with_the"),
    (2, "do not interrupt", f"{FILES}::does_not_interrupt", f"{FILES}::takes_the_work_off"),
    (2, "change the spec", f"{FILES}::spec_of_later_cases", f"{FILES}::leaves_other_cases_alone"),
    (3, "conditions go unasked", f"{FILES}::left_over_a_condition", f"{FILES}::over_a_false_cond"),
    (3, "no place for them", f"{CONTRACT}::have_nowhere_to_go", f"{CONTRACT}::honours_conditions"),
    (3, "several ways refused", f"{FILES}::several_ways_are_refused", f"{FILES}::splits_where_sev"),
    (4, "links, signals: nothing", f"{FILES}::links_and_signal_ends", f"{FILES}::links_and_signal"),
    (4, "undoing is not read", f"{FILES}::undoing_is_not_read", "engine/test_undoing.py::undone"),
    (4, "ends that wait are plain", f"{FILES}::conditional_end", f"{FILES}::ours_is_refused"),
    (5, "the height decides", f"{FILES}::moving_a_shape", f"{FILES}::and_not_ours"),
    (5, "the first connected wins", f"{CONTRACT}::connected_first", f"{CONTRACT}::in_file_order"),
    (
        6,
        "End and Start are words",
        f"{CONTRACT}::called_end_completes",
        f"{CONTRACT}::end_and_st",
    ),
    (7, "tasks pass by kind", f"{FILES}::tasks_pass_or_wait", f"{CONTRACT}::step_of_every_type"),
    (
        7,
        "a receive task passes",
        f"{CONTRACT}::receive_task_without",
        f"{FILES}::all_wait_for",
    ),
    (8, "not executable: unread", f"{FILES}::not_executable", "engine/test_refusals.py::not_exec"),
    (9, "half-written data", f"{FILES}::script_that_fails", f"{INSTANCE}::failing_function_leaves"),
    (10, "values change their type", f"{FILES}::change_their_type", f"{STATE}::value_comes_back"),
    (10, "or cannot be kept", f"{FILES}::cannot_be_kept", f"{FILES}::keeps_values_or_refuses"),
    (11, "far data without end", f"{READING}::data_two_scopes_out", f"{READING}::reads_the_same"),
    (11, "long chains recurse", f"{READING}::a_long_chain", f"{SCALE}::chain_of_two_thousand"),
    (11, "no line, first error only", f"{READING}::only_the_first_thing", f"{READING}::tells_all"),
    (11, "faults of its own", f"{READING}::a_fault_of_its_parser", f"{READING}::and_none_of_ours"),
    (11, "the locale's encoding", f"{READING}::language_of_the_machine", f"{READING}::not_by_ours"),
    (11, "literal timers fail", f"{READING}::as_the_standard_writes", f"{READING}::keeps_the_dur"),
    (
        12,
        "two hit policies",
        f"{READING}::every_hit_policy",
        "decisions/test_hit_policies.py::prio",
    ),
    (12, "cells are Python", f"{READING}::cell_of_a_decision", "decisions/test_cells.py::no_unary"),
    (0, "expressions are Python", f"{CONTRACT}::expressions_are_python", f"{CONTRACT}::never_runs"),
    (0, "excess tokens are lost", f"{CONTRACT}::every_token_of_a_branch", f"{CONTRACT}::keeps_exc"),
    (
        0,
        "predicted for ever",
        f"{CONTRACT}::predicted_for_ever",
        f"{CONTRACT}::refuses_to_go",
    ),
)
KNOWN = 12
"""How many traps the notes number; 0 are those found since."""


def names_in(file: str) -> Iterator[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    yield from (each.name for each in tree.body if isinstance(each, ast.FunctionDef))


@pytest.mark.parametrize("row", TRAPS, ids=[f"{trap[0]} {trap[1]}" for trap in TRAPS])
def test_a_trap_is_pinned_and_ours_is_shown_to_be_right(row):
    for place in row[2:]:
        file, _, part = place.partition("::")
        assert [name for name in names_in(file) if name.startswith("test_") and part in name]
    assert "test_spiff_" in row[2]


def test_no_trap_is_left_out():
    assert {row[0] for row in TRAPS} == set(range(KNOWN + 1))


def test_every_test_that_names_a_trap_stands_in_the_table():
    pinned = [row[2].partition("::")[::2] for row in TRAPS]
    for file in (CONTRACT, FILES, READING):
        for name in names_in(file):
            if name.startswith("test_trap_"):
                assert any(where == file and part in name for where, part in pinned), name
