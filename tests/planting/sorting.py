"""Who else may do a check, in which order checks stand, and which cases need not all of them."""

from __future__ import annotations

from attrs import evolve

from blocks import Piece
from planting.garden import OTHERS, Garden, Planted
from planting.plant import Ground, Plant
from planting.steps import hours, papers
from planting.traps import (
    answered,
    branch,
    decides,
    law,
    mandatory,
    read_later,
    rejects,
    separate,
)
from roster import AGENCY, CONSULTED
from tthc_flow.model.flow import GatewayKind, Outcome, SequenceFlow
from tthc_flow.model.procedure import TotalTime
from tthc_flow.model.step import FormField, StepKind
from tthc_flow.units import Duration, TimeUnit


def measuring(garden: Garden) -> Planted:
    title = garden.rng.choice(("Đo đạc thửa đất", "Kiểm định mẫu", "Tổ chức tập huấn"))
    kinds = garden.rng.choice(("other", "inspect"))
    own = garden.work(kinds, AGENCY["officer"], 4, name=title)
    asks = ("public-power", "standard-and-qualified", "rule-names-the-step")
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=asks)


def signs_too(garden: Garden, planted: Planted) -> Planted:
    """The same row signs the result."""
    own = garden.at(planted.main)
    garden.change(planted.main, kinds=(*own.kinds, StepKind.SIGN))
    return planted


def inspected_twice(garden: Garden) -> Planted:
    """Two bodies inspect one site, one after the other."""
    return _inspections(garden, (), "Công trình tại hiện trường")


def inspected_apart(garden: Garden) -> Planted:
    """Between the two inspections other work is done."""
    return _inspections(garden, (garden.step(), garden.either()), "Kho hàng")


def inspected_side_by_side(garden: Garden) -> Planted:
    planted = _inspections(garden, (), "Cơ sở sản xuất")
    both = garden.block(GatewayKind.PARALLEL, list(planted.parts))
    return evolve(planted, parts=(both,))


def _inspections(garden: Garden, between: tuple[Piece, ...], what: str) -> Planted:
    own = garden.work("inspect", AGENCY["officer"], 3, inspects=what)
    other = garden.work("inspect", garden.rng.choice(CONSULTED), 2, inspects=what)
    return Planted(
        parts=(own, *between, other),
        targets=(own[0], other[0]),
        main=other[0],
        asks=("lead-body-in-law",),
    )


def other_object(garden: Garden, planted: Planted) -> Planted:
    """They inspect different things."""
    garden.change(planted.main, inspects="Hồ sơ an toàn lao động của nhà thầu")
    return planted


def teams_apart(garden: Garden, planted: Planted) -> Planted:
    """The two must act apart."""
    one, other = planted.targets
    garden.change(one, separate_from=frozenset({other}))
    return planted


def findings_needed(garden: Garden, planted: Planted) -> Planted:
    """The second needs what the first has found."""
    document = papers(garden.paper("Biên bản kiểm tra"))
    garden.change(planted.targets[0], writes=document)
    garden.change(planted.main, reads=document)
    return planted


# -- the order of checks


def _check(garden: Garden, place: int, dear: int, rejected: int) -> tuple[Piece, str]:
    kinds, who = ("examine", AGENCY["officer"]) if place % 2 else ("inspect", OTHERS[2])
    own = garden.work(
        kinds,
        who,
        dear,
        reads=papers(garden.component("Hồ sơ")),
        criteria=papers(f"Điều {place + 1}"),
        checked=500,
        rejected=rejected,
        work=hours(dear),
    )
    return _ends_or_goes_on(garden, own), own[0]


def _ends_or_goes_on(garden: Garden, own: Piece) -> Piece:
    """Let the case end in a refusal after *own* or go on; the split may lead on by itself."""
    if garden.rng.random() < 0.5:
        return garden.decided(own, refuse=True, supplement=False)
    split = garden.gateway(GatewayKind.EXCLUSIVE)
    garden.join(own[1], split)
    garden.join(split, garden.end(Outcome.REFUSE), Outcome.REFUSE)
    return own[0], split


def _checks(garden: Garden, *order: tuple[int, int]) -> Planted:
    made = [_check(garden, place, *each) for place, each in enumerate(order)]
    ids = tuple(id_ for _, id_ in made)
    parts = tuple(piece for piece, _ in made)
    return Planted(parts=parts, targets=ids, main=ids[-1], asks=("checks-legally-ordered",))


def dear_first(garden: Garden) -> Planted:
    return _checks(garden, (10, 10), (1, 150))


def three_checks(garden: Garden) -> Planted:
    return _checks(garden, (8, 60), (6, 20), (1, 100))


