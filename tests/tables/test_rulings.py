"""The rulings file: what goes in comes out; what is not understood is said, never obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.ruling import Ruling, Seen, Stand
from tthc_flow.tables.rulings import FORMAT, read_rulings, rulings_text

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
SAID = st.builds(" ".join, st.lists(WORD, min_size=1, max_size=3))
SEEN = st.builds(Seen, id=WORD, name=SAID, fingerprint=WORD)


@st.composite
def rulings(draw) -> Ruling:
    seen = draw(st.lists(SEEN, min_size=1, max_size=4, unique_by=lambda each: each.id))
    cut = draw(st.integers(1, len(seen)))
    stand = draw(st.sampled_from(Stand))
    return Ruling(
        lever=draw(WORD),
        targets=tuple(each.id for each in seen[:cut]),
        stand=stand,
        reason=draw(SAID) if stand is Stand.REJECT else draw(st.just("") | SAID),
        by=draw(st.none() | SAID),
        on=draw(st.none() | st.just("2026-11-29")),
        terms=tuple(draw(st.dictionaries(WORD, SAID, max_size=2)).items()),
        seen=tuple(seen),
    )


@given(st.lists(rulings(), max_size=4))
def test_what_was_written_is_read_again(given_rulings):
    read, findings = read_rulings(rulings_text(given_rulings))
    assert read == tuple(given_rulings)
    assert findings == ()


def file(*lines: str) -> str:
    return "\n".join((f"format: {FORMAT}", "decisions:", *lines)) + "\n"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("- lever: drop_relay", "  decision: reject", "  steps: [a]"), ["ruling-without-reason"]),
        (("- lever: drop_relay", "  steps: [a]"), ["table-field-missing"]),
        (("- decision: accept", "  steps: [a]"), ["table-field-missing"]),
        (("- lever: drop_relay", "  decision: accept"), ["table-field-missing"]),
        (
            ("- lever: drop_relay", "  decision: maybe", "  steps: [a]"),
            ["table-unknown-label", "table-field-missing"],
        ),
    ],
)
def test_a_ruling_that_does_not_say_enough_is_left_out_and_told_with_its_line(lines, codes):
    read, findings = read_rulings(file(*lines))
    assert read == ()
    assert [each.code for each in findings] == codes
    assert all(each.line == 3 for each in findings)


def test_a_field_that_nobody_knows_is_told_and_the_ruling_counts():
    lines = ("- lever: drop_relay", "  decision: accept", "  steps: [a]", "  exec: rm")
    read, findings = read_rulings(file(*lines))
    assert [each.targets for each in read] == [("a",)]
    assert [(each.code, each.line) for each in findings] == [("table-unknown-field", 6)]


def test_a_file_of_another_format_is_refused():
    with pytest.raises(UnreadableInput, match="TF238"):
        read_rulings("format: tthc-flow-answers/1\ndecisions: []\n")
