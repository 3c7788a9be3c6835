"""Levers: the moves that make a procedure lighter. One file each; none knows another."""

from __future__ import annotations

from typing import Final

from tthc_flow.levers import (
    abolish_unused,
    assign_by_rule,
    consult_in_parallel,
    decide_then_report,
    drop_duplicate_check,
    drop_idle_consultation,
    drop_relay,
    drop_second_examination,
    go_online,
    hand_down_decision,
    hand_to_third_party,
    inspect_afterwards,
    knock_out_first,
    merge_handling,
    merge_procedures,
    number_by_machine,
    one_inspector,
    post_by_courier,
    receive_anywhere,
    reuse_known_data,
    skip_district,
    sort_at_the_door,
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
    one_inspector.LEVER,
    hand_to_third_party.LEVER,
    post_by_courier.LEVER,
    receive_anywhere.LEVER,
    consult_in_parallel.LEVER,
    knock_out_first.LEVER,
    sort_at_the_door.LEVER,
    stop_the_clock.LEVER,
    go_online.LEVER,
)
"""Every lever, in report order."""

OF_FOLDERS: Final = (abolish_unused.LEVER, merge_procedures.LEVER)
"""Every lever over several procedures, in report order."""
