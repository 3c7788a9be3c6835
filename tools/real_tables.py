"""Count what the levers find in real step tables, as a page in Markdown.

Over the shipped tables of ``processes/``, and over those of the material beside the repository
where it is there. Printed, for ``docs/reform-on-real-tables.md``:

    python tools/real_tables.py > docs/reform-on-real-tables.md

With names of groups (``shipped``, ``first``, ``more``) only those are counted, and the proposals
trusted least, which are chosen among all, are not listed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # make calls this by its path
from tools.real_tables_plans import TARGET, Known, Planned, planned, standing
from tools.real_tables_reach import powers, reaches
from tools.real_tables_readings import StaleReading, least

from tthc_flow.levers import ALL
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.gates.questions import questions as gate_questions
from tthc_flow.words.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

ROOT: Final = Path(__file__).resolve().parents[1]
MATERIAL: Final = ROOT.parent / "shared" / "data"
GROUPS: Final = {
    "shipped": (ROOT, "processes/*/*/steps.yaml"),
    "first": (MATERIAL, "procedures/*.yaml"),
    "more": (MATERIAL, "procedures_extra/*.yaml"),
}
TITLES: Final = {
    "shipped": "The shipped tables (`processes/`)",
    "first": "Published tables, the first collection",
    "more": "Published tables, the second collection",
}
LEAD: Final = """# Reform on real tables

What the levers find in step tables as provinces publish them, and how far a plan comes that is
asked for a 30 % cut of the time. Made by `make real-tables`.

- **pass**: every condition holds, the plan may apply it. **open**: a question is unanswered:
  offered, never applied. **waits**: the shape of the flow is in the way, which another change may
  lift. **barred**: law, a duty, data or capacity forbid it.
- A bare "ngày" is counted by the default convention. A cut is known only where every counted step
  has a time, before and after.
- **if answered** is no proposal: the best plan if every question that is open today were answered
  in favour of the change. It says what the answers are worth, not what they will be. What a table
  answers itself stays, and bars where it bars.
- **the province's own** are changes whose texts the province is known to be able to amend. Where
  nobody typed in a legal basis, that is not known: the answer that no national text names the step
  (`rule-names-the-step`) settles it. So the row "if answered, but not who may amend" leaves that
  one question open; once it is answered in favour too, nearly every change is the province's own.
