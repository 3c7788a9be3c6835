"""Examinations: the second one, the duplicate one, the one before the grant."""

from __future__ import annotations

from attrs import evolve

from planting.garden import CORE, Garden, Planted
from planting.plant import Plant
from planting.steps import papers
from planting.traps import (
    answered,
    branch,
    decides,
    law,
    mandatory,
    read_later,
    rejects,
    sent_back,
    separate,
    told,
)
from roster import AGENCY, CONSULTED, OFFICE
from tthc_flow.model.actor import Performer
from tthc_flow.model.step import Harm, Severity

GATE = (
    "defence-security",
    "public-order",
    "public-health",
    "environment",
    "fire-construction-safety",
    "heritage-ethics",
    "harm-can-be-undone",
    "prior-check-required",
    "measurable-standard",
    "inspection-capacity",
    "sanction-available",
)
"""The questions of domain/levers.md and procedures.md §6 before a check goes behind the grant."""
AGAIN = ("rule-names-the-step",)
KEPT = (law, mandatory, separate, rejects, decides, read_later, branch, sent_back, told)


def _again(
    garden: Garden, first: tuple[str, frozenset[str]], kinds: str, who: Performer, between: int = 0
) -> Planted:
    """Put a check of one dossier and, after *between* blocks, the same check again."""
    kind, criteria = first
    document = garden.component("Hồ sơ")
    facts = {"reads": papers(document), "criteria": criteria}
    one = garden.work(kind, AGENCY["officer"], 3, **facts)
    way = [garden.blocks(garden.rng.randint(1, between), 3) for _ in range(bool(between))]
    two = garden.work(kinds, who, 2, **facts)
    return Planted(parts=(one, *way, two), targets=(two[0],), main=two[0], asks=AGAIN)


CRITERION = frozenset({"Điều 5"})


def second_near(garden: Garden) -> Planted:
    return _again(garden, ("examine draft", CRITERION), "reexamine", OFFICE["officer"])


def second_far(garden: Garden) -> Planted:
    return _again(garden, ("examine", CRITERION), "reexamine review", OFFICE["officer"], 4)


def second_of_two(garden: Garden) -> Planted:
    """Two first examinations, each of a part, cover the second together."""
    parts = [garden.component("Hồ sơ") for _ in range(2)]
    firsts = [
        garden.work("examine", AGENCY[who], 2, reads=papers(part), criteria=CRITERION)
        for who, part in zip(("officer", "division"), parts, strict=True)
    ]
    two = garden.work("reexamine", OFFICE["head"], 2, reads=papers(*parts), criteria=CRITERION)
    return Planted(parts=(*firsts, two), targets=(two[0],), main=two[0], asks=AGAIN)


def second_counted(garden: Garden) -> Planted:
    """It was counted, and refuses next to nothing."""
    planted = second_near(garden)
    garden.change(planted.main, checked=garden.rng.randint(400, 900), rejected=0)
    return planted


def new_document(garden: Garden, planted: Planted) -> Planted:
    """It looks at a paper that the first examination did not see."""
    more = papers(garden.component("Hồ sơ"))
    garden.change(planted.main, reads=garden.reads(planted.main) | more)
    return planted


def new_criterion(garden: Garden, planted: Planted) -> Planted:
    """It looks by another criterion."""
    garden.change(planted.main, criteria=frozenset({"Điều 9"}))
    return planted


def duplicate_near(garden: Garden) -> Planted:
    made = _again(garden, ("examine", CRITERION), "examine", AGENCY["division"])
    return evolve(made, asks=(*AGAIN, "second-pair-of-eyes"))


def duplicate_far(garden: Garden) -> Planted:
    more = CRITERION | {"Điều 6"}
    made = _again(garden, ("examine draft", more), "examine review", AGENCY["division"], 4)
    garden.change(made.main, criteria=CRITERION)
    return evolve(made, asks=(*AGAIN, "second-pair-of-eyes"))


def written_anew(garden: Garden, planted: Planted) -> Planted:
    """Somebody writes the document anew between the two checks."""
    (document,) = garden.reads(planted.main)
    writer = garden.step(writes=papers(document))
    *before, own = planted.parts
    return evolve(planted, parts=(*before, writer, own))


def _before_the_grant(garden: Garden, kinds: str, who: Performer) -> Planted:
    facts = {"reads": papers(garden.component("Bản thuyết minh")), "criteria": papers("Điều 7")}
    own = garden.work(kinds, who, 5, **facts)
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=GATE)


def inspection(garden: Garden) -> Planted:
    return _before_the_grant(garden, "inspect", AGENCY["officer"])


def appraisal(garden: Garden) -> Planted:
    """A second appraisal of something else, after the examination of the dossier."""
    return _before_the_grant(garden, "examine", AGENCY["division"])


def opinion(garden: Garden) -> Planted:
    """Another body's opinion on what a declaration and a later check can stand for."""
    ask = garden.work("consult", AGENCY["officer"], 1)
    own = garden.work("opinion", garden.rng.choice(CONSULTED), 7)
    return Planted(
        parts=(ask, own),
        targets=(ask[0], own[0]),
        main=own[0],
        asks=(*GATE, "consulted-body-named-by-law"),
    )


def undone(garden: Garden) -> Planted:
    """The harm is stated to be reversible, so that nobody has to be asked about it."""
    planted = inspection(garden)
    garden.change(planted.main, harm=Harm(severity=Severity.LOW, reversible=True))
    return evolve(planted, asks=tuple(each for each in GATE if each != "harm-can-be-undone"))


def irreversible(garden: Garden, planted: Planted) -> Planted:
    """The harm cannot be undone."""
    garden.change(planted.main, harm=Harm(severity=Severity.HIGH, reversible=False))
    return planted


def first_look(garden: Garden, planted: Planted) -> Planted:
    """The first examination of the dossier, with every answer that would let it go."""
    garden.answers = [each for each in garden.answers if each.step not in planted.places]
    for question in (*GATE, "rule-names-the-step", "second-pair-of-eyes"):
        garden.answer(question, CORE)
    return evolve(planted, targets=(CORE,), main=CORE)


_SECOND = (*KEPT, new_document, new_criterion, answered("rule-names-the-step"))
_DUPLICATE = (
    *KEPT,
    new_criterion,
    written_anew,
    answered("rule-names-the-step"),
    answered("second-pair-of-eyes"),
)
_PRIOR = (
    law,
    separate,
    rejects,
    decides,
    read_later,
    branch,
    sent_back,
    told,
    irreversible,
    first_look,
    *(answered(question) for question in GATE),
)
_OPINION = tuple(each for each in _PRIOR if each not in {sent_back, irreversible})
_LOOK = frozenset({"inspect_afterwards", "drop_duplicate_check"})
EXAMINING = (
    *(
        Plant(
            lever="drop_second_examination",
            name=build.__name__,
            build=build,
            traps=_SECOND,
            besides=_LOOK,
        )
        for build in (second_near, second_far, second_of_two, second_counted)
    ),
    *(
        Plant(
            lever="drop_duplicate_check",
            name=build.__name__,
            build=build,
            traps=_DUPLICATE,
            besides=_LOOK,
        )
        for build in (duplicate_near, duplicate_far)
    ),
    *(
        Plant(lever="inspect_afterwards", name=build.__name__, build=build, traps=_PRIOR)
        for build in (inspection, inspection, appraisal, undone)
    ),
    Plant(
        lever="inspect_afterwards",
        name="opinion",
        build=opinion,
        traps=(*_OPINION, answered("consulted-body-named-by-law")),
        besides=frozenset({"drop_idle_consultation"}),
    ),
)
