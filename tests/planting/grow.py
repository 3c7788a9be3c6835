"""Grow one procedure with known waste and known traps in it, and the truth about both."""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from attrs import evolve, frozen

from blocks import Piece
from growing import laned
from planting.garden import CORE, OWN_POOL, OWN_RULE, POOL, Garden, Planted
from planting.plant import Ground, Plant
from planting.plants import LEVERS, PLANTS
from planting.steps import days, papers, step
from roster import AGENCY
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step, TaskType

BY_TEXT = frozenset({"rule-names-the-step", "consulted-body-named-by-law", "superior-named-by-law"})
"""Questions that a text of the province's own settles as well: it can be amended here."""


class Sort(StrEnum):
    """What was made of a plant: waste that may go, waste of which too little is known, a trap."""

    WASTE = "waste"
    DOUBT = "doubt"
    TRAP = "trap"


@frozen(kw_only=True)
class Truth:
    """What is known of one plant: what a candidate of *lever* must name, and what it may."""

    sort: Sort
    plant: str
    lever: str
    targets: frozenset[str]
    span: frozenset[str]
    why: str = ""


@frozen(kw_only=True)
class Case:
    """A procedure and the truth about it; *besides* are further lawful finds (lever, step)."""

    procedure: Procedure
    truths: tuple[Truth, ...]
    besides: frozenset[tuple[str, str]]

    @property
    def wanted(self) -> frozenset[tuple[str, frozenset[str]]]:
        """Return the lever and the targets of every change that may be made."""
        return frozenset((t.lever, t.targets) for t in self.truths if t.sort is Sort.WASTE)

    @property
    def forbidden(self) -> frozenset[tuple[str, str]]:
        """Return the lever and the step of every change that may not be made."""
        traps = (t for t in self.truths if t.sort is Sort.TRAP)
        return frozenset((trap.lever, target) for trap in traps for target in trap.targets)


def planted(rng: random.Random, size: int, levers: Sequence[str] | None = None) -> Case:
    """Return a sound procedure of about *size* steps of background, with up to five plants."""
    garden = Garden(rng)
    truths: list[Truth] = []
    besides: set[tuple[str, str]] = set()

    def put(plant: Plant) -> Piece:
        truth, piece = _put(garden, plant)
        truths.append(truth)
        steps = truth.targets | truth.span
        besides.update((lever, each) for lever in plant.besides for each in steps)
        return piece

    chosen = _chosen(rng, levers)
    garden.beds = [partial(put, p) for p in chosen if p.ground is Ground.ANYWHERE]
    core = _core(garden)
    door = [put(plant) for plant in chosen if plant.ground is Ground.DOOR]
    middle = [put(plant) for plant in chosen if plant.ground is Ground.TOP]
    middle += [garden.blocks(max(2, size))]
    while garden.beds:  # what found no block stands at the top
        middle.append(garden.row(garden.step(), garden.beds.pop()()))
    rng.shuffle(middle)
    apart = [piece for each in middle for piece in (garden.step(), each)]
    leave = [put(plant) for plant in chosen if plant.ground is Ground.EXIT]
    row = garden.row(*door, garden.step(), core, *apart, garden.step(), *_end(garden), *leave)
    flow = laned(rng, garden.flow(row))
    return Case(procedure=_around(garden, flow), truths=tuple(truths), besides=frozenset(besides))


def estate(rng: random.Random, lever: str, size: int) -> Procedure:
    """Return a sound procedure of at least *size* steps, in which *lever* has work all along."""
    garden = Garden(rng)
    plants = [plant for plant in PLANTS if plant.lever == lever]
    row = [garden.step(), _core(garden)]
    while sum(isinstance(node, Step) for node in garden.nodes) < size:
        made = rng.choice(plants).build(garden)
        for question in made.asks:
            for place in made.places:
                garden.answer(question, place)
        row += [garden.row(*made.parts), garden.step(), garden.one_block(2, 1)]
    return _around(garden, garden.flow(garden.row(*row, *_end(garden))))