- Some shipped tables were made from tables of the collections: the sections are not to be added."""


def page(groups: Iterable[str]) -> str:
    """Return the page: a section of each group whose tables are there.

    The proposals trusted least are listed where every group is.

    Raises:
        StaleReading: what was said of these proposals is not about them any more.
    """
    sections, plans, told = [LEAD], list[Planned](), set[str]()
    for group in groups:
        root, pattern = GROUPS[group]
        tables = sorted(root.glob(pattern))
        if tables:
            results = [planned(path) for path in tables]
            sections.append(section(TITLES[group], results))
            plans += [each for each in results if isinstance(each, Planned)]
            told.add(group)
    if told == set(GROUPS):
        sections.insert(1, "\n".join(least(plans)))
    return "\n\n".join(sections) + "\n"


def section(title: str, results: Sequence[Planned | str]) -> str:
    """Return the section of one group of tables."""
    plans = [each for each in results if isinstance(each, Planned)]
    refused = Counter(each for each in results if isinstance(each, str))
    lines = [f"## {title}", "", f"{len(results)} tables, {len(plans)} of them planned."]
    if refused:
        lines.append(
            "Not planned: " + ", ".join(f"{code} {n}" for code, n in sorted(refused.items())) + "."
        )
    return "\n".join(
        (
            *lines,
            "",
            *by_lever(plans),
            "",
            *cuts(plans),
            "",
            *reaches(plans),
            "",
            *powers(plans),
            "",
            *questions(plans),
            "",
            *each_cut(plans),
        )
    )


def by_lever(plans: Sequence[Planned]) -> list[str]:
    """Return the table of levers: how often found, and where the candidates stand."""
    lines = [
        "| lever | in tables | candidates | pass | open | waits | barred | applied | if answered |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for lever in ALL:
        offered = [
            (each.name, offer.candidate)
            for each in plans
            for offer in each.plan.offers
            if offer.candidate.lever == lever.id
        ]
        stands = Counter(standing(candidate) for _, candidate in offered)
        applied = sum(
            candidate.lever == lever.id for each in plans for candidate in each.plan.applied
        )
        answered = sum(
            candidate.lever == lever.id
            for each in plans
            for candidate in each.everybody[Known.ANSWERED].applied
        )
        figures = (
            len({name for name, _ in offered}),
            len(offered),
            *(stands[name] for name in ("pass", "open", "waits", "barred")),
            applied,
            answered,
        )
        lines.append(f"| `{lever.id}` | " + " | ".join(str(each) for each in figures) + " |")
    return lines


def cuts(plans: Sequence[Planned]) -> list[str]:
    """Return what the plans reach together."""
    changed = sum(bool(each.plan.applied) for each in plans)
    optimal = sum(each.plan.optimal for each in plans)
    lines = [
        f"- Plans that change something: {changed} of {len(plans)}.",
        f"- Proven the best there is: {optimal} of {len(plans)}.",
        f"- Time cut: {_spread([each.figures.time_cut for each in plans])}",
        f"- If answered: {_spread([each.if_answered for each in plans])}",
    ]
    for name in ("steps", "hand_offs"):
        before = sum(getattr(each.figures.before, name) for each in plans)
        after = sum(getattr(each.figures.after, name) for each in plans)
        lines.append(f"- {name.replace('_', '-').capitalize()}: {before} before, {after} after.")
    return lines


def _spread(shares: Sequence[Fraction | None]) -> str:
    known = [share for share in shares if share is not None]
    some = [share for share in known if share > 0]
    said = f"known for {len(known)}, above nothing for {len(some)}"
    if some:
        said += f" (least {percent(min(some))}, median {percent(median(some))}"
        said += f", most {percent(max(some))})"
    return f"{said}, at least {percent(TARGET)} for {sum(each >= TARGET for each in known)}."


def questions(plans: Sequence[Planned]) -> list[str]:
    """Return the open questions, the most frequent first: what the answers of staff would move."""
    asked = Counter(
        question
        for each in plans
        for offer in each.plan.offers
        if standing(offer.candidate) == "open"
        for question in {
            condition.question
            for condition in offer.candidate.preconditions
            if condition.verdict is Verdict.UNKNOWN and condition.question is not None
        }
    )
    rows = sorted(asked.items(), key=lambda pair: (-pair[1], pair[0]))
    texts = gate_questions()
    return [
        "| question | asks | open candidates that ask it |",
        "|---|---|---|",
        *(f"| `{question}` | {texts[question].en} | {count} |" for question, count in rows),
    ]


def each_cut(plans: Sequence[Planned]) -> list[str]:
    """Return the table of tables: what was applied, what is open, the cut."""
    lines = [
        "| table | steps | hand-offs | time cut | if answered | applied | open | waits | barred |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in plans:
        stands = Counter(standing(offer.candidate) for offer in each.plan.offers)
        before, after = each.figures.before, each.figures.after
        levers = Counter(candidate.lever for candidate in each.plan.applied)
        cells = (
            each.name,
            f"{before.steps} → {after.steps}",
            f"{before.hand_offs} → {after.hand_offs}",
            *(
                "unknown" if cut is None else percent(cut)
                for cut in (each.figures.time_cut, each.if_answered)
            ),
            ", ".join(f"{name} {n}" for name, n in sorted(levers.items())) or "nothing",
            *(str(stands[name]) for name in ("open", "waits", "barred")),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return lines


if __name__ == "__main__":
    try:
        sys.stdout.write(page(sys.argv[1:] or GROUPS))
    except StaleReading as stale:
        sys.exit(str(stale))
