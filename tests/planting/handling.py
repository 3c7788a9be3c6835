"""Handling: rows of one performer, relays, stamps, assignments, waits inside the clock."""

from __future__ import annotations

from attrs import evolve

from planting.garden import Garden, Planted
from planting.plant import Plant
from planting.steps import APPLICANT, days, papers
from planting.traps import answered, branch, decides, law, mandatory, read_later, separate, told
from roster import AGENCY, OFFICE
from tthc_flow.model.actor import Performer
from tthc_flow.model.step import StepKind


def _row(garden: Garden, *row: tuple[str, Performer]) -> Planted:
    parts = tuple(garden.work(kinds, who, 0.25) for kinds, who in row)
    ids = tuple(part[0] for part in parts)
    return Planted(parts=parts, targets=ids, main=ids[0])


def registry_row(garden: Garden) -> Planted:
    kinds = ("number_and_stamp", "issue", "transfer")[: garden.rng.randint(2, 3)]
    return _row(garden, *((kind, AGENCY["clerk"]) for kind in kinds))


def office_row(garden: Garden) -> Planted:
    return _row(garden, *((kind, OFFICE["clerk"]) for kind in ("receive", "transfer")))


def head_row(garden: Garden) -> Planted:
    return _row(garden, ("review", AGENCY["head"]), ("sign", AGENCY["head"]))


def of_two_bodies(garden: Garden, planted: Planted) -> Planted:
    """Each of the steps is answered for by another body."""
    others = (OFFICE["clerk"], AGENCY["clerk"], OFFICE["head"])
    for id_, who in zip(planted.targets, others, strict=False):
        garden.change(id_, performer=who)
    return planted


def apart_within(garden: Garden, planted: Planted) -> Planted:
    """Two people must do two of them."""
    one, other = planted.targets[:2]
    garden.change(one, separate_from=frozenset({other}))
    return planted


def head_and_deputy(garden: Garden, planted: Planted) -> Planted:
    """A deputy does the one, the head the other: they are to see the case one after the other."""
    one, *others = planted.targets
    garden.change(one, performer=evolve(AGENCY["head"], name="Phó Giám đốc Sở"))
    for id_ in others:
        garden.change(id_, performer=evolve(AGENCY["head"], name="Giám đốc Sở"))
    return planted


def long_ones(garden: Garden, planted: Planted) -> Planted:
    """None of them is short."""
    for id_ in planted.targets:
        garden.change(id_, time=days(3))
    return planted


def first_decides(garden: Garden, planted: Planted) -> Planted:
    """The first of them refuses a real share."""
    garden.change(planted.main, decides=True, checked=100, rejected=15)
    return planted


def relay(garden: Garden) -> Planted:
    kinds, who = garden.rng.choice(
        (
            ("transfer", AGENCY["clerk"]),
            ("transfer receive", OFFICE["clerk"]),
            ("transfer", OFFICE["clerk"]),
        )
    )
    own = garden.work(kinds, who, 0.5, name="Chuyển hồ sơ")
    asks = ("rule-names-the-step", "registers-legal-record", "paper-original-required")
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=asks)


def stamp(garden: Garden) -> Planted:
    kinds = garden.rng.choice(("number_and_stamp", "number_and_stamp issue"))
    own = garden.work(kinds, garden.rng.choice((AGENCY["clerk"], OFFICE["clerk"])), 0.5)
    asks = ("paper-original-required",)
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=asks)


def also_examines(garden: Garden, planted: Planted) -> Planted:
    """The same row examines."""
    own = garden.at(planted.main)
    garden.change(planted.main, kinds=(*own.kinds, StepKind.EXAMINE), reads=papers("Đơn"))
    return planted


def assignment(garden: Garden) -> Planted:
    own = garden.work("assign", AGENCY[garden.rng.choice(("head", "division"))], 0.5)
    asks = ("assignment-needs-discretion",)
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=asks)


def two_levels(garden: Garden) -> Planted:
    """The head assigns to a division, whose head assigns to an officer; both may go."""
    first = garden.work("assign", AGENCY["head"], 0.5)
    second = garden.work("assign", AGENCY["division"], 0.5)
    return Planted(
        parts=(first, second),
        targets=(second[0],),
        main=second[0],
        asks=("assignment-needs-discretion",),
        asked_of=(first[0], second[0]),
        span=frozenset({first[0]}),
    )


def by_discretion(garden: Garden, planted: Planted) -> Planted:
    """A head has to weigh each case."""
    garden.change(planted.main, discretion=True)
    return planted


def waiting(garden: Garden) -> Planted:
    """The applicant supplements or pays while the agency's clock runs."""
    own = garden.work(garden.rng.choice(("supplement", "payment")), APPLICANT, time=days(5))
    return Planted(parts=(own,), targets=(own[0],), main=own[0])


def waiting_event(garden: Garden) -> Planted:
    """The wait is drawn as a message event with a time."""
    own = garden.waits("Chờ người dân bổ sung hồ sơ", days(5))
    return Planted(parts=(own,), targets=(own[0],), main=own[0])


def agency_works_too(garden: Garden, planted: Planted) -> Planted:
    """The agency works in the same row."""
    own = garden.at(planted.main)
    garden.change(planted.main, kinds=(*own.kinds, StepKind.EXAMINE), performer=AGENCY["officer"])
    return planted


def outside_already(garden: Garden, planted: Planted) -> Planted:
    """Its time is outside the clock already."""
    own = garden.at(planted.main)
    garden.change(planted.main, time=evolve(own.time, counted=False))
    return planted


_MERGE = (of_two_bodies, apart_within, first_decides)
HANDLING = (
    *(
        Plant(
            lever="merge_handling",
            name=build.__name__,
            build=build,
            traps=(*_MERGE, long_ones, *more),
            bed=bed,
        )
        for build, bed, more in (
            (registry_row, "registry", ()),
            (office_row, None, ()),
            (head_row, "signature", (head_and_deputy,)),
        )
    ),
    Plant(
        lever="drop_relay",
        name="relay",
        build=relay,
        traps=(
            law,
            mandatory,
            separate,
            decides,
            read_later,
            branch,
            told,
            also_examines,
            answered("rule-names-the-step"),
            answered("registers-legal-record"),
            answered("paper-original-required"),
        ),
    ),
    Plant(
        lever="number_by_machine",
        name="stamp",
        build=stamp,
        bed="registry",
        traps=(also_examines, answered("paper-original-required")),
    ),
    *(
        Plant(
            lever="assign_by_rule",
            name=build.__name__,
            build=build,
            traps=(by_discretion, decides, branch, answered("assignment-needs-discretion")),
            besides=besides,
        )
        for build, besides in (
            (assignment, frozenset()),
            (two_levels, frozenset({"assign_by_rule"})),
        )
    ),
    *(
        Plant(
            lever="stop_the_clock",
            name=build.__name__,
            build=build,
            traps=more,
        )
        for build, more in ((waiting, (agency_works_too, outside_already)), (waiting_event, ()))
    ),
)