def _chosen(rng: random.Random, levers: Sequence[str] | None) -> list[Plant]:
    """Return plants of different levers that may grow together."""
    known = [each for each in LEVERS if levers is None or each in levers]
    taken: set[str] = set()
    chosen: list[Plant] = []
    for lever in rng.sample(known, min(len(known), rng.randint(2, 5))):
        plant = rng.choice([each for each in PLANTS if each.lever == lever])
        if taken.isdisjoint(plant.rivals):
            taken |= plant.rivals
            chosen.append(plant)
    return chosen


def _put(garden: Garden, plant: Plant) -> tuple[Truth, Piece]:
    """Build *plant* in the open scope as waste, as doubt or as a trap."""
    rng = garden.rng
    made = plant.build(garden)
    sorts = [Sort.WASTE, Sort.WASTE, *([Sort.TRAP] * 2 * bool(plant.traps))]
    sort = rng.choice([*sorts, *([Sort.DOUBT] * bool(made.asks))])
    why = ""
    open_question = rng.choice(made.asks) if sort is Sort.DOUBT else None
    # A check is put off past the grant only where somebody said that law leaves it open.
    by_text = frozenset() if plant.lever == "inspect_afterwards" else BY_TEXT
    for question in made.asks:
        if question == open_question:
            for place in made.places:
                garden.leave_open(question, place)
        elif sort is Sort.WASTE and question in by_text and rng.random() < 0.25:
            for place in made.places:
                garden.change(place, legal_basis=OWN_RULE)
        else:
            for place in made.places:
                garden.answer(question, place)
    if open_question is not None:
        why = open_question
    if sort is Sort.TRAP:
        twist = rng.choice(plant.traps)
        made, why = twist(garden, made), twist.__name__
    return _truth(sort, plant, made, why), garden.row(*made.parts)


def _truth(sort: Sort, plant: Plant, made: Planted, why: str) -> Truth:
    return Truth(
        sort=sort,
        plant=plant.name,
        lever=plant.lever,
        targets=frozenset(made.targets),
        span=made.span | frozenset(made.targets),
        why=why,
    )


def _core(garden: Garden) -> Piece:
    """Add the first examination: somebody looks at the dossier before anything is granted."""
    first = step(
        CORE,
        "examine",
        AGENCY["officer"],
        garden.takes(2),
        reads=papers(*garden.dossier),
        criteria=papers("Điều 1"),
    )
    return (garden.add(first),) * 2


def _end(garden: Garden) -> tuple[Piece, Piece]:
    """Add the agency's own signature, and the return by the system."""
    result = garden.paper("Kết quả")
    sign = garden.work("sign", AGENCY["head"], 1, writes=papers(result))
    back = garden.work(
        "return",
        None,
        name="Trả kết quả trên hệ thống",
        time=days(0),
        task=TaskType.SERVICE,
        applicant_visit=False,
        paper=False,
    )
    return sign, back


def _around(garden: Garden, flow: Flow) -> Procedure:
    """Return the procedure around *flow*, in two of three cases with the applicant's pool."""
    pools: tuple[Pool, ...] = ()
    messages = tuple(garden.messages)
    if messages or garden.rng.random() < 2 / 3:
        pools = (
            Pool(id=POOL, name="Tổ chức, cá nhân"),
            Pool(id=OWN_POOL, name="Sở Xây dựng", process=flow.id),
        )
        messages += (MessageFlow(id="Message_in", source=POOL, target="Start", name="Hồ sơ"),)
    procedure = Procedure(
        flow=flow,
        name="Cấp giấy phép thử nghiệm",
        code="1.000001",
        agency="Sở Xây dựng",
        source=Source(document="QĐ 1/QĐ-UBND"),
        documents=tuple(garden.documents),
        answers=tuple(garden.answers),
        pools=pools,
        messages=messages,
    )
    return evolve(procedure, **garden.facts)
