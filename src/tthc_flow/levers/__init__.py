"""Levers: the moves that make a procedure lighter. One file each; none knows another."""

from __future__ import annotations

from typing import Final

from tthc_flow.levers import (
    assign_by_rule,
    consult_in_parallel,
    decide_then_report,
    drop_duplicate_check,
    drop_idle_consultation,
    drop_relay,
    drop_second_examination,
    hand_down_decision,
    inspect_afterwards,
    merge_handling,
    number_by_machine,
    reuse_known_data,
    skip_district,
    stop_the_clock,
)

ALL: Final = (
    drop_second_examination.LEVER,
    drop_duplicate_check.LEVER,
    drop_idle_consultation.LEVER,
    decide_then_report.LEVER,
    hand_down_decision.LEVER,
    skip_district.LEVER,
    merge_handling.LEVER,
    drop_relay.LEVER,
    number_by_machine.LEVER,
    assign_by_rule.LEVER,
    reuse_known_data.LEVER,
    inspect_afterwards.LEVER,
    consult_in_parallel.LEVER,
    stop_the_clock.LEVER,
)
"""Every lever, in report order."""
