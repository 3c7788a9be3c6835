"""Count what the levers find in real step tables, as a page in Markdown.

Over the shipped tables of ``processes/``, and over those of the material beside the repository
where it is there. Printed, for ``docs/reform-on-real-tables.md``:

    python tools/real_tables.py > docs/reform-on-real-tables.md

With names of groups (``shipped``, ``published``) only those are counted.
"""

from __future__ import annotations

import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import TthcFlowError
from tthc_flow.levers import ALL
from tthc_flow.measures.comparison import Comparison, comparison
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Targets
from tthc_flow.plan.make import plan
from tthc_flow.proof.soundness import soundness
from tthc_flow.verbs.convert import convert
from tthc_flow.words.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Plan

ROOT: Final = Path(__file__).resolve().parents[1]
GROUPS: Final = {
    "shipped": (ROOT, "processes/*/*/steps.yaml"),
    "published": (ROOT.parent / "shared" / "data", "procedures*/*.yaml"),
}
TITLES: Final = {
    "shipped": "The shipped tables (`processes/`)",
    "published": "Published tables of other procedures",
}
TARGET: Final = Fraction(3, 10)
LEAD: Final = """# Reform on real tables

What the levers find in step tables as provinces publish them, and how far a plan comes that is
asked for a 30 % cut of the time, without one further answer. Made by `python tools/real_tables.py`.

- **pass**: every condition holds, the plan may apply it. **open**: a question is unanswered:
  offered, never applied. **waits**: the shape of the flow is in the way, which another change may
  lift. **barred**: law, a duty, data or capacity forbid it.
- A bare "ngày" is counted by the default convention. A cut is known only where every counted step
  has a time, before and after.
- **if answered** is no proposal: the best plan if every open question were answered in
  favour of the change. It says what the answers are worth, not what they will be."""


@frozen(kw_only=True)
class Planned:
    """One table with the plan made of it and both sides measured."""

    name: str
    plan: Plan
    figures: Comparison

    @property
    def if_answered(self) -> Fraction | None:
        """Return the cut if every open question were answered in favour; ``None``: not known."""
        before = self.figures.before.norm_time
        cut = self.figures.time_cut
        if cut is None or before.work is None or not before.work.minutes:
            return cut
        lifted = [
            bound.minutes
            for bound in self.plan.bounds
            if bound.code in {"bound-open", "bound-all-open"} and bound.minutes is not None
        ]
        return max(cut, 1 - min(lifted) / before.work.minutes) if lifted else cut


def planned(path: Path) -> Planned | str:
    """Return the plan of the table at *path*, or the code that says why there is none."""
    try:
        before = convert(path).procedures[0]
        if soundness(before.flow).verdict is not Verdict.PASS:
            return "TF310"
        made = plan(before, ALL, targets=Targets(time=TARGET))
    except TthcFlowError as error:
        return error.code
    name = (
        path.parent.relative_to(path.parents[2]).as_posix() if path.stem == "steps" else path.stem
    )
    return Planned(name=name, plan=made, figures=comparison(before, made.after))


def standing(candidate: Candidate) -> str:
    """Return where *candidate* stands: pass, open, waits or barred."""
    match candidate.verdict:
        case Verdict.PASS:
            return "pass"
        case Verdict.UNKNOWN:
            return "open"
        case Verdict.FAIL:
            return "barred" if candidate.barred else "waits"


def page(groups: Iterable[str]) -> str:
    """Return the page: a section of each group whose tables are there."""
    sections = []
    for group in groups:
        root, pattern = GROUPS[group]
        tables = sorted(root.glob(pattern))
        if tables:
            results = [planned(path) for path in tables]
            sections.append(section(TITLES[group], results))
    return "\n\n".join((LEAD, *sections)) + "\n"


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
            *questions(plans),
            "",
            *each_cut(plans),
        )
    )


def by_lever(plans: Sequence[Planned]) -> list[str]:
    """Return the table of levers: how often found, and where the candidates stand."""
    lines = [
        "| lever | in tables | candidates | pass | open | waits | barred | applied |",
        "|---|---|---|---|---|---|---|---|",
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
        figures = (
            len({name for name, _ in offered}),
            len(offered),
            *(stands[name] for name in ("pass", "open", "waits", "barred")),
            applied,
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
    return [
        "| question | open candidates that ask it |",
        "|---|---|",
        *(f"| `{question}` | {count} |" for question, count in rows),
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
    sys.stdout.write(page(sys.argv[1:] or GROUPS))