def check_needs_the_other(garden: Garden, planted: Planted) -> Planted:
    """A later check reads what the one before it found."""
    *_, one, other = planted.targets
    document = papers(garden.paper("Kết quả kiểm tra"))
    garden.change(one, writes=document)
    garden.change(other, reads=garden.reads(other) | document)
    if len(planted.targets) > 2:  # the first two are independent still, and in order
        first, second = planted.targets[:2]
        garden.change(first, rejected=200)
        garden.change(second, rejected=1)
    return planted


def in_order_already(garden: Garden, planted: Planted) -> Planted:
    """They stand in ascending effort for each rejection already."""
    for place, id_ in enumerate(planted.targets):
        garden.change(id_, work=hours(place + 1), rejected=200 // (place + 1))
    return planted


# -- sorting


SORTED = (
    "class-needs-the-steps",
    "equal-treatment-rule",
    "rule-names-the-step",
    "class-known-at-entry",
)


def sorted_late(garden: Garden) -> Planted:
    """A gateway over data of the entry stands behind work that all cases do."""
    door = garden.work("receive", None, 0.5, name="Ghi nhận hồ sơ")
    kinds = garden.rng.choice(("inspect", "examine", "council"))
    extra = garden.work(kinds, OTHERS[3], 4, fields=())
    split, join = garden.gateway(GatewayKind.EXCLUSIVE), garden.gateway(GatewayKind.EXCLUSIVE)
    long = garden.row(garden.step(), garden.step())
    garden.join(split, long[0])
    garden.join(long[1], join)
    garden.join(split, join)
    _condition(garden, split, join, "loai_ho_so == 'thông thường'")
    _condition(garden, split, long[0], "loai_ho_so == 'phức tạp'")
    return Planted(
        parts=(door, extra, (split, join)),
        targets=(extra[0],),
        main=extra[0],
        asks=SORTED,
    )


def _condition(garden: Garden, source: str, target: str, said: str) -> None:
    def led(edge: SequenceFlow) -> SequenceFlow:
        same = (edge.source, edge.target) == (source, target)
        return evolve(edge, condition=said) if same else edge

    garden.edges = [led(edge) for edge in garden.edges]


def declared_apart(garden: Garden) -> Planted:
    """The declared times differ by case, and every case is inspected."""
    short, long = (Duration(amount=n, unit=TimeUnit.WORKING_DAY) for n in (5, 20))
    cases = (("hồ sơ thông thường", short), ("phải đi xác minh tại hiện trường", long))
    garden.facts["total_time"] = TotalTime(alternatives=cases)
    own = garden.work("inspect", AGENCY["officer"], 10, name="Đi xác minh tại hiện trường")
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=SORTED)


def class_is_found(garden: Garden, planted: Planted) -> Planted:
    """The class is only known once the work is done: a form of it holds the answer."""
    garden.change(planted.main, fields=(FormField(name="loai_ho_so"),))
    return planted


_THIRD = (
    law,
    mandatory,
    separate,
    rejects,
    decides,
    branch,
    signs_too,
    answered("public-power"),
    answered("standard-and-qualified"),
    answered("rule-names-the-step"),
)
_JOINT = (other_object, teams_apart, findings_needed, answered("lead-body-in-law"))
_ORDER = (check_needs_the_other, in_order_already, answered("checks-legally-ordered"))
_CLASS = (
    law,
    mandatory,
    separate,
    read_later,
    answered("class-needs-the-steps"),
    answered("equal-treatment-rule"),
    answered("class-known-at-entry"),
)
SORTING = (
    Plant(lever="hand_to_third_party", name="measuring", build=measuring, traps=_THIRD),
    *(
        Plant(lever="one_inspector", name=build.__name__, build=build, traps=traps)
        for build, traps in (
            (inspected_twice, _JOINT),
            (inspected_apart, _JOINT),
            (inspected_side_by_side, (other_object, teams_apart, answered("lead-body-in-law"))),
        )
    ),
    *(
        Plant(
            lever="knock_out_first",
            name=build.__name__,
            build=build,
            traps=_ORDER,
            ground=Ground.TOP,
        )
        for build in (dear_first, three_checks)
    ),
    Plant(
        lever="sort_at_the_door",
        name="sorted_late",
        build=sorted_late,
        traps=(*_CLASS, class_is_found),
        ground=Ground.DOOR,
        bed="door",
    ),
    Plant(
        lever="sort_at_the_door",
        name="declared_apart",
        build=declared_apart,
        traps=(*_CLASS, decides, rejects),
        ground=Ground.TOP,
    ),
)
