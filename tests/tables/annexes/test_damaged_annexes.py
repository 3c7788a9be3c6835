"""Files that are no annex end in a message with a code, at once, whatever they hold."""

from __future__ import annotations

import time

import pytest

from tables.annexes.damaged import DAMAGED, NOTHING, annex
from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.office.read import read_office

CODES = {
    "truncated": "TF243", "encrypted": "TF241", "old_word": "TF247", "portable": "TF246",
    "with_macros": "TF240", "zip_bomb": "TF242", "entity_bomb": "TF243", "broken_xml": "TF243",
    "huge_span": "TF245", "huge_ranges": "TF242", "deep": "TF225", "no_table": "TF245",
    "empty_table": "TF245", "no_header": "TF245", "large": "TF225",
}  # fmt: skip
LONGEST = 5
"""Seconds within which a file is refused, on a slow machine."""


def test_every_damage_has_its_code():
    assert CODES.keys() == DAMAGED.keys()


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_is_refused_by_its_code_and_at_once(damage):
    data = DAMAGED[damage]()
    start = time.perf_counter()
    with pytest.raises(UnreadableInput, match=CODES[damage]):
        read_office(data)
    assert time.perf_counter() - start < LONGEST


@pytest.mark.parametrize("nothing", NOTHING)
def test_what_is_no_office_file_is_refused(nothing):
    with pytest.raises(UnreadableInput, match="TF2"):
        read_office(NOTHING[nothing])


def test_the_file_that_the_damage_is_done_to_is_sound():
    assert len(read_office(annex())) == 2
