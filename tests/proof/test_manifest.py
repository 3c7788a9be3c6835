"""Verdicts that others state or compute for real diagrams, and why ours differ where they do."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

from their_rules import explained
from tthc_flow.bpmn.read import read
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.collaboration import sound_together

STATED = (
    "stated_safe",
    "stated_sound_or_option_to_complete",
    "stated_proper_completion",
    "stated_no_dead_activities",
)
COMPUTED = ("rba_safe", "rba_option_to_complete", "rba_proper_completion", "rba_no_dead")
BREAKS = {
    "stated_safe": {"unsafe"},
    "stated_sound_or_option_to_complete": {"cannot-complete", "dead-element", "unread-message"},
    "stated_proper_completion": {"improper-completion"},
    "stated_no_dead_activities": {"dead-element"},
}
"""Which of our violations contradict that a property is stated to hold.

Messages left unread break "sound" as the source of those verdicts defines it (SoundCollaboration).
"""


@cache
def judged(shared):
    """Return each row with a verdict, its procedures and our proof; none where it is unreadable."""
    folder = shared / "data" / "bpmn"
    found = []
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not any(row[name] for name in (*STATED, *COMPUTED)):
                continue
            try:
                procedures = read(folder / "files" / row["file"]).procedures
            except UnreadableInput:
                found.append((row, (), None))
            else:
                found.append((row, procedures, sound_together(procedures)))
    return found


def test_no_stated_verdict_is_contradicted(shared):
    agreed, differ = 0, []
    for row, _, proof in judged(shared):
        stated = {name: row[name] for name in STATED if row[name]}
        if not stated or proof is None or proof.verdict is Verdict.UNKNOWN:
            continue
        violation = dict(proof.because).get("violation")
        wrong = [
            name
            for name, value in stated.items()
            if (value == "True" and violation in BREAKS[name])
            or (value == "False" and proof.verdict is Verdict.PASS)
        ]
        agreed += not wrong
        differ += [(row["file"], name, violation) for name in wrong]
    assert differ == []
    assert agreed == 21


def test_every_difference_from_a_computed_verdict_goes_away_by_a_rule_of_theirs(shared):
    agreed, reasons, unexplained = 0, Counter(), []
    for row, procedures, proof in judged(shared):
        if not row["rba_safe"] or proof is None or proof.verdict is Verdict.UNKNOWN:
            continue
        theirs = "False" not in {row[name] for name in COMPUTED}
        if (proof.verdict is Verdict.PASS) == theirs:
            agreed += 1
            continue
        rule = explained(procedures, theirs=theirs)
        reasons[rule] += 1
        if rule is None:
            unexplained.append((row["file"], proof.because, theirs))
    assert unexplained == []
    assert agreed >= 470
    assert len(reasons) >= 4, reasons


def test_at_least_95_of_100_files_with_a_verdict_are_covered(shared):
    """All files with a verdict count, those too that nobody could read."""
    verdicts = [proof and proof.verdict for _, _, proof in judged(shared)]
    covered = sum(verdict not in {None, Verdict.UNKNOWN} for verdict in verdicts)
    assert len(verdicts) == 580
    assert covered / len(verdicts) >= 0.95, Counter(verdicts)
