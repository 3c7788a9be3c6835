"""The proposals trusted least, told one by one, each with the judgement of whoever read its table.

The readings stand in ``real_tables_read.csv``. One that is missing, one that nothing asks for any
more, and one whose step is printed otherwise now are errors: no reading outlives what was read.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.real_tables_trust import RULE, least_trusted, proposals

from tthc_flow.model.lever import Confidence
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from tools.real_tables_plans import Planned
    from tools.real_tables_trust import Proposal

    from tthc_flow.model.step import Step

READ: Final = Path(__file__).with_name("real_tables_read.csv")


class StaleReading(Exception):
    """The readings are not those of the proposals that are listed now."""


def least(plans: Sequence[Planned], file: Path = READ) -> list[str]:
    """Return the section of the proposals trusted least, and of those that are applied.

    Raises:
        StaleReading: a reading is missing, is of another step, or is of no listed proposal.
    """
    found = proposals(plans)
    chosen = least_trusted(found)
    applied = [each for each in found if each.applied and each not in chosen]
    read = readings([*chosen, *applied], file)
    lines = ["## The ten proposals trusted least", "", RULE]
    for place, each in enumerate(chosen, 1):
        lines += ["", f"### {place}. {_title(each)}", "", *_told(each, read[each.key])]
    lines += [
        "",
        "## The changes that are applied",
        "",
        f"Of {len(found)} proposals these are all that pass today, the least trusted first.",
    ]
    for each in applied:
        lines += ["", f"### {_title(each)}", "", *_told(each, read[each.key])]
    return lines


def readings(wanted: Sequence[Proposal], file: Path = READ) -> Mapping[tuple[str, str], str]:
    """Return what was said of each of *wanted*, by its key.

    Raises:
        StaleReading: a reading is missing, is of another step, or is of no proposal of *wanted*.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        rows = {(row["table"], row["candidate"]): row for row in csv.DictReader(lines)}
    steps = {each.key: _names(each.steps) for each in wanted}
    wrong = [f"not read yet: {', '.join(key)}: {steps[key]}" for key in steps if key not in rows]
    wrong += [f"no longer listed: {', '.join(key)}" for key in rows if key not in steps]
    wrong += [
        f"its step is another now: {', '.join(key)}: {row['step']} → {steps[key]}"
        for key, row in rows.items()
        if key in steps and steps[key] != row["step"]
    ]
    if wrong:
        raise StaleReading("\n".join([f"{file.name}:", *wrong]))
    return {key: row["reading"] for key, row in rows.items()}


def _names(steps: Sequence[Step]) -> str:
    return " + ".join(step.name for step in steps)


def _title(proposal: Proposal) -> str:
    return f"`{proposal.offer.candidate.lever}`: {_names(proposal.steps)}"


def _told(proposal: Proposal, reading: str) -> list[str]:
    before, doubt = proposal.planned.plan.before, proposal.doubt
    source = "" if before.source is None else f", {before.source.document}"
    shares = (
        ("evidence", doubt.evidence),
        ("risk", doubt.risk),
        ("questions", doubt.questions),
        ("facts", doubt.facts),
        ("match", doubt.match),
    )
    parts = ", ".join(f"{name} {_rounded(share)}" for name, share in shares)
    where = ", ".join(step.number or step.id for step in proposal.steps)
    change = ("; ".join(_changes(proposal)) or "nothing that the plan asks for") + "."
    stands = "applied" if proposal.applied else "offered, not applied"
    return [
        f"- **Where**: {before.name} ({proposal.planned.name}{source}), step {where}; {stands}.",
        f"- **Doubt** {_rounded(doubt.total)} of 5: {parts}.",
        f"- **Why**: {'; '.join(_reasons(proposal))}.",
        f"- **What would change that**: {change}",
        f"- **Read**: {reading}",
    ]


def _rounded(share: Fraction) -> str:
    return f"{float(share):.2f}".rstrip("0").rstrip(".")


def _reasons(proposal: Proposal) -> Iterator[str]:
    """Yield why it is doubted, from the evidence: one clause for each share above nothing."""
    doubt, steps = proposal.doubt, proposal.steps
    candidate = proposal.offer.candidate
    if candidate.confidence is Confidence.ASSUMED:
        yield f"the drawing had to be assumed ({'; '.join(_assumed(proposal))})"
    elif candidate.confidence is Confidence.READ:
        yield "kinds and performers were read from printed words"
    if doubt.match == 1:
        yield f"it was compared with “{_names(proposal.rests_on)}” by words and place alone"
    elif doubt.match:
        kinds = ", ".join(kind.value for step in steps for kind in step.kinds)
        yield f"it takes one of several kinds of work of its row ({kinds})"
    named = [value for each in proposal.open for name, value in each.because if name == "named"]
    if named:
        yield f"the words of the row also speak of other work ({'; '.join(dict.fromkeys(named))})"
    if candidate.risk is None:
        yield "nobody has said what harm follows if the check is missing"
    if proposal.open:
        yield f"unanswered conditions: {len(proposal.open)} of {len(candidate.preconditions)}"
    all_facts = 8 * len(steps)
    known = all_facts - int(doubt.facts * all_facts)
    yield f"of the {all_facts} facts of its steps, stated: {known}"


def _assumed(proposal: Proposal) -> Iterator[str]:
    ids = {step.id for step in (*proposal.steps, *proposal.rests_on)}
    for each in proposal.planned.plan.before.assumptions:
        if each.element in ids:
            yield message(each.code, dict(each.values), "en").text


def _changes(proposal: Proposal) -> Iterator[str]:
    """Yield what would have to be known for it to be trusted more."""
    asked = [f"`{each.question or each.name}`" for each in proposal.open]
    if asked:
        yield f"answers to {', '.join(dict.fromkeys(asked))}"
    if proposal.offer.candidate.confidence is Confidence.ASSUMED:
        yield "a table that writes out what had to be assumed"
    if proposal.doubt.match == 1:
        yield "what it and the steps it is compared with read and write"
    if proposal.offer.candidate.risk is None:
        yield "the harm that its check prevents, and whether it can be undone"
    if not proposal.open:
        yield "what the step reads, writes and rejects, and its legal basis"
