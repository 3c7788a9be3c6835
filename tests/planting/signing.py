"""Signatures above the level that examined, and steps of the abolished district."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from planting.garden import Garden, Planted
from planting.plant import Plant
from planting.steps import hours
from planting.traps import answered, law, separate
from roster import AGENCY, COMMUNE, OFFICE
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import GatewayKind, Outcome
from tthc_flow.model.procedure import Crew, Volume
from tthc_flow.model.source import EvidenceKind, Quantity
from tthc_flow.model.step import StepKind

POWER = (
    "power-is-own",
    "delegation-barred",
    "superior-rarely-overrules",
    "receiver-has-capacity",
)
COMMUNE_CHAIR = Performer(
    name="Chủ tịch UBND xã", role=Role.CHAIRPERSON, office="UBND cấp xã", levels=COMMUNE
)
COMMUNE_HEAD = Performer(
    name="Trưởng phòng Kinh tế xã", role=Role.DIVISION_HEAD, office="Phòng Kinh tế", levels=COMMUNE
)
SUBMITTED = "Ký tờ trình"
DISTRICT = frozenset({Level.DISTRICT})


def _signed_twice(
    garden: Garden, lower: Performer, higher: Performer, *between: tuple[str, Performer]
) -> Planted:
    head = garden.work("sign", lower, 1, name=SUBMITTED)
    way = [garden.work(kinds, who, 0.5) for kinds, who in between]
    chair = garden.work("sign", higher, 2, name="Ký quyết định")
    going = (*(part[0] for part in way), chair[0])
    stamps = frozenset(
        part[0] for part in way if StepKind.NUMBER_AND_STAMP in garden.at(part[0]).kinds
    )
    return Planted(
        parts=(head, *way, chair),
        targets=tuple(each for each in going if each not in stamps),
        span=frozenset(going),
        main=chair[0],
        asks=POWER,
        asked_of=(chair[0],),
    )


def signed_above(garden: Garden) -> Planted:
    return _signed_twice(garden, AGENCY["head"], OFFICE["chair"])


def submitted_above(garden: Garden) -> Planted:
    """Through both registries and the office of the committee."""
    return _signed_twice(
        garden,
        AGENCY["head"],
        OFFICE["chair"],
        ("number_and_stamp", AGENCY["clerk"]),
        ("receive transfer", OFFICE["clerk"]),
        ("review", OFFICE["head"]),
    )


def signed_in_the_commune(garden: Garden) -> Planted:
    return _signed_twice(garden, COMMUNE_HEAD, COMMUNE_CHAIR)


def counted_above(garden: Garden) -> Planted:
    """It was counted: the superior changes next to nothing."""
    planted = signed_above(garden)
    garden.change(planted.main, checked=garden.rng.randint(400, 900), rejected=0, amended=0)
    return evolve(planted, asks=tuple(q for q in POWER if q != "superior-rarely-overrules"))


def sent_back_below(garden: Garden) -> Planted:
    """After the lower signature the case may go back; only then it goes up."""
    planted = signed_above(garden)
    head, *way, chair = planted.parts
    again = garden.reworked(garden.row(garden.step(), head))
    return evolve(planted, parts=(again, *way, chair))


def overruled(garden: Garden, planted: Planted) -> Planted:
    """The superior changes a real share of what is proposed."""
    garden.change(planted.main, checked=100, rejected=5, amended=20)
    return planted


def delegated_already(garden: Garden, planted: Planted) -> Planted:
    """The higher signer holds the power by delegation; it goes no further."""
    garden.change(planted.main, name="Ký quyết định (theo ủy quyền)")
    return planted


def outside_the_table(garden: Garden, planted: Planted) -> Planted:
    """A pair that Luật 72/2025/QH15 Điều 14 does not name."""
    head = _lower(garden)
    district = evolve(COMMUNE_CHAIR, name="Chủ tịch UBND huyện", levels=DISTRICT)
    garden.change(head, performer=AGENCY["head"])
    garden.change(planted.main, performer=garden.rng.choice((COMMUNE_CHAIR, district)))
    return planted


def drafts_itself(garden: Garden, planted: Planted) -> Planted:
    """The lower head has drafted what it would sign alone."""
    signer = garden.at(_lower(garden)).performer
    return evolve(planted, parts=(garden.work("draft", signer, 1), *planted.parts))


def _lower(garden: Garden) -> str:
    return next(each.id for each in garden.nodes if each.name == SUBMITTED)


def overloaded(garden: Garden, planted: Planted) -> Planted:
    """Known work loads the receiver to more than 85 %, its other work alone does.

    Where a case may be refused or go another way before, how many come to it is not known.
    """
    receiver = garden.at(_lower(garden)).performer
    assert receiver is not None
    assert receiver.role is not None
    for place in (_lower(garden), planted.main):
        garden.change(place, work=hours(4))
    garden.facts["volume"] = Volume(dossiers=_known(1000))
    office = receiver.office or ""
    crew = Crew(
        office=office,
        role=receiver.role,
        people=_known(1),
        hours=_known(1800),
        other_load=Quantity(value=Fraction(9, 10), evidence=EvidenceKind.MEASURED),
    )
    garden.facts["crews"] = (crew,)
    return planted


def _known(value: int) -> Quantity:
    return Quantity(value=value, evidence=EvidenceKind.MEASURED)


def refused_above(garden: Garden, planted: Planted) -> Planted:
    """A branch stands on the higher signature, and it refuses a real share."""
    garden.change(planted.main, checked=200, rejected=30)
    chair = planted.parts[-1]
    no, on = garden.step(), garden.gateway(GatewayKind.EXCLUSIVE)
    split = garden.gateway(GatewayKind.EXCLUSIVE)
    garden.join(chair[1], split)
    garden.join(split, no[0], Outcome.REFUSE)
    garden.join(no[1], on)
    garden.join(split, on, Outcome.GRANT)
    return evolve(planted, parts=(*planted.parts[:-1], (chair[0], on)))


def of_the_district(garden: Garden) -> Planted:
    who = Performer(
        name="Chuyên viên phòng, UBND huyện",
        role=Role.OFFICER,
        office="UBND cấp huyện",
        levels=DISTRICT,
    )
    own = garden.work("draft", who, 2, name="Dự thảo văn bản")
    asks = ("commune-receives-the-work", "receiver-has-capacity")
    return Planted(parts=(own,), targets=(own[0],), main=own[0], asks=asks)


def of_a_baseline(garden: Garden) -> Planted:
    """The flow is that of 2024, when the district was there; what is proposed from it is not."""
    garden.facts["baseline"] = True
    return of_the_district(garden)


def gone_to_the_province(garden: Garden) -> Planted:
    """The work did not go to the commune, as was answered: then it is the province's."""
    planted = of_the_district(garden)
    garden.answer("commune-receives-the-work", planted.main, passing=False)
    return evolve(planted, asks=("receiver-has-capacity",))


def not_the_district(garden: Garden, planted: Planted) -> Planted:
    """It may be done at another level as well."""
    who = garden.at(planted.main).performer
    assert who is not None
    garden.change(planted.main, performer=evolve(who, levels=DISTRICT | COMMUNE))
    return planted


_ABOVE = (
    law,
    separate,
    overruled,
    delegated_already,
    outside_the_table,
    drafts_itself,
    overloaded,
    refused_above,
    *(answered(question) for question in POWER),
)
_BELOW = (not_the_district, answered("receiver-has-capacity"))
SIGNING = (
    *(
        Plant(
            lever="hand_down_decision",
            name=build.__name__,
            build=build,
            traps=_ABOVE,
            bed="signature",
        )
        for build in (
            signed_above,
            submitted_above,
            signed_in_the_commune,
            counted_above,
            sent_back_below,
        )
    ),
    *(
        Plant(lever="skip_district", name=build.__name__, build=build, traps=_BELOW)
        for build in (of_the_district, of_a_baseline, gone_to_the_province)
    ),
)
