"""Recall and precision of every lever over planted procedures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from planting.grow import Case, Sort, Truth
from tthc_flow.model.lever import Candidate, Verdict
from tthc_flow.model.plan import Offer

COLUMNS = (
    "wanted",
    "found",
    "applied",
    "doubts",
    "asked",
    "traps",
    "passed traps",
    "right",
    "wrong",
)


@frozen(kw_only=True)
class Miss:
    """One thing that a lever got wrong: *what*, of which truth, in the procedure of which seed."""

    what: str
    seed: int
    lever: str
    plant: str
    why: str
    candidate: Candidate | None = None

    def __str__(self) -> str:
        """Return it as one line."""
        told = f"{self.lever} {self.what}: seed {self.seed}, plant {self.plant}"
        told += f" ({self.why})" if self.why else ""
        if self.candidate is None:
            return f"{told}; nothing found"
        open_ = [
            f"{each.name}={each.verdict.value}"
            for each in self.candidate.preconditions
            if each.verdict is not Verdict.PASS
        ]
        return f"{told}; {self.candidate.id} {' '.join(open_)}"


@frozen(kw_only=True)
class Score:
    """Counts by lever and column, and everything that went wrong."""

    counts: Counter[tuple[str, str]] = field(factory=Counter)
    misses: list[Miss] = field(factory=list)

    def add(
        self, seed: int, case: Case, offers: Iterable[Offer], applied: Iterable[Candidate]
    ) -> None:
        """Judge what was offered and applied for *case*."""
        found = [offer.candidate for offer in offers]
        chosen = list(applied)
        for truth in case.truths:
            self._truth(seed, truth, found, chosen)
        for candidate in found:
            if candidate.verdict is Verdict.PASS:
                right = any(_right(truth, candidate) for truth in case.truths) or all(
                    (candidate.lever, target) in case.besides for target in candidate.targets
                )
                self._count(candidate.lever, "right" if right else "wrong")
                if not right:
                    self._miss("wrong", seed, candidate.lever, _near(case, candidate), candidate)

    def _truth(
        self, seed: int, truth: Truth, found: list[Candidate], chosen: list[Candidate]
    ) -> None:
        own = [each for each in found if _about(truth, each)]
        best = next((each for each in own if each.verdict is Verdict.PASS), None)
        lever = truth.lever
        match truth.sort:
            case Sort.WASTE:
                self._count(lever, "wanted")
                hit = next((each for each in own if _right(truth, each)), None)
                self._count(lever, "found", more=hit is not None)
                self._count(lever, "applied", more=any(_about(truth, each) for each in chosen))
                if hit is None:
                    self._miss("missed", seed, lever, truth, own[0] if own else None)
            case Sort.DOUBT:
                self._count(lever, "doubts")
                asked = best is None and any(each.verdict is Verdict.UNKNOWN for each in own)
                self._count(lever, "asked", more=asked)
                if not asked:
                    self._miss("not asked", seed, lever, truth, own[0] if own else None)
            case Sort.TRAP:
                self._count(lever, "traps")
                taken = best or next((each for each in chosen if _about(truth, each)), None)
                self._count(lever, "passed traps", more=taken is not None)
                if taken is not None:
                    self._miss("passed trap", seed, lever, truth, taken)

    def _count(self, lever: str, column: str, *, more: bool = True) -> None:
        self.counts[lever, column] += more

    def _miss(
        self, what: str, seed: int, lever: str, truth: Truth | None, candidate: Candidate | None
    ) -> None:
        plant, why = (truth.plant, truth.why) if truth else ("background", "")
        self.misses.append(
            Miss(what=what, seed=seed, lever=lever, plant=plant, why=why, candidate=candidate)
        )

    @property
    def levers(self) -> tuple[str, ...]:
        """Return every lever that anything is known of."""
        return tuple(dict.fromkeys(lever for lever, _ in self.counts))

    def recall(self, lever: str) -> float:
        """Return the share of the waste that was offered as passing."""
        wanted = self.counts[lever, "wanted"]
        return self.counts[lever, "found"] / wanted if wanted else 1.0

    def precision(self, lever: str) -> float:
        """Return the share of what was offered as passing that is waste."""
        right, wrong = self.counts[lever, "right"], self.counts[lever, "wrong"]
        return right / (right + wrong) if right + wrong else 1.0

    def table(self) -> str:
        """Return the counts of every lever, with recall and precision."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{'lever':26}" + "".join(f"{each:>13}" for each in (*COLUMNS, "recall", "precision"))
        for lever in sorted(self.levers):
            counts = "".join(f"{self.counts[lever, each]:13}" for each in COLUMNS)
            yield f"{lever:26}{counts}{self.recall(lever):13.1%}{self.precision(lever):13.1%}"


def _about(truth: Truth, candidate: Candidate) -> bool:
    """Return whether *candidate* is of the lever and over a step of the plant."""
    return candidate.lever == truth.lever and not truth.targets.isdisjoint(candidate.targets)


def _right(truth: Truth, candidate: Candidate) -> bool:
    """Return whether *candidate* is the waste of *truth*: all of it and nothing else."""
    named = frozenset(candidate.targets)
    return (
        truth.sort is Sort.WASTE
        and candidate.lever == truth.lever
        and candidate.verdict is Verdict.PASS
        and truth.targets <= named <= truth.span
    )


def _near(case: Case, candidate: Candidate) -> Truth | None:
    """Return the plant that *candidate* is about, if it is about any."""
    named = frozenset(candidate.targets)
    return next((truth for truth in case.truths if not truth.span.isdisjoint(named)), None)
